"""Put a built site onto a branch of a git remote: one commit more, pushed, never forced."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from explainer.config import Folders
from explainer.deploying.branch import DOMAIN_FILE, TREE_MARK, Tip, fetch_tip
from explainer.deploying.git import Git, GitError
from explainer.lock import build_lock
from explainer.manifest import verify_manifest
from explainer.manifest_format import MANIFEST_NAME, Manifest, parse_manifest
from explainer.problems import ContentError, Place, Problem
from explainer.published import Excuses, check_against

NO_DOMAIN = "none"
_WORKING = "deploy-"
# How git says that the branch has moved since we looked at it.
_FASTER = ("fetch first", "non-fast-forward", "reference already exists", "cannot lock ref", "failed to update ref")


class Request(Struct, frozen=True):
    """What is asked for. `remote` is a name that the project's git knows, a web address or a path.

    `domain` is what CNAME shall say, NO_DOMAIN for no such file, or None to leave it as it is. `overwrite` accepts
    commits on the branch that deploy did not make.
    """

    remote: str
    branch: str
    domain: str | None = None
    overwrite: bool = False
    dry_run: bool = False


class Deployment(Struct, frozen=True):
    """What was done, or with a dry run would be. `commit` is None when nothing had to be.

    `changes` are pairs of a letter (A added, M changed, D removed) and a path.
    """

    base_url: str
    remote: str
    commit: str | None
    changes: Sequence[tuple[str, str]]
    is_first: bool
    domain: str | None


def deploy(folders: Folders, request: Request, excuses: Excuses) -> Deployment:
    """Publish the built site, or raise ContentError with every reason why not; the branch is then as it was.

    Holds the build lock, so that what was verified is what is published.
    """
    with build_lock(folders.cache):
        manifest = _verified(folders)
        with _repository(folders.cache) as git:
            remote = _address(folders.root, request.remote)
            with _telling(request):
                tip = fetch_tip(git, remote, request.branch)
            domain = _domain(request, tip)
            _refuse(folders, request, tip, manifest, domain, excuses)
            tree = _write_tree(git, folders.output, manifest, domain)
            changes = _changes(git, tip.tree if tip else None, tree)
            outcome = Deployment(manifest.base_url, request.remote, None, changes, tip is None, domain)
            if tip is not None and tip.tree == tree:
                return outcome
            commit = _commit(git, folders.root, tree, tip, manifest)
            if not request.dry_run:
                with _telling(request):
                    git.run("push", "--quiet", "--porcelain", remote, f"{commit}:refs/heads/{request.branch}")
            return Deployment(manifest.base_url, request.remote, commit, changes, tip is None, domain)


def _verified(folders: Folders) -> Manifest:
    problems = verify_manifest(folders.output)
    if problems:
        raise ContentError(problems)
    manifest = parse_manifest((folders.output / MANIFEST_NAME).read_bytes())
    if not manifest.base_url:
        place = Place(f"{folders.shown(folders.output)}/{MANIFEST_NAME}")
        message = "the site was built without its web address, which feeds, sitemap and citations give"
        fix = "set `base_url` in site.yml or give --base-url, and build again"
        raise ContentError([Problem(place, "P023", message, fix)])
    return manifest


@contextmanager
def _repository(cache: Path) -> Iterator[Git]:
    """Yield a repository of our own, which is gone afterwards; one that a kill left behind goes now."""
    for left in cache.glob(f"{_WORKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_WORKING, dir=cache) as name:
        git = Git(Path(name))
        git.run("init", "--quiet", "--bare", "--template=", ".")
        yield git


def _address(root: Path, remote: str) -> str:
    """Return the address that a remote's name stands for in the project's git, or what was given."""
    if (root / remote).is_dir():
        return str((root / remote).resolve())
    return Git(root).asked("remote", "get-url", "--push", "--", remote) or remote


def _domain(request: Request, tip: Tip | None) -> str | None:
    if request.domain is None:
        return tip.domain if tip else None
    return None if request.domain == NO_DOMAIN else request.domain


def _refuse(
    folders: Folders, request: Request, tip: Tip | None, manifest: Manifest, domain: str | None, excuses: Excuses
) -> None:
    place = Place(f"branch {request.branch}")
    problems = []
    host = urlsplit(manifest.base_url).hostname
    if domain is not None and domain != host:
        message = f"the site was built for {manifest.base_url}, and {DOMAIN_FILE} would say {domain}"
        fix = f"build with --base-url https://{domain}/, or deploy with --domain {NO_DOMAIN}"
        problems.append(Problem(place, "P026", message, fix))
    if tip is not None and Git(folders.root).asked("merge-base", "--is-ancestor", tip.commit, "HEAD") is not None:
        message = f"this branch holds the project itself: its last commit is {tip.words}"
        problems.append(Problem(place, "P024", message, "name another branch: --branch gh-pages"))
    elif tip is not None and not tip.is_ours and not request.overwrite:
        message = f"its last commit was not made by deploy: {tip.words}"
        fix = "look at it (git fetch, git show); bring what must stay into content/, then deploy with --overwrite"
        problems.append(Problem(place, "P024", message, fix))
    if tip is not None and tip.manifest is not None:
        problems += check_against(tip.manifest, manifest, excuses)
    if problems:
        raise ContentError(problems)


def _write_tree(git: Git, site: Path, manifest: Manifest, domain: str | None) -> str:
    """Write the site's files into the repository, byte for byte, and return the number of their tree."""
    paths = sorted([*manifest.files, MANIFEST_NAME])
    numbers = git.run(
        "hash-object", "-w", "--no-filters", "--stdin-paths", text="".join(f"{site / path}\n" for path in paths)
    ).split("\n")
    lines = [f"100644 {number}\t{path}\n" for number, path in zip(numbers, paths, strict=True)]
    if domain is not None:
        number = git.run("hash-object", "-w", "--no-filters", "--stdin", text=f"{domain}\n")
        lines.append(f"100644 {number}\t{DOMAIN_FILE}\n")
    git.run("update-index", "--index-info", text="".join(lines))
    return git.run("write-tree")


def _changes(git: Git, before: str | None, after: str) -> list[tuple[str, str]]:
    if before is None:
        return [("A", path) for path in git.run("ls-tree", "-r", "--name-only", "-z", after).split("\0") if path]
    words = git.run("diff-tree", "-r", "-z", "--no-renames", "--name-status", before, after).split("\0")
    return list(zip(words[::2], words[1::2], strict=False))


def _commit(git: Git, root: Path, tree: str, tip: Tip | None, manifest: Manifest) -> str:
    source = Git(root).asked("rev-parse", "HEAD")
    lines = [f"Publish {manifest.base_url}", "", f"{TREE_MARK}: {tree}"]
    lines += [f"Source-Commit: {source}"] if source else []
    parent = ["-p", tip.commit] if tip else []
    return git.run("commit-tree", tree, *parent, text="\n".join(lines) + "\n", variables=_identity(root))


def _identity(root: Path) -> dict[str, str]:
    """Return who commits: whom the project's git names, else a name of our own, so that any machine can publish."""
    git = Git(root)
    name, email = (git.asked("config", f"user.{part}") for part in ("name", "email"))
    usual = {"NAME": name or "deploy", "EMAIL": email or "deploy@localhost"}
    return {
        key: os.environ.get(key) or text
        for role in ("AUTHOR", "COMMITTER")
        for part, text in usual.items()
        for key in [f"GIT_{role}_{part}"]
    }


@contextmanager
def _telling(request: Request) -> Iterator[None]:
    """Turn what git says about a remote into a problem with a fix."""
    try:
        yield
    except GitError as error:
        place = Place(f"branch {request.branch}")
        if any(words in error.told for words in _FASTER):
            message = "somebody else published while this went on; nothing of theirs was touched"
            problem = Problem(place, "P027", message, "deploy again: it starts from what is there now")
        else:
            message = f'git could not reach "{request.remote}": {error.told}'
            fix = "check the remote's name or address and your rights to it (git remote -v), then deploy again"
            problem = Problem(place, "P025", message, fix)
        raise ContentError([problem]) from None
