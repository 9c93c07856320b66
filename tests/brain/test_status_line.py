"""One line for a status bar, from what the running instance said last."""

from __future__ import annotations

import fcntl
import statistics
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from proactive_tui.brain import status_line
from proactive_tui.brain.status_file import write_status_file
from proactive_tui.model.status_values import BrainStatus, NotesStatus, OfferRhythm
from proactive_tui.paths import is_data_folder_held, lock_data_folder, open_data_folder
from tests.test_hygiene import loaded_by

NOW = datetime(2026, 11, 25, 14, 0).astimezone().timestamp()
CALM = BrainStatus(
    notes=NotesStatus(folder="/notes", watched=9, indexed=9),
    rhythm=OfferRhythm(made=2, budget=6, next_at=NOW + 300, why_silent="it rests after the last offer"),
)


def line(status: BrainStatus, now: float) -> str:
    return status_line.format_status_line(msgspec.to_builtins(status), now)


def test_at_rest_it_says_how_many_and_when_next() -> None:
    assert line(CALM, NOW) == "○ 2/6 today · next 14:05"
    assert line(CALM, NOW + 900) == "○ 2/6 today"


def test_an_offer_and_an_index_that_grows_are_said() -> None:
    waiting = BrainStatus(
        notes=NotesStatus(folder="/notes", watched=9, indexed=4),
        rhythm=OfferRhythm(made=3, budget=6, why_silent="in other words", offer_waiting=True),
    )
    assert line(waiting, NOW) == "● an offer waits 3/6 today · index 4/9"


def test_the_status_of_an_older_program_reads() -> None:
    older = msgspec.to_builtins(CALM)
    del older["rhythm"]["offer_waiting"]
    assert status_line.format_status_line(older, NOW) == "○ 2/6 today · next 14:05"
    assert msgspec.convert(older, BrainStatus) == CALM


def ask(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "proactive_tui", "status", "--line", "--data-dir", str(data), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_only_a_running_instance_says_anything(tmp_path: Path) -> None:
    assert ask(tmp_path / "data").stdout == ""
    assert list(tmp_path.iterdir()) == [], "nothing is made by asking"
    paths = open_data_folder(tmp_path / "data")
    write_status_file(paths, CALM)
    assert ask(paths.data).stdout == ""
    with lock_data_folder(paths):
        assert ask(paths.data).stdout.startswith("○ 2/6 today")
        assert ask(paths.data, "--json").stdout.startswith("○ 2/6 today"), "the command line says the same"


@pytest.mark.parametrize("written", [None, b"{", b"[]", b"{}", b'{"rhythm": {"why_silent": 1}, "notes": {}}'])
def test_a_status_that_cannot_be_read_is_an_error_in_one_line(tmp_path: Path, written: bytes | None) -> None:
    paths = open_data_folder(tmp_path)
    if written is not None:
        paths.status_file.write_bytes(written)
    with lock_data_folder(paths):
        done = ask(paths.data)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: The running instance has not written its status yet: ")
    assert done.stderr.count("\n") == 1


def test_asking_at_that_instant_does_not_keep_an_instance_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = open_data_folder(tmp_path)
    paths.lock_file.touch()
    asking = paths.lock_file.open("rb+")
    fcntl.flock(asking, fcntl.LOCK_SH)  # as `held` has it, for the time between two tries
    monkeypatch.setattr(time, "sleep", lambda _: asking.close())  # the lock is tried again after a pause
    with lock_data_folder(paths):
        assert is_data_folder_held(paths)
    assert not is_data_folder_held(paths)


def test_asking_loads_next_to_nothing() -> None:
    loaded = loaded_by("import proactive_tui.__main__")
    assert loaded.isdisjoint({"typer", "click", "rich", "msgspec", "logging", "asyncio", "textual", "numpy", "tomllib"})


@pytest.mark.alone
@pytest.mark.slow
def test_it_takes_a_small_multiple_of_what_python_takes_to_start(tmp_path: Path) -> None:
    """Against the same interpreter importing `re`, as any console script does; Typer alone would be more."""
    paths = open_data_folder(tmp_path)
    write_status_file(paths, CALM)
    with lock_data_folder(paths):
        asked, bare = [], []
        for _ in range(15):
            asked.append(_seconds("-m", "proactive_tui", "status", "--line", "--data-dir", str(tmp_path)))
            bare.append(_seconds("-c", "import re"))
    assert statistics.median(asked) < 3 * statistics.median(bare)


def _seconds(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
