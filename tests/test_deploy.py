"""Deploying with real git to a bare repository: what reaches the branch, and what is refused."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, copy_isles, replace_text, tree

AS_OF = ("--as-of", "2025-06-01")


def git(folder: Path, *words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture region, built once as for a site of its own."""
    project = tmp_path_factory.mktemp("deploy") / "project"
    copy_isles(project)
    assert run(project, "build", *AS_OF).returncode == 0
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built project, and beside it an empty bare repository."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # What a user's settings must not do to the bytes of a site.
    (tmp_path / "gitconfig").write_text("[core]\n\tautocrlf = true\n\texcludesFile = ~/ignore\n", encoding="utf-8")
    shutil.copytree(built, tmp_path / "project")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    return tmp_path / "project"


@pytest.fixture
def remote(project: Path) -> Path:
    return project.parent / "remote.git"


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), *words]


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), cwd=project, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def deploy(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(project, "deploy", str(project.parent / "remote.git"), *AS_OF, *words)


def rebuild(project: Path, *words: str) -> None:
    ran = run(project, "build", "-q", *AS_OF, *words)
    assert ran.returncode == 0, ran.stderr


def published(remote: Path, folder: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Return what a clone of the branch holds, byte for byte."""
    shutil.rmtree(folder, ignore_errors=True)
    git(remote, "-c", "core.autocrlf=false", "clone", "--quiet", "--branch", branch, str(remote), str(folder))
    return {path: data for path, data in tree(folder).items() if not path.startswith(".git/")}


def commits(remote: Path, branch: str = "gh-pages") -> int:
    return int(git(remote, "rev-list", "--count", branch)) if git(remote, "branch", "--list", branch) else 0


def somebody_writes(remote: Path, folder: Path, path: str, text: str) -> None:
    """Push a commit by hand, as somebody would who mends a page on the branch."""
    shutil.rmtree(folder, ignore_errors=True)
    git(remote, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(folder))
    (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", path)
    name = ("-c", "user.name=Aigul Editor", "-c", "user.email=aigul@example.org")
    git(folder, *name, "commit", "--quiet", "-m", "Mend the page by hand")
    git(folder, "push", "--quiet")


def test_the_first_deployment_makes_the_branch_with_the_sites_bytes(
    project: Path, remote: Path, tmp_path: Path
) -> None:
    done = deploy(project)
    assert done.returncode == 0, done.stderr
    assert "Published https://isles.example/" in done.stdout and "Settings, Pages" in done.stdout
    assert published(remote, tmp_path / "clone") == tree(project / "site")
    assert commits(remote) == 1
    assert ".nojekyll" in published(remote, tmp_path / "clone")


def test_nothing_changed_makes_no_commit(project: Path, remote: Path) -> None:
    deploy(project)
    done = deploy(project)
    assert (done.returncode, commits(remote)) == (0, 1)
    assert "Nothing to publish" in done.stdout


def test_one_changed_line_is_one_commit_with_its_files(project: Path, remote: Path, tmp_path: Path) -> None:
    deploy(project)
    replace_text(project / "content/pages/about.md", "description: ", "description: Anew. ")
    rebuild(project)
    done = deploy(project)
    assert done.returncode == 0, done.stderr
    assert commits(remote) == 2
    assert git(remote, "diff", "--name-only", "gh-pages~1", "gh-pages").split() == ["about/index.html", "manifest.json"]
    assert "0 added, 2 changed, 0 removed" in done.stdout
    assert published(remote, tmp_path / "clone") == tree(project / "site")


def test_a_deleted_page_is_refused_until_something_takes_its_place(project: Path, remote: Path, tmp_path: Path) -> None:
    article = project / "content/articles/founding.md"
    deploy(project)
    article.rename(article.with_name("beginnings.md"))
    replace_text(project / "content/pages/about.md", "articles/founding.md", "articles/beginnings.md")
    rebuild(project)
    refused = deploy(project)
    assert refused.returncode == 1 and commits(remote) == 1
    assert "error P021: /articles/founding/ was published and would be gone" in refused.stderr
    assert "aliases" in refused.stderr
    replace_text(
        article.with_name("beginnings.md"), "tags: [history]", "tags: [history]\naliases: [/articles/founding/]"
    )
    rebuild(project)
    done = deploy(project)
    assert done.returncode == 0, done.stderr
    clone = published(remote, tmp_path / "clone")
    assert clone == tree(project / "site")
    assert b'http-equiv="refresh"' in clone["articles/founding/index.html"]
    assert set(clone) >= {"articles/beginnings/index.html"}


def test_a_page_that_is_given_up_or_has_expired_leaves_the_branch(project: Path, remote: Path, tmp_path: Path) -> None:
    deploy(project)
    article = project / "content/articles/founding.md"
    replace_text(article, "tags: [history]", "tags: [history]\nexpires: 2025-05-01")
    (project / "content/pages/about.md").unlink()
    settings = project / "content/site.yml"
    settings.write_text(settings.read_text("utf-8") + "gone: {/about/: Said elsewhere.}\n", encoding="utf-8")
    rebuild(project)
    done = deploy(project)
    assert done.returncode == 0, done.stderr
    clone = published(remote, tmp_path / "clone")
    assert clone == tree(project / "site")
    assert not {"about/index.html", "articles/founding/index.html", "feed.xml"} & clone.keys()


def test_somebody_elses_commit_is_refused_with_the_way_out(project: Path, remote: Path, tmp_path: Path) -> None:
    deploy(project)
    somebody_writes(remote, tmp_path / "other", "index.html", "mended by hand")
    refused = deploy(project)
    assert refused.returncode == 1 and commits(remote) == 2
    assert "error P024" in refused.stderr and "Mend the page by hand" in refused.stderr
    assert "Aigul Editor" in refused.stderr and "--overwrite" in refused.stderr
    done = deploy(project, "--overwrite")
    assert done.returncode == 0, done.stderr
    assert published(remote, tmp_path / "clone") == tree(project / "site")
    assert commits(remote) == 3, "their commit stays in the history"
    assert deploy(project).returncode == 0


def test_a_commit_that_keeps_our_message_but_not_our_bytes_is_not_ours(
    project: Path, remote: Path, tmp_path: Path
) -> None:
    deploy(project)
    other = tmp_path / "other"
    git(remote, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(other))
    (other / "index.html").write_text("changed", encoding="utf-8")
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(other, *name, "commit", "--quiet", "--all", "--amend", "--no-edit")
    git(other, "push", "--quiet", "--force")
    refused = deploy(project)
    assert refused.returncode == 1 and "error P024" in refused.stderr


HOOK_THAT_WAITS = """#!/bin/sh
echo reached > "{fifo}"
read nothing < "{never}"
"""


def test_a_push_that_is_interrupted_leaves_the_branch_and_the_next_one_works(
    project: Path, remote: Path, tmp_path: Path
) -> None:
    deploy(project)
    before = git(remote, "rev-parse", "gh-pages")
    replace_text(project / "content/pages/about.md", "description: ", "description: Anew. ")
    rebuild(project)
    fifo, never = tmp_path / "fifo", tmp_path / "never"
    os.mkfifo(fifo)
    os.mkfifo(never)
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK_THAT_WAITS.format(fifo=fifo, never=never), encoding="utf-8")
    hook.chmod(0o755)
    process = subprocess.Popen(
        command("deploy", str(remote), *AS_OF),
        cwd=project,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert fifo.read_text("utf-8") == "reached\n", "the remote has all objects, and is about to take the branch on"
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert git(remote, "rev-parse", "gh-pages") == before
    hook.unlink()
    left = list((project / ".cache").glob("deploy-*"))
    done = deploy(project)
    assert done.returncode == 0, done.stderr
    assert left and not list((project / ".cache").glob("deploy-*")), "what the kill left behind is gone"
    assert published(remote, tmp_path / "clone") == tree(project / "site")
    assert git(remote, "fsck", "--strict") == ""


def test_a_remote_that_refuses_is_told_in_its_own_words(project: Path, remote: Path) -> None:
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    refused = deploy(project)
    assert refused.returncode == 1 and commits(remote) == 0
    assert "error P025" in refused.stderr and "this branch is protected" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_who_pushes_while_we_prepare_wins_and_loses_nothing(project: Path, remote: Path, tmp_path: Path) -> None:
    deploy(project)
    somebody_writes(remote, tmp_path / "other", "index.html", "faster")
    theirs = git(remote, "rev-parse", "gh-pages")
    git(remote, "update-ref", "refs/heads/gh-pages", f"{theirs}~1")
    replace_text(project / "content/pages/about.md", "description: ", "description: Anew. ")
    rebuild(project)
    # The moment between our look at the branch and our push: the hook of the push lets the other one in first.
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/gh-pages {theirs}\n", encoding="utf-8"
    )
    hook.chmod(0o755)
    refused = deploy(project)
    assert refused.returncode == 1
    assert git(remote, "rev-parse", "gh-pages") == theirs
    assert "error P027" in refused.stderr, refused.stderr


def test_a_preview_is_refused(project: Path, remote: Path) -> None:
    assert run(project, "build", "-q", *AS_OF, "--drafts", "-o", "preview").returncode == 0
    refused = deploy(project, "-o", "preview")
    assert refused.returncode == 1 and commits(remote) == 0
    assert "error P012: this site is a preview" in refused.stderr


def test_a_site_that_was_touched_or_has_no_address_is_refused(project: Path, remote: Path) -> None:
    (project / "site/index.html").write_text("touched", encoding="utf-8")
    refused = deploy(project)
    assert refused.returncode == 1 and "error P014" in refused.stderr
    replace_text(project / "content/site.yml", "base_url: https://isles.example/", 'base_url: ""')
    rebuild(project)
    refused = deploy(project)
    assert refused.returncode == 1 and "error P023" in refused.stderr and "--base-url" in refused.stderr
    assert commits(remote) == 0


def test_a_dry_run_says_what_it_would_do_and_does_nothing(project: Path, remote: Path) -> None:
    done = deploy(project, "--dry-run")
    assert done.returncode == 0 and commits(remote) == 0
    assert "A index.html" in done.stdout and "Would publish" in done.stdout


def test_a_domain_is_written_kept_checked_and_removed(project: Path, remote: Path, tmp_path: Path) -> None:
    assert deploy(project, "--domain", "isles.example").returncode == 0
    assert published(remote, tmp_path / "clone")["CNAME"] == b"isles.example\n"
    assert "Nothing to publish" in deploy(project).stdout, "without --domain the domain stays"
    refused = deploy(project, "--domain", "www.isles.example")
    assert refused.returncode == 1 and "error P026" in refused.stderr
    assert "--base-url https://www.isles.example/" in refused.stderr
    assert deploy(project, "--domain", "none").returncode == 0
    assert "CNAME" not in published(remote, tmp_path / "clone")
    wrong = deploy(project, "--domain", "https://isles.example/")
    assert wrong.returncode == 2 and "error U006" in wrong.stderr


def test_the_branch_of_the_project_itself_is_never_overwritten(project: Path, remote: Path) -> None:
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "content")
    git(project, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Content")
    git(project, "remote", "add", "origin", str(remote))
    git(project, "push", "--quiet", "origin", "main")
    refused = run(project, "deploy", *AS_OF, "--branch", "main", "--overwrite")
    assert refused.returncode == 1 and "holds the project itself" in refused.stderr
    done = run(project, "deploy", *AS_OF)
    assert done.returncode == 0, "origin is the remote that nobody names"
    message = git(remote, "log", "-1", "--format=%B", "gh-pages")
    assert f"Source-Commit: {git(project, 'rev-parse', 'HEAD')}" in message


def test_a_remote_that_is_not_there_is_told_with_a_fix(project: Path) -> None:
    refused = run(project, "deploy", "upstream", *AS_OF)
    assert refused.returncode == 1
    assert 'error P025: git could not reach "upstream"' in refused.stderr and "fix:" in refused.stderr
