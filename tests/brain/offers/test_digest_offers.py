"""A line of the digest becomes an offer when it is chosen, in the place of one that waits."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.ipc.events import DailyDigest, FailureReport, OfferMade, OfferWithdrawn, StatusUpdate
from proactive_tui.ipc.requests import GetDigest, ReactToOffer, SuggestNow
from tests.brain.build import QUICK, Face, with_offers
from tests.waiting import until


async def test_each_line_can_be_raised_and_answered_and_looking_counts_for_nothing(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        face.ask(GetDigest(request=1))
        lines = (await face.next(DailyDigest)).lines
        assert len(lines) > 1
        assert not face.services.history.offers
        last = lines[-1].topic.id
        face.ask(SuggestNow(request=2, topic=last))
        assert (await face.next(OfferMade)).offer.topic.id == last
        face.ask(SuggestNow(request=3, topic=lines[0].topic.id))
        second = (await face.next(OfferMade, 1)).offer
        assert second.topic.id == lines[0].topic.id
        assert len(face.all(OfferWithdrawn)) == 1
        face.ask(ReactToOffer(offer=second.id, reaction="not this"))
        await until(lambda: second.id in face.services.history.outcomes, 20)
        face.ask(SuggestNow(request=4, topic="no such topic"))
        assert (await face.next(FailureReport)).request == 4
