"""Never from this calendar: said, kept, listed, lifted and forgotten with its source."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.brain.forgetting import ForgetSelection, forget_records
from proactive_tui.ipc.events import LearningFeedback, OfferMade, StatusUpdate
from proactive_tui.ipc.requests import ReactToOffer, SuggestNow
from tests.brain.build import QUICK, Face, with_offers
from tests.brain.offers.test_digest_by_itself import with_calendar, write_calendar
from tests.waiting import until


async def test_nothing_of_a_calendar_is_raised_any_more(tmp_path: Path) -> None:
    async with Face(tmp_path, with_calendar(tmp_path, with_offers(QUICK, per_day=0))) as face:
        write_calendar(tmp_path, face.clock())
        await until(lambda: any(topic.kind == "meeting" for topic in face.companion.maintainer.pool), 20)
        (meeting,) = (topic for topic in face.companion.maintainer.pool if topic.kind == "meeting")
        face.ask(SuggestNow(request=1, topic=meeting.id))
        offer = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=offer.id, reaction="not mine", never_folder=True))
        said = "Nothing in the calendar work will be raised"
        await until(lambda: any(said in each.words for each in face.all(LearningFeedback)))
        await until(
            lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.unwanted == ("the calendar work",)
        )
        lines = await face.companion.scheduler.list_digest()
        assert lines
        assert all(line.topic.kind != "meeting" for line in lines)
        assert face.services.history.unraised_folders == {"calendar:work"}
        forget_records(face.services, ForgetSelection(source="calendar"))
    async with Face(tmp_path) as face:
        assert face.services.history.unraised_folders == frozenset()
