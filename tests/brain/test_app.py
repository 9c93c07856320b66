"""The loop with real index, journal, topics, ranking and gates; only the embedder is a cheap one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from proactive_tui.brain.indexing import indexer_loop
from proactive_tui.brain.worker import Priority
from proactive_tui.ipc.events import (
    ConversationOpened,
    DecisionExplanation,
    FailureReport,
    MomentQuestion,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    RankedSuggestions,
    ReplyChunk,
    ReplyFinished,
    SearchResults,
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    GetSuggestions,
    LeaveConversation,
    OpenConversation,
    RateMoment,
    ReactToOffer,
    ReportKeyPress,
    ResumeConversation,
    SearchNotes,
    SendMessage,
    SetQuietUntil,
    SuggestNow,
)
from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay_events
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from tests.brain.build import QUICK, Face, services, with_offers
from tests.waiting import until


def journaled(data: Path) -> list[events.Event]:
    with Journal.open_readonly(data / "journal.db") as journal:
        return [recorded.event for recorded in journal.read_events()]


def reacted_and_then(data: Path, offer: str) -> events.Event | None:
    """The newest event, once the answer to an offer is kept."""
    kept = journaled(data)
    return kept[-1] if any(isinstance(each, events.ReactionReceived) and each.offer == offer for each in kept) else None


async def test_it_opens_a_conversation_by_itself_and_learns_from_it(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        offered = (await face.next(OfferMade)).offer
        assert any(isinstance(each, events.OfferIssued) and each.offer == offered for each in journaled(face.data))
        assert offered.opener.text
        assert set(offered.propensity) == {"topic", "framing", "moment"}
        assert offered.topic.evidence

        face.ask(OpenConversation(request=1, offer=offered.id))
        conversation = (await face.next(ConversationOpened)).conversation
        assert conversation.turns[0].text == offered.opener.text
        face.ask(
            SendMessage(request=2, conversation=conversation.id, text="What did I write about pre-vote and leases?")
        )
        said = await face.next(ReplyFinished)
        assert said.request == 2
        assert "".join(each.text for each in face.all(ReplyChunk)).strip() == said.turn.text
        assert said.turn.sources
        face.ask(SendMessage(request=3, conversation=conversation.id, text="And about Mara?"))
        await face.next(ReplyFinished, 1)
        face.ask(LeaveConversation(conversation=conversation.id))

        outcome = face.services.history.outcomes[offered.id]
        assert (outcome.reaction, outcome.turns) == ("followed up", 2)
        assert (await face.next(OfferMade, 1)).offer.topic.id != offered.topic.id
    reactions = [each.reaction for each in journaled(tmp_path / "data") if isinstance(each, events.ReactionReceived)]
    assert reactions[:2] == ["engaged", "followed up"]


@pytest.mark.slow
async def test_not_this_is_not_raised_again_and_not_now_is_about_the_moment(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        first = (await face.next(OfferMade)).offer
        weights = face.services.learned.receptivity.learned_weights()
        face.ask(ReactToOffer(offer=first.id, reaction="not this", seconds=2))
        second = (await face.next(OfferMade, 1)).offer
        assert second.topic.id != first.topic.id
        assert face.services.learned.receptivity.learned_weights() == weights, "not this teaches nothing about WHEN"
        ranker = face.services.learned.recommender.ranker.contributions(second.features)
        face.ask(ReactToOffer(offer=second.id, reaction="not now", seconds=2))
        assert face.services.learned.receptivity.learned_weights() != weights
        assert face.services.learned.recommender.ranker.contributions(second.features) == ranker, (
            "and not now not about WHAT"
        )


@pytest.mark.slow
async def test_what_was_learned_is_the_replay_of_the_journal(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        for number, reaction in enumerate(("not this", "not now")):
            offer = (await face.next(OfferMade, number)).offer
            face.ask(ReactToOffer(offer=offer.id, reaction=reaction))  # type: ignore[arg-type]
        live, state = face.services.history, face.services.learned.receptivity.learned_weights()
    again = Face(tmp_path)
    assert again.services.history == live
    assert again.services.learned.receptivity.learned_weights() == state
    again.services.close()


@pytest.mark.slow
async def test_silence_is_journaled_with_its_reason_and_collapsed(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, quiet_hours=("00:00-00:00",))) as face:
        await until(lambda: any(isinstance(each, events.SilenceDecided) for each in journaled(face.data)), 20)
        face.ask(ExplainDecision(request=1))
        because = await face.next(DecisionExplanation)
        assert because.silence is not None
        assert because.silence.reason == "quiet hours"
        assert any(not gate.passed for gate in because.gates)
    silences = [each.silence for each in journaled(tmp_path / "data") if isinstance(each, events.SilenceDecided)]
    assert len(silences) == 1
    assert silences[0].title
    assert not face.all(OfferMade)


@pytest.mark.slow
async def test_typing_holds_it_back(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, idle_seconds=3600.0)) as face:
        face.ask(ReportKeyPress(at=face.clock()))
        await until(lambda: any(isinstance(each, events.SilenceDecided) for each in journaled(face.data)), 20)
        assert not face.all(OfferMade)
        face.ask(SuggestNow(request=9))
        made = await face.next(OfferMade)
        assert made.request == 9
        offer = made.offer
        assert offer.now == "you asked"
        assert offer.reason


@pytest.mark.slow
async def test_quiet_is_kept_and_ends(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        face.ask(SetQuietUntil(until=face.clock() + 3600))
        await until(lambda: any(isinstance(each, events.SilenceDecided) for each in journaled(face.data)), 20)
        assert not face.all(OfferMade)
        face.ask(SetQuietUntil(until=None))
        await face.next(OfferMade)


@pytest.mark.slow
async def test_an_offer_whose_note_changes_is_withdrawn(tmp_path: Path) -> None:
    notes = {"2026-11-21-todo.md": "# Rig\n\n- [ ] send Mara the load-test numbers by 2026-11-27\n"}
    async with Face(tmp_path, notes=notes) as face:
        offer = (await face.next(OfferMade)).offer
        assert offer.topic.kind == "task"
        done = notes["2026-11-21-todo.md"].replace("[ ]", "[x]")
        (face.folder / "2026-11-21-todo.md").write_text(done)
        assert (await face.next(OfferWithdrawn)).offer == offer.id
        assert face.services.history.outcomes[offer.id].reaction == "withdrawn"


@pytest.mark.slow
async def test_an_offer_whose_item_is_ticked_says_that_it_is_done(tmp_path: Path) -> None:
    notes = {"2026-11-21-todo.md": "# Rig\n\n- [ ] send Mara the load-test numbers by 2026-11-27\n- [ ] book it\n"}
    async with Face(tmp_path, notes=notes) as face:
        offer = (await face.next(OfferMade)).offer
        line = offer.topic.evidence[0].text
        (face.folder / "2026-11-21-todo.md").write_text(
            notes["2026-11-21-todo.md"].replace(line, line.replace("[ ]", "[x]"))
        )
        withdrawn = await face.next(OfferWithdrawn)
        assert withdrawn.offer == offer.id
        assert "done" in withdrawn.reason


@pytest.mark.slow
async def test_a_topic_that_was_ticked_a_moment_ago_is_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = {"2026-11-21-todo.md": "# Rig\n\n- [ ] send Mara the load-test numbers by 2026-11-27\n"}
    async with Face(tmp_path, with_offers(QUICK, first_after_seconds=3.0), notes=notes) as face:
        await until(lambda: bool(face.companion.scheduler.openers.prepared_topics), 20)
        monkeypatch.setattr(face.companion.maintainer, "queue_changes", lambda _: None)  # the index does not hear of it
        (face.folder / "2026-11-21-todo.md").write_text(notes["2026-11-21-todo.md"].replace("[ ]", "[x]"))
        await until(
            lambda: any(
                each.silence.reason == "dropped"
                for each in journaled(face.data)
                if isinstance(each, events.SilenceDecided)
            ),
            20,
        )
        assert not face.all(OfferMade)


@pytest.mark.slow
async def test_a_note_saved_while_it_runs_is_found_by_words_and_counts_as_touched(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        await until(lambda: any(now.status.notes.indexed == 3 for now in face.all(StatusUpdate)), 20)
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.notes.mode == "watching", 20)
        (face.folder / "new.md").write_text("# Heron\n\nA heron at the millpond.\n")
        await until(lambda: "new.md" in face.services.history.edit_times, 20)
        face.ask(SearchNotes(request=5, query="heron millpond"))
        found = await face.next(SearchResults)
        assert (found.request, found.hits[0].passage.path) == (5, "new.md")


async def test_suggestions_do_not_count_as_shown(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        face.ask(GetSuggestions(request=1, n=2))
        made = await face.next(RankedSuggestions)
        assert 1 <= len(made.suggestions) <= 2
        assert all(made.reasons)
    assert not [each for each in journaled(tmp_path / "data") if isinstance(each, events.OfferIssued)]


async def test_talking_about_a_passage_and_coming_back_to_it(tmp_path: Path) -> None:
    lines = Evidence(path="2026-11-19-bread.md", line_start=3, line_end=3, text="Hydration of 75 %", heading=("Bread",))
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        face.ask(OpenConversation(request=1, about=lines))
        conversation = (await face.next(ConversationOpened)).conversation
        assert "Hydration of 75 %" in conversation.turns[0].text
        face.ask(LeaveConversation(conversation=conversation.id))
        face.ask(ResumeConversation(request=2, conversation=conversation.id))
        assert (await face.next(ConversationOpened, 1)).conversation == conversation
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].conversations)
        assert face.all(StatusUpdate)[-1].conversations[0].id == conversation.id


@pytest.mark.parametrize(
    "ask",
    [
        ReactToOffer(offer="none", reaction="engaged"),
        RateMoment(offer="none", good=True),
        OpenConversation(request=1, offer="none"),
        SendMessage(request=1, conversation="none", text="x"),
        ResumeConversation(request=1, conversation="none"),
    ],
)
async def test_what_is_gone_is_said(
    tmp_path: Path, ask: ReactToOffer | RateMoment | OpenConversation | SendMessage | ResumeConversation
) -> None:
    async with Face(tmp_path, notes={}) as face:
        face.ask(ask)
        failure = await face.next(FailureReport)
        assert (failure.request, failure.message) == (getattr(ask, "request", 0), "none"), (
            "which request, and what is gone"
        )


async def test_nothing_to_raise_is_said_when_asked(tmp_path: Path) -> None:
    async with Face(tmp_path, notes={"a.md": "# A\n\nA plain remark.\n"}) as face:
        await until(lambda: any(now.status.notes.indexed == 1 for now in face.all(StatusUpdate)), 20)
        face.ask(SuggestNow(request=4))
        assert (await face.next(FailureReport)).request == 4
        face.ask(ExplainDecision(request=5))
        assert (await face.next(DecisionExplanation)).offer is None


@pytest.mark.slow
async def test_replay_of_the_journal_is_the_state_of_the_loop(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        offer = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=offer.id, reaction="snoozed", until=offer.at + 3600))
        assert face.services.history.outcomes[offer.id].snoozed_until == offer.at + 3600
        with Journal.open_readonly(face.data / "journal.db") as journal:
            assert replay_events(journal.read_events()).outcomes == face.services.history.outcomes


ONE = with_offers(QUICK, per_day=1)


@pytest.mark.slow
async def test_it_asks_once_how_the_moment_was_and_takes_the_answer_at_its_word(tmp_path: Path) -> None:
    async with Face(tmp_path, ONE) as face:
        offer = (await face.next(OfferMade)).offer
        face.ask(OpenConversation(request=1, offer=offer.id))
        conversation = (await face.next(ConversationOpened)).conversation
        receptivity = face.services.learned.receptivity
        taken_up = receptivity.predict(offer.when)
        assert not face.all(MomentQuestion), "not while they talk"
        face.ask(LeaveConversation(conversation=conversation.id))
        assert (await face.next(MomentQuestion)).offer == offer.id
        assert events.MomentAsked(offer=offer.id) in journaled(face.data), "before it is shown"
        face.ask(RateMoment(offer=offer.id, good=False))
        face.ask(RateMoment(offer=offer.id, good=True))
        assert receptivity.predict(offer.when) < offer.receptivity < taken_up
        face.ask(ExplainDecision(request=2, offer=offer.id))
        assert "you said it was a bad moment" in (await face.next(DecisionExplanation)).remarks
    answers = [each for each in journaled(tmp_path / "data") if isinstance(each, events.MomentRated)]
    assert answers == [events.MomentRated(offer=offer.id, good=False)]


@pytest.mark.slow
async def test_a_question_that_was_let_be_is_not_asked_again_that_day_not_even_after_a_restart(tmp_path: Path) -> None:
    hasty = with_offers(QUICK, hold_minutes=0.01)  # what was turned down makes it wait otherwise
    async with Face(tmp_path, hasty) as face:
        first = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=first.id, reaction="not this"))
        assert (await face.next(MomentQuestion)).offer == first.id
    async with Face(tmp_path, hasty) as again:
        second = (await again.next(OfferMade)).offer
        again.ask(ReactToOffer(offer=second.id, reaction="not this"))
        await until(
            lambda: isinstance(reacted_and_then(again.data, second.id), events.OfferIssued | events.SilenceDecided)
        )
        assert not again.all(MomentQuestion)  # it would have come before
    assert len([each for each in journaled(tmp_path / "data") if isinstance(each, events.MomentAsked)]) == 1


@pytest.mark.slow
async def test_it_does_not_ask_when_that_is_switched_off_or_the_offer_was_asked_for(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, ask=False)) as face:
        first = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=first.id, reaction="not this"))
        await face.next(OfferMade, 1)
        assert not face.all(MomentQuestion)
    wanted = with_offers(QUICK, idle_seconds=3600.0)
    (tmp_path / "other").mkdir()
    async with Face(tmp_path / "other", wanted) as face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        face.ask(ReportKeyPress(at=face.clock()))
        face.ask(SuggestNow(request=9))
        offer = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=offer.id, reaction="not this"))
        await until(lambda: any(isinstance(each, events.SilenceDecided) for each in journaled(face.data)), 20)
        assert not face.all(MomentQuestion)


async def test_vectors_of_a_note_that_is_gone_go_at_once(tmp_path: Path) -> None:
    """Also where nothing new comes that would have to be embedded."""
    async with Face(tmp_path) as face:
        index = face.services.index
        await until(lambda: face.companion.maintainer.progress.pending == 0 and len(index.vectors._embedded.ids) == 3)
        (face.folder / "2026-11-19-bread.md").unlink()
        await until(lambda: len(index.vectors._embedded.ids) == 2, 20)
        stored = await face.companion.worker.run(Priority.PERSON, lambda: index.vectors._open_passages().list_ids())
        assert len(stored) == 2


async def test_vectors_that_a_kill_left_behind_go_at_the_next_start(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        await until(
            lambda: (
                face.companion.maintainer.progress.pending == 0 and len(face.services.index.vectors._embedded.ids) == 3
            )
        )
    it = services(tmp_path)
    (face.folder / "2026-11-19-bread.md").unlink()
    it.index.refresh()  # the note is gone from the words, and here it was killed
    it.close()
    async with Face(tmp_path, notes={}) as face:
        index = face.services.index
        assert len(index.vectors._embedded.ids) == 3
        await until(lambda: len(index.vectors._embedded.ids) == 2, 20)


async def test_a_step_of_the_index_that_fails_by_a_bug_is_told_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_loop, "RETRY_SECONDS", 0.01)
    face = Face(tmp_path, with_offers(QUICK, per_day=0))
    mine, failures = face.services.mine_in_steps, 3

    def fail_thrice(at: float, kinds: Sequence[Kind]) -> Iterator[tuple[Topic, ...] | None]:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise ValueError
        return mine(at, kinds)

    face.services.mine_in_steps = fail_thrice  # type: ignore[method-assign]
    async with face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        assert not face.companion.part_failed.is_set()
        (told,) = face.all(OwnerNotice)
        assert "ValueError" in told.message
