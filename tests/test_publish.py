"""Publishing makes the site folder equal to the files, touches nothing else, and refuses what is not its own."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import disk, publish_staging, publish_stamps
from explainer.manifest import verify_manifest
from explainer.manifest_format import digest
from explainer.problems import ContentError
from explainer.publish import publish
from explainer.publish_look import is_published
from explainer.publish_recovery import recover
from explainer.system_calls import SystemCalls
from tests.publishing import QUICK_DISK, CountedCalls, NoExchange, NoLinks, fail_with, oddities, site, tree

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "index.html": "home",
    "assets/site.css": "body {}",
    "countries/kazakhstan/index.html": "K",
    "countries/uzbekistan/index.html": "U",
    "feed.xml": "<feed/>",
    ".nojekyll": "",
}


class Place:
    """A folder to publish into, with its cache."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "site"
        self.cache = folder / ".cache"

    def publish(self, files: Mapping[str, bytes]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        result = publish(files, self.out, self.cache)
        assert tree(self.out) == files
        assert oddities(self.out) == []
        assert self.leftovers() == []
        return result.written, result.removed, result.unchanged

    def leftovers(self) -> list[str]:
        return [path.name for path in self.out.parent.iterdir() if path not in (self.out, self.cache)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(params=[SystemCalls, NoExchange, NoLinks])
def any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "calls", request.param())


def problem_of(caught: pytest.ExceptionInfo[ContentError]) -> str:
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.usefixtures("any_system")
def test_a_folder_is_made_and_then_changed_to_hold_just_the_files(place: Place) -> None:
    first = site(PAGES)
    assert place.publish(first) == (tuple(sorted(first)), (), 0)
    second = site({**PAGES, "index.html": "new home", "articles/one/index.html": "one"})
    del second["countries/uzbekistan/index.html"]
    second = site({path: data for path, data in second.items() if path != "manifest.json"})
    assert place.publish(second) == (
        ("articles/one/index.html", "index.html", "manifest.json"),
        ("countries/uzbekistan/index.html",),
        4,
    )
    every = site({path: f"other {path}" for path in PAGES})
    assert place.publish(every) == (tuple(sorted(every)), ("articles/one/index.html",), 0)


@pytest.mark.usefixtures("any_system")
def test_files_that_do_not_change_keep_their_time_and_inode(place: Place) -> None:
    place.publish(site(PAGES))
    page = place.out / "countries/kazakhstan/index.html"
    os.utime(page, ns=(1, 1_000_000_000))
    place.publish(site({**PAGES, "index.html": "changed"}))
    place.publish(site({path: PAGES[path] if path in str(page) else "changed again" for path in PAGES}))
    assert page.stat().st_mtime_ns == 1_000_000_000


def test_an_unchanged_site_is_not_touched_at_all(place: Place) -> None:
    place.publish(site(PAGES))
    before = {path: path.lstat().st_ctime_ns for path in (place.out, *place.out.rglob("*"))}
    assert place.publish(site(PAGES)) == ((), (), len(PAGES) + 1)
    assert before == {path: path.lstat().st_ctime_ns for path in (place.out, *place.out.rglob("*"))}


def test_only_the_bytes_of_files_that_change_are_asked_for_and_once(place: Place) -> None:
    class Asked(dict[str, bytes]):
        def __getitem__(self, path: str) -> bytes:
            asked.append(path)
            return super().__getitem__(path)

    asked: list[str] = []
    place.publish(site(PAGES))
    publish(Asked(site({**PAGES, "index.html": "new"})), place.out, place.cache)
    assert sorted(asked) == ["index.html", "manifest.json", "manifest.json"]


FILES = st.dictionaries(
    st.lists(st.sampled_from(["a", "b", "c", "index.html", "É", "x y"]), min_size=1, max_size=3).map("/".join),
    st.sampled_from([b"", b"one", b"two", b"three" * 1000]),
    max_size=12,
).map(lambda files: {path: data for path, data in files.items() if not any(f"{path}/" in other for other in files)})


def without_clashes(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not any(other.startswith(f"{path}/") for other in files)}


@settings(max_examples=150)
@given(versions=st.lists(FILES.map(without_clashes), min_size=1, max_size=6), system=st.sampled_from([0, 1, 2]))
def test_after_any_sequence_of_publishes_the_folder_equals_the_last_files(
    versions: list[dict[str, bytes]], system: int
) -> None:
    with tempfile.TemporaryDirectory(dir=QUICK_DISK) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "calls", [SystemCalls, NoExchange, NoLinks][system]())
        place = Place(Path(folder))
        for version in versions:
            files = site(version)
            place.publish(files)
            assert verify_manifest(place.out) == []
            assert is_published(place.out, place.cache, digest(files["manifest.json"]).sha256)


@pytest.mark.usefixtures("any_system")
def test_a_file_gives_way_to_a_folder_of_its_name_and_back(place: Place) -> None:
    place.publish(site({"about": "a file", "topics/x/index.html": "X", "index.html": "home"}))
    place.publish(site({"about/index.html": "a page", "topics": "a file", "index.html": "home"}))
    place.publish(site({"about": "a file", "topics/x/index.html": "X", "index.html": "home"}))


@pytest.mark.usefixtures("any_system")
def test_strays_of_every_kind_are_removed_and_links_are_never_followed(place: Place) -> None:
    files = site(PAGES)
    place.publish(files)
    outside = place.out.parent / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "kept.html").write_text("kept")
    (place.out / "empty/nested").mkdir(parents=True)
    (place.out / "old/page").mkdir(parents=True)
    (place.out / "old/page/index.html").write_text("old")
    (place.out / "link").symlink_to(outside)
    (place.out / "broken").symlink_to("nowhere")
    (place.out / "countries/a:b\\c").write_text("odd name")
    os.mkfifo(place.out / "pipe")
    (place.out / "index.html").unlink()
    (place.out / "index.html").symlink_to(outside / "kept.html")
    (place.out / "countries/kazakhstan/index.html").unlink()
    (place.out / "countries/kazakhstan").rmdir()
    (place.out / "countries/kazakhstan").symlink_to(outside)
    result = publish(files, place.out, place.cache)
    assert result.written == ("countries/kazakhstan/index.html", "index.html")
    expected = (
        "broken",
        "countries/a:b\\c",
        "countries/kazakhstan",
        "index.html",
        "link",
        "old/page/index.html",
        "pipe",
    )
    assert result.removed == expected
    assert tree(place.out) == files
    assert oddities(place.out) == []
    assert tree(outside) == {"kept.html": b"kept", "deep/": b""}


def test_a_file_that_somebody_changed_is_mended_though_it_kept_its_size_and_time(place: Place) -> None:
    files = site(PAGES)
    place.publish(files)
    page = place.out / "index.html"
    time = page.stat().st_mtime_ns
    page.write_text("HOME")
    os.utime(page, ns=(time, time))
    assert not is_published(place.out, place.cache, digest(files["manifest.json"]).sha256)
    assert place.publish(files) == (("index.html",), (), len(PAGES))


def test_a_file_with_a_second_name_outside_the_site_is_written_anew(place: Place) -> None:
    files = site(PAGES)
    place.publish(files)
    os.link(place.out / "index.html", place.out.parent / "second")
    assert publish(files, place.out, place.cache).written == ("index.html",)
    assert oddities(place.out) == []
    assert (place.out.parent / "second").read_text() == "home"


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"\x00" * 100)])
def test_without_its_stamps_a_publish_reads_the_files_and_writes_none(place: Place, spoil: object) -> None:
    place.publish(site(PAGES))
    (stamps,) = (place.cache / "published").iterdir()
    spoil(stamps)  # type: ignore[operator]
    assert place.publish(site(PAGES)) == ((), (), len(PAGES) + 1)
    assert is_published(place.out, place.cache, digest(site(PAGES)["manifest.json"]).sha256)


def test_is_published_says_no_after_any_change_to_the_folder(place: Place) -> None:
    files = site(PAGES)
    sha256 = digest(files["manifest.json"]).sha256
    page = place.out / "countries/kazakhstan/index.html"
    assert not is_published(place.out, place.cache, sha256)
    place.publish(files)
    assert is_published(place.out, place.cache, sha256)
    assert not is_published(place.out, place.cache, digest(b"another manifest").sha256)
    changes = [
        lambda: page.write_text("changed"),
        lambda: page.chmod(0o600),
        lambda: page.unlink(),
        lambda: (page.parent / "stray").write_text("stray"),
        lambda: (place.out / "empty").mkdir(),
        lambda: os.link(page, place.out.parent / "second"),
    ]
    for change in changes:
        change()  # type: ignore[no-untyped-call]
        assert not is_published(place.out, place.cache, sha256)
        publish(files, place.out, place.cache)
        assert is_published(place.out, place.cache, sha256)


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
@pytest.mark.usefixtures("any_system")
def test_modes_do_not_depend_on_the_umask(place: Place, umask: int) -> None:
    place.out = place.out.parent / "made/on/the/way/site"
    before = os.umask(umask)
    try:
        for pages in (PAGES, {**PAGES, "new/page/index.html": "new"}, {path: f"all {path}" for path in PAGES}):
            publish(site(pages), place.out, place.cache)
            assert tree(place.out) == site(pages)
            assert oddities(place.out) == []
    finally:
        os.umask(before)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in place.out.parents[:4]} == {0o755}


def test_wrong_modes_are_set_right_without_touching_the_files(place: Place) -> None:
    files = site(PAGES)
    place.publish(files)
    page = place.out / "countries/kazakhstan/index.html"
    time = page.stat().st_mtime_ns
    page.chmod(0o4777)
    page.parent.chmod(0o700)
    place.out.chmod(0o700)
    assert place.publish(files) == ((), (), len(files))
    assert page.stat().st_mtime_ns == time


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user who is not the administrator, whom no mode would stop; yields it."""
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_ordinary_user(code: str, folder: Path) -> str:
    """Run Python code in a folder, as a user who is not the administrator, and return what it printed."""
    drop = "import os\nif os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    command = [
        sys.executable,
        "-c",
        "from tests.test_publish import *\n" + drop + f"os.chdir({str(folder)!r})\n" + code,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("pages", ["{**PAGES, 'index.html': 'new'}", "{path: 'all new' for path in PAGES}", "{}"])
def test_a_read_only_old_site_does_not_stop_its_owner(ordinary_user: Path, pages: str) -> None:
    code = f"""
place = Place(Path.cwd())
place.publish(site(PAGES))
(place.out / "stray/deep").mkdir(parents=True)
(place.out / "stray/deep/file").write_text("stray")
for path in sorted(place.out.rglob("*"), reverse=True):
    path.chmod(0o000 if path.name == "deep" else 0o555 if path.is_dir() else 0o444)
place.out.chmod(0o500)
place.publish(site({pages}))
print("done")
"""
    assert as_ordinary_user(code, ordinary_user) == "done\n"


def test_a_folder_that_may_not_be_written_is_named_with_reason_and_fix(ordinary_user: Path) -> None:
    code = """
Path("locked").mkdir()
Path("locked").chmod(0o555)
try:
    publish(site(PAGES), Path("locked/site"), Path(".cache"))
except ContentError as error:
    print(error)
"""
    assert as_ordinary_user(code, ordinary_user) == (
        "locked/site: error P005: publishing stopped here: permission denied\n"
        "  fix: make locked/site yours and writable "
        '(for example: sudo chown -R "$(id -un)" locked/site), then build again\n'
    )


def test_where_only_the_site_folder_itself_is_writable_the_work_is_done_inside(ordinary_user: Path) -> None:
    code = """
place = Place(Path("parent").absolute())
place.cache = Path(".cache").absolute()
place.out.mkdir(parents=True)
Path("parent").chmod(0o555)
for pages in (PAGES, {**PAGES, "index.html": "new"}, {path: "all new" for path in PAGES}):
    place.publish(site(pages))
    assert is_published(place.out, place.cache, digest(site(pages)["manifest.json"]).sha256)
Path("parent").chmod(0o755)
print("done")
"""
    assert as_ordinary_user(code, ordinary_user) == "done\n"


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "",
        ".",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "C:x",
        "a\0b",
        "a\nb",
        "\udcff",
        ".publishing/x",
    ],
)
def test_a_path_that_could_lead_out_of_the_site_is_our_own_fault(place: Place, path: str) -> None:
    files = site({"index.html": "home"})
    place.publish(files)
    with pytest.raises(ValueError):
        publish(site({"index.html": "home", path: "x"}), place.out, place.cache)
    assert tree(place.out) == files
    assert place.leftovers() == []


def test_files_that_do_not_fit_their_manifest_are_our_own_fault(place: Place) -> None:
    files = site({"index.html": "home"})
    for wrong in (
        {"index.html": b"home"},
        {**files, "more.html": b"more"},
        {"manifest.json": files["manifest.json"]},
        {**files, "index.html": b"another length"},
        {**files, "manifest.json": b"{}"},
        {**files, "manifest.json": b"no json"},
        site({"a": "file", "a/b": "below it"}),
    ):
        with pytest.raises(ValueError):
            publish(wrong, place.out, place.cache)
    assert not place.out.exists()
    assert place.leftovers() == []


def test_a_folder_that_is_not_a_site_of_ours_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.out.parent)
    place.out.mkdir()
    (place.out / "thesis.txt").write_text("ten years")
    with pytest.raises(ContentError) as caught:
        publish(site(PAGES), place.out, place.cache)
    assert problem_of(caught) == (
        "site: error P003: this folder is not empty, and has no manifest.json of ours: it may not be a site\n"
        "  fix: name another folder with --output, such as site, or empty this one"
    )
    (place.out / "manifest.json").write_text('{"name": "An app of somebody else", "start_url": "/"}')
    with pytest.raises(ContentError, match="P003"):
        publish(site(PAGES), place.out, place.cache)
    assert tree(place.out).keys() == {"thesis.txt", "manifest.json"}
    assert place.leftovers() == []


def test_an_empty_folder_is_taken(place: Place) -> None:
    place.out.mkdir(mode=0o700)
    place.publish(site(PAGES))


def test_a_git_checkout_is_refused(place: Place) -> None:
    place.publish(site(PAGES))
    (place.out / ".git").mkdir()
    with pytest.raises(ContentError, match="P003: this is a Git checkout"):
        publish(site({}), place.out, place.cache)
    assert (place.out / "index.html").exists()


def test_folders_that_a_site_would_replace_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "home/project"
    sources = [project / name for name in ("content", "templates", "static")]
    for folder in (*sources, project / ".cache/serve", project / "content/countries", project / "docs"):
        folder.mkdir(parents=True)
    monkeypatch.chdir(project)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "same").symlink_to(project)

    def refusal(out: str) -> str:
        with pytest.raises(ContentError) as caught:
            publish(site(PAGES), Path(out), project / ".cache", sources=sources)
        return problem_of(caught).split("\n")[0]

    for out in (".", "..", "/", str(project), str(tmp_path / "home"), "docs/..", "content", "static", ".cache"):
        assert "error P002: a site here would replace" in refusal(out)
    assert "P002" in refusal(str(tmp_path / "same/content"))
    assert refusal("content/countries") == (
        "content/countries: error P002: a site here would become part of its own source content"
    )
    assert "P002: a site here would become part of its own source templates" in refusal("templates/new")
    monkeypatch.chdir(project / "docs")
    assert "P002: a site here would replace" in refusal(str(project / "content/.."))
    monkeypatch.chdir(project)
    publish(site(PAGES), Path(".cache/serve"), project / ".cache", sources=sources)
    assert tree(project / ".cache/serve") == site(PAGES)
    monkeypatch.chdir(project / ".cache/serve/countries")
    assert "P002" in refusal(str(project / ".cache/serve"))


def test_a_link_and_a_file_in_place_of_the_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to("elsewhere")
    (tmp_path / "file").write_text("file")
    for out, line in {
        "link": "link: error P004: this is a symbolic link",
        "file": "file: error P004: this is not a folder",
        "file/site": "file/site: error P004: this cannot be a folder for the site: not a directory",
    }.items():
        with pytest.raises(ContentError) as caught:
            publish(site(PAGES), Path(out), tmp_path / ".cache")
        assert problem_of(caught).split("\n")[0] == line
    assert tree(tmp_path) == {"elsewhere/": b"", "link": b"elsewhere", "file": b"file"}


def test_a_folder_of_somebody_that_has_the_name_of_our_working_folder_is_refused(place: Place) -> None:
    place.publish(site(PAGES))
    foreign = place.out.parent / ".site.publishing"
    foreign.mkdir()
    (foreign / "diary.txt").write_text("dear diary")
    for action in (lambda: publish(site({}), place.out, place.cache), lambda: recover(place.out)):
        with pytest.raises(ContentError, match="P007: this is not ours"):
            action()
    (foreign / "diary.txt").unlink()
    foreign.rmdir()
    foreign.symlink_to(place.out.parent)
    with pytest.raises(ContentError, match="P007: publishing needs this name"):
        publish(site({}), place.out, place.cache)
    assert tree(place.out) == site(PAGES)


@pytest.mark.parametrize("journal", ["{}", "[", '{"clear": [], "make": ["../x"], "put": [], "take": []}'])
def test_a_damaged_journal_is_reported_and_leads_nowhere(place: Place, journal: str) -> None:
    place.publish(site(PAGES))
    staging = place.out.parent / ".site.publishing"
    staging.mkdir()
    (staging / "journal").write_text(journal)
    with pytest.raises(ContentError, match="P007: the journal of an interrupted publish is damaged"):
        recover(place.out)
    assert tree(place.out) == site(PAGES)


def test_a_working_folder_in_use_by_another_process_is_left_alone(place: Place) -> None:
    place.publish(site(PAGES))
    staging = publish_staging.choose_staging(str(place.out))
    Path(staging.folder).mkdir()
    with (
        staging.held(),
        pytest.raises(ContentError, match=rf"P001: another build \(process {os.getpid()}\) is running"),
    ):
        publish(site({}), place.out, place.cache)
    assert recover(place.out) == "nothing"


def test_a_site_that_was_deleted_half_way_through_leaves_nothing_to_mend(place: Place) -> None:
    staging = place.out.parent / ".site.publishing"
    staging.mkdir()
    (staging / "journal").write_text('{"clear": [], "make": [], "put": [["new/0", "x", ""]], "take": []}')
    assert recover(place.out) == "tidied"
    assert place.leftovers() == []


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EXDEV, errno.ENOSYS])
def test_where_the_file_system_refuses_the_exchange_files_change_one_by_one(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    place.publish(site(PAGES))
    inode = place.out.stat().st_ino
    monkeypatch.setattr("explainer.system_calls._exchange_call", lambda: lambda one, other: number)
    place.publish(site(dict.fromkeys(PAGES, "all new")))
    assert place.out.stat().st_ino == inode


def test_a_mostly_new_site_takes_the_old_ones_place_in_one_step(place: Place) -> None:
    place.publish(site(PAGES))
    inode = place.out.stat().st_ino
    place.publish(site({**PAGES, "index.html": "one page"}))
    assert place.out.stat().st_ino == inode
    place.publish(site(dict.fromkeys(PAGES, "all new")))
    assert place.out.stat().st_ino != inode


def test_pages_move_after_what_they_need_and_before_what_points_at_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.publish(site({**PAGES, "old/index.html": "old", **{f"same{number}": "" for number in range(20)}}))
    moved = []

    class Watched(SystemCalls):
        @staticmethod
        def replace(source: str, target: str) -> None:  # type: ignore[override]
            moved.append(os.path.relpath(target, place.out))
            os.replace(source, target)

    monkeypatch.setattr(disk, "calls", Watched())
    pages = {**PAGES, "index.html": "new", "assets/site.2.css": "new", "feed.xml": "new", "data/x.json": "new"}
    place.publish(site({**pages, **{f"same{number}": "" for number in range(20)}}))
    inside = [path for path in moved if not path.startswith("..")]
    assert inside == ["assets/site.2.css", "data/x.json", "index.html", "feed.xml", "manifest.json"]
    assert moved.index("../.site.publishing/undo/after-0") > moved.index("manifest.json")


def test_many_files_are_synced_with_the_file_system_and_few_by_themselves(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []

    class Watched(NoExchange):
        @staticmethod
        def fsync(descriptor: int) -> None:  # type: ignore[override]
            synced.append("one")
            os.fsync(descriptor)

        def syncfs(self, descriptor: int) -> bool:
            synced.append("all")
            return has_syncfs and super().syncfs(descriptor)

    monkeypatch.setattr(disk, "calls", Watched())
    has_syncfs = sys.platform == "linux"
    place.publish(site(PAGES))
    assert "all" not in synced
    many = {f"{number}.html": "x" for number in range(100)}
    synced.clear()
    place.publish(site({**PAGES, **many}))
    assert synced.count("all") == 1
    assert synced.count("one") < 20
    has_syncfs = False
    synced.clear()
    place.publish(site({**PAGES, **many, **dict.fromkeys(many, "y")}))
    assert synced.count("one") > 100


def test_stamps_that_cannot_be_written_do_not_matter(place: Place) -> None:
    place.cache.write_text("a file where the cache should be")
    place.publish(site(PAGES))
    assert place.publish(site(PAGES)) == ((), (), len(PAGES) + 1)


def test_a_file_that_cannot_be_read_is_written_anew(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    files = site({f"{number}.html": "x" for number in range(10)})
    place.publish(files)
    (place.out / "3.html").write_text("y")  # so that the stamps do not vouch for it

    class BadBlock(SystemCalls):
        @staticmethod
        def read(descriptor: int, size: int) -> bytes:
            data = os.read(descriptor, size)
            if data == b"y":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return data

    monkeypatch.setattr(disk, "calls", BadBlock())
    assert place.publish(files) == (("3.html",), (), 10)


@pytest.mark.parametrize(("tick", "reads"), [(-(10**15), 2), (10**15, 2 + 2 * (len(PAGES) + 1) - 1)])
def test_a_stamp_no_older_than_a_tick_of_the_clock_proves_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, tick: int, reads: int
) -> None:
    files = site(PAGES)
    place.publish(files)
    monkeypatch.setattr(publish_stamps, "_CLOCK_TICK_NS", tick)
    calls = CountedCalls(fail_with(errno.EIO), at=10**9, only=["read"])
    monkeypatch.setattr(disk, "calls", calls)
    assert is_published(place.out, place.cache, digest(files["manifest.json"]).sha256)
    assert calls.count == reads  # the last read of a file finds its end; .nojekyll is empty


def test_counted_calls_are_those_of_the_system(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = CountedCalls(fail_with(errno.EIO), at=10**9)
    monkeypatch.setattr(disk, "calls", calls)
    place.publish(site(PAGES))
    assert calls.count > 30
