"""Ctrl+Z: to the shell and back, where there is a shell."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable

import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow


def test_it_stops_and_comes_back_as_it_was(place: Place) -> None:
    program = shlex.join([sys.executable, "-m", "proactive_tui", "run", *map(str, place.arguments)])
    with Terminal("env", "PS1=shell> ", "bash", "--norc", "--noprofile", "-i", columns=80, rows=24) as terminal:
        terminal.see("shell>")
        terminal.type(program)
        terminal.send("Enter")
        terminal.see("Nothing to say")
        terminal.send("C-n")
        terminal.see("Say something")
        terminal.type("half a thought")
        terminal.see("half a thought")
        terminal.send("C-z")
        terminal.see("Stopped", "shell>")
        brains = terminal.brains()
        assert len(brains) == 1
        assert brains[0].status() != "stopped"
        terminal.type("fg")
        terminal.send("Enter")
        terminal.see("half a thought", "Commands")
        terminal.type(" goes on")
        terminal.see("half a thought goes on")
        terminal.send("C-q")
        terminal.see("shell>")


def test_without_a_shell_it_goes_on(place: Place, assistant: Callable[..., Terminal]) -> None:
    terminal = assistant(80, 24)
    terminal.see("Nothing to say")
    terminal.send("C-n")
    terminal.see("Say something")
    terminal.type("half")
    terminal.send("C-z")  # takes back what was typed, as in other text fields
    terminal.gone("half")
    terminal.send("Escape")
    terminal.see("Nothing to say")
