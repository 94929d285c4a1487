"""Tell whether a site folder holds what was published last. Hardly anything is imported here."""

from __future__ import annotations

import os

from explainer.publish_places import MANIFEST_NAME
from explainer.publish_stamps import Stamps, find_doubts, load_stamps


def is_published(out: str | os.PathLike[str], cache: str | os.PathLike[str], manifest_sha256: str) -> bool:
    """Whether the site folder holds just what was published last, and that with a manifest of this SHA-256.

    Reads the stamps in the cache and hardly ever a file of the site, so it answers within milliseconds; call recover
    first. A false answer may also mean that the stamps are lost: publish finds out.
    """
    place = os.path.abspath(out)
    stamps = load_stamps(cache, place)
    if MANIFEST_NAME not in stamps.files or stamps.files[MANIFEST_NAME][1] != manifest_sha256:
        return False
    doubts = find_doubts(place, stamps) if stamps.folders else None
    if doubts is None:
        return False
    return _is_beyond_doubt(place, cache, stamps) if doubts.files or doubts.folders else True


def _is_beyond_doubt(place: str, cache: str | os.PathLike[str], stamps: Stamps) -> bool:
    """Look into what the stamps do not prove, and stamp it anew where it is what it was."""
    from explainer.manifest_format import FileDigest
    from explainer.publish_staging import choose_staging
    from explainer.publish_stamps import save_stamps
    from explainer.publish_tree import stamped_tree

    tree = stamped_tree(place, stamps, skip=choose_staging(place).inside)
    if tree is None:
        return False
    wanted = {path: FileDigest(sha256, then[1]) for path, (then, sha256) in stamps.files.items()}
    save_stamps(cache, place, wanted, stamps.folders, {**tree.folders, **tree.files})
    return True
