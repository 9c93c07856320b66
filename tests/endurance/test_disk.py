"""A disk that is full and a folder that may not be written: said, nothing claimed that was not kept, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from proactive_tui.ipc.events import (
    FailureReport,
    LearningFeedback,
    OfferMade,
    OwnerNotice,
    SearchResults,
    StatusUpdate,
)
from proactive_tui.ipc.requests import ReactToOffer, SearchNotes, SetQuietUntil, SuggestNow
from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from tests.brain.build import NOTES, QUICK
from tests.endurance.disks import Disk, small_disk
from tests.endurance.face import Face

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text)
    return folder


def settled(face: Face) -> None:
    face.until(StatusUpdate, like=lambda now: now.status.notes.embedded == len(NOTES) and bool(now.status.topics))


def kept(disk: Disk) -> list[events.Event]:
    with Journal.open_readonly(disk.folder / "data" / "journal.db") as journal:
        return [each.event for each in journal.read_events()]


def test_a_disk_that_fills_up_while_it_runs(disk: Disk, notes: Path) -> None:
    with Face(notes, disk.folder / "data", QUICK) as face:
        settled(face)
        offered = face.answer(SuggestNow(request=1), OfferMade)
        assert isinstance(offered, OfferMade)
        disk.fill()
        for number in range(200):
            face.send(SetQuietUntil(until=float(number)))
            if face.tells and isinstance(face.tells[-1], FailureReport):
                break
            face.hear(0.02)
        failed = face.until(FailureReport)
        assert "journal cannot be written" in failed.title
        assert "full" in failed.message
        assert "free space" in failed.hint
        after = len(face.tells)
        face.send(ReactToOffer(offer=offered.offer.id, reaction="not now"))
        face.until(FailureReport, after=after)
        assert not any(isinstance(tell, LearningFeedback) for tell in face.tells), "what was not kept is not claimed"
        (notes / "new.md").write_text("# New\n\nWhy is the heron at the weir? " + "Many words about it. " * 2000)
        said = face.until(OwnerNotice, after=after, like=lambda notice: notice.severity == "warning")
        assert "full" in said.message
        found = face.answer(SearchNotes(request=2, query="raft"), SearchResults)
        assert isinstance(found, SearchResults), "and it goes on"
        assert found.hits
        disk.free()
        face.send(ReactToOffer(offer=offered.offer.id, reaction="not now"))
        assert face.until(LearningFeedback, after=after).offer == offered.offer.id
        assert face.end() == 0
    reactions = [each for each in kept(disk) if isinstance(each, events.ReactionReceived)]
    assert [each.reaction for each in reactions] == ["not now"]
    assert not list(disk.folder.rglob("*damaged*"))
    assert not (disk.folder / "data" / "chroma").is_file()


def test_a_full_disk_at_the_start_is_said_and_nothing_is_lost(disk: Disk, notes: Path) -> None:
    with Face(notes, disk.folder / "data", QUICK) as face:
        settled(face)
        assert isinstance(face.answer(SuggestNow(request=1), OfferMade), OfferMade)
        assert face.end() == 0
    before = kept(disk)
    disk.fill()
    with Face(notes, disk.folder / "data", QUICK) as face:
        failed = face.until(FailureReport)
        assert "cannot be" in failed.title
        assert "No space left" in failed.message or "full" in failed.message
        assert face.process.wait(20) == 1
    disk.free()
    assert kept(disk) == before
    with Face(notes, disk.folder / "data", QUICK) as face:
        settled(face)
        assert not any(isinstance(tell, OwnerNotice | FailureReport) for tell in face.tells), (
            "nothing had to be made anew"
        )
        assert face.end() == 0


def test_a_new_data_folder_on_a_full_disk(disk: Disk, notes: Path) -> None:
    disk.fill()
    with Face(notes, disk.folder / "data", QUICK) as face:
        failed = face.until(FailureReport)
        assert "No space left" in failed.message or "full" in failed.message
        assert face.process.wait(20) == 1


def test_a_data_folder_that_may_not_be_written(disk: Disk, notes: Path) -> None:
    with Face(notes, disk.folder / "data", QUICK) as face:
        settled(face)
        assert face.end() == 0
    before = {each.name: each.read_bytes() for each in (disk.folder / "data").iterdir() if each.is_file()}
    disk.read_only()
    with Face(notes, disk.folder / "data", QUICK) as face:
        failed = face.until(FailureReport)
        assert "Read-only file system" in failed.message
        assert failed.hint
        assert face.process.wait(20) == 1
    command = subprocess.run(
        [sys.executable, "-m", "proactive_tui", "search", "raft", "--notes", notes, "--data-dir", disk.folder / "data"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert command.returncode == 1
    assert command.stderr.startswith("error: The data folder cannot be")
    assert "Traceback" not in command.stderr
    assert before == {each.name: each.read_bytes() for each in (disk.folder / "data").iterdir() if each.is_file()}
