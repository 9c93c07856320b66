"""Silences on their way to the journal: the first of a reason at once, the same again only now and then."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.journal.journal import Journal
from proactive_tui.model import Silence

SILENCE_WRITE_SECONDS = 300.0
"""A silence that goes on for the same reason is written down so often."""


class SilenceLog:
    """Keeps the silence that is going on; the journal adds what is written to its row of the same hour."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.ongoing: Silence | None = None
        self._written_at = 0.0

    def record_silence(self, now: Silence) -> None:
        """It is silent at `now.last`, for a reason and about a topic that may be those of the second before."""
        before = self.ongoing
        same = before and (before.reason, before.topic) == (now.reason, now.topic)
        if before and same and before.at <= now.at:  # else the clock was set back
            self.ongoing = structs.replace(now, at=before.at, times=before.times + now.times)
            if not 0.0 <= now.last - self._written_at < SILENCE_WRITE_SECONDS:
                self.flush()
        else:
            self.flush()
            self.ongoing = now
            self.flush()

    def flush(self) -> None:
        """Journal what has been silent since the last time. Raises JournalError."""
        if self.ongoing and self.ongoing.times:
            self._journal.extend_silence(self.ongoing)
            self._written_at = self.ongoing.last
            self.ongoing = structs.replace(self.ongoing, times=0)
