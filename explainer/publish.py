"""Make the site folder equal to the files of a build, in one step or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from explainer import disk
from explainer.manifest_format import MANIFEST_NAME, FileDigest, digest, listed_files
from explainer.problems import ContentError, Problem
from explainer.publish_changes import Changes, all_new, compare, needed_folders
from explainer.publish_draft import Draft
from explainer.publish_faults import half_done_problem, stopped_problem
from explainer.publish_journal import carry_out, prepare_journal
from explainer.publish_places import INSIDE_NAME
from explainer.publish_recovery import recover as recover
from explainer.publish_spare import keep_files, keep_spare, keep_tree
from explainer.publish_staging import Staging, choose_staging
from explainer.publish_stamps import Stamps, load_stamps, make_stamps, save_stamps, settled_stamps, spare_folder
from explainer.publish_target import check_output_is_ours, check_output_name
from explainer.publish_writing import write_changed, write_tree
from explainer.result import PublishResult
from explainer.site_paths import is_site_path
from explainer.system_calls import can_exchange


class _NotUndone(OSError):
    """The new site took the old one's place, and neither could that be made sure nor taken back."""


class Published(NamedTuple):
    """A site that is published. It is to be stamped, so that the next run knows it without reading it."""

    result: PublishResult
    out: str
    cache: Path
    stamps: Stamps | None
    skip: str

    def stamp(self) -> None:
        """Stamp the site folder. What was changed shortly before is looked at once more, and then beyond doubt.

        The later this is called after the publish, the less is left in doubt; who never calls it costs the next run
        some time.
        """
        save_stamps(self.cache, self.out, settled_stamps(self.out, self.stamps, skip=self.skip))


def publish(files: Mapping[str, bytes], out: Path, cache: Path, *, sources: Iterable[Path] = ()) -> PublishResult:
    """Make the folder `out` hold exactly these files, and stamp it at once. See `publish_unstamped`."""
    published = publish_unstamped(files, out, cache, sources=sources)
    save_stamps(cache, published.out, published.stamps)
    return published.result


def publish_unstamped(
    files: Mapping[str, bytes],
    out: Path,
    cache: Path,
    *,
    sources: Iterable[Path] = (),
    listed: Mapping[str, FileDigest] | None = None,
    draft: Draft | None = None,
) -> Published:
    """Make the folder `out` hold exactly these files, or raise and leave it as it was.

    `files` maps relative paths with forward slashes to bytes; manifest.json must be among them and list the others.
    Only the bytes of files that change are asked for, each once, so the mapping may make them when asked. `sources`
    are the folders the site is built from, which it must not replace. `listed` is what the manifest lists, where the
    caller knows. A `draft` of this site is used up. The caller holds build_lock.

    Readers meet each page whole, old or new, at any moment. Files have mode 0644, folders 0755; files that hold the
    right bytes already keep their time. A publish that was killed is mended first, see recover.

    Raises ContentError: P001 to P004 and P007 when it must not start, P005 when the operating system stopped it, P006
    when that could not be undone either. Raises ValueError, our own fault, for a path that could lead out of the site
    and for a manifest that does not fit the files.
    """
    place = os.path.abspath(out)
    wanted = _wanted(files, listed)
    folders = needed_folders(wanted)
    check_output_name(out, cache=cache, sources=tuple(sources))
    if draft is not None and draft.staging is not None:
        staging = draft.staging
    else:
        draft = None
        recover(out)
        staging = choose_staging(place)
    linked = False
    try:
        check_output_is_ours(place)
        stamps = load_stamps(cache, place)
        there = disk.exists(place)
        changes = compare(place, wanted, folders, stamps, skip=staging.inside) if there else all_new(wanted)
        _check_paths(changes.put, wanted, folders)
        if changes and draft is not None:
            with contextlib.closing(draft):
                linked = _change(staging, files, wanted, changes, spare_folder(cache, place), draft, there=there)
        elif changes:
            disk.make_folders(os.path.dirname(staging.folder))
            disk.make_folder(staging.folder)
            with staging.held():
                linked = _change(staging, files, wanted, changes, spare_folder(cache, place), None, there=there)
    except OSError as error:
        raise ContentError([_problem(error, staging)]) from error
    new = None
    if changes or changes.doubtful:
        new = make_stamps(place, wanted, folders, {} if linked else changes.untouched)
    result = PublishResult(tuple(sorted(changes.put)), changes.removed, len(wanted) - len(changes.put))
    return Published(result, place, cache, new, staging.inside)


def _wanted(files: Mapping[str, bytes], listed: Mapping[str, FileDigest] | None) -> dict[str, FileDigest]:
    """Return the digests of the files to publish, as their manifest lists them. Raises ValueError."""
    if MANIFEST_NAME not in files:
        raise ValueError(f"{MANIFEST_NAME} is not among the files to publish")
    data = files[MANIFEST_NAME]
    wanted = {**(listed_files(data) if listed is None else listed), MANIFEST_NAME: digest(data)}
    if wanted.keys() != files.keys():
        raise ValueError(f"{MANIFEST_NAME} does not list just the files to publish: {wanted.keys() ^ files.keys()}")
    return wanted


def _check_paths(put: Iterable[str], wanted: Mapping[str, FileDigest], folders: Set[str]) -> None:
    """Raise ValueError when a path to write could lead out of the site, or two paths cannot both exist."""
    for path in put:
        if not is_site_path(path) or path.partition("/")[0] == INSIDE_NAME:
            raise ValueError(f"{path!r} cannot be the path of a file of the site")
    if both := folders & wanted.keys():
        raise ValueError(f"files to publish are folders of others: {both}")


def _change(
    staging: Staging,
    files: Mapping[str, bytes],
    wanted: Mapping[str, FileDigest],
    changes: Changes,
    spare: str,
    draft: Draft | None,
    *,
    there: bool,
) -> bool:
    """Prepare the changes and make them. Returns whether unchanged files had a second name meanwhile. Raises OSError.

    Where most files are new, a whole new folder takes the old one's place, if the file system can do that in one step.
    Moving the old folder away first would leave readers without a site for a moment, so it is never done.
    """
    mostly_new = 2 * len(changes.put) > len(wanted)
    whole = not there or (mostly_new and not staging.inside and can_exchange())
    if whole:
        names = write_tree(staging, files, wanted, changes, spare, draft)
    else:
        names = write_changed(staging, files, wanted, changes, f"{spare}.files", draft)
    if not (whole and _put_in_place(staging, there=there)):
        journal = prepare_journal(staging, changes, names)
        carry_out(staging, journal)
        if not whole and draft is None:
            keep_files(staging, journal, f"{spare}.files")
        elif not whole:
            keep_tree(staging.path("new"), spare)
    elif there:
        keep_spare(staging.path("new"), spare, wanted.keys() - names.keys())
    return whole


def _put_in_place(staging: Staging, *, there: bool) -> bool:
    """Let the prepared folder become the site in one step. Returns False where the file system cannot do that."""
    new, out = staging.path("new"), staging.out
    if not there:
        disk.move(new, out)
    elif not disk.exchange(new, out):
        return False
    try:
        disk.sync_folder(os.path.dirname(out))
        disk.sync_folder(staging.folder)
    except BaseException as fault:
        try:
            if there:
                disk.exchange(new, out)
            else:
                disk.move(out, new)
        except OSError as error:
            raise _NotUndone(error.errno, error.strerror, out) from fault
        raise
    return True


def _problem(error: OSError, staging: Staging) -> Problem:
    """Return the problem of a publish that was stopped."""
    try:
        settled = staging.settled and not isinstance(error, _NotUndone)
    except OSError:
        settled = False
    return (stopped_problem if settled else half_done_problem)(error, staging.out, staging.folder)
