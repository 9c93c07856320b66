"""What was said before, to be walked through in the prompt as in a shell's history."""

from __future__ import annotations

from collections.abc import Iterable


class InputHistory:
    """Texts, oldest first, and one's place among them. What is changed on the way is kept until something is said."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = list(texts)
        self._lines = [*self._texts, ""]
        self._at = len(self._texts)

    @property
    def is_browsing(self) -> bool:
        """Whether one is not at the end, where new text is written."""
        return self._at < len(self._texts)

    def previous_text(self, now: str) -> str | None:
        """The text before this one, or None at the beginning. `now` is what stands in the prompt."""
        return self._move_to(self._at - 1, now)

    def next_text(self, now: str) -> str | None:
        """The text after this one, or None at the end."""
        return self._move_to(self._at + 1, now)

    def append_text(self, text: str) -> None:
        """This was said: it is the last one now, and one's place is after it."""
        self._texts = [*(entry for entry in self._texts if entry != text), text]
        self._lines = [*self._texts, ""]
        self._at = len(self._texts)

    def _move_to(self, at: int, now: str) -> str | None:
        if not 0 <= at < len(self._lines):
            return None
        self._lines[self._at] = now
        self._at = at
        return self._lines[at]
