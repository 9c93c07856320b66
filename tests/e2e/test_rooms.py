"""The rooms in a real terminal, with the real brain: by the keyboard alone."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal
from tests.e2e.test_day import guard
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

Start = Callable[..., Terminal]


def test_a_day_in_the_rooms(place: Place, assistant: Start, tmp_path: Path) -> None:
    place.config.write_text("# mine\n" + place.config.read_text().replace("per_day = 50", "per_day = 0 # quiet"))
    (place.notes / "rig.md").write_bytes(b"a\0b")
    terminal = assistant(80, 24)
    terminal.see("60 notes", seconds=60)

    terminal.send("i")
    terminal.see("skipped  rig.md  binary", "notes read", "Lag")
    terminal.send("Escape")
    terminal.see("Nothing to say")

    terminal.send("d")
    terminal.see("Leaves this machine", "What it may notice", "on      keys")
    terminal.send("Space")
    terminal.see("paused  keys")
    wait_for(lambda: tomllib.loads(place.config.read_text()).get("sensors", {}).get("keys") is False)
    terminal.send("e")
    terminal.see("journal as JSON Lines")
    terminal.send("C-u")
    terminal.type(str(tmp_path / "out"))
    terminal.send("Enter")
    wait_for((tmp_path / "out" / "settings.toml").exists, 30)
    assert tomllib.loads((tmp_path / "out" / "settings.toml").read_text())["sensors"]["keys"] is False

    terminal.send("F9")
    terminal.see("l   Learned")
    terminal.send("Escape")
    terminal.gone("l   Learned")
    terminal.send(",")
    terminal.see("Filter the settings")
    terminal.type("per_day")
    terminal.see("now      0")
    terminal.send("Enter")
    terminal.see("a whole number of 0 or more", "Esc back")
    terminal.send("BSpace", "9")
    terminal.send("Enter")
    terminal.see("now      9")
    assert "per_day = 9 # quiet" in place.config.read_text()
    assert place.config.read_text().startswith("# mine\n")
    terminal.send("Escape")
    terminal.see("Enter talk")  # it may speak now, and does

    guard()
    terminal.send("x")
    wait_for(lambda: len(place.journal("reacted")) == 1)
    terminal.send("d")
    terminal.see("What it may notice")
    terminal.send("f")
    terminal.see("Since a time")
    terminal.send("k", "Enter")  # the last one
    terminal.see("Forget everything?", "y forget it")
    terminal.send("y")
    terminal.see("Forgotten:", seconds=60)
    assert not place.journal("reacted")
    terminal.send("C-q")
    terminal.see("exited 0")
    assert json.loads(place.run("stats", "--json"))["welcome"]["answered"] == 0
