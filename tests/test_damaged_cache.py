"""A cache that is damaged, older or foreign is dropped with one line, and the build is right without it."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer import head
from explainer.build import build
from explainer.head import NOTE_DAMAGED, NOTE_FOREIGN
from tests.projects import OPTIONS, copy_isles, replace_text, tree

Damage = Callable[[Path], None]


def flip(name: str, position: int) -> Damage:
    def damage(folder: Path) -> None:
        path = next(folder.glob(name))
        data = bytearray(path.read_bytes())
        data[position % len(data)] ^= 0xFF
        path.write_bytes(data)

    return damage


def cut(name: str, length: int) -> Damage:
    def damage(folder: Path) -> None:
        path = next(folder.glob(name))
        path.write_bytes(path.read_bytes()[:length])

    return damage


DAMAGES: dict[str, Damage] = {
    "the mark": cut("state", 3),
    "the checksum": flip("state", 11),
    "the length of the head": flip("state", 15),
    "the head": flip("state", 60),
    "the end of the state": flip("state", -2),
    "the end of the state is missing": cut("state", -40),
    "the state is empty": cut("state", 0),
    "the state ends in its checksum": cut("state", 12),
    "the state ends in its length": cut("state", 18),
    "the pack is missing its end": cut("pack-*", -1),
    "the pack is empty": cut("pack-*", 0),
    "the pack is gone": lambda folder: next(folder.glob("pack-*")).unlink(),
    "the state is a folder": lambda folder: ((folder / "state").unlink(), (folder / "state").mkdir())[1],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_dropped_with_one_line(tmp_path: Path, damage: Damage) -> None:
    folders = copy_isles(tmp_path / "project")
    site = dict(build(folders, OPTIONS) and tree(folders.output))
    damage(folders.cache / "build")
    replace_text(folders.content / "articles/founding.md", "---\ntitle:", "---\ntitle: ")
    assert list(build(folders, OPTIONS).notes) == [NOTE_DAMAGED]
    assert tree(folders.output) == site
    assert not build(folders, OPTIONS).notes


def test_a_cache_with_every_piece_of_its_pack_damaged_is_dropped_with_one_line(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    path = next((folders.cache / "build").glob("pack-*"))
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))
    replace_text(folders.content / "articles/founding.md", "---\ntitle:", "---\ntitle: ")
    assert list(build(folders, OPTIONS).notes) == [NOTE_DAMAGED]


@pytest.mark.parametrize("number", [1, head.FORMAT - 1, head.FORMAT + 1])
def test_a_cache_in_another_format_is_foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    folders = copy_isles(tmp_path / "project")
    monkeypatch.setattr(head, "FORMAT", number)
    build(folders, OPTIONS)
    monkeypatch.undo()
    assert list(build(folders, OPTIONS).notes) == [NOTE_FOREIGN]


def test_a_cache_of_the_first_format_is_dropped(tmp_path: Path) -> None:
    folders = copy_isles(tmp_path / "project")
    build(folders, OPTIONS)
    payload = marshal.dumps(((1, "key"), marshal.dumps({})))
    (folders.cache / "build/state").write_bytes(hashlib.sha256(payload).digest() + payload)
    assert list(build(folders, OPTIONS).notes) == [NOTE_FOREIGN]
