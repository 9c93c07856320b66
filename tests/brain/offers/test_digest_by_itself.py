"""The digest opens by itself with the first offer of a day: through the same gates, once, with a source only."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import UNSET, structs

from proactive_tui.brain.insight.explanation import decision_reasons
from proactive_tui.brain.offers.daily_digest import is_digest_due, opens_by_itself, with_raised_line
from proactive_tui.config import CalendarConfig, Config, OffersConfig
from proactive_tui.ipc.events import DailyDigest, OfferMade
from proactive_tui.ipc.requests import GetDigest, ReactToOffer
from proactive_tui.journal.events import OfferIssued
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.offer_values import DigestLine, Offer
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.clock import utc_offset
from proactive_tui.units import SECONDS_PER_DAY
from tests.brain.build import QUICK, Face, services, with_offers
from tests.brain.test_app import journaled
from tests.sources.calendar.made_calendars import calendar, event
from tests.tui.fakes import offer as made_offer
from tests.waiting import until

DAY = SECONDS_PER_DAY
NOON = 20_000 * DAY + DAY / 2
CONFIG = OffersConfig()


def with_calendar(tmp_path: Path, config: Config = QUICK, *, enabled: bool = True) -> Config:
    return structs.replace(config, calendar=CalendarConfig(enabled=enabled, files=(str(tmp_path / "work.ics"),)))


def write_calendar(tmp_path: Path, now: float) -> None:
    start = (dt.datetime.fromtimestamp(now, dt.UTC) + dt.timedelta(minutes=40)).strftime(":%Y%m%dT%H%M%SZ")
    text = calendar(event("DURATION:PT1H", summary="Load test numbers with Mara", start=start))
    (tmp_path / "work.ics").write_bytes(text)


async def test_it_opens_once_a_day_and_a_restart_does_not_repeat_it(tmp_path: Path) -> None:
    async with Face(tmp_path, with_calendar(tmp_path)) as face:
        write_calendar(tmp_path, face.clock())
        first = (await face.next(OfferMade)).offer
        assert first.digest
        assert first.digest >= 3
        assert any("digest of the day" in reason for reason in decision_reasons(first))
        face.ask(GetDigest(request=1))
        lines = (await face.next(DailyDigest)).lines
        assert first.topic.id in [line.topic.id for line in lines], "the offer is one of its lines"
        face.ask(ReactToOffer(offer=first.id, reaction="not now"))
        second = (await face.next(OfferMade, 1)).offer
        assert not second.digest
    with closing(services(tmp_path)) as again:
        moment = Moment(at=second.at + 60, utc_offset=utc_offset(second.at), history=again.history.past_outcomes)
        assert not is_digest_due(moment, again.history.offers, CONFIG), "a restart knows"
    digests = [each.offer.digest for each in journaled(tmp_path / "data") if isinstance(each, OfferIssued)]
    assert [bool(number) for number in digests[:2]] == [True, False]


@pytest.mark.parametrize("why", ["no source is on", "it is switched off", "nothing came of the source"])
async def test_it_stays_shut(tmp_path: Path, why: str) -> None:
    config = with_calendar(tmp_path, enabled=why != "no source is on")
    if why == "it is switched off":
        config = with_offers(config, digest=False)
    async with Face(tmp_path, config) as face:
        if why != "nothing came of the source":
            write_calendar(tmp_path, face.clock())
        assert not (await face.next(OfferMade)).offer.digest


async def test_behind_a_shut_gate_it_does_not_open(tmp_path: Path) -> None:
    async with Face(tmp_path, with_calendar(tmp_path, with_offers(QUICK, quiet_hours=("00:00-00:00",)))) as face:
        write_calendar(tmp_path, face.clock())
        await until(lambda: any(gate.code == "quiet hours" for gate in face.companion.scheduler.gates), 20)
        await asyncio.sleep(2.5)
        assert not face.all(OfferMade)


def history(*made: tuple[float, Reaction | None, int]) -> tuple[Moment, dict[str, Offer]]:
    """A moment at noon after offers, each so many days ago, with its reaction and the lines of its digest."""
    offers = {
        str(n): structs.replace(made_offer(), id=str(n), digest=digest or UNSET)
        for n, (_, _, digest) in enumerate(made)
    }
    outcomes = tuple(_outcome(str(n), NOON - days * DAY, reaction) for n, (days, reaction, _) in enumerate(made))
    return Moment(at=NOON, utc_offset=0, history=outcomes), offers


def _outcome(name: str, at: float, reaction: Reaction | None) -> OfferOutcome:
    return OfferOutcome(
        offer=name, topic="t", aliases=(), cause="c", kind="task", framing="question", at=at, reaction=reaction
    )


@pytest.mark.parametrize(
    ("made", "due"),
    [
        ((), True),
        (((0.1, "engaged", 0),), True),
        (((0.1, "engaged", 5),), False),
        (((0.1, "withdrawn", 5),), True),
        (((0.1, None, 5),), False),
        (((1.0, "engaged", 5),), True),
        (((1.0, "not now", 5),), True),
        (((2.0, "not now", 5), (1.0, "ignored", 5)), False),
        (((3.0, "not now", 5), (2.0, "ignored", 5)), True),
        (((4.0, "not this", 4), (3.0, "not now", 5), (2.0, "ignored", 5)), False),
        (((6.0, "not this", 4), (5.0, "not now", 5), (4.0, "ignored", 5)), True),
        (((3.0, "not this", 4), (2.0, "not now", 5), (1.0, "engaged", 5)), True),
        ((*((float(days), "not this", 5) for days in range(30, 7, -1)), (7.5, "ignored", 5)), True),
    ],
)
def test_when_it_is_due(made: Iterable[tuple[float, Reaction | None, int]], due: bool) -> None:
    moment, offers = history(*made)
    assert is_digest_due(moment, offers, CONFIG) is due
    assert not is_digest_due(moment, offers, structs.replace(CONFIG, digest=False))


def line(name: str, kind: Kind) -> DigestLine:
    return DigestLine(
        group="stories" if kind == "news" else "notes", topic=Topic(id=name, kind=kind, title=name, at=0.0, evidence=())
    )


def test_what_is_worth_opening() -> None:
    notes = (line("a", "task"), line("b", "open question"), line("c", "idea"))
    assert not opens_by_itself(notes), "without anything of a source, it is the notes alone"
    assert not opens_by_itself((line("a", "news"), line("b", "task")))
    assert opens_by_itself((line("n", "news"), *notes[:2]))


def test_the_raised_line_is_added_once_at_the_head_of_its_group() -> None:
    lines = (line("n", "news"), line("a", "task"))
    raised = line("b", "task").topic
    assert [each.topic.id for each in with_raised_line(lines, raised)] == ["n", "b", "a"]
    assert with_raised_line(lines, lines[1].topic) == lines
