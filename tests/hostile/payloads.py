"""Texts that a terminal or a markup parser would obey, strategies that make more, and checks for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st

from proactive_tui.text.terminal_safe import MAX_MARKS_PER_LETTER, is_combining_mark

PLANTED = (
    "\x1b]0;planted-title\x07", "\x1b]2;planted-title\x1b\\", "\x1b]52;c;cGxhbnRlZA==\x07", "\x1b]9;planted-nine\x07",
    "\x1b]777;notify;planted;planted\x07", "\x1b]8;;file:///planted\x1b\\planted\x1b]8;;\x1b\\", "\x1b]4;1;#ff0000\x07",
    "\x1b]1337;File=inline=1:cGxhbnRlZA==\x07", "\x1b]7;file:///planted\x07", "\x1b]10;?\x07",
    "\x1bP+q706c616e746564\x1b\\", "\x1bP$q\"p\x1b\\", "\x1b_planted-apc\x1b\\", "\x1b^planted-pm\x1b\\",
    "\x1bXplanted-sos\x1b\\", "\x1b[?47h", "\x1b[?1337h", "\x1b[?9001h", "\x1b[31337;31337H", "\x1b[2J\x1b[H",
    "\x1b[5i", "\x1b[21t", "\x1b[6n", "\x1b[c", "\x1b[>4;2m", "\x1b[201~", "\x1bc", "\x1b(0", "\x1b#8", "\x1b[8m",
    "\x9d0;planted-c1\x9c", "\x9b31337;1H", "\x90+qplanted\x9c", "\x85", "\x8d", "\x0e\x0f", "\x07\x07", "\x08\x08",
    "\x7f", "\x00", "\x0b\x0c", "\r",
    "\u202egnp.exe\u202c", "\u2066\u2067\u2068planted\u2069", "\u200e\u200f\u061c", "\u202a\u202b\u202d",
    "\u200b\u2060\ufeff\u00ad", "\U000e0070\U000e006c\U000e0061", "\u2028\u2029", "a" + "\u0301" * 60,
    "\u200d" * 20, "\u20dd" * 30,
    "[bold red]planted[/]", "[@click=app.quit]planted[/]", "[link=file:///planted]x[/link]", "[/", "$error", "[on red]",
    "[x](file:///etc/planted)", "[x](javascript:planted())", "![x](https://planted.example/?q=secret)",
    "<script>planted</script>", "<https://planted.example>", "[x]: data:text/html,planted",
)  # fmt: skip
"""Escape sequences, control and invisible characters, floods of marks, and markup of Rich, Textual and Markdown."""

DIRT = " ".join(each.replace("\r", "") for each in PLANTED)
"""All payloads on one line, without carriage returns."""

soiled = st.lists(
    st.one_of(
        st.sampled_from(PLANTED),
        st.sampled_from(
            ["\x1b", "\x1b]", "\x1b[", "\x1bP", "\x9b", "\x9d", "\x07", "\x1b\\", "\n", "\t", "[", "]", "\\"]
        ),
        st.text(max_size=8),
        st.characters(categories=["Cc", "Cf", "Mn", "Me", "Co"]),
    ),
    max_size=12,
).map("".join)
"""Texts with some payloads, whole and in pieces."""

VISIBLE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters (Cf) that are visible: number signs of Arabic, Syriac and Kaithi."""
JOINERS = frozenset("\u200c\u200d")
"""Format characters (Cf) that are part of spelling."""


def faults(text: str, *, kept: str = "\n\t") -> list[str]:
    """The characters of a text that must not reach a terminal, by Unicode category; controls in `kept` are allowed."""
    found = [
        f"{unicodedata.category(each)} {ord(each):x}"
        for each in text
        if (unicodedata.category(each) in {"Cc", "Cs"} and each not in kept)
        or (unicodedata.category(each) == "Cf" and each not in VISIBLE | JOINERS and not 0x13430 <= ord(each) < 0x13460)
        or each in "\u2028\u2029"
    ]
    run = 0
    for each in text:
        run = run + 1 if is_combining_mark(each) else run if each in JOINERS else 0
        if run > MAX_MARKS_PER_LETTER:
            found.append("a flood of marks")
            break
    return found


NAMES = frozenset(
    {
        "type",
        "kind",
        "role",
        "framing",
        "backend",
        "severity",
        "id",
        "offer",
        "mode",
        "topic",
        "passage",
        "reaction",
        "offers",
    }
)
"""Fields that hold an enumerated value or an id, not text."""

V = TypeVar("V", bound=msgspec.Struct)


def soil(value: V, dirt: str = DIRT) -> V:
    """The value with `dirt` appended to every text in it."""
    return msgspec.convert(_soil(msgspec.to_builtins(value), dirt), type(value))


def _soil(value: Any, dirt: str) -> Any:
    match value:
        case str():
            return f"{value} {dirt}"
        case dict():
            return {
                key: each if key in NAMES and not isinstance(each, dict) else _soil(each, dirt)
                for key, each in value.items()
            }
        case list() | tuple():
            return [_soil(each, dirt) for each in value]
    return value


def all_faults(texts: Iterable[str]) -> list[str]:
    """The faults of many texts, in none of which a newline or tab is allowed."""
    return [f"{fault} in {text!r}" for text in texts for fault in faults(text, kept="")]
