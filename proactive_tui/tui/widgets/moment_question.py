"""The line that asks whether the moment of an offer was a good one, with the keys that answer it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.widgets.key_labels import KeyLabel, KeyLine, format_keys

QUESTION_TEXT = "Was this a good moment to bring it up?"


class QuestionLine(KeyLine):
    """The question with its keys; it cannot be focused, and is displayed only while a question is pending."""

    def __init__(self, keys: Iterable[KeyLabel]) -> None:
        leave = Content.styled("leaves\u00a0by\u00a0itself", MUTED_COLOR)
        super().__init__(
            Content("   ").join([Content.styled(QUESTION_TEXT, f"{ACCENT_COLOR} bold"), format_keys(keys), leave])
        )
