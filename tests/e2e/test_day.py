"""The program as its user meets it: in a real terminal, on the example notes."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable

import psutil
import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

KEYS = "Enter talk"
Start = Callable[..., Terminal]


def test_an_offer_comes_is_taken_up_and_others_are_waved_away(place: Place, assistant: Start) -> None:
    terminal = assistant()
    terminal.see("Starting", seconds=20)
    terminal.see("60 notes", KEYS)
    wait_for(lambda: len(place.journal("offered")) == 1)
    terminal.see(KEYS)
    guard()
    terminal.send("Enter")
    terminal.see("Say something")
    for number, question in enumerate(("What did I promise Mara?", "And the consumer lag?"), 1):
        terminal.type(question)
        terminal.send("Enter")
        terminal.see(question)
        wait_for(lambda number=number: len(place.journal("said")) == 1 + 2 * number)  # type: ignore[misc]
    terminal.send("Escape")
    wait_for(lambda: len(place.journal("offered")) == 2)
    terminal.see(KEYS)
    guard()
    terminal.send("x")
    wait_for(lambda: [each["reaction"] for each in place.journal("reacted")][-1] == "not this")
    wait_for(lambda: len(place.journal("offered")) == 3)
    terminal.see(KEYS)
    guard()
    terminal.send("n")
    wait_for(lambda: [each["reaction"] for each in place.journal("reacted")][-1] == "not now")
    terminal.send("C-q")
    terminal.see("exited 0")
    offered = {each["offer"]: each["topic"]["id"] for each in place.journal("offered")}
    reacted = [(offered[each["offer"]], each["reaction"]) for each in place.journal("reacted")]
    told = dict.fromkeys(reaction for _, reaction in reacted)  # each question counts as followed up
    assert list(told)[:4] == ["engaged", "followed up", "not this", "not now"]
    refused = next(topic for topic, reaction in reacted if reaction == "not this")
    assert refused not in [each["topic"]["id"] for each in json.loads(place.run("suggest", "--json", "-n", "50"))]


def test_it_asks_about_the_moment_once_and_the_answer_is_kept(place: Place, assistant: Start) -> None:
    place.config.write_text(place.config.read_text().replace("per_day = 50", "per_day = 1"))
    terminal = assistant(80, 24)
    terminal.see(KEYS)
    guard()
    terminal.send("Enter")
    terminal.see("Say something")
    terminal.send("Escape")
    terminal.see("Was this a good moment to bring it up?   y yes   n no")
    guard()
    terminal.send("n")
    terminal.see("A bad moment: noted.")
    wait_for(lambda: place.journal("answered"))
    terminal.send("C-q")
    terminal.see("exited 0")
    (offered,) = place.journal("offered")
    assert [each["offer"] for each in place.journal("asked")] == [offered["offer"]]
    assert [(each["offer"], each["good"]) for each in place.journal("answered")] == [(offered["offer"], False)]
    assert "you said it was a bad moment" in place.run("why", offered["offer"])


def guard() -> None:
    """Keys pressed at the moment of an arrival do not answer it; a person takes longer than that to read."""
    import time

    time.sleep(1.0)


def test_every_answer_is_taken_back_by_one_key(place: Place, assistant: Start) -> None:
    config = place.config.read_text()  # no other offer may come while an answer can be undone
    place.config.write_text(config.replace("spacing_minutes = 0.02", "spacing_minutes = 5\nask = false"))
    terminal = assistant(80, 24)
    for key, line in {"x": "Not this.", "n": "Not now.", "v": "Never this kind.", "s": "Again"}.items():
        terminal.see(KEYS)
        guard()
        terminal.send(key)
        if key == "s":
            terminal.see("On a date")
            terminal.send("4")
            terminal.type("in 3 days")
            terminal.see("08:00 · in 3 days")
            terminal.send("Enter")
        terminal.see(line, "u undo")
        terminal.send("u")
    terminal.see(KEYS)
    terminal.send("Enter")
    terminal.see("Talking about it.", "^_ undo")
    terminal.send("C-_")
    terminal.see(KEYS)
    wait_for(lambda: {each["kind"] for each in place.journal()} <= {"offered", "silent"})
    assert len(place.journal("offered")) == 1
    terminal.send("n")
    wait_for(lambda: [each["reaction"] for each in place.journal("reacted")] == ["not now"])


def test_typing_goes_on_when_an_offer_arrives(place: Place, assistant: Start) -> None:
    terminal = assistant()
    terminal.see("60 notes")
    terminal.send("/")
    terminal.type("kafka")
    terminal.see("kafka")
    wait_for(lambda: len(place.journal("offered")) == 1)
    terminal.type(" lag next")
    terminal.see("kafka lag next")
    terminal.send("Escape")
    terminal.see(KEYS)
    guard()
    terminal.type("/next in line")
    terminal.see("next in line")
    assert place.journal("reacted") == []


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)])
def test_it_fits_a_small_terminal(place: Place, assistant: Start, columns: int, rows: int) -> None:
    terminal = assistant(columns, rows)
    screen = terminal.see("talk", "not now", "not this")
    assert all(len(line) <= columns for line in screen.splitlines())
    terminal.resize(100, 30)
    terminal.see(KEYS)


def test_a_killed_brain_comes_back_and_nothing_is_lost(place: Place, assistant: Start) -> None:
    terminal = assistant()
    terminal.see(KEYS)
    before = place.journal("offered")
    (brain,) = terminal.brains()
    brain.send_signal(signal.SIGKILL)
    wait_for(lambda: terminal.next_brain(brain))
    guard()
    terminal.see(KEYS)
    terminal.send("n")
    wait_for(lambda: place.journal("reacted"))
    assert place.journal("reacted")[0]["offer"] == before[0]["offer"]


def test_a_killed_program_takes_its_brain_along_and_starts_again(place: Place, assistant: Start) -> None:
    terminal = assistant()
    terminal.see(KEYS)
    (brain,) = terminal.brains()
    face = brain.parent()
    assert face is not None
    offers = place.journal("offered")
    face.send_signal(signal.SIGKILL)
    wait_for(lambda: not brain.is_running() or brain.status() == psutil.STATUS_ZOMBIE, 20)
    again = assistant()
    again.see("60 notes")
    assert place.journal("offered")[: len(offers)] == offers


def test_commands_ask_the_assistant_that_runs(place: Place, assistant: Start) -> None:
    terminal = assistant()
    terminal.see("60 notes")
    assert "kafka" in place.run("search", "kafka").lower()
    assert json.loads(place.run("status", "--json"))["notes"]["indexed"] == 60


def test_without_a_terminal_it_says_so(place: Place) -> None:
    assert "needs a terminal" in place.run("run", status=1)
