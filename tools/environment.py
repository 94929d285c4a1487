"""Make .venv and keep in it exactly what the requirement files pin.

    python -m tools.environment requirements.txt

Nothing happens, and no network is asked, while .venv agrees with the files. Uses the standard library alone, because
it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tools.missing import MissingTool, announce, exit_code
from tools.one_at_a_time import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
UNFINISHED = {"installation": "unfinished"}


@dataclass(frozen=True)
class Environment:
    """A folder with a Python of its own, and the note in it of what we put there."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter to run everything with."""
        return self.folder / "bin" / "python"

    @property
    def note(self) -> Path:
        """The file that says what is installed. It names nothing while an installation runs."""
        return self.folder / "installed.json"

    def installed(self) -> dict[str, str] | None:
        """Return the digest of each requirement file that is installed; None when we have not made this folder.

        An installation that was broken off is noted as UNFINISHED, which agrees with no file.
        """
        try:
            noted = json.loads(self.note.read_bytes())
        except OSError:
            return None
        except ValueError:
            return UNFINISHED
        return {str(name): str(digest) for name, digest in noted.items()}

    def write_note(self, installed: dict[str, str]) -> None:
        """Say what is installed, all at once: a note is whole or old, never torn."""
        new = self.note.with_suffix(".new")
        new.write_text(json.dumps(installed, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(new, self.note)

    def works(self) -> bool:
        """Whether its interpreter starts, is new enough, and finds its packages where pip put them."""
        code = "import sys; print(sys.version_info >= (3, 11), *sys.version_info[:2])"
        try:
            ran = subprocess.run([self.python, "-I", "-S", "-c", code], capture_output=True, text=True)
        except OSError:
            return False
        new_enough, _, version = ran.stdout.strip().partition(" ")
        packages = self.folder / "lib" / f"python{version.replace(' ', '.')}" / "site-packages"
        return new_enough == "True" and (packages / "pip").is_dir()

    def base(self) -> tuple[Path, str] | None:
        """Return the folder and the version of the interpreter that the environment was made from."""
        try:
            lines = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        said = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
        return Path(said.get("home", "")).resolve(), said.get("version", "")


def prepare(environment: Environment, requirements: list[Path], *, python_was_chosen: bool = False) -> None:
    """Make the environment hold what the requirement files pin.

    It is made anew when a file that was installed has changed, when it does not work, when an installation was broken
    off, and, with `python_was_chosen`, when it was made from another Python than the one that runs this. A folder that
    somebody else made is kept and added to. Raises MissingTool when that cannot be done.
    """
    wanted = {str(path): _digest(path) for path in requirements}
    installed = environment.installed()
    stale = installed is not None and any(_digest(Path(name)) != digest for name, digest in installed.items())
    other_python = python_was_chosen and environment.base() != _this_python()
    if not environment.works() or stale or other_python:
        _create(environment)
        installed = {}
    installed = installed or {}
    missing = [path for path in requirements if installed.get(str(path)) != wanted[str(path)]]
    if missing:
        environment.write_note(UNFINISHED)
        for path in missing:
            _install(environment, path)
        environment.write_note(installed | wanted)


def _this_python() -> tuple[Path, str]:
    """Return the folder and the version of the Python that runs this, looking through a virtual environment."""
    executable = Path(getattr(sys, "_base_executable", sys.executable))
    return executable.parent.resolve(), ".".join(map(str, sys.version_info[:3]))


def _create(environment: Environment) -> None:
    announce(f"making {os.path.relpath(environment.folder)} with Python {_this_python()[1]}")
    if environment.folder.is_symlink() or environment.folder.is_file():
        environment.folder.unlink()
    shutil.rmtree(environment.folder, ignore_errors=True)
    try:
        venv.create(environment.folder, with_pip=True, symlinks=True)
    except (ImportError, subprocess.CalledProcessError, SystemExit) as error:
        # Debian and Ubuntu keep what this needs in a package of its own.
        shutil.rmtree(environment.folder, ignore_errors=True)
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        fix = f"on Debian and Ubuntu, run: apt-get install {package}; or name another Python: make PYTHON=…"
        raise MissingTool(f"{sys.executable} cannot make a virtual environment", fix) from error
    except OSError as error:
        raise MissingTool(
            f"{environment.folder} cannot be made: {error.strerror}", "mend that, then try again"
        ) from error


def _install(environment: Environment, requirements: Path) -> None:
    announce(f"installing {requirements.name} into {os.path.relpath(environment.folder)}")
    pip: list[str | Path] = [
        environment.python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
    ]
    ran = subprocess.run([*pip, "--require-hashes", "-r", requirements], stdin=subprocess.DEVNULL)
    if ran.returncode:
        fix = "read what pip says above; is the network there? Then run the same command again"
        raise MissingTool(f"pip could not install {requirements.name}", fix)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def main() -> None:
    """Prepare .venv with the requirement files named on the command line."""
    with one_at_a_time():
        files = [ROOT / name for name in sys.argv[1:]]
        prepare(Environment(ROOT / ".venv"), files, python_was_chosen=bool(os.environ.get("PYTHON")))


if __name__ == "__main__":
    sys.exit(exit_code(main))
