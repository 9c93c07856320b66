"""The owner is spoken to, not for."""

from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.addressing import address_owner
from proactive_tui.talk.answers.reply_checking import ReplyChecker


@pytest.mark.parametrize(
    ("said", "addressed"),
    [
        ("I needed my laptop.", "You needed your laptop."),
        ("The key is mine, and I was late.", "The key is yours, and you were late."),
        ("Ruben gave it to me; I'm glad.", "Ruben gave it to you; you're glad."),
        ("Ruben said “I need my laptop”.", "Ruben said “I need my laptop”."),
        ("Then I took Welding I with Ines.", "Then you took Welding I with Ines."),
        ("The meme is in Memphis, in the I-beam.", "The meme is in Memphis, in the I-beam."),
    ],
)
def test_i_in_a_note_is_you(said: str, addressed: str) -> None:
    assert address_owner(said) == addressed


def test_a_reply_speaks_to_the_owner() -> None:
    source = Evidence(path="shed.md", line_start=1, line_end=1, text="I laid the felt of the shed in May.")
    checker = ReplyChecker([source], ["who laid the felt?"], "en", dt.date(2026, 11, 23))
    assert checker.feed("I laid the felt of the shed in May.\n").startswith("You laid the felt of the shed in May [1].")
