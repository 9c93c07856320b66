from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from proactive_tui.tui.formatting.text import elide_path, elide_text, one_line, sanitize_text
from proactive_tui.tui.terminal.escape_sequences import is_alert_wanted, title_sequence


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("plain – text\twith tab\nand line", "plain – text\twith tab\nand line"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP payload \x1b\\x", "x"),
        ("\x1b]52;c;unterminated\nnext", "\nnext"),
        ("a\x1bcb\x1b7", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u202eevil\u2066x\u200f\x9b31m\x00\x7f", "evilx31m"),
    ],
)
def test_nothing_reaches_the_terminal_that_is_not_text(dirty: str, expected: str) -> None:
    assert sanitize_text(dirty) == expected


@given(st.text())
def test_clean_leaves_no_control_character_and_is_settled(text: str) -> None:
    once = sanitize_text(text)
    assert not [each for each in once if (ord(each) < 32 and each not in "\n\t") or 127 <= ord(each) < 160]
    assert sanitize_text(once) == once


def test_one_line() -> None:
    assert one_line(" a\n\n b\t\x1b[1mc ") == "a b c"


@given(st.text(max_size=60).map(one_line), st.integers(min_value=0, max_value=70))
def test_elided_text_fits(text: str, width: int) -> None:
    assert cell_len(elide_text(text, width)) <= width


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6), st.integers(min_value=1, max_value=60))
def test_elided_paths_fit(parts: list[str], width: int) -> None:
    assert cell_len(elide_path("/".join(one_line(part) for part in parts), width)) <= width


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (60, "~/notes/distributed/raft/leader-lease.md"),
        (34, "~/…/raft/leader-lease.md"),
        (20, "~/…/leader-lease.md"),
        (18, "…/leader-lease.md"),
        (10, "…-lease.md"),
    ],
)
def test_paths_keep_their_name_longest(width: int, expected: str) -> None:
    assert elide_path("~/notes/distributed/raft/leader-lease.md", width) == expected


def test_elide_marks_what_is_missing() -> None:
    assert elide_text("日本語のノート", 7) == "日本語…"


def test_the_title_cannot_be_broken_out_of() -> None:
    assert title_sequence("a\x07\x1b]52;c;x\x07b") == "\x1b]2;ab\x07"


@pytest.mark.parametrize(
    ("bell", "focused", "expected"),
    [
        ("never", False, False),
        ("always", True, True),
        ("unfocused", True, False),
        ("unfocused", False, True),
    ],
)
def test_when_the_bell_rings(bell: str, focused: bool, expected: bool) -> None:
    assert is_alert_wanted(bell, focused=focused) is expected
