"""Tell by its name whether a file is content. Nothing heavy is imported here: a build with nothing to do asks this."""

from __future__ import annotations

import re

# Names that editors and systems leave behind: swap files, backups, lock links, desktop databases.
_LEFT_BEHIND = re.compile(r"\..*|.*~|#.*#|.*\.sw[a-p]|4913|Thumbs\.db|.*\.(tmp|orig|rej)")


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of this name is no content, but what an editor or a system leaves behind."""
    return _LEFT_BEHIND.fullmatch(name) is not None
