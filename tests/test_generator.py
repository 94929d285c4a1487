"""A build knows whether the generator that runs is the one that built the site before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explainer import generator
from explainer.generator import NO_GENERATOR, Generator, find_generator

NEVER, ALWAYS = 0, 1 << 62


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generator of two modules."""
    folder = tmp_path / "package"
    (folder / "part").mkdir(parents=True)
    (folder / "one.py").write_text("ONE = 1\n")
    (folder / "part/two.yml").write_text("two: 2\n")
    monkeypatch.setattr(generator, "_PACKAGE", str(folder))
    return folder


def test_the_digest_is_the_same_each_time() -> None:
    assert find_generator() == find_generator()


def test_a_module_of_another_text_is_another_generator(package: Path) -> None:
    before = find_generator()
    (package / "part/two.yml").write_text("two: 3\n")
    assert find_generator(before, ALWAYS).digest != before.digest


def test_a_module_that_was_only_touched_is_the_same_generator(package: Path) -> None:
    before = find_generator()
    os.utime(package / "one.py", ns=(1, 1))
    after = find_generator(before, ALWAYS)
    assert (after.digest, after.stamp != before.stamp) == (before.digest, True)


def test_files_that_look_as_they_did_are_not_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find_generator()
    monkeypatch.setattr(generator, "_bytes", lambda _: pytest.fail("a file was read"))
    assert find_generator(before, ALWAYS) == before


def test_files_touched_so_shortly_before_that_their_times_prove_nothing_are_read(package: Path) -> None:
    before = find_generator()
    lie = Generator("another", before.stamp, before.changed)
    assert find_generator(lie, before.changed).digest == before.digest
    assert find_generator(lie, NEVER).digest == before.digest
    assert find_generator(NO_GENERATOR, ALWAYS).digest == before.digest


def test_bytecode_is_no_part_of_the_generator(package: Path) -> None:
    before = find_generator()
    (package / "__pycache__").mkdir()
    (package / "__pycache__/one.cpython-311.pyc").write_bytes(b"x")
    assert find_generator() == before


def test_an_installed_package_of_another_version_changes_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = find_generator()
    (tmp_path / "jinja2-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_generator(before, ALWAYS).digest != before.digest


def test_a_folder_of_modules_that_is_not_there_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find_generator()
    monkeypatch.syspath_prepend(str(tmp_path / "nowhere.zip"))
    assert find_generator() == before
