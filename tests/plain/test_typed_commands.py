"""Commands at rest and in a conversation; the letters are the keys of the card."""

from __future__ import annotations

import ast
import inspect
from collections import Counter

import pytest

from proactive_tui.plain import conversation_commands, offer_desk, plain_face, plain_lists, plain_rooms
from proactive_tui.plain.offer_desk import PLAIN_ANSWERS
from proactive_tui.plain.typed_commands import (
    TYPED_COMMANDS,
    TypedCall,
    TypedLine,
    TypedMessage,
    UnknownTyped,
    help_sentences,
    is_urgent,
    parse_typed,
)
from proactive_tui.tui.commands import find_command

CARD = {
    "talk": "offer.talk",
    "later": "offer.not_now",
    "less": "offer.not_this",
    "done": "offer.already_done",
    "not mine": "offer.not_mine",
    "never": "offer.never",
    "never there": "offer.never_folder",
    "snooze": "offer.snooze",
    "undo": "offer.undo",
    "bring back": "offer.bring_back",
    "why": "app.why",
    "suggest": "app.speak_now",
    "quiet": "app.quiet",
    "digest": "app.digest",
    "conversations": "app.conversations",
}


@pytest.mark.parametrize(("name", "command"), CARD.items())
def test_a_letter_does_what_it_does_on_the_card(name: str, command: str) -> None:
    keys = find_command(command).keys.split(",")
    (typed,) = [one for one in TYPED_COMMANDS if one.names[0] == name]
    assert typed.letter in keys
    assert parse_typed(typed.letter, talking=False) == TypedCall(name)


def test_no_name_and_no_letter_means_two_things() -> None:
    words = [word for command in TYPED_COMMANDS for word in (*command.names, command.letter) if word]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Later", TypedCall("later")),
        ("NOT  mine", TypedCall("not mine")),
        ("not now", TypedCall("later")),
        ("never this folder", TypedCall("never there")),
        ("never", TypedCall("never")),
        ("  snooze fri 9:30 ", TypedCall("snooze", "fri 9:30")),
        ("search the lease, again", TypedCall("search", "the lease, again")),
        ("/search x", TypedCall("search", "x")),
        ("talk 2", TypedCall("talk", "2")),
        ("", None),
    ],
)
def test_a_line_at_rest_is_a_command(line: str, meant: TypedLine) -> None:
    assert parse_typed(line, talking=False) == meant


@pytest.mark.parametrize("line", ["what about the boat?", "donee", "done with it", "/nothing", "Y", "later today", "/"])
def test_what_is_no_command_does_nothing(line: str) -> None:
    assert isinstance(parse_typed(line, talking=False), UnknownTyped)


@pytest.mark.parametrize("line", ["done", "y", "later", "no", "why?", "stop it", "talk to me", "read it to me", "/ no"])
def test_what_one_says_in_a_conversation_is_said(line: str) -> None:
    meant = parse_typed(line, talking=True)
    assert meant == TypedMessage(line) or (line == "/ no" and meant == TypedCall("later"))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("why", TypedCall("why")),
        ("Leave", TypedCall("leave")),
        ("read 1", TypedCall("read", "1")),
        ("search the rent", TypedCall("search", "the rent")),
        ("/done", TypedCall("done")),
        ("/save boat plans", TypedCall("save", "boat plans")),
        ("save the whales", TypedMessage("save the whales")),
        ("//usr/bin is full", TypedMessage("/usr/bin is full")),
    ],
)
def test_some_lines_of_a_conversation_are_commands(line: str, meant: TypedLine) -> None:
    assert parse_typed(line, talking=True) == meant


def test_only_what_ends_a_reply_does_not_wait_for_its_end() -> None:
    assert is_urgent("stop", talking=True)
    assert is_urgent("/quit", talking=True)
    assert not is_urgent("why", talking=True)
    assert not is_urgent("stop the ferry", talking=True)


def test_help_is_short_and_says_what_each_command_does() -> None:
    assert len(help_sentences()) < 8
    everything = "\n".join(help_sentences("all"))
    for command in TYPED_COMMANDS:
        assert command.names[0] in "\n".join(help_sentences())
        assert command.help in everything
        assert help_sentences(command.names[-1])[0].startswith(command.names[0])
    assert "no command" in help_sentences("fly")[0]


def test_every_command_is_carried_out_by_one_part() -> None:
    parts = (plain_face, offer_desk, conversation_commands, plain_lists, plain_rooms)
    known = Counter(PLAIN_ANSWERS.keys())
    for part in parts:
        for node in ast.walk(ast.parse(inspect.getsource(part))):
            if isinstance(node, ast.AsyncFunctionDef) and node.name in {"carry_out", "_carry_out"}:
                cases = {
                    pattern.value.value
                    for pattern in ast.walk(node)
                    if isinstance(pattern, ast.MatchValue) and isinstance(pattern.value, ast.Constant)
                }
                known.update(name for name in cases if isinstance(name, str))
    asks_for_words = {"search", "ask"}  # the face says that words are missing, the parts do the rest
    assert known == Counter({command.names[0]: 1 for command in TYPED_COMMANDS}) + Counter(asks_for_words)
