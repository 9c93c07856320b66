"""A captured line is written whole or not at all, and never over a change that nobody saw."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from proactive_tui.brain.capturing import capture_writing
from proactive_tui.brain.capturing.capture_plan import place_line, read_note_bytes
from proactive_tui.brain.capturing.capture_writing import append_capture
from proactive_tui.config import CaptureConfig, NotesConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.sources.rules import Rules
from tests.brain.capturing.test_capture_plan import NOW, planned

INBOX = CaptureConfig(file="inbox.md")


def append(folder: Path, plan: CapturePlan, settings: CaptureConfig = INBOX) -> tuple[CapturePlan, bool]:
    return append_capture(folder, Rules(folder, NotesConfig()), settings, plan, NOW, 0o022)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "inbox.md").write_text("- one\n")
    (tmp_path / "other.md").write_text("- other\n")
    (tmp_path / "inbox.md.part").write_text("the owner's own\n")
    return tmp_path


def test_one_line_is_appended_and_nothing_else_is_touched(notes: Path) -> None:
    before = everything(notes)
    (notes / "inbox.md").chmod(0o640)
    plan, written = append(notes, planned(notes, INBOX))
    assert written
    assert everything(notes) == {**before, "inbox.md": b"- one\n- call Mara\n"}
    assert (notes / "inbox.md").stat().st_mode & 0o777 == 0o640
    assert plan.line == 2


def test_a_new_daily_note_has_the_owners_modes(tmp_path: Path) -> None:
    daily = CaptureConfig(daily="journal/{date}.md")
    assert append(tmp_path, planned(tmp_path, daily), daily)[1]
    assert everything(tmp_path) == {"journal/2026-11-30.md": b"- call Mara\n"}
    assert (tmp_path / "journal/2026-11-30.md").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o755


def test_a_link_stays_a_link(notes: Path) -> None:
    (notes / "inbox.md").rename(notes / "real.md")
    (notes / "inbox.md").symlink_to("real.md")
    assert append(notes, planned(notes, INBOX))[1]
    assert (notes / "inbox.md").is_symlink()
    assert (notes / "real.md").read_bytes() == b"- one\n- call Mara\n"


def rewrite(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def replace(file: Path, data: bytes) -> None:
    (beside := file.with_name(".sync")).write_bytes(data)
    beside.replace(file)


@pytest.mark.parametrize("change", [rewrite, replace])
def test_a_change_before_is_shown_anew(notes: Path, change: Callable[[Path, bytes], None]) -> None:
    plan = planned(notes, INBOX)
    change(notes / "inbox.md", b"- one\n- from the phone\n")
    again, written = append(notes, plan)
    assert not written
    assert (again.line, again.before, again.text) == (3, "- from the phone", plan.text)
    assert append(notes, again)[1]
    assert (notes / "inbox.md").read_bytes() == b"- one\n- from the phone\n- call Mara\n"


@pytest.mark.parametrize("change", [rewrite, replace])
@pytest.mark.parametrize("times", [1, 2])
def test_a_change_in_the_last_moment_stays(
    notes: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, bytes], None], times: int
) -> None:
    exchange, calls = capture_writing._exchange_files, list[int]()

    def meanwhile(one: Path, other: Path) -> bool:
        calls.append(1)
        if len(calls) <= times:
            change(notes / "inbox.md", b"- one\n- change %d\n" % len(calls))
        return exchange(one, other)

    monkeypatch.setattr(capture_writing, "_exchange_files", meanwhile)
    again, written = append(notes, planned(notes, INBOX))
    assert not written
    assert (notes / "inbox.md").read_bytes() == b"- one\n- change %d\n" % times
    assert again.before == f"- change {times}"
    assert sorted(everything(notes)) == ["inbox.md", "inbox.md.part", "other.md"]


def test_a_note_that_comes_at_the_same_moment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(tmp_path, INBOX)
    write_beside = capture_writing._write_beside

    def meanwhile(file: Path, content: bytes, umask: int | None) -> Path:
        file.write_text("- from the phone\n")
        return write_beside(file, content, umask)

    monkeypatch.setattr(capture_writing, "_write_beside", meanwhile)
    assert not append(tmp_path, plan)[1]
    assert everything(tmp_path) == {"inbox.md": b"- from the phone\n"}


def test_without_an_exchange_it_is_compared_and_replaced(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_writing, "_exchange_files", lambda *_: False)
    assert append(notes, planned(notes, INBOX))[1]
    assert (notes / "inbox.md").read_bytes() == b"- one\n- call Mara\n"


def test_midnight_and_another_setting_are_shown_anew(notes: Path) -> None:
    plan = planned(notes, INBOX)
    again, written = append(notes, plan, CaptureConfig(file="other.md"))
    assert (again.path, written) == ("other.md", False)
    assert (notes / "other.md").read_bytes() == b"- other\n"


def test_a_plan_that_nobody_made_writes_nothing(notes: Path) -> None:
    before = everything(notes)
    forged = CapturePlan(path="other.md", line=2, text="- x", digest=read_note_bytes(notes / "other.md").digest)
    assert not append(notes, forged)[1]
    with pytest.raises(ProactiveError):
        append(notes, CapturePlan(path="inbox.md", line=2, text="- x\n- y", digest=planned(notes, INBOX).digest))
    assert everything(notes) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(notes: Path) -> None:
    plan = planned(notes, INBOX)
    notes.chmod(0o500)
    try:
        with pytest.raises(ProactiveError, match="cannot be written"):
            append(notes, plan)
    finally:
        notes.chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_who_writes_the_note_is_waited_for(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, exchange = planned(notes, INBOX), capture_writing._exchange_files
    opened = (notes / "inbox.md").open("r+b")

    def exchange_then_write(one: Path, other: Path) -> bool:
        done = exchange(one, other)
        if not opened.closed:

            def write() -> None:
                opened.write(b"- another line of the sync\n")
                opened.close()

            threading.Timer(0.02, write).start()
        return done

    monkeypatch.setattr(capture_writing, "_exchange_files", exchange_then_write)
    assert not append(notes, plan)[1]
    assert (notes / "inbox.md").read_bytes() == b"- another line of the sync\n"


@pytest.mark.parametrize("change", [rewrite, replace])
def test_captures_during_a_sync_lose_nothing_of_it(notes: Path, change: Callable[[Path, bytes], None]) -> None:
    file, versions, done = notes / "inbox.md", 60, threading.Event()

    def sync() -> None:
        for version in range(1, versions + 1):
            change(file, f"- version {version}\n".encode())
        done.set()

    syncing = threading.Thread(target=sync)
    syncing.start()
    written = 0
    while not done.is_set():
        plan = place_line(notes, Rules(notes, NotesConfig()), INBOX, "- mine", NOW)
        written += append(notes, plan)[1]
    syncing.join()
    last = file.read_text().splitlines()
    assert last[0] == f"- version {versions}", "an older version came back"
    assert set(last[1:]) <= {"- mine"}
    plan, appended = append(notes, place_line(notes, Rules(notes, NotesConfig()), INBOX, "- mine", NOW))
    assert appended
    assert file.read_text().splitlines()[plan.line - 1] == "- mine"
    assert sorted(everything(notes)) == ["inbox.md", "inbox.md.part", "other.md"]
