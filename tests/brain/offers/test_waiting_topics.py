"""The shelf: what waits, and answers that are given there."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from proactive_tui.brain.offers.deferred import TopicDeferral
from proactive_tui.brain.offers.waiting_topics import compose_shelf
from proactive_tui.ipc.events import FailureReport, OfferMade, ShelfListed, StatusUpdate, TopicAnswered
from proactive_tui.ipc.requests import AnswerTopic, GetShelf, ReactToOffer, SuggestNow, UndoReaction
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer, Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.budget import compute_budget
from proactive_tui.moment.tracker import ActivityTracker
from tests.brain.build import QUICK, Face, with_offers
from tests.tui.fakes import AT, offer
from tests.waiting import until

HOUR = 3_600.0


def topic(name: str) -> Topic:
    return structs.replace(offer().topic, id=name, title=name)


def offered(name: str) -> Offer:
    return structs.replace(offer(f"offer {name}", reason=f"why {name}"), topic=topic(name))


def outcome(name: str, reaction: Reaction, hours_ago: float, *, back_in: float | None = None) -> OfferOutcome:
    at = AT - hours_ago * HOUR
    return OfferOutcome(
        offer=f"offer {name}",
        topic=name,
        aliases=(),
        cause="",
        kind="open question",
        framing="question",
        at=at,
        reaction=reaction,
        reacted_at=at,
        snoozed_until=None if back_in is None else AT + back_in * HOUR,
    )


def suggestion(name: str, *, weak: bool = False) -> Suggestion:
    return Suggestion(topic=topic(name), score=0.5, features={}, contributions={"due": 0.2}, channels={}, weak=weak)


def shelf(
    *outcomes: OfferOutcome, held: tuple[str, ...] = (), ranked: tuple[Suggestion, ...] = (), gone: str = ""
) -> list[tuple[str, str]]:
    """Group and title of each line."""
    lines = compose_shelf(
        [TopicDeferral(topic=topic(name), since=AT - HOUR, best_at=AT) for name in held],
        outcomes,
        {found.offer: offered(found.topic) for found in outcomes},
        ranked,
        lambda known: None if known.id == gone else known,
        at=AT,
        waiting="waiting",
    )
    return [(line.group, line.topic.title) for line in lines]


def test_each_topic_stands_where_it_waits_and_only_there() -> None:
    listed = shelf(
        outcome("left", "ignored", 2),
        outcome("late", "snoozed", 3, back_in=9),
        outcome("soon", "snoozed", 4, back_in=1),
        outcome("over", "snoozed", 4, back_in=-1),
        outcome("answered", "not this", 1),
        outcome("waiting", "withdrawn", 1),
        held=("held",),
        ranked=(suggestion("held"), suggestion("next"), suggestion("poor", weak=True), suggestion("waiting")),
    )
    assert listed == [("held", "held"), ("left", "left"), ("snoozed", "soon"), ("snoozed", "late"), ("next", "next")]


def test_only_the_last_answer_to_a_topic_counts_and_the_newest_left_is_first() -> None:
    assert shelf(outcome("once", "ignored", 3), outcome("once", "already done", 1)) == []
    assert shelf(outcome("once", "not now", 3), outcome("once", "ignored", 2), outcome("new", "withdrawn", 1)) == [
        ("left", "new"),
        ("left", "once"),
    ]
    assert shelf(outcome("old", "ignored", 24 * 15)) == []
    assert shelf(outcome("gone", "ignored", 1), held=("gone",), gone="gone") == []


def test_where_nothing_is_worth_it_a_few_that_come_nearest_are_listed() -> None:
    weak = tuple(suggestion(f"weak {number}", weak=True) for number in range(9))
    assert shelf(ranked=weak) == [("next", "weak 0"), ("next", "weak 1"), ("next", "weak 2")]


async def test_a_line_is_answered_without_an_offer_and_what_waits_stays(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        face.ask(SuggestNow(request=1))
        waiting = (await face.next(OfferMade)).offer
        face.ask(GetShelf(request=2))
        shelf = await face.next(ShelfListed)
        assert shelf.lines
        assert {line.group for line in shelf.lines} == {"next"}
        assert all(line.reason for line in shelf.lines)
        assert waiting.topic.id not in {line.topic.id for line in shelf.lines}

        chosen = shelf.lines[0].topic
        face.ask(AnswerTopic(request=3, topic=chosen.id, reaction="snoozed", until=face.clock() + HOUR))
        stood_for = (await face.next(TopicAnswered)).offer
        assert stood_for.topic.id == chosen.id
        assert len(face.all(OfferMade)) == 1
        history = face.services.history
        assert history.outcomes[stood_for.id].reaction == "snoozed"
        moment = ActivityTracker(QUICK.sensors, face.clock(), ()).build_moment(face.clock(), history.past_outcomes)
        assert compute_budget(moment, QUICK.offers).made == 1, "only the offer was an interruption"

        face.ask(GetShelf(request=4))
        line = (await face.next(ShelfListed, 1)).lines[0]
        assert (line.group, line.topic.id) == ("snoozed", chosen.id)
        assert line.at is not None
        assert line.at > face.clock()

        face.ask(AnswerTopic(request=5, topic=chosen.id, reaction="already done"))  # although it rests
        done = (await face.next(TopicAnswered, 1)).offer
        face.ask(GetShelf(request=6))
        assert chosen.id not in {line.topic.id for line in (await face.next(ShelfListed, 2)).lines}
        face.ask(UndoReaction(request=7, offer=done.id))
        assert (await face.next(OfferMade, 1)).offer.id == done.id
        face.ask(ReactToOffer(offer=done.id, reaction="not now"))

        face.ask(AnswerTopic(request=8, topic="no such topic", reaction="not now"))
        assert (await face.next(FailureReport)).request == 8
