"""What every test shares: the profiles of hypothesis, and the switch that writes the golden files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

ROOT = Path(__file__).resolve().parent.parent

# No deadline: a shared machine is slow now and then, and that is no fault of the code.
settings.register_profile(
    "here", deadline=None, database=DirectoryBasedExampleDatabase(ROOT / ".cache" / "hypothesis"), print_blob=True
)
# The same examples in every run, so that a change lands or fails by its own doing.
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the files of tests/golden anew")
    parser.addoption("--edit-steps", type=int, default=2000, help="how many random edits are built one after the other")
    parser.addoption("--soak", action="store_true", help="look at every page at every width, and print every page")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the expected files are to be written rather than compared."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture
def edit_steps(request: pytest.FixtureRequest) -> int:
    """How many random edits are built one after the other."""
    steps: int = request.config.getoption("--edit-steps")
    return steps
