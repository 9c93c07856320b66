"""The answers that are known exactly: lists of tasks, promises, appointments and mentions, and how many there are."""

from __future__ import annotations

from typing import Literal

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence

AskedList = Literal["due", "overdue", "promises", "agenda", "appointments", "open", "done", "mentions"]
"""What a question asks for: what falls due, what is past its day, what was promised, what a day holds, appointments,
how many tasks are open or done, and how often something was written.
"""


class KnownEntry(FrozenValue, frozen=True, kw_only=True):
    """A line of a list: its words, its `due` day (ISO) if it has one, its `time` of day, to whom it was promised or
    with whom it is, and its lines.
    """

    words: str
    due: str | None
    source: Evidence
    person: str = ""
    time: str = ""


class KnownList(FrozenValue, frozen=True, kw_only=True):
    """A list that answers a question whole: which list it is, its first entries, and how many there are in all.

    `about` are the words of its subject, as they were asked for; `notes` is in how many notes its entries stand. With
    `is_count` it was asked how many there are.
    """

    asked: AskedList
    entries: tuple[KnownEntry, ...]
    total: int
    about: str = ""
    notes: int = 0
    is_count: bool = False

    @property
    def more(self) -> int:
        """How many entries are not shown."""
        return self.total - len(self.entries)
