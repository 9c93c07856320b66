from __future__ import annotations

import pytest
from textual.keys import Keys

from proactive_tui.tui import commands
from proactive_tui.tui.command_tables.app_command import is_letter_key
from proactive_tui.tui.commands import COMMAND_SCOPES, COMMANDS, command_keys, find_command, unknown_command_ids

RESERVED = {"ctrl+a", "ctrl+b", "ctrl+o"}


def test_ids_are_unique_and_dotted() -> None:
    ids = [each.id for each in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert all(each.count(".") == 1 for each in ids)


def test_no_command_is_only_on_a_key_that_multiplexers_keep() -> None:
    for each in COMMANDS:
        assert set(each.keys.split(",")) - RESERVED, each.id


def test_the_keys_of_the_issue() -> None:
    keys = {each.id: set(each.keys.split(",")) for each in COMMANDS}
    assert keys["offer.talk"] == {"enter", "y"}
    assert keys["offer.not_now"] == {"n"}
    assert keys["offer.not_this"] == {"x"}
    assert keys["offer.snooze"] == {"s"}
    assert "w" in keys["app.why"]
    assert keys["room.back"] == {"escape"}
    assert keys["app.palette"] == {"ctrl+p"}
    assert keys["app.help"] == {"f1", "question_mark"}
    assert keys["app.suspend"] == {"ctrl+z"}
    assert "u" in keys["offer.undo"]
    assert keys["offer.open"] == {"o", "f4"}
    assert "slash" in keys["app.search"]
    assert keys["app.quit"] == {"ctrl+q"}


def test_every_command_can_be_found_in_help() -> None:
    assert {each.scope for each in COMMANDS} == set(COMMAND_SCOPES)
    assert all(each.name and each.help for each in COMMANDS)


def test_letters_that_work_everywhere_have_a_key_that_works_while_typing() -> None:
    for each in COMMANDS:
        if each.scope == "Everywhere":
            assert any(len(key) > 1 and key != "slash" for key in each.keys.split(",")), each.id


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("app.search", ("/", "F5")),
        ("app.palette", ("^p",)),
        ("offer.talk", ("Enter", "y")),
        ("room.back", ("Esc",)),
        ("conversation.newline", ("^j", "Shift+Enter", "Alt+Enter")),
    ],
)
def test_keys_as_people_read_them(identifier: str, expected: tuple[str, ...]) -> None:
    assert command_keys(find_command(identifier), {}) == expected


def test_own_keys_are_applied_and_unknown_ids_found() -> None:
    assert command_keys(find_command("app.search"), {"app.search": "f, ctrl+f"}) == ("f", "^f")
    assert unknown_command_ids({"app.search": "f", "app.serach": "g"}) == ["app.serach"]
    with pytest.raises(KeyError):
        find_command("app.serach")


def test_keys_are_ones_textual_knows() -> None:
    named = {"slash", "comma", "question_mark", "semicolon", "plus", "shift+enter", "alt+enter"}
    known = {each.value for each in Keys} | named
    for each in COMMANDS:
        for binding in each.to_bindings():
            for key in binding.key.split(","):
                assert len(key) == 1 or key in known, key
    assert len(commands.command_bindings("offer.talk", "app.quit")) == 2


def test_a_letter_never_goes_before_the_text_that_is_typed() -> None:
    for each in COMMANDS:
        for binding in each.to_bindings():
            assert not binding.priority or not any(map(is_letter_key, binding.key.split(","))), each.id
    assert [binding.priority for binding in find_command("app.help").to_bindings()] == [True, False]
    assert [key for key in ("a", "V", "slash", "comma", "f1", "escape", "ctrl+z", "enter") if is_letter_key(key)] == [
        "a",
        "V",
        "slash",
        "comma",
    ]
