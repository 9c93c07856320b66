"""The real program with pipes, on the real brain: from the start to an answer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.brain.build import NOTES
from tests.plain.plain_session import CONFIG, PlainSession

pytestmark = pytest.mark.slow

PATIENCE = 240.0
"""Seconds for what loads the models on a busy machine."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[PlainSession]:
    notes = tmp_path / "notes"
    notes.mkdir()
    for name, text in NOTES.items():
        (notes / name).write_text(text)
    with PlainSession(tmp_path, notes) as running:
        yield running


def bring_up(session: PlainSession) -> None:
    """Have something brought up, as soon as its brain has found what."""
    session.wait_line("Status: 3 notes", seconds=PATIENCE)
    while not any(line.startswith("Answers: ") for line in session.heard):
        before = session.say("suggest")
        session.wait_any(("Answers: ", "Status: There is nothing"), before, seconds=PATIENCE)


def test_from_the_start_to_an_answer_and_a_talk(session: PlainSession) -> None:
    bring_up(session)
    assert session.heard[0] == "Status: Starting."
    assert all(line.startswith("  ") or ": " in line for line in session.heard)
    before = session.say("why", "talk", "Which rig was booked?")
    session.wait_line("Why: It brought this up", before)
    session.wait_line("Status: Talking about it.", before)
    session.wait_line("Assistant: ", before, seconds=PATIENCE)
    session.wait_line("Status: That is quoted from your notes", before)
    before = session.say("fly", "/fly", "leave")
    session.wait_line("Status: “fly” is no command.", before)
    session.wait_line("Status: You have left", before, seconds=PATIENCE)
    before = session.say("search pre-vote")
    session.wait_line("Found: 1, 2026-11-20-raft.md", before)
    before = session.say("suggest", "later", "undo", "done")
    session.wait_line("Status: Not now.", before)
    session.wait_line("Status: Closed. It will not come up again.", before)
    session.say("quit")
    assert session.wait_end(PATIENCE) == 0
    assert session.heard[-1] == "Status: It has ended."
    assert not any(mark in line for line in session.heard for mark in "\x1b\r\b")


def test_a_brain_that_is_killed_comes_back_and_ctrl_c_ends_it(session: PlainSession) -> None:
    session.wait_line("Status: 3 notes", seconds=PATIENCE)
    (brain,) = session.children()
    os.kill(brain, signal.SIGKILL)
    session.wait_line("Status: The brain stopped; starting it again")
    session.wait_line("Status: It is back.", seconds=PATIENCE)
    before = session.say("search rye")
    session.wait_line("Found: 1, 2026-11-19-bread.md", before, seconds=PATIENCE)
    session.interrupt()
    assert session.wait_end(PATIENCE) == 0
    assert session.heard[-1] == "Status: It has ended."


def test_the_end_of_input_ends_it_after_what_was_typed(session: PlainSession) -> None:
    session.say("ask Why does rye need less kneading?", "and what else?")
    session.close_input()
    assert session.wait_end(PATIENCE) == 0
    assert sum(line.startswith("Assistant: ") for line in session.heard) == 2
    assert session.heard[-1] == "Status: It has ended."


def test_a_dumb_terminal_gets_lines_by_itself_and_a_pipe_is_asked_to_say_so(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (tmp_path / "config.toml").write_text(CONFIG)
    where = ["--config", tmp_path / "config.toml", "--data-dir", tmp_path / "data", "--notes", notes]
    command = [sys.executable, "-m", "proactive_tui", "run", *map(str, where)]
    refused = subprocess.run(command, input="quit\n", capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "--plain" in refused.stderr
    if shutil.which("script") is None:
        pytest.skip("script, which makes a terminal, is not installed")
    line = " ".join(f"'{word}'" for word in command)
    dumb = {**os.environ, "TERM": "dumb"}
    made = ["script", "-qec", line, "/dev/null"]
    shown = subprocess.run(made, input="quit\n", capture_output=True, text=True, check=False, env=dumb)
    assert "Status: Starting." in shown.stdout
    assert "\x1b[?1049h" not in shown.stdout
