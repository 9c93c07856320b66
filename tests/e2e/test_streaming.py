"""A reply that streams, in a real terminal: stopped and gone on with, resized, and cut off by the brain's death."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator

import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal
from tests.ollama_server import OllamaServer, Script, serving
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

Start = Callable[..., Terminal]
WORDS = 400
LETTERS = "bcdfghjklm"
"""Digits, as letters."""


@pytest.fixture
def ollama(place: Place) -> Iterator[OllamaServer]:
    """A language model that says what a test scripts, about notes that hold nothing to raise."""
    with serving() as server:
        config = place.config.read_text().replace('backend = "none"', f'backend = "ollama"\nhost = "{server.url}"')
        place.config.write_text(config + "\n[topics]\nkinds = []\n")
        yield server


def long_reply(between: float) -> Script:
    """Numbered words, each a line of its own, so that what is missing or twice is seen."""
    return Script(says=" ".join(f"{word(number)}\n" for number in range(WORDS)), between=between)


def word(number: int) -> str:
    """A number as a word without digits: a number that the notes do not hold would not be shown."""
    return "w" + str(number).translate(str.maketrans("0123456789", LETTERS))


def begin(terminal: Terminal, text: str) -> None:
    """Ask something in a conversation of one's own."""
    terminal.see("60 notes", "smollm2")
    terminal.send("C-n")
    terminal.see("Say something")
    say(terminal, text)


def say(terminal: Terminal, text: str) -> None:
    """Type it, see it, send it."""
    terminal.type(text)
    terminal.see(text)
    terminal.send("Enter")


def shown(screen: str) -> list[int]:
    """The numbers of the words on the screen, in its order."""
    back = str.maketrans(LETTERS, "0123456789")
    return [int(said[1:].translate(back)) for said in screen.split() if re.fullmatch(f"w[{LETTERS}]+", said)]


def streamed_on(terminal: Terminal, columns: int, beyond: int) -> int:
    """Wait for a screen of this width with no word missing and some beyond this one; the last that it shows."""

    def last() -> int:
        screen = terminal.screen()
        numbers = shown(screen)
        whole = numbers == list(range(numbers[0], numbers[-1] + 1)) if numbers else False
        fits = all(len(line) <= columns for line in screen.splitlines())
        return numbers[-1] if whole and fits and numbers[-1] > beyond else 0

    return wait_for(last, 20)


def test_it_is_resized_while_it_streams(place: Place, assistant: Start, ollama: OllamaServer) -> None:
    ollama.say(long_reply(0.15))
    terminal = assistant(100, 30)
    begin(terminal, "count for me")
    reached = streamed_on(terminal, 100, 5)
    for columns, rows in [(60, 20), (40, 20), (200, 50), (80, 24), (40, 12), (120, 36)]:
        terminal.resize(columns, rows)
        reached = max(reached, streamed_on(terminal, columns, reached + 5))
    terminal.send("Escape")
    terminal.see("Stopped")
    said = place.journal("said")[-1]["text"].split()
    assert said == [word(number) for number in range(len(said))]
    assert len(said) >= reached


def test_a_reply_is_stopped_and_the_conversation_goes_on_another_day(
    place: Place, assistant: Start, ollama: OllamaServer
) -> None:
    ollama.say(long_reply(0.05), Script(says="So it is."))
    terminal = assistant()
    begin(terminal, "count for me")
    terminal.see(f"{word(10)} ")
    terminal.send("Escape")
    terminal.see("Stopped")
    wait_for(lambda: ollama.closed == 1)
    kept = place.journal("said")[-1]
    assert kept["stopped"]
    assert kept["text"].split()[:11] == [word(number) for number in range(11)]
    terminal.send("C-q")
    terminal.see("exited 0")
    again = assistant()
    again.see("60 notes", "count for me")
    again.send("Down", "Enter")
    again.see(f"{word(10)} ", "Stopped", "Say something")
    say(again, "and backwards")
    again.see("So it is.")
    asked = ollama.chats()[-1]["messages"]
    assert [each["content"] for each in asked if each["role"] == "user"] == ["count for me", "and backwards"]


def test_the_brain_dies_in_the_middle_of_a_reply(place: Place, assistant: Start, ollama: OllamaServer) -> None:
    ollama.say(long_reply(0.05), Script(says="So it is."))
    terminal = assistant()
    begin(terminal, "count for me")
    terminal.see(f"{word(10)} ")
    terminal.type("typed meanwhile")
    (brain,) = terminal.brains()
    brain.send_signal(signal.SIGKILL)
    terminal.see("Broken off", f"{word(10)} ", "typed meanwhile")
    wait_for(lambda: terminal.next_brain(brain))
    assert [each["role"] for each in place.journal("said")] == ["user"], "what was said to it is kept"
    terminal.send("Enter")
    terminal.see("So it is.")
    said = [each["text"] for each in place.journal("said") if each["role"] == "user"]
    assert said[0] == "count for me"
    assert "typed meanwhile" in said[-1]
