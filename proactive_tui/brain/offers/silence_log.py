"""Silences on their way to the journal: the first of a reason at once, the same again only now and then."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.journal.journal import Journal
from proactive_tui.model import Silence

WRITE_SECONDS = 300.0
"""A silence that goes on for the same reason is written down so often."""


class Silences:
    """Keeps the silence that is going on; the journal adds what is written to its row of the same hour."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.going_on: Silence | None = None
        self._written_at = 0.0

    def keep(self, now: Silence) -> None:
        """It is silent at `now.last`, for a reason and about a topic that may be those of the second before."""
        before = self.going_on
        same = before and (before.reason, before.topic) == (now.reason, now.topic)
        if before and same and before.at <= now.at:  # else the clock was set back
            self.going_on = structs.replace(now, at=before.at, times=before.times + now.times)
            if not 0.0 <= now.last - self._written_at < WRITE_SECONDS:
                self.write()
        else:
            self.write()
            self.going_on = now
            self.write()

    def write(self) -> None:
        """Journal what has been silent since the last time. Raises JournalError."""
        if self.going_on and self.going_on.times:
            self._journal.extend_silence(self.going_on)
            self._written_at = self.going_on.last
            self.going_on = structs.replace(self.going_on, times=0)
