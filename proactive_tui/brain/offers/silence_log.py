"""Journals silences: the first one of a reason at once, its repetitions every few minutes."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.journal.journal import Journal
from proactive_tui.model.offer_values import Silence

SILENCE_WRITE_SECONDS = 300.0
"""Seconds between two entries of a silence that goes on for the same reason."""


class SilenceLog:
    """Keeps the silence that is going on; the journal adds it to its row of the same reason and hour."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.ongoing: Silence | None = None
        self._written_at = 0.0

    def record_silence(self, now: Silence) -> None:
        """Take in a silence at `now.last`, which repeats the one before if reason and topic are the same."""
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
        """Journal the repetitions since the last entry. Raises JournalError."""
        if self.ongoing and self.ongoing.times:
            self._journal.extend_silence(self.ongoing)
            self._written_at = self.ongoing.last
            self.ongoing = structs.replace(self.ongoing, times=0)
