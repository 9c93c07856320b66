"""Silences: the journal has each reason at once, and stays small."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from proactive_tui.brain.offers.silence_log import SILENCE_WRITE_SECONDS, SilenceLog
from proactive_tui.journal.events import SilenceDecided
from proactive_tui.journal.journal import Journal
from proactive_tui.model.offer_values import Silence

AT = 1_795_000_000.0
TYPING = Silence(at=AT, last=AT, reason="typing", detail="you typed 2 s ago", topic="t1")


def later(silence: Silence, seconds: float) -> Silence:
    return structs.replace(silence, at=AT + seconds, last=AT + seconds)


def written(journal: Journal) -> list[tuple[str, int]]:
    return [
        (each.event.silence.reason, each.event.silence.times)
        for each in journal.read_events()
        if isinstance(each.event, SilenceDecided)
    ]


def test_a_long_silence_is_one_row_that_counts(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        silences = SilenceLog(journal)
        for second in range(1000):
            silences.record_silence(later(TYPING, second))
        assert written(journal) == [("typing", 1 + 3 * SILENCE_WRITE_SECONDS)], (
            "the last minutes are still to be written"
        )
        silences.flush()
        silences.flush()
        assert written(journal) == [("typing", 1000)]


def test_another_reason_is_written_at_once_and_flapping_stays_small(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        silences = SilenceLog(journal)
        for second in range(50):
            silences.record_silence(later(TYPING, 2 * second))
            silences.record_silence(later(structs.replace(TYPING, reason="spacing"), 2 * second + 1))
        assert written(journal) == [("typing", 50), ("spacing", 50)]
        assert silences.ongoing is not None
        assert silences.ongoing.reason == "spacing"
