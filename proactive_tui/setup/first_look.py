"""What a first look at a folder of notes saw, before anything is kept: what it holds, and what it leaves open."""

from __future__ import annotations

from typing import Final

import msgspec

from proactive_tui.model.shared_words import Kind
from proactive_tui.text.quantities import format_count

KINDS_IN_WORDS: Final[dict[Kind, str]] = {
    "task": "task",
    "open question": "open question",
    "goal": "goal",
    "idea": "idea",
    "thread": "loose thread",
}


class FirstLook(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was seen so far: how many notes of `total` were read, and what was counted in them once all are (`done`)."""

    read: int = 0
    total: int = 0
    open_ends: dict[Kind, int] = {}
    people: int = 0
    days: int = 0
    is_foreign: bool = False
    """Whether most notes are in other languages than English."""
    done: bool = False

    def describe(self) -> str:
        """What was seen, in a sentence."""
        if not self.done:
            if self.read and self.read == self.total:
                return f"Looking for what is open in {format_count(self.total, 'note')} …"
            return f"Reading · {self.read:,} of {format_count(self.total, 'note')}"
        found = [format_count(number, KINDS_IN_WORDS[kind]) for kind, number in self.open_ends.items() if number]
        found += [f"{self.people:,} {'person' if self.people == 1 else 'people'}"] if self.people else []
        found += [format_count(self.days, "daily note")] if self.days else []
        of = (
            f"the {self.read:,} newest of {self.total:,} notes"
            if self.read < self.total
            else format_count(self.read, "note")
        )
        return f"Found in {of}: {', '.join(found) if found else 'nothing open yet'}."
