"""Make the fonts of the site from their designers' own packages: fewer letters, fewer weights, a file for each script.

    make fonts

Not part of a build: what it writes to static/fonts/ is committed, and the style sheet 15-fonts.css with it. The licence
reserves the name "Source" for the original, so the smaller fonts bear another one.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools import pinned
from tools.missing import MissingTool, exit_code
from tools.node_packages import ensure_npm

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "fonts"
STYLES = ROOT / "static" / "css" / "15-fonts.css"


@dataclass(frozen=True)
class Package:
    """A package of npm, with the digest of its archive as package-lock.json would note it."""

    name: str
    version: str
    integrity: str


SERIF = Package(
    "source-serif",
    "4.5.1",
    "sha512-NUAh5IzF7KiUu2gTpqE+ed9MNbMe4st7LIIXZ0OHHSPc6gg86H67j04M8sIhU2qqFd26btXaFQ2ge5u/p72j0Q==",
)
SANS = Package(
    "source-sans",
    "3.52.0",
    "sha512-xsm7qlMI/JwxwNdp6pvpR6l+aZjn90fzOzoeUz/qoohIYbKbDwQNRIz5/ItYs7/hvqLirQNUoDFGXSVA3TU9tw==",
)


# Letters by script: the browser loads a file when a page has one of its letters, and not otherwise.
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_LATIN_1 = "".join(map(chr, range(0xA0, 0x100)))
_SIGNS = "‐–—‘’“”„†•…′″‹›€№−≈≤≥←↑→↓ʻʼ\N{NARROW NO-BREAK SPACE}"
LATIN = _ASCII + _LATIN_1 + _SIGNS
LATIN_EXTENDED = "ĀāĂăĄąĆćČčĎďĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽžƏəȘșȚț"
CYRILLIC = "".join(map(chr, range(0x410, 0x450))) + "ЁёЄєІіЇїЎўҐґ" + "ҒғҖҗҚқҢңҮүҰұҲҳҶҷҺһӘәӢӣӨөӮӯ"
RANGES = {LATIN: "", LATIN_EXTENDED: "-latin-extended", CYRILLIC: "-cyrillic"}

FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "onum", "lnum", "pnum", "tnum"]
TEXT_SIZE, DISPLAY_SIZE = 14, 30
"""Optical sizes in points: letters for reading, and finer ones for headlines, which bold words in a text share."""


@dataclass(frozen=True)
class Family:
    """A family of the site: which font it is made from, at which weights, and for which letters."""

    name: str
    package: Package
    source: str
    weights: tuple[int, int]
    sets: tuple[str, ...]
    optical_size: int | None = None
    style: str = "normal"
    also: str | None = None
    """Another family that has no such weight of its own, and uses these files for it."""

    @property
    def stem(self) -> str:
        """The name of its files without what tells them apart."""
        return self.name.lower().replace(" ", "-") + ("-italic" if self.style == "italic" else "")


ALL = (LATIN, LATIN_EXTENDED, CYRILLIC)
SERIF_ROMAN, SERIF_ITALIC = (f"VAR/SourceSerif4Variable-{style}.ttf" for style in ("Roman", "Italic"))
FAMILIES = (
    Family("Atlas Serif", SERIF, SERIF_ROMAN, (400, 400), ALL, TEXT_SIZE),
    Family("Atlas Serif", SERIF, SERIF_ITALIC, (400, 400), (LATIN,), TEXT_SIZE, "italic"),
    Family("Atlas Display", SERIF, SERIF_ROMAN, (600, 600), ALL, DISPLAY_SIZE, also="Atlas Serif"),
    Family("Atlas Sans", SANS, "VF/SourceSans3VF-Upright.ttf", (400, 600), ALL),
)


@dataclass(frozen=True)
class Fallback:
    """A font that readers' machines have, with its measures in units of an em, as the capsize collection gives them."""

    local: tuple[str, ...]
    width: float
    """The mean width of a letter of English text."""


FALLBACKS = {
    "Atlas Serif": (
        Fallback(("Georgia", "Gelasio"), 913 / 2048),
        Fallback(("Times New Roman", "Liberation Serif", "Tinos"), 832 / 2048),
        Fallback(("Noto Serif",), 0.481),
        Fallback(("DejaVu Serif",), 0.5117),
    ),
    "Atlas Display": (
        Fallback(("Georgia Bold", "Georgia-Bold"), 1062 / 2048),
        Fallback(("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"), 886 / 2048),
        Fallback(("DejaVu Serif Bold",), 0.565),
    ),
    "Atlas Sans": (
        Fallback(("Arial", "Helvetica", "Liberation Sans", "Arimo"), 913 / 2048),
        Fallback(("Roboto",), 911 / 2048),
        Fallback(("DejaVu Sans",), 0.5064),
    ),
}

# How often each letter, and the space between words, stands in 1,000 characters of English text.
_ENGLISH = dict(
    zip(
        "etaoinshrdlcumwfgypbvk ",
        map(
            int,
            [
                "103",
                "74",
                "66",
                "61",
                "57",
                "57",
                "52",
                "50",
                "48",
                "35",
                "33",
                "23",
                "23",
                "20",
                "19",
                "18",
                "16",
                "16",
                "16",
                "12",
                "8",
                "6",
                "183",
            ],
        ),
        strict=True,
    )
)

HEAD = """\
/* Written by `make fonts`: change tools/fonts.py, not this file. */
"""


def make_fonts(archives: Path) -> None:
    """Write the fonts, their licence and the style sheet that names them. Raises MissingTool when npm fails."""
    FONTS.mkdir(exist_ok=True)
    for old in FONTS.iterdir():
        old.unlink()
    faces, licences = [], []
    for package in (SERIF, SANS):
        folder = unpacked(package, archives)
        licences.append((folder / "LICENSE.md").read_text(encoding="utf-8").strip())
        for family in FAMILIES:
            if family.package == package:
                fonts = [_write(family, letters, folder) for letters in family.sets]
                names = [family.name, *([family.also] if family.also else [])]
                faces += [_face(family, name, letters) for name in names for letters in family.sets]
                if family.style == "normal":
                    faces += [
                        _fallback(family, fonts[0], number, one) for number, one in enumerate(FALLBACKS[family.name], 1)
                    ]
    (FONTS / "OFL.txt").write_text(f"\n\n{'-' * 60}\n\n".join(licences) + "\n", encoding="utf-8")
    rules = "".join(f"  {face}\n" for face in faces)
    STYLES.write_text(f"{HEAD}@layer tokens {{\n{rules}}}\n", encoding="utf-8")


def unpacked(package: Package, folder: Path) -> Path:
    """Fetch a package of npm, make sure that it is the one that is meant, and return the folder it is unpacked in."""
    command = [*ensure_npm(), "pack", "--ignore-scripts", "--loglevel=error", f"{package.name}@{package.version}"]
    if subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        raise MissingTool(f"npm could not fetch {package.name}", "read what npm says above; is the network there?")
    archive = folder / f"{package.name}-{package.version}.tgz"
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise MissingTool(
            f"{archive.name} is not the archive that tools/fonts.py names", "compare it, then note its digest"
        )
    target = folder / package.name
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    return target / "package"


def _write(family: Family, letters: str, folder: Path) -> TTFont:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(folder / family.source, recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting, options.name_IDs = FEATURES, False, [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    low, high = family.weights
    axes: dict[str, object] = {"wght": low if low == high else (low, high)}
    if family.optical_size is not None:
        axes["opsz"] = family.optical_size
    font = instantiateVariableFont(font, axes)
    _rename(font, family)
    font.flavor = "woff2"
    font.save(FONTS / f"{family.stem}{RANGES[letters]}.woff2")
    return font


def _rename(font: TTFont, family: Family) -> None:
    style = "Italic" if family.style == "italic" else "Regular"
    names = {
        1: family.name,
        2: style,
        3: f"{family.name} {style}",
        4: f"{family.name} {style}",
        6: f"{family.name}-{style}",
    }
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID].replace(" ", "") if record.nameID == 6 else names[record.nameID]


def _face(family: Family, name: str, letters: str) -> str:
    low, high = family.weights
    weight = f"{low}" if low == high else f"{low} {high}"
    return (
        f'@font-face {{ font-family: "{name}"; font-style: {family.style}; font-weight: {weight};'
        " font-display: optional;\n"
        f'    src: url("../fonts/{family.stem}{RANGES[letters]}.woff2") format("woff2");\n'
        f"    unicode-range: {unicode_range(letters)}; }}"
    )


def unicode_range(letters: str) -> str:
    """Write the code points of some letters as CSS does, neighbours as one range."""
    parts: list[list[int]] = []
    for point in sorted(set(map(ord, letters))):
        if parts and point == parts[-1][1] + 1:
            parts[-1][1] = point
        else:
            parts.append([point, point])
    return ", ".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in parts)


def _fallback(family: Family, font: TTFont, number: int, other: Fallback) -> str:
    """Return a face that makes a font of the reader's machine take the room that ours will take."""
    units = font["head"].unitsPerEm
    adjust = mean_width(font) / other.width
    ascent, descent = (abs(height) / units / adjust for height in (font["hhea"].ascent, font["hhea"].descent))
    locals_ = ", ".join(f'local("{name}")' for name in other.local)
    return (
        f'@font-face {{ font-family: "{family.name} Fallback {number}"; src: {locals_};\n'
        f"    size-adjust: {adjust:.2%}; ascent-override: {ascent:.2%}; descent-override: {descent:.2%};"
        " line-gap-override: 0%; }"
    )


def mean_width(font: TTFont) -> float:
    """Return the mean width of a character of English text, in units of an em."""
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    total = sum(count * metrics[cmap[ord(letter)]][0] for letter, count in _ENGLISH.items())
    return float(total / sum(_ENGLISH.values()) / font["head"].unitsPerEm)


def main() -> None:
    """Make the fonts anew."""
    sys.path.append(str(pinned.install("fonts", why="installing fonttools and brotli from PyPI (9 MB)")))
    with tempfile.TemporaryDirectory() as name:
        make_fonts(Path(name))


if __name__ == "__main__":
    sys.exit(exit_code(main))
