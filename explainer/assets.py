"""Turn the static folder into fingerprinted assets: one style sheet, and every other file under its own name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from explainer.content_styles import content_styles
from explainer.map_asset import ASSET, map_svg
from explainer.problems import Place, Report
from explainer.site import Site
from explainer.source_files import SourceFile, find_files, read_bytes, read_text

FOLDER = "/assets/"
STYLE_SHEET = "site.css"
MAX_ASSET_BYTES = 20 << 20

_URL = re.compile(r"url\(\s*(['\"]?)([^)'\"]+)\1\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OUTSIDE = re.compile(r"(?:[a-z]+:|//|#)")


class Assets(Struct, frozen=True):
    """The files of assets/ by their path in the site, and the address of each by the name templates use."""

    files: Mapping[str, bytes]
    addresses: Mapping[str, str]


def collect_assets(folder: Path, shown_as: str, site: Site, report: Report, *, fingerprint: bool = True) -> Assets:
    """Read the static folder.

    The files of css/ become one style sheet in the order of their names, followed by the rules that come from
    content. A name is the path below the folder: `icon.svg`, `fonts/text.woff2`. With `fingerprint`, each
    address holds a digest of its file, so that a browser may keep it for ever.
    """
    files: dict[str, bytes] = {}
    addresses: dict[str, str] = {}
    styles: list[SourceFile] = []
    for file in find_files(folder, shown_as, report):
        name = file.path.removeprefix(f"{shown_as}/")
        if name.startswith("css/") and name.endswith(".css"):
            styles.append(file)
        elif name.casefold() == STYLE_SHEET:
            message = f'the build makes a file "{STYLE_SHEET}" itself, of the style sheets in {shown_as}/css/'
            report.add(Place(file.path), "H041", message, f"move it to {shown_as}/css/, or give it another name")
        elif (data := read_bytes(file, report, limit=MAX_ASSET_BYTES)) is not None:
            addresses[name] = _address(name, data, fingerprint=fingerprint)
            files[addresses[name].removeprefix("/")] = data
    if (outlines := map_svg(site)) is not None:
        addresses[ASSET] = _address(ASSET, outlines.encode(), fingerprint=fingerprint)
        files[addresses[ASSET].removeprefix("/")] = outlines.encode()
    sheets = [_style(file, shown_as, addresses, report) for file in styles]
    text = "".join([*sheets, content_styles(site)])
    sheet = (_compact(text) if fingerprint else text).encode()
    addresses[STYLE_SHEET] = _address(STYLE_SHEET, sheet, fingerprint=fingerprint)
    files[addresses[STYLE_SHEET].removeprefix("/")] = sheet
    return Assets(files, addresses)


def _compact(sheet: str) -> str:
    """Return a style sheet without comments, indentation and blank lines, which readers would load for nothing."""
    lines = (line.strip() for line in _COMMENT.sub("", sheet).split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def _style(file: SourceFile, shown_as: str, addresses: Mapping[str, str], report: Report) -> str:
    """Return a style sheet whose url()s lead to the assets' addresses; one that leads nowhere is reported."""
    text = read_text(file, report) or ""
    folder = PurePosixPath(file.path.removeprefix(f"{shown_as}/")).parent

    def replace(match: re.Match[str]) -> str:
        target = match[2].strip()
        if _OUTSIDE.match(target):
            return match[0]
        name = _normal(folder / target)
        if name in addresses:
            return f'url("{addresses[name].removeprefix(FOLDER)}")'
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        report.add(
            Place(file.path, line, column, len(match[0])),
            "H040",
            f'there is no file "{target}" in {shown_as}/',
            "check the path: it is relative to this style sheet",
        )
        return match[0]

    return _URL.sub(replace, text)


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _address(name: str, data: bytes, *, fingerprint: bool) -> str:
    """Return the address of an asset; folders are flattened where a digest keeps names apart."""
    if not fingerprint:
        return f"{FOLDER}{name}"
    path = PurePosixPath(name.replace("/", "-"))
    return f"{FOLDER}{path.stem}.{hashlib.sha256(data).hexdigest()[:10]}{path.suffix}"
