"""The manifest lists a site exactly, and tells of every difference between a folder and itself."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.manifest import make_manifest, verify_manifest
from explainer.manifest_format import Manifest, ManifestError, PageEntry, digest, listed_files, parse_manifest
from explainer.publish import publish
from tests.publishing import site

FILES = {"index.html": b"<p>home</p>", "assets/a.css": b"", ".nojekyll": b""}
PAGES = {
    "/": {"source": "content/site.yml", "title": "Қазақстан «und»\u2028"},
    "/404.html": {"source": "x", "title": '"'},
}


def test_the_manifest_has_the_shape_of_the_contract() -> None:
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert make_manifest(FILES, base_url="https://example.org/", preview=True, pages=PAGES).decode() == (
        "{\n"
        ' "base_url": "https://example.org/",\n'
        ' "files": {\n'
        f'  ".nojekyll": {{"sha256": "{nothing}", "size": 0}},\n'
        f'  "assets/a.css": {{"sha256": "{nothing}", "size": 0}},\n'
        f'  "index.html": {{"sha256": "{hashlib.sha256(b"<p>home</p>").hexdigest()}", "size": 11}}\n'
        " },\n"
        ' "format": 1,\n'
        ' "pages": {\n'
        '  "/": {"source": "content/site.yml", "title": "Қазақстан «und»\u2028"},\n'
        '  "/404.html": {"source": "x", "title": "\\""}\n'
        " },\n"
        ' "preview": true\n'
        "}\n"
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PATHS = st.text(st.sampled_from("ab/é.-_ 0"), min_size=1).filter(
    lambda path: all(part not in ("", ".", "..") for part in path.split("/"))
)


@given(
    files=st.dictionaries(PATHS, st.binary()),
    pages=st.dictionaries(TEXT.map("/".__add__), st.fixed_dictionaries({"source": TEXT, "title": TEXT})),
    base_url=TEXT,
    preview=st.booleans(),
)
def test_what_is_written_is_sorted_json_and_is_read_back(
    files: dict[str, bytes], pages: dict[str, dict[str, str]], base_url: str, preview: bool
) -> None:
    data = make_manifest({**files, "manifest.json": b"old"}, base_url=base_url, preview=preview, pages=pages)
    expected = {path: digest(content) for path, content in files.items()}
    manifest = parse_manifest(data)
    assert manifest == Manifest(
        base_url,
        preview,
        expected,
        {address: PageEntry(page["source"], page["title"]) for address, page in pages.items()},
    )
    assert listed_files(data) == expected
    content = json.loads(data)
    assert json.dumps(content) == json.dumps(content, sort_keys=True)
    assert content["format"] == 1
    assert b"\r" not in data and data.endswith(b"}\n")


@given(st.permutations(sorted(FILES)))
def test_the_order_in_which_files_come_does_not_matter(order: list[str]) -> None:
    made = make_manifest({path: FILES[path] for path in order}, base_url="", preview=False, pages={})
    assert made == make_manifest(FILES, base_url="", preview=False, pages={})


def with_change(change: Callable[[dict[str, object]], object]) -> bytes:
    content = json.loads(make_manifest(FILES, base_url="", preview=False, pages=PAGES))
    change(content)
    return json.dumps(content).encode()


SHA = "0" * 64


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is not JSON"),
        (b"\xff", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it is not a JSON object"),
        (with_change(lambda it: it.update(format=2)), "its format is 2; this generator reads format 1"),
        (with_change(lambda it: it.pop("format")), "its format is None"),
        (with_change(lambda it: it.pop("pages")), "its keys are base_url, files, format, preview"),
        (with_change(lambda it: it.update(more=1)), "its keys are"),
        (with_change(lambda it: it.update(base_url=None)), "base_url must be a text"),
        (with_change(lambda it: it.update(preview=0)), "preview true or false"),
        (with_change(lambda it: it.update(files=[])), "files and pages must be objects"),
        (
            with_change(lambda it: it.update(files={"x": {"sha256": SHA}})),
            "the entry of 'x' is not a digest and a size",
        ),
        (with_change(lambda it: it.update(files={"x": {"sha256": "A" * 64, "size": 1}})), "the entry of 'x'"),
        (with_change(lambda it: it.update(files={"x": {"sha256": SHA, "size": True}})), "the entry of 'x'"),
        (with_change(lambda it: it.update(files={"x": {"sha256": SHA, "size": -1}})), "the entry of 'x'"),
        (with_change(lambda it: it.update(files={"x": {"sha256": SHA, "size": 1, "more": 1}})), "the entry of 'x'"),
        (with_change(lambda it: it.update(files={"../x": {"sha256": SHA, "size": 1}})), "'../x' cannot be the path"),
        (with_change(lambda it: it.update(files={"manifest.json": {"sha256": SHA, "size": 1}})), "cannot be the path"),
        (with_change(lambda it: it.update(pages={"/": {"source": "x"}})), "the entry of the page '/'"),
        (with_change(lambda it: it.update(pages={"x": {"source": "x", "title": "x"}})), "the entry of the page 'x'"),
    ],
)
def test_a_damaged_manifest_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ManifestError) as caught:
        parse_manifest(data)
    assert words in str(caught.value)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    publish(site({"index.html": "home", "a/index.html": "a", "a/b/index.html": "b"}), Path("site"), Path(".cache"))
    return tmp_path / "site"


def verify(out: Path) -> list[str]:
    return [str(problem).split("\n")[0] for problem in verify_manifest(out)]


def test_a_site_as_published_has_no_problem(out: Path) -> None:
    assert verify_manifest(out) == []


def test_every_difference_is_told_at_once_in_order_of_path(out: Path) -> None:
    (out / "index.html").write_text("HOME")
    (out / "a/b/index.html").unlink()
    (out / "a/index.html").chmod(0o600)
    (out / "a").chmod(0o700)
    (out / "a/stray.txt").write_text("stray")
    (out / "more/deep").mkdir(parents=True)
    (out / "more/deep/x").write_text("x")
    assert verify(out) == [
        "site/a: error P016: the mode is 0700, and should be 0755",
        "site/a/b/index.html: error P013: the manifest lists this file, and it is not there",
        "site/a/index.html: error P016: the mode is 0600, and should be 0644",
        "site/a/stray.txt: error P015: the manifest does not list this file",
        "site/index.html: error P014: this file was changed after publishing: its SHA-256 is not the manifest's",
        "site/more: error P015: the manifest does not list this folder",
    ]
    (problem, *_) = verify_manifest(out)
    assert problem.fix == "chmod 755 site/a, or build the site again"


def test_a_file_that_grew_is_told_with_both_sizes(out: Path) -> None:
    (out / "index.html").write_text("x" * 1234)
    assert verify(out) == [
        "site/index.html: error P014: this file was changed after publishing (1,234 bytes, the manifest says 4)"
    ]


def test_links_and_special_files_are_told_and_never_followed(out: Path) -> None:
    (out / "index.html").rename(out.parent / "moved.html")
    (out / "index.html").symlink_to(out.parent / "moved.html")
    (out / "a/index.html").unlink()
    os.mkfifo(out / "a/index.html")
    os.link(out / "a/b/index.html", out.parent / "second")
    (out / "loop").symlink_to(".")
    assert verify(out) == [
        "site/a/b/index.html: error P017: this file has a second name (a hard link)",
        "site/a/index.html: error P017: this is not a plain file",
        "site/index.html: error P017: this is a symbolic link",
        "site/loop: error P015: the manifest does not list this file",
    ]


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_a_folder_are_told(out: Path) -> None:
    (out / "index.html").unlink()
    (out / "index.html").mkdir()
    (out / "a/b/index.html").unlink()
    (out / "a/b").rmdir()
    (out / "a/b").write_text("file")
    assert verify(out) == [
        "site/a/b: error P015: the manifest does not list this file",
        "site/a/b/index.html: error P013: the manifest lists this file, and it is not there",
        "site/index.html: error P013: the manifest lists this file, and it is not there",
        "site/index.html: error P015: the manifest does not list this folder",
    ]


def test_a_missing_a_damaged_and_a_preview_manifest_are_told(out: Path, tmp_path: Path) -> None:
    (out / "manifest.json").write_bytes(b"{")
    assert verify(out)[0].startswith("site/manifest.json: error P011: this is no manifest of ours: it is not JSON")
    (out / "manifest.json").unlink()
    assert verify(out) == ["site/manifest.json: error P010: this site has no manifest"]
    assert verify(tmp_path / "nowhere") == ["nowhere/manifest.json: error P010: this site has no manifest"]
    preview = {"x.html": b"x"}
    preview["manifest.json"] = make_manifest(preview, base_url="", preview=True, pages={})
    publish(preview, tmp_path / "preview", tmp_path / ".cache")
    assert verify(tmp_path / "preview") == [
        "preview/manifest.json: error P012: this site is a preview: it has drafts or pages of days to come"
    ]


def test_a_manifest_or_a_site_that_is_a_link_is_told(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("site")
    assert verify(tmp_path / "link") == ["link: error P017: this is a symbolic link"]
    (out / "manifest.json").rename(tmp_path / "manifest.json")
    (out / "manifest.json").symlink_to("../manifest.json")
    assert verify(out) == ["site/manifest.json: error P017: this is a symbolic link"]


def test_the_modes_of_the_site_folder_and_of_the_manifest_count_too(out: Path) -> None:
    out.chmod(0o700)
    (out / "manifest.json").chmod(0o640)
    assert verify(out) == [
        "site: error P016: the mode is 0700, and should be 0755",
        "site/manifest.json: error P016: the mode is 0640, and should be 0644",
    ]


def test_a_site_outside_the_current_folder_is_told_by_its_name(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (out / "index.html").unlink()
    monkeypatch.chdir("/")
    monkeypatch.setenv("PWD", "/")
    (out.parent / "elsewhere").mkdir()
    monkeypatch.chdir(out.parent / "elsewhere")
    assert verify(out) == ["site/index.html: error P013: the manifest lists this file, and it is not there"]
