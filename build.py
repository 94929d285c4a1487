"""Build the site: `python build.py`; `python build.py --help` lists everything else."""

import gc
import sys

# A run makes a great many objects that stay, and hardly any cycles: to look for those after every 700 new objects, as
# Python does, takes a twelfth of the time of a short run on a large site. Memory does not grow by it.
gc.set_threshold(50_000, 20, 50)

if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed; this is Python " + ".".join(map(str, sys.version_info[:3])))

try:
    from explainer.cli import leave, main
except ModuleNotFoundError as error:  # pragma: no cover - the test runs this in an interpreter without packages
    if error.name is None or error.name.split(".")[0] == "explainer":
        raise
    sys.exit(f'The package "{error.name}" is missing. Run: make site')

if __name__ == "__main__":
    leave(main())
