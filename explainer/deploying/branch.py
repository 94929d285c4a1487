"""What is on the branch of a remote, and whether deploy put it there."""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.deploying.git import Git
from explainer.manifest_format import MANIFEST_NAME, Manifest, ManifestError, parse_manifest

TREE_MARK = "Published-Tree"
"""The line of a commit's message that names its own tree: only a commit that nobody has touched since has it right."""
TIP = "refs/deploy/tip"
DOMAIN_FILE = "CNAME"


class Tip(Struct, frozen=True):
    """The last commit of a branch."""

    commit: str
    tree: str
    is_ours: bool
    words: str
    """The commit in words: its short number, its author, its first line."""
    domain: str | None
    manifest: Manifest | None


def fetch_tip(git: Git, remote: str, branch: str) -> Tip | None:
    """Fetch the last commit of a remote's branch, without its history; None when there is no such branch.

    Raises GitError, also when there is no such remote.
    """
    if not git.run("ls-remote", "--heads", remote, f"refs/heads/{branch}"):
        return None
    git.run("fetch", "--quiet", "--depth=1", "--no-tags", remote, f"+refs/heads/{branch}:{TIP}")
    commit, tree = git.run("rev-parse", f"{TIP}^{{commit}}", f"{TIP}^{{tree}}").split("\n")
    message = git.run("log", "-1", "--format=%B", commit)
    marked = re.search(rf"^{TREE_MARK}: ([0-9a-f]+)$", message, re.MULTILINE)
    return Tip(
        commit,
        tree,
        is_ours=marked is not None and marked[1] == tree,
        words=git.run("log", "-1", "--format=%h of %an, “%s”", commit),
        domain=_file(git, tree, DOMAIN_FILE),
        manifest=_manifest(git, tree),
    )


def _file(git: Git, tree: str, path: str) -> str | None:
    found = git.asked("cat-file", "blob", f"{tree}:{path}")
    return found.strip() or None if found is not None else None


def _manifest(git: Git, tree: str) -> Manifest | None:
    text = git.asked("cat-file", "blob", f"{tree}:{MANIFEST_NAME}")
    try:
        return parse_manifest(text.encode()) if text is not None else None
    except ManifestError:
        return None
