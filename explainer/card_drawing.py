"""Draw the picture that stands for a page where people share it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""What every service that shows such pictures asks for, in pixels."""
DISPLAY: Final = ("atlas-display", "atlas-display-latin-extended", "atlas-display-cyrillic")
SANS: Final = ("atlas-sans", "atlas-sans-latin-extended", "atlas-sans-cyrillic")
"""A face is a font for each script: a letter is drawn by the first one that has it."""

_MARGIN: Final = 84
_ROOM: Final = WIDTH - 2 * _MARGIN
_PAPER, _INK, _MUTED, _ACCENT = "#fbf9f5", "#1b1a17", "#5a564d", "#a33b20"
_NOTE_END: Final = HEIGHT - 136
_TITLE_SIZES: Final = (92, 80, 70, 62, 54, 46)
_TITLE_HEIGHT: Final = 270
_LEADING: Final = 1.12
_SHADES: Final = 8
"""How many steps there are from the paper to a colour: a picture has few colours, and so few bytes."""
_AIR: Final = 16


class Fonts:
    """The fonts of a site by their names, in the sizes that were asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._made: dict[tuple[str, int], FreeTypeFont] = {}
        self._faces: dict[tuple[tuple[str, ...], int], Face] = {}

    def face(self, names: tuple[str, ...], size: int) -> Face:
        """Return a face in a size in pixels. Raises OSError for what is no font, KeyError for one that is not there."""
        found = self._faces.get((names, size))
        if found is None:
            found = self._faces[names, size] = Face(size, [self._font(name, size) for name in names])
        return found

    def _font(self, name: str, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        # The layout of this engine is the same on every machine; the other one needs a library of the system.
        return ImageFont.truetype(io.BytesIO(self._files[name]), size, layout_engine=ImageFont.Layout.BASIC)


class Glyph(NamedTuple):
    """A drawn letter: how much of each pixel it covers, where it lies from the pen, and how far the pen moves on."""

    mask: Image | None
    left: int
    top: int
    advance: float


class Face:
    """One size of a face: a letter is drawn by the first of its fonts that has it, and once for all cards."""

    def __init__(self, size: int, fonts: Sequence[FreeTypeFont]) -> None:
        self.size = size
        self._fonts = fonts
        self._missing = [bytes(font.getmask("\U0010fffd")) for font in fonts]
        self._glyphs: dict[str, Glyph] = {}

    def has(self, letter: str) -> bool:
        """Whether there is a drawing of a letter."""
        return letter.isspace() or self._font(letter) is not None

    def length(self, text: str) -> float:
        """Return the width of a text in pixels."""
        return sum(glyph.advance for glyph in self.glyphs(text))

    def glyphs(self, text: str) -> list[Glyph]:
        """Return the letters of a text."""
        found = []
        for letter in unicodedata.normalize("NFC", text):
            glyph = self._glyphs.get(letter)
            if glyph is None:
                glyph = self._glyphs[letter] = self._drawn(letter)
            found.append(glyph)
        return found

    def _font(self, letter: str) -> FreeTypeFont | None:
        """Return the font that has a letter. What a font has not, it draws like anything else that it has not."""
        pairs = zip(self._fonts, self._missing, strict=True)
        return next((font for font, missing in pairs if bytes(font.getmask(letter)) != missing), None)

    def _drawn(self, letter: str) -> Glyph:
        from PIL import Image, ImageDraw

        font = self._fonts[0] if letter.isspace() else self._font(letter) or self._fonts[0]
        image = Image.new("L", (self.size * 4, self.size * 2))
        pen, base = self.size, round(self.size * 1.4)
        ImageDraw.Draw(image).text((pen, base), letter, font=font, fill=255, anchor="ls")
        box = image.getbbox()
        if box is None:
            return Glyph(None, 0, 0, font.getlength(letter))
        return Glyph(image.crop(box), box[0] - pen, box[1] - base, font.getlength(letter))


def draw_card(words: Mapping[str, Any], fonts: Fonts) -> bytes:
    """Return a card as a PNG of 1200 by 630 pixels, the same bytes each time.

    `words` are texts: `kicker`, `title`, `names`, `note` and `site`, of which only `title` and `site` must say
    something, and `hue`, the colour of what the page is about (`#1f6f9f`), or None.
    """
    from PIL import Image, ImageDraw

    hue = words["hue"] or _ACCENT
    colours = (_INK, _MUTED, _ACCENT, hue)
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(_palette(colours))
    pen = _Pen(image, colours)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 17), fill=pen.full(_INK))
    draw.rectangle((0, 18, 27, HEIGHT), fill=pen.full(hue))
    pen.write(98, words["kicker"], fonts.face(SANS, 36), _ACCENT)
    lines, face = _fitted(words["title"], fonts)
    base = 98 + round(face.size * 1.22)
    for number, line in enumerate(lines):
        base += round(face.size * _LEADING) if number else 0
        pen.write(base, line, face, _INK)
    names, note = fonts.face(SANS, 40), fonts.face(SANS, 34)
    if words["names"]:
        base += 78
        pen.write(base, _cut(words["names"], names, 1)[0], names, _MUTED)
    base += 64
    for line in _cut(words["note"], note, max(0, (_NOTE_END - base) // 44 + 1)):
        pen.write(base, line, note, _MUTED)
        base += 44
    draw.rectangle((_MARGIN, HEIGHT - 96, _MARGIN + 96, HEIGHT - 91), fill=pen.full(hue))
    pen.write(HEIGHT - 46, words["site"], fonts.face(SANS, 32), _INK)
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=3)
    return data.getvalue()


class _Pen:
    """Writes on an image of few colours."""

    def __init__(self, image: Image, colours: Sequence[str]) -> None:
        self._image, self._colours = image, colours

    def full(self, colour: str) -> int:
        """Return the number of a colour in the palette."""
        return (self._colours.index(colour) + 1) * _SHADES

    def write(self, base: int, text: str, face: Face, colour: str) -> None:
        """Write a line from the left margin on, on a base line `base` pixels from the top; what is too long is cut."""
        from PIL import Image

        high = round(face.size * 1.1)
        # Some letters begin left of where the pen stands.
        line, x = Image.new("L", (WIDTH - _MARGIN + _AIR, round(face.size * 1.5))), float(_AIR)
        for glyph in face.glyphs(text):
            if glyph.mask is not None:
                line.paste(255, (round(x) + glyph.left, high + glyph.top), glyph.mask)
            x += glyph.advance
        first = self.full(colour) - _SHADES
        steps = [round(value * _SHADES / 255) for value in range(256)]
        shades, covered = (
            line.point([first + step for step in steps]),
            line.point([255 if step else 0 for step in steps]),
        )
        self._image.paste(shades, (_MARGIN - _AIR, base - high), covered)


def _palette(colours: Sequence[str]) -> list[int]:
    """Return the paper, then each colour in shades from faint to full, as numbers of red, green and blue."""
    paper, palette = _rgb(_PAPER), list(_rgb(_PAPER))
    for colour in colours:
        for shade in range(1, _SHADES + 1):
            palette += [
                round(ground + (full - ground) * shade / _SHADES)
                for ground, full in zip(paper, _rgb(colour), strict=True)
            ]
    return palette


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _fitted(title: str, fonts: Fonts) -> tuple[list[str], Face]:
    """Return a title in lines, in the largest size that finds room; what finds none in the smallest is cut."""
    for size in _TITLE_SIZES:
        face = fonts.face(DISPLAY, size)
        most = int(_TITLE_HEIGHT // (size * _LEADING))
        lines = _wrapped(title, face)
        if len(lines) <= most and all(face.length(line) <= _ROOM for line in lines):
            return lines, face
    return _cut(title, face, most), face


def _cut(text: str, face: Face, most: int) -> list[str]:
    """Return a text in at most so many lines; what is left out is told by an ellipsis."""
    lines = _wrapped(text, face)
    shown = lines[:most]
    while shown and (len(lines) > most or face.length(shown[-1]) > _ROOM):
        last = shown[-1].removesuffix("…")
        shorter = last.rpartition(" ")[0] or last[:-1]
        shown[-1] = f"{shorter.rstrip(' ,;:.·–')}…"
        if face.length(shown[-1]) <= _ROOM:
            break
    return shown


def _wrapped(text: str, face: Face) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and face.length(f"{lines[-1]} {word}") <= _ROOM:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
