from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.text.properties.frontmatter import format_value, items, parse_front_matter


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
    [
        (["a", None, "b c"], ["a", "b c"]),
        ("a, b", ["a", "b"]),
        ("a b", ["a", "b"]),
        ("[[Deep Work]], b", ["Deep Work", "b"]),
        (None, []),
        (7, ["7"]),
    ],
)
def test_lists_come_as_lists_and_as_strings(value: object, found: list[str]) -> None:
    assert items(value) == found


def test_yaml_and_toml() -> None:
    assert parse_front_matter("a: 1\n2: b\n", toml=False) == {"a": 1, "2": "b"}
    assert parse_front_matter('a = "b"\n', toml=True) == {"a": "b"}
    assert parse_front_matter(" \n", toml=False) == {}


@pytest.mark.parametrize("content", ["- a", "just words", "&a [*a]", "null", "words\nmore words\nkey: value"])
def test_what_is_no_front_matter_is_none(content: str) -> None:
    assert parse_front_matter(content, toml=False) is None
    assert parse_front_matter("a = ", toml=True) is None


@pytest.mark.parametrize(
    ("odd", "value"),
    [
        ("k: Lemon: a history", "Lemon: a history"),
        ("k: @someone", "@someone"),
        ("k: `code` first", "`code` first"),
        ("k: 50% off", "50% off"),
        ("k: %percent", "%percent"),
        ("k: *Starred* quince", "*Starred* quince"),
        ("k: !important", "!important"),
        ("k: {{date}}", "{{date}}"),
        ("k: <% tp.file.title %>", "<% tp.file.title %>"),
        ("k: [", "["),
        ("k: [#fruit, #tree]", ["#fruit", "#tree"]),
        ("k:\n\t- fruit\n\t- 'tree'", ["fruit", "tree"]),
        ("k:\n- one: two: three\n- @four", ["one: two: three", "@four"]),
        ('k: "unclosed', '"unclosed'),
        ("k: it's [[A]] and [[B]]", "it's [[A]] and [[B]]"),
        ("k: [[A]]", "[[A]]"),
        ("k: [[A|b]], [[C d]]", "[[A|b]], [[C d]]"),
        ("k:\n  - [[A]]\n  - '[[B]]'", ["[[A]]", "[[B]]"]),
        ("k: 2026-13-45", "2026-13-45"),
        ("k: 20.11.2026", "20.11.2026"),
        ("k: 2026/11/20 10:00", "2026/11/20 10:00"),
        ("k: yes", "yes"),
        ("k: No", "No"),
        ("k: on", "on"),
        ("k: 1.10", "1.10"),
        ("k: 12:30", "12:30"),
        ("k: 007", "007"),
        ("k: 2026", 2026),
        ("k: true", True),
        ("k: !!python/x 1", "!!python/x 1"),
        ("k: *a", "*a"),
        ("k:\n  a: b\n c: d", "a: b c: d"),
        ("k: a # a remark\nbroken: @", "a"),
    ],
)
def test_an_odd_value_is_as_written_and_keeps_the_rest(odd: str, value: object) -> None:
    found = parse_front_matter(f"title: Title of fig\n{odd}\nday: 2026-11-20", toml=False)
    assert found is not None
    assert found["k"] == value
    assert found["title"] == "Title of fig"
    assert found["day"] == dt.date(2026, 11, 20)


def test_a_line_without_a_key_costs_itself_only() -> None:
    assert parse_front_matter("title: fig\nan odd line\ntags: [a, b]", toml=False) == {
        "title": "fig",
        "tags": ["a", "b"],
    }


@pytest.mark.parametrize(
    "content",
    [
        "a: &a [x, x]\nb: [*a, *a]",
        "a: &a [*a]",
        "a: " + "[" * 21 + "]" * 21,
        "a: " + "1:1" * 3000,
        "a: " + "9" * 9000,
        "\n".join(f"k{number}: @" for number in range(5000)),
    ],
    ids=["alias", "itself", "deep", "number", "digits", "many"],
)
def test_what_only_an_attacker_writes_is_not_expanded(content: str) -> None:
    found = parse_front_matter(content, toml=False)
    assert found is not None
    assert len("".join(map(format_value, found.values()))) <= len(content)


def test_what_is_too_long_is_none() -> None:
    assert parse_front_matter("a: " + "x" * 65_536, toml=False) is None


def test_lists_within_lists_are_read() -> None:
    assert parse_front_matter("a: " + "[" * 19 + "x" + "]" * 19, toml=False) is not None
