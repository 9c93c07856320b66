"""Emoji of several parts are drawn as one that all terminals agree on, in the cells that the layout counted with."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from proactive_tui.tui.terminal.output_filter import simplify_emoji
from tests.tui.scripts import ALL


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("👍🏽 done", "👍 done"),
        ("a ❤️ b", "a ❤  b"),
        ("1️⃣.", "1⃣ ."),
        ("👨\u200d👩\u200d👧\u200d👦|", "👨|"),
        ("👩🏽\u200d💻|", "👩|"),
        ("🏳️\u200d🌈|", "🏳 |"),
        ("🇩🇪 2 #3 * → ✓ ❤ ™", "🇩🇪 2 #3 * → ✓ ❤ ™"),
        ("क्\u200dष می\u200cخواهم", "क्\u200dष می\u200cخواهم"),
    ],
)
def test_their_first_part(written: str, drawn: str) -> None:
    assert simplify_emoji(written) == drawn
    assert cell_len(simplify_emoji(written)) == cell_len(written)


@pytest.mark.parametrize("text", ALL)
def test_nothing_gets_wider_or_narrower(text: str) -> None:
    assert cell_len(simplify_emoji(text)) == cell_len(text)
