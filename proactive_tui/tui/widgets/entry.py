"""A text input of one line, with a limit on its length."""

from __future__ import annotations

from textual.widgets import Input

MAX_INPUT_CHARACTERS = 4_000
"""The longest line in characters: every key draws the line again."""


def truncation_warning(most: int, left_out: int) -> str:
    """The warning that `left_out` characters were cut off, where at most `most` fit."""
    return f"At most {most:,} characters fit here: the last {left_out:,} were left out."


class LimitedInput(Input):
    """An Input that cuts off a paste that does not fit, and warns."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace the characters from `start` to `end` by as much of the text as fits."""
        room = max(MAX_INPUT_CHARACTERS - len(self.value) + abs(end - start), 0)
        if left_out := max(len(text) - room, 0):
            self.notify(truncation_warning(MAX_INPUT_CHARACTERS, left_out), severity="warning", markup=False)
        super().replace(text[:room], start, end)
