"""The line that asks whether the moment of an offer was a good one, with the keys that answer it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from proactive_tui.tui.formatting.colors import ACCENT, MUTED
from proactive_tui.tui.widgets.no_break_text import Unbroken
from proactive_tui.tui.widgets.offer_card import keys_line

WORDS = "Was this a good moment to bring it up?"


class Question(Unbroken):
    """Cannot be focused; it is there only while there is a question."""

    def __init__(self, keys: Iterable[tuple[str, str]]) -> None:
        leave = Content.styled("leaves\u00a0by\u00a0itself", MUTED)
        super().__init__(Content("   ").join([Content.styled(WORDS, f"{ACCENT} bold"), keys_line(keys), leave]))
