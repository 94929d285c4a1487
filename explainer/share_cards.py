"""Take the picture of a page from the cache, or draw it: where neither can be done, say why."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from explainer.page import Page
from explainer.plan.sharing import FOLDER
from explainer.problems import Place, Problem
from explainer.render import Fault

if TYPE_CHECKING:
    from explainer.card_drawing import Fonts

CACHE_FOLDER = "cards"
_WHOLE = (b"\x89PNG", b"IEND\xaeB`\x82")


class CardPress:
    """Makes the pictures of one build. Nothing is imported, and no font is looked at, before one is to be drawn.

    `assets` are the files of assets/ by their path in the site: the fonts are among them. `folder` is that of the
    cache; without one nothing is drawn, and each picture is empty: enough to check what leads to it. `place` is where
    the editor can turn pictures off.
    """

    def __init__(self, assets: Mapping[str, bytes], folder: Path | None, place: Place) -> None:
        self._assets, self._folder, self._place = assets, folder, place
        self._fonts: Fonts | None = None

    def make(self, page: Page) -> bytes | Fault:
        """Return the bytes of a page that is a picture."""
        if self._folder is None:
            return b""
        # The address of a picture holds a digest of all that it shows and of what draws it.
        path = self._folder / CACHE_FOLDER / PurePosixPath(page.address).name
        with contextlib.suppress(OSError):
            kept = path.read_bytes()
            if kept.startswith(_WHOLE[0]) and kept.endswith(_WHOLE[1]):
                return kept
        try:
            drawn = self._draw(page)
        except ImportError as error:
            return self._fault(page, f"the package pillow cannot be loaded: {error}")
        except KeyError as error:
            return self._fault(page, f"there is no font {error.args[0]}.woff2 in the folder fonts/ of the static files")
        except OSError as error:
            return self._fault(page, f"a font in the folder fonts/ of the static files cannot be used: {error}")
        with contextlib.suppress(OSError):  # the cache only saves time
            _keep(path, drawn)
        return drawn

    def _draw(self, page: Page) -> bytes:
        from explainer.card_drawing import Fonts, draw_card

        if self._fonts is None:
            fonts = page.view["fonts"]
            self._fonts = Fonts({name: self._assets[address.removeprefix("/")] for name, address in fonts.items()})
        return draw_card(page.view["words"], self._fonts)

    def _fault(self, page: Page, reason: str) -> Fault:
        fix = "mend that, or write `cards: false` in site.yml"
        message = f"there is no picture for sharing: {reason}"
        return Fault(Problem(self._place, "U012", message, fix), page.address, page.source)


def forget_others(folder: Path, addresses: Collection[str]) -> None:
    """Remove from the cache the pictures of pages that are gone, or say something else now."""
    wanted = {PurePosixPath(address).name for address in addresses if address.startswith(FOLDER)}
    with contextlib.suppress(OSError):
        for path in (folder / CACHE_FOLDER).iterdir():
            if path.name not in wanted:
                path.unlink()


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    os.replace(temporary, path)
