"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("few", max_examples=20)
"""The hypothesis profile of `make check`; `make test` tries 100 examples."""

ROOT = Path(__file__).resolve().parent.parent

WHOLE_PROGRAMS = frozenset({"tui", "e2e", "network", "endurance", "hostile"})
"""Folders of tests that run the face or whole programs: measuring coverage makes them thrice as slow."""
COVERED_WHEN_SLOW = frozenset({"brain", "setup", "sources", "ipc"})
"""Folders whose slow tests reach code that no fast test does; those of all others run without coverage, too."""


READERS_OF_SOURCE = frozenset(
    {"test_docs.py", "test_house.py", "test_hygiene.py", "test_no_pickle.py", "test_prose.py"}
)
"""Tests that read the code instead of running it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run without coverage; those of random examples try many, and lead where others do."""
    for item in items:
        part = item.path.relative_to(ROOT / "tests").parts[0]
        is_slow = item.get_closest_marker("slow") is not None
        tries_examples = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if part in WHOLE_PROGRAMS | READERS_OF_SOURCE or tries_examples or (is_slow and part not in COVERED_WHEN_SLOW):
            item.add_marker("uncovered")


@pytest.fixture(autouse=True, scope="session")
def keep_priority() -> Iterator[None]:
    """A command lowers its own priority: here that would be the priority of all tests that follow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.nice", lambda _: 0)
        yield


@pytest.fixture(scope="session")
def vaults() -> Path:
    """The folder of real notes, or a skip with the reason."""
    folder = Path(os.environ.get("PROACTIVE_VAULTS", ROOT.parent / "shared" / "vaults"))
    if not folder.is_dir():
        pytest.skip(f"no real notes at {folder} (set PROACTIVE_VAULTS)")
    return folder


@pytest.fixture
def vault(vaults: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A function that copies a real vault, with all dates shifted so that the newest note is an hour old."""

    def copy(name: str) -> Path:
        target = tmp_path / name
        shutil.copytree(vaults / name, target, copy_function=shutil.copy)
        target.chmod(0o755)
        for each in target.rglob("*"):
            each.chmod(0o755 if each.is_dir() else 0o644)
        if (target / ".mtimes.tsv").exists():
            subprocess.run([sys.executable, vaults / "restore-mtimes", target, "--shift-to-now"], check=True, stdout=-3)
        return target

    return copy


@pytest.fixture(scope="session")
def example_notes() -> Path:
    """The folder of the example notes."""
    return ROOT / "examples" / "notes"
