"""Folders that no person has: everything that can be read is, the rest is said, and nothing waits for ever."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from proactive_tui.config import NotesConfig
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.sources.folder import find_note, read_note, scan_folder
from proactive_tui.sources.rules import Rules
from proactive_tui.sources.watcher import ChangeBatch, Watcher
from tests.hostile import giant_vault
from tests.waiting import wait_for

NOBODY = 65_534


@pytest.mark.slow
def test_a_vault_of_monsters_is_read_and_mined(tmp_path: Path) -> None:
    giant_vault.build(tmp_path / "notes", files=50, deep=200, characters=3_000)
    met = giant_vault.meet(tmp_path / "notes", tmp_path / "data")
    assert met.notes > 200
    assert met.topics > 50
    (tmp_path / "plain").mkdir()
    for number in range(met.notes):
        (tmp_path / "plain" / f"{number}.md").write_text(
            f"# Note {number}\n\n" + f"The lease of {number} holds. " * 100
        )
    assert met.seconds < 20 * giant_vault.meet(tmp_path / "plain", tmp_path / "plain data").seconds
    assert met.skipped["pipe.md"] == met.skipped["socket.md"] == "no regular file"
    assert met.skipped["out.md"] == met.skipped["device.md"] == "a link that leads out of the folder"
    assert "not UTF-8" in met.skipped["??.md"]
    said = {reason.lower() for reason in (*met.failed.values(), *met.skipped.values())}
    assert said & {"file name too long", "its path is too long"}


def test_a_file_that_grows_while_it_is_read_is_cut_at_the_limit(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("x" * 1000)
    rules = Rules(tmp_path, NotesConfig(max_kilobytes=1))
    done = threading.Event()

    def grow() -> None:
        with note.open("a") as file:
            while not done.is_set():
                file.write("x" * 4096)
                file.flush()
                if file.tell() > 1 << 20:
                    file.truncate(1000)

    growing = threading.Thread(target=grow)
    growing.start()
    try:
        for _ in range(200):
            got = read_note(tmp_path, "a.md", rules)
            assert isinstance(got, SkippedFile) or len(got) <= 1024
    finally:
        done.set()
        growing.join()


def test_what_takes_a_notes_place_does_not_block(tmp_path: Path) -> None:
    rules = Rules(tmp_path, NotesConfig())
    os.mkfifo(tmp_path / "a.md")
    assert find_note(tmp_path, "a.md", rules) == SkippedFile(path="a.md", reason="no regular file")
    assert read_note(tmp_path, "a.md", rules) == SkippedFile(path="a.md", reason="no regular file")


@pytest.mark.skipif(not hasattr(os, "fork") or os.geteuid() != 0, reason="only root can become somebody else")
def test_what_may_not_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    """Looked at by a child that is nobody, since nothing is closed to root."""
    for above in (tmp_path, *tmp_path.parents[:-2]):
        above.chmod(above.stat().st_mode | 0o055)
    (tmp_path / "open.md").write_text("x")
    (tmp_path / "closed.md").write_text("secret")
    (tmp_path / "closed.md").chmod(0)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "a.md").write_text("secret")
    (tmp_path / "closed").chmod(0)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            rules = Rules(tmp_path, NotesConfig())
            seen = scan_folder(tmp_path, rules)
            assert [(each.path, each.reason) for each in seen.failed] == [("closed", "Permission denied")]
            assert read_note(tmp_path, "open.md", rules) == b"x"
            try:
                read_note(tmp_path, "closed.md", rules)
            except PermissionError:
                status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", ["events", "polling"])
def test_a_vault_that_vanishes_and_comes_back_again_and_again(tmp_path: Path, how: str) -> None:
    notes = tmp_path / "notes"
    seen: list[ChangeBatch] = []
    settings = NotesConfig(watch=how, debounce_seconds=0.05, poll_seconds=0.1)  # type: ignore[arg-type]
    notes.mkdir()
    watcher = Watcher(notes, settings, seen.append).start()
    try:
        for number in range(3):
            shutil.rmtree(notes)
            wait_for(lambda: any("" in batch.paths for batch in seen))
            seen.clear()
            notes.mkdir()
            (notes / f"back-{number}\n\x1b[2J.md").write_text("x")
            wait_for(lambda: any("" in batch.paths for batch in seen))
            seen.clear()
            later, versions = notes / f"later-{number}.md", itertools.count()

            def hear_of_it(later: Path = later, versions: Iterator[int] = versions) -> bool:
                later.write_text(str(next(versions)))
                return any(later.name in batch.paths for batch in seen)

            wait_for(hear_of_it, pause=0.1)
            seen.clear()
    finally:
        watcher.close()
