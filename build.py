"""Build the site: `python build.py`; `python build.py --help` lists everything else."""

import sys

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
