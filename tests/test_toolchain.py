"""What the project is made with: pinned files, the words of make, and the scripts that install things."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.chromium import find_chromium, runs
from tools.environment import UNFINISHED, Environment, prepare
from tools.java import java_version
from tools.lock import FILES, RUNTIME, foreign_lines
from tools.missing import MissingTool
from tools.one_at_a_time import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORDS = [
    "help",
    "site",
    "test",
    "test-fast",
    "serve",
    "check",
    "lock",
    "golden",
    "soak",
    "fonts",
    "docs",
    "clean",
    "format",
]
WORDS += ["mistakes", "bench", "bench-serve", "bench-large", "lighthouse"]


def pins(file: str) -> dict[str, str]:
    """Return each package that a requirements file pins, with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def program(path: Path, script: str) -> Path:
    """Write a shell script that can be run."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


# Pinned files


@pytest.mark.parametrize("file", FILES)
def test_a_requirements_file_holds_pins_and_digests_and_nothing_else(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert foreign_lines(text) == []
    assert pins(file)
    assert not re.search(r"\\\n(?!    --hash=)", text), "a pin without a digest"


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url https://packages.example/simple",
        "--find-links /srv/wheels",
        "# made by a program",
        "jinja2 @ file:///srv/jinja2.whl",
        "jinja2==3.1.6",
        "jinja2>=3.1.6 \\",
        "-r other.txt",
        "",
    ],
)
def test_a_line_that_names_a_place_or_leaves_a_choice_does_not_pass_for_a_pin(line: str) -> None:
    assert foreign_lines(f"{line}\n") == [line]


def test_every_range_of_pyproject_is_pinned_to_a_version_within_it() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {RUNTIME: PROJECT["project"]["dependencies"]}
    asked |= {f"requirements-{name}.txt": asked[RUNTIME] * (name == "dev") + lines for name, lines in groups.items()}
    assert set(asked) == set(FILES)
    for file, lines in asked.items():
        for wanted in map(Requirement, lines):
            pinned = pins(file).get(canonicalize_name(wanted.name))
            assert pinned is not None and wanted.specifier.contains(pinned), f"{file}: {wanted}: run make lock"


def test_what_runs_in_a_build_is_what_the_tests_run_with() -> None:
    assert pins(RUNTIME).items() <= pins("requirements-dev.txt").items()


def test_the_npm_lock_names_each_package_by_version_and_digest_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert "://" not in text
    assert packages.pop("")["devDependencies"] == asked
    assert {name.removeprefix("node_modules/"): said["version"] for name, said in packages.items()} == asked
    assert all(said["integrity"].startswith("sha512-") for said in packages.values())


def test_the_lock_of_lighthouse_names_each_package_by_version_and_digest_and_no_place_to_fetch_it_from() -> None:
    folder = ROOT / "benchmarks" / "lighthouse"
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert packages.pop("")["devDependencies"] == asked
    assert packages["node_modules/lighthouse"]["version"] == asked["lighthouse"]
    assert all(said["integrity"].startswith("sha512-") and "resolved" not in said for said in packages.values())


def test_one_oldest_python_is_named_everywhere() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"
    assert "(3, 11)" in (ROOT / "tools" / "python.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["Makefile", "pyproject.toml", "package.json", ".npmrc", ".ci/run", "tools/lock.py"])
def test_no_file_that_installs_something_names_an_address(path: str) -> None:
    assert "://" not in (ROOT / path).read_text(encoding="utf-8")


# The words of make


def test_make_alone_lists_every_word_with_what_it_does() -> None:
    # The make that runs the tests must not have a say in this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    ran = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    listed = re.findall(r"^  make (\S+) +\S.*$", ran.stdout, re.MULTILINE)
    assert listed == WORDS
    assert len(ran.stdout.splitlines()) == len(WORDS)


def test_ci_runs_what_make_test_runs() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in lines
    assert lines[-1] == "make test"


def test_no_test_in_a_browser_is_left_in_the_fast_run() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    fast = subprocess.run([*command, "-m", "not browser", "tests/browser"], cwd=ROOT, capture_output=True, text=True)
    assert fast.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, fast.stdout + fast.stderr


# Finding a Python


def run_python_sh(path: str, python: str | Path = "") -> subprocess.CompletedProcess[str]:
    """Run tools/python.sh with a PATH and a $PYTHON of our own, and have it say which interpreter it chose."""
    command: list[str | Path] = ["/bin/sh", ROOT / "tools" / "python.sh", "-c", "import sys; print(sys.executable)"]
    return subprocess.run(command, env={"PATH": path, "PYTHON": str(python)}, capture_output=True, text=True)


def test_the_first_python_that_is_new_enough_is_chosen(tmp_path: Path) -> None:
    program(tmp_path / "python3", "echo 3.10.13; exit 1")
    program(tmp_path / "python3.14", "echo 'there is no such Python' >&2; exit 127")
    program(tmp_path / "python3.12", f'exec "{sys.executable}" "$@"')
    ran = run_python_sh(str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert Path(ran.stdout.strip()).resolve() == Path(sys.executable).resolve()


def test_a_python_that_is_too_old_is_refused_in_a_sentence_that_names_it(tmp_path: Path) -> None:
    program(tmp_path / "python3", "echo 3.10.13; exit 1")
    ran = run_python_sh(str(tmp_path))
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: Python 3.11 or newer is needed: python3 is Python 3.10.13; nothing was done\n")
    assert "  fix: " in ran.stderr


def test_the_python_that_was_named_is_the_only_one_tried(tmp_path: Path) -> None:
    (tmp_path / "old ones").mkdir()
    program(tmp_path / "python3", f'exec "{sys.executable}" "$@"')
    old = program(tmp_path / "old ones" / "python", "echo 3.9.18; exit 1")
    assert f"{old} is Python 3.9.18" in run_python_sh(str(tmp_path), old).stderr
    gone = run_python_sh(str(tmp_path), tmp_path / "gone")
    assert (gone.returncode, gone.stdout) == (1, "")
    assert f"PYTHON={tmp_path / 'gone'} does not run" in gone.stderr


# The virtual environment


def wheel(folder: Path, name: str) -> str:
    """Write a wheel that holds one empty module, and return the line that pins it."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", "")
        file.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        file.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{about}/RECORD", "".join(f"{entry},,\n" for entry in (*file.namelist(), f"{about}/RECORD")))
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def has(environment: Environment, module: str) -> bool:
    """Whether a module is installed in an environment."""
    return any(environment.folder.glob(f"lib/python3*/site-packages/{module}.py"))


def test_an_environment_is_added_to_while_its_pins_stand_and_made_anew_when_one_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"CONFIG_FILE": os.devnull, "NO_INDEX": "1", "FIND_LINKS": str(tmp_path)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    environment = Environment(tmp_path / "venv")
    runtime, development, bad = (tmp_path / f"requirements{end}.txt" for end in ("", "-dev", "-bad"))
    runtime.write_text(wheel(tmp_path, "first"), encoding="utf-8")
    development.write_text(wheel(tmp_path, "second"), encoding="utf-8")
    wheel(tmp_path, "changed")
    bad.write_text(f"changed==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")

    subprocess.run([sys.executable, "-m", "venv", environment.folder], check=True)
    (environment.folder / "made-by-another-hand").touch()
    prepare(environment, [runtime])
    assert (has(environment, "first"), has(environment, "second")) == (True, False)
    prepare(environment, [runtime, development])
    assert (has(environment, "first"), has(environment, "second")) == (True, True)
    assert (environment.folder / "made-by-another-hand").exists()

    capfd.readouterr()
    for wanted in ([runtime], [runtime, development]):
        prepare(environment, wanted)
    assert capfd.readouterr() == ("", ""), "there was nothing to do"

    with pytest.raises(MissingTool, match=r"pip could not install requirements-bad\.txt"):
        prepare(environment, [runtime, bad])
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in capfd.readouterr().err, "what pip says is shown"
    assert environment.installed() == UNFINISHED

    runtime.write_text(wheel(tmp_path, "third"), encoding="utf-8")
    prepare(environment, [runtime])
    assert [has(environment, name) for name in ("first", "second", "third")] == [False, False, True]


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    nothing = tmp_path / "requirements.txt"
    nothing.write_text("", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment.folder], check=True)
    environment.python.unlink()
    environment.python.symlink_to(tmp_path / "a Python that an upgrade removed")
    assert not environment.works()
    prepare(environment, [nothing])
    assert environment.works()


def test_one_process_at_a_time_installs(tmp_path: Path) -> None:
    lock = tmp_path / "folder" / "lock"
    with one_at_a_time(lock), lock.open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with lock.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


# The browser and Java


def test_a_browser_that_was_named_and_does_not_run_is_said_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = program(tmp_path / "chromium", "exit 1")
    monkeypatch.setenv("CHROMIUM", str(broken))
    with pytest.raises(MissingTool, match=f"CHROMIUM={broken} does not run"):
        find_chromium()


def test_the_browser_that_was_named_comes_before_those_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path / "mine", "echo Chromium 150.0.1.2")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_chromium() == named


def test_a_stand_in_that_only_says_how_to_install_a_browser_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "chromium", "echo 'Command requires the chromium snap'; exit 1")
    real = program(tmp_path / "google-chrome", "echo Google Chrome 150.0.1.2")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not runs(tmp_path / "chromium")
    assert find_chromium() == real


@pytest.mark.parametrize(
    ("script", "version"),
    [
        ("echo 'openjdk version \"17.0.15\" 2025-04-15' >&2", 17),
        ("echo 'java version \"1.8.0_391\"' >&2", 8),
        ("echo 'openjdk version \"25\" 2025-09-16' >&2", 25),
        ("echo 'Unable to locate a Java Runtime.' >&2; exit 1", 0),
    ],
)
def test_the_version_of_a_java_is_read_and_a_stand_in_has_none(tmp_path: Path, script: str, version: int) -> None:
    assert java_version(program(tmp_path / "java", script)) == version
    assert java_version(tmp_path / "gone") == 0
