"""Get what the browser tests need: the npm packages, Java and a browser. Says nothing when all of it is there."""

from __future__ import annotations

import sys

from tools.chromium import ensure_chromium
from tools.java import ensure_java
from tools.missing import exit_code
from tools.node_packages import ensure_node_packages
from tools.one_at_a_time import one_at_a_time


def main() -> None:
    """Get them in turn; raise MissingTool for the first that cannot be had."""
    with one_at_a_time():
        ensure_node_packages()
        ensure_java()
        ensure_chromium()


if __name__ == "__main__":
    sys.exit(exit_code(main))
