"""The messages that were sent before, to step through in the prompt as in a shell's history."""

from __future__ import annotations

from collections.abc import Iterable


class InputHistory:
    """Sent texts, oldest first, and the position among them. Edits to an old text last until the next text is sent."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = list(texts)
        self._lines = [*self._texts, ""]
        self._at = len(self._texts)

    @property
    def is_browsing(self) -> bool:
        """Whether the position is before the end, where new text is written."""
        return self._at < len(self._texts)

    def previous_text(self, now: str) -> str | None:
        """Step back: the text before this one, or None at the beginning. `now` is the text of the prompt."""
        return self._move_to(self._at - 1, now)

    def next_text(self, now: str) -> str | None:
        """Step on: the text after this one, or None at the end."""
        return self._move_to(self._at + 1, now)

    def append_text(self, text: str) -> None:
        """Add a text that was sent as the last one, and move behind it."""
        self._texts = [*(entry for entry in self._texts if entry != text), text]
        self._lines = [*self._texts, ""]
        self._at = len(self._texts)

    def _move_to(self, at: int, now: str) -> str | None:
        if not 0 <= at < len(self._lines):
            return None
        self._lines[self._at] = now
        self._at = at
        return self._lines[at]
