"""One line to type."""

from __future__ import annotations

from textual.widgets import Input

MAX_INPUT_CHARACTERS = 4_000
"""Characters at the most: a line is drawn anew with every key."""


def truncation_warning(most: int, left_out: int) -> str:
    """What is said where more was typed or pasted than fits."""
    return f"At most {most:,} characters fit here: the last {left_out:,} were left out."


class LimitedInput(Input):
    """An Input that takes of a paste what fits, and says so."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of another, as much of it as fits."""
        room = max(MAX_INPUT_CHARACTERS - len(self.value) + abs(end - start), 0)
        if left_out := max(len(text) - room, 0):
            self.notify(truncation_warning(MAX_INPUT_CHARACTERS, left_out), severity="warning", markup=False)
        super().replace(text[:room], start, end)
