"""The whole brain under a clock that jumps: nothing dies, the journal is in order, and it goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.brain.app import BrainApp
from proactive_tui.brain.offers.silence_log import SILENCE_WRITE_SECONDS, SilenceLog
from proactive_tui.ipc.events import FailureReport, OfferMade, OwnerNotice, RankedSuggestions
from proactive_tui.ipc.requests import GetStatistics, GetSuggestions, ReactToOffer, SetQuietUntil, SuggestNow
from proactive_tui.journal.events import SilenceDecided
from proactive_tui.journal.journal import Journal
from proactive_tui.moment.availability import AvailabilityModel
from proactive_tui.moment.sensors.edits import drop_repeated_edits
from tests.brain.build import Face
from tests.brain.model_dump import as_told, state
from tests.journal.builders import T0, silence
from tests.waiting import until

DAY = 86_400.0
JUMPS = (DAY, -DAY, 0.0, 400 * DAY, -400 * DAY, 7 * 3600.0)
"""By how much the clock is off, one after the other."""


class Jumping(Face):
    """A face whose brain has a clock that can be set."""

    off = 0.0

    def clock(self) -> float:
        return super().clock() + self.off


@pytest.mark.slow
async def test_a_brain_goes_on_under_a_clock_that_jumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proactive_tui.brain.offers.scheduler.TICK_SECONDS", 0.05)
    notes = {f"{n}.md": f"# Note {n}\n\nNot sure whether the heron {n} is at the weir {n}.\n" for n in range(12)}
    jumping = Jumping(tmp_path, notes=notes)
    async with jumping as face:
        assert isinstance(face.companion, BrainApp)
        offers = 0
        for number, off in enumerate(JUMPS):
            jumping.off = off
            (face.folder / f"{number}.md").write_text(f"# Again\n\nWhy is the otter {number} at the ford {number}?\n")
            face.ask(SuggestNow(request=1000 + number))
            offered = await face.next(OfferMade, offers)
            offers = len(face.all(OfferMade))
            face.ask(ReactToOffer(offer=offered.offer.id, reaction="not now"))
            face.ask(SetQuietUntil(until=None))
            face.ask(GetStatistics(request=2000 + number))
            face.ask(GetSuggestions(request=3000 + number))
            await face.next(RankedSuggestions, number)
            offers = len(face.all(OfferMade))
            assert not face.companion.part_failed.is_set()
        assert offers <= 3 * len(JUMPS)
        assert not [tell for tell in face.all(FailureReport) if tell.request < 1000]
        assert not face.all(OwnerNotice)
        live, told = state(face.services.learned, face.services.history), as_told(face.services)
        for each in ("last", "here"):  # silences have numbers; the hours since the last touch pass by the clock
            del live[each], told[each]
        assert live == told
    with Journal.open_readonly(tmp_path / "data" / "journal.db") as journal:
        recorded = list(journal.read_events())
        assert [each.id for each in recorded] == sorted({each.id for each in recorded})
        silences = [each.event.silence for each in recorded if isinstance(each.event, SilenceDecided)]
        assert all(each.at <= each.last for each in silences)
        assert journal.newest_decision() is not None
    with closing(sqlite3.connect(tmp_path / "data" / "journal.db")) as raw:
        assert raw.execute("SELECT count(*) FROM events WHERE last < at").fetchone() == (0,)


def test_a_silence_of_a_time_still_to_come_is_a_row_of_its_own(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        silences = SilenceLog(journal)
        silences.record_silence(silence("typing", T0 + DAY))
        silences.record_silence(silence("typing", T0))
        silences.record_silence(silence("typing", T0 + 10))
        silences.record_silence(silence("typing", T0 + SILENCE_WRITE_SECONDS + 1))
        silences.flush()
        rows = [each.event.silence for each in journal.read_events() if isinstance(each.event, SilenceDecided)]
    assert [(row.at - T0, row.last - T0, row.times) for row in rows] == [
        (DAY, DAY, 1),
        (0.0, SILENCE_WRITE_SECONDS + 1, 3),
    ]


def test_touches_go_on_after_a_clock_that_was_ahead() -> None:
    assert drop_repeated_edits(["a.md"], T0, {"a.md": T0 + DAY}) == ("a.md",)
    presence = AvailabilityModel()
    presence.learn_edits(["a.md"], T0 + 365 * DAY)
    for hour in range(24 * 8):
        presence.learn_edits(["a.md"], T0 + 3600 * hour)
    assert presence.relative_availability(T0 + 3600 * 24 * 8) is not None
    assert sum(presence.hourly_profile(0)) > 20


async def test_topics_are_found_anew_when_the_machine_slept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Timers stand still meanwhile, so what is older than an hour by the clock is noticed by looking at it."""
    monkeypatch.setattr("proactive_tui.brain.indexing.indexer_loop.CLOCK_CHECK_SECONDS", 0.05)
    jumping = Jumping(tmp_path)
    async with jumping as face:
        upkeep = face.companion.maintainer
        await until(lambda: upkeep.mined_at is not None and upkeep.progress.pending == 0 and not upkeep._wake.is_set())
        for off in (8 * 3600.0, -DAY):
            jumping.off = off
            await until(lambda: upkeep.mined_at is not None and abs(upkeep.mined_at - face.clock()) < 60)
