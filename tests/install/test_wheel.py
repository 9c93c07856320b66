"""The wheel that the project builds, installed where there is no checkout: it starts, and brings its example notes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the built wheel in it; the wheel's dependencies are those of the present one."""
    folder = tmp_path_factory.mktemp("installed")
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    run(sys.executable, "-m", "pip", *build, at=folder)
    venv.create(folder / "venv", with_pip=False)
    (wheel,) = folder.glob("*.whl")
    python = str(folder / "venv" / "bin" / "python")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", str(wheel), at=folder)
    # Folders named in a .pth file come after the environment's own, and .pth files in them are not read: the checkout,
    # which is installed there to be edited, stays out of reach.
    dependencies = [place for place in sys.path if Path(place).name == "site-packages"]
    (installed,) = (folder / "venv").glob("lib/python*/site-packages")
    (installed / "dependencies.pth").write_text("\n".join(dependencies))
    return folder / "venv"


def run(*command: str, at: Path) -> str:
    """What a command prints, run in the folder `at` with a home of its own and without the checkout in reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "XDG_"))}
    done = subprocess.run(command, cwd=at, env={**kept, "HOME": str(at)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def program(environment: Path, *arguments: str, at: Path) -> str:
    """What the installed program prints."""
    return run(str(environment / "bin" / "proactive-tui"), *arguments, at=at)


def examples(environment: Path, at: Path) -> Path:
    """Where the installed program finds its example notes."""
    code = "from proactive_tui.paths import example_notes; print(example_notes())"
    return Path(run(str(environment / "bin" / "python"), "-c", code, at=at).strip())


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by their relative names."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_it_starts(environment: Path, tmp_path: Path) -> None:
    assert "suggest" in program(environment, "--help", at=tmp_path)
    assert list(tmp_path.iterdir()) == [], "asking for help writes nothing"


def test_it_brings_the_example_notes(environment: Path, tmp_path: Path) -> None:
    found = examples(environment, tmp_path)
    assert found.is_relative_to(environment), "not those of the checkout"
    assert files(found) == files(ROOT / "examples" / "notes")


def test_it_reads_the_example_notes(environment: Path, tmp_path: Path) -> None:
    notes = examples(environment, tmp_path)
    before = files(notes)
    arguments = ("--notes", str(notes), "--data-dir", str(tmp_path / "data"), "--json")
    status = json.loads(program(environment, "status", *arguments, at=tmp_path))
    assert status["notes"]["watched"] > 50
    assert files(notes) == before


def test_the_styles_of_the_screens_are_in_it(environment: Path) -> None:
    (package,) = environment.glob("lib/python*/site-packages/proactive_tui")
    styles = {each.relative_to(package).as_posix() for each in package.rglob("*.tcss")}
    assert styles == {
        each.relative_to(ROOT / "proactive_tui").as_posix() for each in ROOT.glob("proactive_tui/**/*.tcss")
    }
