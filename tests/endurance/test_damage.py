"""A damaged journal, met by the whole program: on the screen, on standard error, and by the doctor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.cli import doctor
from proactive_tui.ipc.events import FailureReport, OwnerNotice, StatusUpdate
from proactive_tui.journal.journal import Journal
from proactive_tui.paths import open_data_folder
from tests.brain.build import NOTES, QUICK
from tests.endurance.face import Face
from tests.journal.builders import T0
from tests.journal.test_recovery import MANY, destroy, happened, root

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Notes, and a data folder with a journal."""
    (tmp_path / "notes").mkdir()
    for name, text in NOTES.items():
        (tmp_path / "notes" / name).write_text(text)
    with Journal(open_data_folder(tmp_path / "data").journal_file) as journal:
        for number in range(MANY):
            journal.append(happened(number), T0 + number)
    return tmp_path


def command(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    where = ("--notes", str(place / "notes"), "--data-dir", str(place / "data"))
    ran = (sys.executable, "-m", "proactive_tui", *words, *where)
    return subprocess.run(ran, capture_output=True, text=True, check=False)


def test_a_brain_says_what_became_of_it_and_goes_on(place: Path) -> None:
    path = place / "data" / "journal.db"
    destroy(path, root(path))
    with Face(place / "notes", place / "data", QUICK) as face:
        said = face.until(OwnerNotice)
        assert (said.title, said.severity) == ("The journal was damaged", "error")
        assert "events could be read" in said.message
        now = face.until(StatusUpdate)
        assert now.status.journal.offers > MANY / 5
        assert face.end() == 0
    with Face(place / "notes", place / "data", QUICK) as face:
        face.until(StatusUpdate)
        assert not [tell for tell in face.tells if isinstance(tell, OwnerNotice | FailureReport)], "it is said once"
        assert face.end() == 0
    assert "a damaged one is kept: journal.db.damaged-" in doctor._check_journal(open_data_folder(place / "data"))


def test_a_command_says_it_on_standard_error(place: Path) -> None:
    path = place / "data" / "journal.db"
    destroy(path, root(path))
    read = command(place, "journal")
    assert read.returncode == 1
    assert read.stderr.startswith("error: The journal is damaged")
    assert "keeps the damaged file" in read.stderr
    status = command(place, "status")
    assert status.returncode == 0
    assert "The journal was damaged. " in status.stderr
    assert len(command(place, "journal").stdout.splitlines()) >= 0.9 * MANY


def test_nothing_begins_empty_over_a_journal_that_cannot_be_read(place: Path) -> None:
    path = place / "data" / "journal.db"
    path.write_bytes(b"not one event " * 999)
    with Face(place / "notes", place / "data", QUICK) as face:
        failed = face.until(FailureReport)
        assert failed.title == "The journal is damaged and nothing of it can be read"
        assert "Put a copy in its place" in failed.hint
        assert face.process.wait(20) == 1
    assert path.read_bytes() == b"not one event " * 999
