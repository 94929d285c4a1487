"""Tell whether a site folder holds what was published last. Hardly anything is imported here."""

from __future__ import annotations

import os

from explainer.publish_places import INSIDE_NAME, MANIFEST_NAME, lies_inside
from explainer.publish_stamps import find_doubts, load_stamps, save_stamps, settled_stamps


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
    if not (doubts.files or doubts.folders):
        return True
    # Once looked into, it is stamped anew: the clock has moved on.
    settled = settled_stamps(place, stamps, skip=INSIDE_NAME if lies_inside(place) else "")
    save_stamps(cache, place, settled)
    return settled is not None
