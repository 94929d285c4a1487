"""Pieces that processes put into a spool are found again in the pack, and what was damaged there is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explainer import blobs
from explainer.blobs import DamagedBlobs, Pack, Spool


def test_what_a_spool_holds_is_moved_file_by_file_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "_PART", 5)
    spool, pack = Spool(2), Pack(tmp_path / "pack")
    spots = {
        piece: spool.add(piece, number % 2) for number, piece in enumerate((b"a body", b"a reading", b"", b"more"))
    }
    page = spool.add(b"<p>a page</p>", 1, lasting=False)
    assert spool.read(page) == b"<p>a page</p>"
    with pack.adding() as adding:
        before = adding.add(b"records")
        moved = {piece: adding.move(spool, spot) for piece, spot in spots.items()}
        after = adding.add(b"questions")
    for piece, spot in {**moved, b"records": before, b"questions": after}.items():
        assert pack.read(spot) == piece
    assert b"a page" not in (tmp_path / "pack").read_bytes()  # which the next build need not know
    pack.close()


def test_where_there_is_no_folder_for_temporary_files_the_library_finds_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    spool = Spool(1)
    assert spool.read(spool.add(b"a body")) == b"a body"
    assert list(tmp_path.iterdir()) == []


def test_what_another_process_added_is_moved_too(tmp_path: Path) -> None:
    spool, pack = Spool(2), Pack(tmp_path / "pack")
    child = os.fork()
    if not child:
        spool.add(b"made elsewhere", 1)
        os._exit(0)
    os.waitpid(child, 0)
    spot = Spool(1).add(b"made elsewhere")._replace(file=1)
    with pack.adding() as adding:
        moved = adding.move(spool, spot)
    assert pack.read(moved) == b"made elsewhere"
    pack.close()


def test_a_damaged_piece_is_told_when_it_is_read(tmp_path: Path) -> None:
    spool, pack = Spool(1), Pack(tmp_path / "pack")
    with pack.adding() as adding:
        spots = [adding.move(spool, spot) for spot in [spool.add(piece) for piece in (b"first", b"second")]]
    data = bytearray((tmp_path / "pack").read_bytes())
    data[2] ^= 1
    (tmp_path / "pack").write_bytes(data)
    with pytest.raises(DamagedBlobs):
        pack.read(spots[0])
    assert pack.read(spots[1]) == b"second"
    pack.close()
