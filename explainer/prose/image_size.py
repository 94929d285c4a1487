"""Read the width and height of an image from its first bytes: PNG, GIF, JPEG, WebP and SVG."""

from __future__ import annotations

import re
import struct

_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_SIDE = rb"""\b%s\s*=\s*["']\s*([0-9.]+)(?:px)?\s*["']"""
_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)\s*["']""")
# The frames of a JPEG that hold its size; the others among C0 to CF are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, or None for bytes that are no image we know or that say no size."""
    try:
        size = _size(data)
    except (struct.error, IndexError, ValueError):
        return None
    return size if size is not None and min(size) > 0 else None


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    head = _SVG.search(data[: 1 << 16])
    return _svg_size(head[0]) if head else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        if data[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big") if data[at + 1] != 0xFF else 1
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _svg_size(tag: bytes) -> tuple[int, int] | None:
    sides = [re.search(_SIDE % name, tag) for name in (b"width", b"height")]
    if all(sides):
        return tuple(round(float(side[1])) for side in sides if side)  # type: ignore[return-value]
    box = _BOX.search(tag)
    return (round(float(box[1])), round(float(box[2]))) if box else None
