"""Get files from the web, for what compares a site with the one that is published."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

TIMEOUT_SECONDS = 30
_AGENT = "explainer-site"


class WebError(Exception):
    """A file could not be had. `status` is the answer's, or None where there was no answer."""

    def __init__(self, url: str, why: str, status: int | None = None) -> None:
        super().__init__(f"{url}: {why}")
        self.url, self.why, self.status = url, why, status


def is_web_address(text: str) -> bool:
    """Whether a text is an address that `fetch` can be asked for."""
    return text.startswith(("https://", "http://"))


def fetch(url: str, *, at_most: int, method: str = "GET") -> bytes:
    """Return what is at an address, compressed by nobody. Raises WebError, also for more bytes than `at_most`.

    A connection that breaks is tried once more; an answer that says no is taken for an answer.
    """
    try:
        return _fetch(url, at_most, method)
    except WebError as error:
        if error.status is not None and error.status < 500:
            raise
        return _fetch(url, at_most, method)


def _fetch(url: str, at_most: int, method: str) -> bytes:
    if not is_web_address(url):
        raise WebError(url, "this is no web address")
    request = urllib.request.Request(url, method=method, headers={"User-Agent": _AGENT})  # noqa: S310 (see above)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(at_most + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise WebError(url, f"the server answers {error.code} {error.reason}", error.code) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise WebError(url, f"there is no answer ({why})") from None
    if len(data) > at_most:
        raise WebError(url, f"there are more than {at_most:,} bytes")
    return data
