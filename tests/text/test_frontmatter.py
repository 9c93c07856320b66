from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.text.frontmatter import format_value, items, parse_front_matter


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (dt.date(2026, 11, 3), "2026-11-03"),
        (dt.time(9, 30), "09:30:00"),
        (["a", None, ["b", 2]], "a, b, 2"),
        ({"k": "v", "n": 1}, "k: v, n: 1"),
        ("two\n  lines", "two lines"),
    ],
)
def test_values_are_said_as_a_person_would(value: object, said: str) -> None:
    assert format_value(value) == said


@pytest.mark.parametrize(
    ("value", "found"),
    [(["a", None, "b c"], ["a", "b c"]), ("a, b", ["a", "b"]), ("a b", ["a", "b"]), (None, []), (7, ["7"])],
)
def test_lists_come_as_lists_and_as_strings(value: object, found: list[str]) -> None:
    assert items(value) == found


def test_yaml_and_toml() -> None:
    assert parse_front_matter("a: 1\n2: b\n", toml=False) == {"a": 1, "2": "b"}
    assert parse_front_matter('a = "b"\n', toml=True) == {"a": "b"}
    assert parse_front_matter(" \n", toml=False) == {}


@pytest.mark.parametrize(
    "content", ["a: {{b}}", "- a", "just words", "a: [", "a: 2026-13-45", "&a [*a]", "null", "a: !!python/x 1"]
)
def test_what_is_broken_is_none(content: str) -> None:
    assert parse_front_matter(content, toml=False) is None
    assert parse_front_matter("a = ", toml=True) is None


@pytest.mark.parametrize(
    "content",
    [
        "a: &a [x]\nb: *a",
        "a: &a [*a]",
        "a: " + "[" * 21 + "]" * 21,
        "a: " + "1:1" * 3000,
        "a: " + "x" * 65_536,
    ],
    ids=["alias", "itself", "deep", "number", "long"],
)
def test_what_only_an_attacker_writes_is_none(content: str) -> None:
    assert parse_front_matter(content, toml=False) is None


def test_lists_within_lists_are_read() -> None:
    assert parse_front_matter("a: " + "[" * 19 + "x" + "]" * 19, toml=False) is not None
