"""Tell where a site that is published differs from its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from explainer.manifest_format import MANIFEST_NAME, FileDigest
from explainer.problems import ContentError, Place, Problem
from explainer.published import read_published
from explainer.web import WebError, fetch

AT_ONCE = 8
# A host of static sites heeds this file and does not show it.
_NOT_SHOWN = {".nojekyll"}
_DEPLOY_AGAIN = "wait until the host has taken the last deployment in, then verify again; if it stays, deploy again"


def verify_published(url: str) -> list[Problem]:
    """Return where a published site differs from its manifest, in order of path; an empty list when it is as built.

    Looks for a missing, foreign or preview manifest (P010 to P012), another address than it was built for (P026, a
    warning), and files that are missing, changed or cannot be had (P013, P014, P022).
    """
    url = url.removesuffix(MANIFEST_NAME).rstrip("/") + "/"
    try:
        manifest = read_published(url)
    except ContentError as error:
        return error.problems
    if manifest is None:
        return [Problem(Place(url), "P010", "no manifest is published there", "deploy the site first")]
    problems = []
    if manifest.preview:
        message = "a preview is published: it has drafts or pages of days to come"
        problems.append(Problem(Place(url), "P012", message, "build it without --drafts and --future, and deploy"))
    if manifest.base_url and manifest.base_url.rstrip("/") + "/" != url:
        message = f"the site says that its address is {manifest.base_url}"
        fix = f"build it with --base-url {url}, unless it is shown at both"
        problems.append(Problem(Place(url), "P026", message, fix, severity="warning"))
    files = [(path, entry) for path, entry in manifest.files.items() if path not in _NOT_SHOWN]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(lambda file: list(_check(url, *file)), files):
            problems += found
    return problems


def _check(url: str, path: str, wanted: FileDigest) -> Iterator[Problem]:
    # A cache between us and the host keeps answers by address: the digest makes sure that we see this version.
    address = f"{url}{quote(path)}?sha256={wanted.sha256[:16]}"
    place = Place(f"{url}{path}")
    try:
        data = fetch(address, at_most=wanted.size)
    except WebError as error:
        if error.status in (404, 410):
            yield Problem(place, "P013", "the manifest lists this file, and it is not there", _DEPLOY_AGAIN)
        elif error.status is None and "more than" in error.why:
            yield Problem(place, "P014", f"this file has more bytes than the manifest says: {error.why}", _DEPLOY_AGAIN)
        else:
            yield Problem(place, "P022", f"this file cannot be had: {error.why}", "verify again later")
        return
    if hashlib.sha256(data).hexdigest() != wanted.sha256:
        message = f"this file is not the one that was built ({len(data):,} bytes, the manifest says {wanted.size:,})"
        yield Problem(place, "P014", message, _DEPLOY_AGAIN)
