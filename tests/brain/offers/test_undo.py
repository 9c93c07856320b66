"""Answers taken back, kinds switched off, and what an answer has changed: the loop with the real parts."""

from __future__ import annotations

import threading
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.ipc.events import (
    ConversationOpened,
    FailureReport,
    LearningFeedback,
    LearningStatistics,
    OfferMade,
    OfferWithdrawn,
    PreparedTopics,
    ReplyFinished,
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    GetPreparedTopics,
    GetStatistics,
    OpenConversation,
    ReactToOffer,
    SendMessage,
    SetFolderEnabled,
    SetKindEnabled,
    UndoReaction,
)
from proactive_tui.journal import events
from proactive_tui.journal.forget import undo_reaction
from proactive_tui.journal.projection import JournalState
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.text.places.note_folders import is_inside
from proactive_tui.text.places.raised_places import raised_place
from tests.brain.build import QUICK, Face, services, settle, with_offers
from tests.brain.model_dump import as_told, state
from tests.brain.test_app import journaled
from tests.journal.builders import T0
from tests.journal.test_projection import events as anything
from tests.waiting import until

NEVER_AGAIN = with_offers(QUICK, spacing_minutes=600.0)
"""One offer, and then a long rest."""


async def unlearned(face: Face, offer: Offer) -> None:
    """Wait until the models are those that never knew."""
    await until(lambda: face.services.history.outcomes[offer.id].reaction is None, 20)


@pytest.mark.parametrize("reaction", ["not this", "not now", "snoozed"])
@pytest.mark.slow
async def test_an_answer_is_undone_to_the_last_bit(tmp_path: Path, reaction: Reaction) -> None:
    async with Face(tmp_path, NEVER_AGAIN) as face:
        offer = (await face.next(OfferMade)).offer
        before = state(face.services.learned, face.services.history)
        face.ask(ReactToOffer(offer=offer.id, reaction=reaction, seconds=2, until=offer.at + 900))
        assert state(face.services.learned, face.services.history) != before
        face.ask(UndoReaction(request=1, offer=offer.id))
        again = await face.next(OfferMade, 1)
        assert (again.request, again.offer, again.again) == (1, offer, True)
        await unlearned(face, offer)
        assert not [each for each in journaled(face.data) if isinstance(each, events.ReactionReceived)]
        after = state(face.services.learned, face.services.history)
        assert {**after, "last": 0} == {**before, "last": 0}
        assert after == as_told(face.services)
        face.ask(ReactToOffer(offer=offer.id, reaction="not now", seconds=1))
        assert face.services.history.outcomes[offer.id].reaction == "not now"


@pytest.mark.slow
async def test_what_is_recorded_while_it_undoes_is_not_lost(tmp_path: Path) -> None:
    async with Face(tmp_path, NEVER_AGAIN) as face:
        offer = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=offer.id, reaction="not this"))
        face.ask(UndoReaction(request=1, offer=offer.id))
        number = 0
        while len(face.all(OfferMade)) < 2:
            number += 1
            face.services.record_event(events.NotesEdited(paths=(f"{number}.md",)), face.clock())
            await settle()
        await face.next(OfferMade, 1)
        await unlearned(face, offer)
        assert number > 0
        assert {f"{each}.md" for each in range(1, number + 1)} <= set(face.services.history.edit_times)
        assert state(face.services.learned, face.services.history) == as_told(face.services)


@pytest.mark.slow
async def test_an_answer_given_while_it_still_undoes_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Face(tmp_path, NEVER_AGAIN) as face:
        offer = (await face.next(OfferMade)).offer
        old, replayed, answered = face.services.learned, face.services.replay_journal, threading.Event()

        def held() -> tuple[JournalState, LearnedModels]:
            fresh = replayed()
            assert answered.wait(20)
            return fresh

        monkeypatch.setattr(face.services, "replay_journal", held)
        face.ask(ReactToOffer(offer=offer.id, reaction="not this"))
        face.ask(UndoReaction(request=1, offer=offer.id))
        await face.next(OfferMade, 1)
        assert face.services.learned is old, "the card is back before the models are"
        face.ask(ReactToOffer(offer=offer.id, reaction="not now"))
        answered.set()
        await until(lambda: face.services.learned is not old, 20)
        assert state(face.services.learned, face.services.history) == as_told(face.services)
        assert [each.reaction for each in journaled(face.data) if isinstance(each, events.ReactionReceived)] == [
            "not now"
        ]


@pytest.mark.slow
async def test_talk_is_undone_with_its_conversation_until_something_was_said(tmp_path: Path) -> None:
    async with Face(tmp_path, NEVER_AGAIN) as face:
        offer = (await face.next(OfferMade)).offer
        before = state(face.services.learned, face.services.history)
        face.ask(OpenConversation(request=1, offer=offer.id))
        conversation = (await face.next(ConversationOpened)).conversation
        face.ask(UndoReaction(request=2, offer=offer.id))
        await face.next(OfferMade, 1)
        await unlearned(face, offer)
        assert {**state(face.services.learned, face.services.history), "last": 0} == {**before, "last": 0}
        assert not [each for each in journaled(face.data) if isinstance(each, events.TurnAdded)]
        files = list(face.data.glob("journal.db*"))
        assert files
        assert not [each.name for each in files if conversation.id.encode() in each.read_bytes()]
        face.ask(SendMessage(request=3, conversation=conversation.id, text="x"))
        assert "gone" in (await face.next(FailureReport)).title

        face.ask(OpenConversation(request=4, offer=offer.id))
        conversation = (await face.next(ConversationOpened, 1)).conversation
        face.ask(SendMessage(request=5, conversation=conversation.id, text="What about leases?"))
        await face.next(ReplyFinished)
        face.ask(UndoReaction(request=6, offer=offer.id))
        assert (await face.next(FailureReport, 1)).request == 6
        assert face.services.history.outcomes[offer.id].reaction == "followed up"


@pytest.mark.slow
async def test_never_this_kind_leaves_the_kind_out_at_once_until_it_is_undone(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=1, first_day=1)) as face:
        offer = (await face.next(OfferMade)).offer
        kind = offer.topic.kind
        face.ask(ReactToOffer(offer=offer.id, reaction="not this", never=True))
        assert (await face.next(LearningFeedback)).offer == offer.id
        assert face.services.history.outcomes[offer.id].reaction == "not this"
        moment = face.companion.tracker.build_moment(face.clock(), face.services.history.past_outcomes)
        left = await face.companion.scheduler.list_suggestions(moment)
        assert kind not in {each.topic.kind for each in left}
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.unwanted == (kind,))
        await until(lambda: kind not in face.companion.maintainer.kinds)
        assert kind not in {each.kind for each in face.companion.maintainer.pool}

        face.ask(UndoReaction(request=1, offer=offer.id))
        assert (await face.next(OfferMade, 1)).offer == offer
        await unlearned(face, offer)
        await until(lambda: kind in {each.kind for each in face.companion.maintainer.pool})
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.unwanted == ())
        assert face.services.history.disabled_kinds == frozenset()
        assert not face.all(OfferWithdrawn)


@pytest.mark.slow
async def test_never_this_folder_is_said_kept_shown_and_lifted(tmp_path: Path) -> None:
    config = with_offers(QUICK, per_day=9, first_day=9)
    async with Face(tmp_path, config) as face:
        offer = (await face.next(OfferMade)).offer
        place = raised_place(offer.topic)
        face.ask(ReactToOffer(offer=offer.id, reaction="not mine", never_folder=True))
        await until(lambda: any(place in each.words for each in face.all(LearningFeedback)))
        assert face.services.history.unraised_folders == {place}
        assert any(is_inside(path, [place]) for path in face.services.index.notes), "still indexed"
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.unwanted == (f"{place}/",))

        moment = face.companion.tracker.build_moment(face.clock(), face.services.history.past_outcomes)
        left = await face.companion.scheduler.list_suggestions(moment)
        assert not [path for each in left for path in each.topic.paths if is_inside(path, [place])]
    async with Face(tmp_path, config) as face:
        face.ask(GetStatistics(request=1))
        (belief,) = [each for each in (await face.next(LearningStatistics)).beliefs if each.unwanted_folder]
        assert (belief.unwanted_folder, belief.offers) == (place, (offer.id,))
        face.ask(SetFolderEnabled(folder=place, wanted=True))
        face.ask(SetFolderEnabled(folder=place, wanted=True))
        assert face.services.history.unraised_folders == frozenset()
    said = [each.value for each in journaled(tmp_path / "data") if isinstance(each, events.SettingChanged)]
    assert said == [False, True]


@pytest.mark.slow
@pytest.mark.parametrize("reaction", ["already done", "not mine"])
async def test_a_closed_topic_is_back_when_it_is_undone(tmp_path: Path, reaction: Reaction) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=1, first_day=1)) as face:
        offer = (await face.next(OfferMade)).offer
        before = state(face.services.learned, face.services.history)
        weights = face.services.learned.recommender.ranker.learned_weights()
        moments = face.services.learned.receptivity.learned_weights()
        face.ask(ReactToOffer(offer=offer.id, reaction=reaction, never_folder=reaction == "not mine"))
        await face.next(LearningFeedback)
        assert face.services.learned.recommender.ranker.learned_weights() == weights, "nothing about taste"
        assert face.services.learned.receptivity.learned_weights() == moments, "nor about the moment"
        assert face.services.learned.reading.shifts_at(face.clock()).cells
        moment = face.companion.tracker.build_moment(face.clock(), face.services.history.past_outcomes)
        left = await face.companion.scheduler.list_suggestions(moment)
        assert offer.topic.id not in {each.topic.id for each in left}

        face.ask(UndoReaction(request=1, offer=offer.id))
        assert (await face.next(OfferMade, 1)).offer == offer
        await unlearned(face, offer)
        assert {**state(face.services.learned, face.services.history), "last": 0} == {**before, "last": 0}
        assert not face.services.learned.reading.shifts_at(face.clock()).cells
        assert face.services.history.unraised_folders == frozenset()
        await until(lambda: face.companion.maintainer.is_idle)
        assert not face.all(OfferWithdrawn)


@pytest.mark.slow
async def test_a_kind_is_switched_off_and_on_again_and_that_is_kept(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        offer = (await face.next(OfferMade)).offer
        face.ask(SetKindEnabled(kind=offer.topic.kind, wanted=False))
        assert (await face.next(OfferWithdrawn)).offer == offer.id
    async with Face(tmp_path) as face:
        assert face.services.history.disabled_kinds == {offer.topic.kind}
        second = (await face.next(OfferMade)).offer
        assert second.topic.kind != offer.topic.kind
        face.ask(SetKindEnabled(kind=offer.topic.kind, wanted=True))
        face.ask(SetKindEnabled(kind=offer.topic.kind, wanted=True))
        await until(lambda: offer.topic.kind in {each.kind for each in face.companion.maintainer.pool})
    said = [each.value for each in journaled(tmp_path / "data") if isinstance(each, events.SettingChanged)]
    assert said == [False, True], "what is so already is not journaled again"


@pytest.mark.slow
async def test_what_left_by_itself_is_brought_back_and_the_answer_corrects_it(tmp_path: Path) -> None:
    async with Face(tmp_path, NEVER_AGAIN) as face:
        face.ask(UndoReaction(request=1))
        assert (await face.next(FailureReport)).request == 1
        offer = (await face.next(OfferMade)).offer
        before = state(face.services.learned, face.services.history)
        face.ask(ReactToOffer(offer=offer.id, reaction="ignored", seconds=240))
        face.ask(UndoReaction(request=2))
        again = await face.next(OfferMade, 1)
        assert (again.offer, again.again) == (offer, True)
        await unlearned(face, offer)
        assert {**state(face.services.learned, face.services.history), "last": 0} == {**before, "last": 0}
        face.ask(OpenConversation(request=3, offer=offer.id))
        await face.next(ConversationOpened)
        assert [each.reaction for each in journaled(face.data) if isinstance(each, events.ReactionReceived)] == [
            "engaged"
        ]


@pytest.mark.slow
async def test_it_says_what_it_has_prepared_when_asked(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        await until(lambda: len(face.companion.scheduler.openers), 20)
        face.ask(GetPreparedTopics(request=7))
        ahead = await face.next(PreparedTopics)
        assert ahead.request == 7
        assert set(ahead.topics) <= {(each.kind, each.title) for each in face.companion.maintainer.pool}
        assert ahead.topics


def test_models_and_history_after_an_undo_are_the_replay(tmp_path: Path) -> None:
    """Whatever was answered and whatever comes between: before, during and after."""
    it = services(tmp_path, notes={})

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(anything(), max_size=20), st.lists(anything(), max_size=6), st.sampled_from(["o1", "o2"]))
    def property_of(happened: list[events.Event], meanwhile: list[events.Event], offer: str) -> None:
        it.journal.delete_events([each.id for each in it.journal.read_events()], thoroughly=False)
        it.adopt_replay(*it.replay_journal())
        for number, event in enumerate(happened):
            it.record_event(event, T0 + number)
        undo_reaction(it.journal, offer)
        fresh = it.replay_journal()
        for number, event in enumerate(meanwhile, 100):
            it.record_event(event, T0 + number)
        it.adopt_replay(*fresh)
        assert state(it.learned, it.history) == as_told(it)

    property_of()
    it.close()
