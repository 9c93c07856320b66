"""The first five minutes in a real terminal: no config, the guide, and the assistant that comes of it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from proactive_tui.config_reading import load_config
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow


def test_from_no_config_to_the_assistant(tmp_path: Path, example_notes: Path) -> None:
    shutil.copytree(example_notes, tmp_path / "somewhere")
    file, data = tmp_path / "config" / "config.toml", tmp_path / "data"
    program = (sys.executable, "-m", "proactive_tui", "--config", file, "--data-dir", data)
    with Terminal(*program, columns=80, rows=24, home=tmp_path) as terminal:
        terminal.see("Where are your notes?", "Type its path")
        terminal.type("~/som")
        terminal.see("There is no such folder.", "~/somewhere")
        terminal.send("Tab")
        terminal.see("60 notes would be read")
        terminal.send("Enter")
        terminal.see("What happens to them", "never written to")
        terminal.send("Enter")
        terminal.see("Which language model?", "Go on without")
        terminal.send("Enter")
        terminal.see("How talkative may it be?")
        terminal.send("Down", "Enter")
        terminal.see("What else may it talk about?", "Go on  with your notes alone")
        terminal.send("Enter")
        terminal.see("Ready", "often, 12 times a day")
        assert not file.exists()
        assert not data.exists()
        terminal.send("Enter")
        terminal.see("~/somewhere", "60 notes", "offers made")
        terminal.send("C-q")
        terminal.see("exited 0")
    written = load_config(file)
    assert (written.notes.folder, written.offers.per_day) == (str(tmp_path / "somewhere"), 12)
    assert (data / "journal.db").exists()


def test_left_before_the_end_nothing_is_written(tmp_path: Path) -> None:
    program = (sys.executable, "-m", "proactive_tui")
    with Terminal(*program, columns=40, rows=20, home=tmp_path) as terminal:
        terminal.see("Where are your notes?")
        terminal.send("C-q")
        terminal.see("Nothing was written", "exited 0")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
