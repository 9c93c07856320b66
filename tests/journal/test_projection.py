from __future__ import annotations

from collections.abc import Sequence

import hypothesis.strategies as st
import msgspec
from hypothesis import given, settings
from msgspec import structs

from proactive_tui.journal.events import (
    QUIET_UNTIL,
    Event,
    MomentAsked,
    MomentRated,
    NotesEdited,
    OfferIssued,
    ReactionReceived,
    RecordedEvent,
    SettingChanged,
    SilenceDecided,
    TurnAdded,
)
from proactive_tui.journal.projection import (
    MAX_EDITS_PER_NOTE,
    EventSubscribers,
    JournalState,
    apply_event,
    replay_events,
)
from proactive_tui.model.offer_values import Offer, Opener
from proactive_tui.model.shared_words import FRAMINGS, REACTIONS, Reaction
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.moment.receptivity import ReceptivityModel
from tests.journal.builders import T0, offer, silence, topic, turn


class Notebook:
    """Learns everything by heart."""

    def __init__(self) -> None:
        self.learned: list[tuple[str, Reaction, float]] = []

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        self.learned.append((offer.id, reaction, at))


def recorded(*events: Event) -> list[RecordedEvent]:
    return [RecordedEvent(id=n, at=T0 + n, event=event) for n, event in enumerate(events, start=1)]


def test_history_has_each_offer_with_what_came_of_it() -> None:
    about = topic("t1", "a.md", "a.md", "b.md", aliases=("t0",))
    history = replay_events(
        recorded(
            OfferIssued(offer=offer("o1", about)),
            ReactionReceived(offer="o1", reaction="snoozed", until=T0 + 99),
            OfferIssued(offer=offer("o2", at=T0 + 5)),
        )
    )
    first, second = history.past_outcomes
    assert (first.topic, first.aliases, first.paths) == ("t1", ("t0",), ("a.md", "b.md"))
    assert (first.reaction, first.reacted_at, first.snoozed_until) == ("snoozed", T0 + 2, T0 + 99)
    assert (second.offer, second.reaction) == ("o2", None)
    assert history.offers["o1"].topic == about


def test_learners_get_each_reaction_with_the_snapshot() -> None:
    notebook = Notebook()
    replay_events(
        recorded(
            OfferIssued(offer=offer("o1")),
            ReactionReceived(offer="o1", reaction="engaged"),
            ReactionReceived(offer="o1", reaction="followed up", turns=1),
            ReactionReceived(offer="unknown", reaction="engaged"),
        ),
        EventSubscribers(reaction_learners=(notebook,)),
    )
    assert notebook.learned == [("o1", "engaged", T0 + 2), ("o1", "followed up", T0 + 3)]


def test_the_same_reaction_twice_teaches_once() -> None:
    notebook = Notebook()
    history = replay_events(
        recorded(
            OfferIssued(offer=offer("o1")),
            ReactionReceived(offer="o1", reaction="followed up", turns=1),
            ReactionReceived(offer="o1", reaction="followed up", turns=3),
            ReactionReceived(offer="o1", reaction="engaged"),
        ),
        EventSubscribers(reaction_learners=(notebook,)),
    )
    assert notebook.learned == [("o1", "followed up", T0 + 2)]
    assert (history.past_outcomes[0].reaction, history.past_outcomes[0].turns) == ("followed up", 3)


def test_snoozing_again_moves_the_time() -> None:
    history = replay_events(
        recorded(
            OfferIssued(offer=offer("o1")),
            ReactionReceived(offer="o1", reaction="snoozed", until=T0 + 10),
            ReactionReceived(offer="o1", reaction="snoozed", until=T0 + 99),
        )
    )
    assert history.past_outcomes[0].snoozed_until == T0 + 99


def test_the_question_and_its_answer_are_kept_with_the_offer_and_teach_once() -> None:
    told: list[tuple[str, bool, float]] = []

    class Confidant:
        def learn_answer(self, offer: Offer, good: bool, at: float) -> None:
            told.append((offer.id, good, at))

    history = replay_events(
        recorded(
            OfferIssued(offer=offer("o1")),
            ReactionReceived(offer="o1", reaction="not this"),
            MomentAsked(offer="o1"),
            MomentAsked(offer="unknown"),
            MomentRated(offer="o1", good=False),
            MomentRated(offer="o1", good=True),
            MomentRated(offer="unknown", good=True),
            OfferIssued(offer=offer("o2")),
        ),
        EventSubscribers(answer_learners=(Confidant(),)),
    )
    first, second = history.past_outcomes
    assert (first.reaction, first.asked_at, first.good) == ("not this", T0 + 3, False)
    assert (second.asked_at, second.good) == (None, None)
    assert told == [("o1", False, T0 + 5)]


def test_touches_are_kept_by_note_and_bounded() -> None:
    events: list[Event] = [
        NotesEdited(paths=("a.md", "b.md")),
        *[NotesEdited(paths=("a.md",))] * (MAX_EDITS_PER_NOTE + 5),
    ]
    history = replay_events(recorded(*events))
    assert history.edit_times["b.md"] == [T0 + 1]
    assert history.edit_times["a.md"] == [T0 + 7 + n for n in range(MAX_EDITS_PER_NOTE)]


def test_witnesses_see_what_was_touched_together() -> None:
    class Witness:
        def __init__(self) -> None:
            self.seen: list[tuple[tuple[str, ...], float]] = []

        def learn_edits(self, paths: Sequence[str], at: float) -> None:
            self.seen.append((tuple(paths), at))

    witness = Witness()
    replay_events(
        recorded(NotesEdited(paths=("a.md", "b.md")), SettingChanged(key="x", value=1.0)),
        EventSubscribers(edit_learners=(witness,)),
    )
    assert witness.seen == [(("a.md", "b.md"), T0 + 1)]


def test_quiet_is_what_was_said_last() -> None:
    assert replay_events([]).quiet_until is None
    assert replay_events(recorded(SettingChanged(key=QUIET_UNTIL, value=int(T0)))).quiet_until == T0
    assert (
        replay_events(
            recorded(SettingChanged(key=QUIET_UNTIL, value=T0), SettingChanged(key=QUIET_UNTIL, value=None))
        ).quiet_until
        is None
    )
    assert replay_events(recorded(SettingChanged(key="loud", value=True))).settings == {"loud": True}


def test_an_event_is_folded_in_once() -> None:
    notebook, history = Notebook(), JournalState()
    events = recorded(OfferIssued(offer=offer("o1")), ReactionReceived(offer="o1", reaction="not now"))
    for each in [*events, *events]:
        apply_event(history, each, EventSubscribers(reaction_learners=(notebook,)))
    assert notebook.learned == [("o1", "not now", T0 + 2)]
    assert history.last_id == 2


def events() -> st.SearchStrategy[Event]:
    """Events over few offers, topics and notes, so that they meet."""
    offers, paths = st.sampled_from(["o1", "o2", "o3", "o4"]), st.sampled_from(["a.md", "b.md", "sub/c.md"])
    topics = st.builds(
        lambda number, paths, aliases: topic(number, *paths, aliases=tuple(aliases)),
        st.sampled_from(["t1", "t2", "t3"]),
        st.lists(paths, min_size=1, max_size=2, unique=True),
        st.lists(st.sampled_from(["t2", "t3", "t4"]), max_size=1),
    )
    when = st.dictionaries(st.sampled_from(["focused", "idle", "time: night"]), st.floats(0, 1), max_size=3)
    what = st.dictionaries(
        st.sampled_from(["due soon", "tag:x", "meaning:1", "meaning:2"]), st.floats(0, 1), max_size=3
    )
    silences = st.builds(
        lambda reason, number, paths: silence(reason, about=number, paths=tuple(paths)),
        st.sampled_from(["typing", "away"]),
        st.sampled_from(["t1", "t2", "t3"]),
        st.lists(paths, max_size=2),
    )
    return st.one_of(
        st.builds(
            lambda number, about, when, what, opener: OfferIssued(
                offer=offer(number, about, when=when, features=what, opener=opener)
            ),
            offers,
            topics,
            when,
            what,
            st.builds(Opener, text=st.just("Well?"), framing=st.sampled_from(FRAMINGS), spoken_by=st.just("template")),
        ),
        st.builds(ReactionReceived, offer=offers, reaction=st.sampled_from(REACTIONS), turns=st.integers(0, 3)),
        st.builds(MomentAsked, offer=offers),
        st.builds(MomentRated, offer=offers, good=st.booleans()),
        st.builds(SilenceDecided, silence=silences),
        st.builds(
            lambda number, by, paths: TurnAdded(conversation=number, turn=turn("x", T0, "user", *paths), offer=by),
            st.sampled_from(["c1", "c2"]),
            st.one_of(st.just(""), offers),
            st.lists(paths, max_size=1),
        ),
        st.builds(NotesEdited, paths=st.lists(paths, min_size=1, max_size=3, unique=True).map(tuple)),
        st.builds(SettingChanged, key=st.just(QUIET_UNTIL), value=st.one_of(st.none(), st.floats(0, T0))),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(events(), max_size=25), st.integers(0, 25))
def test_learning_live_and_by_replay_are_the_same(happened: list[Event], restart: int) -> None:
    log = recorded(*happened)
    live = ReceptivityModel()
    history = replay_events(log[:restart], EventSubscribers(reaction_learners=(live,), answer_learners=(live,)))
    for each in log[restart:]:
        apply_event(history, each, EventSubscribers(reaction_learners=(live,), answer_learners=(live,)))
    again = ReceptivityModel()
    replayed = replay_events(log, EventSubscribers(reaction_learners=(again,), answer_learners=(again,)))
    assert msgspec.to_builtins(replayed) == msgspec.to_builtins(history)
    assert again.learned_weights() == live.learned_weights()


def test_what_was_said_from_memory_is_remembered_by_note() -> None:
    source = Evidence(path="a.md", line_start=1, line_end=1, text="Leases end.")
    answer = Turn(role="assistant", text="You had this.", at=T0, sources=(source, source), recalled=0.5)
    other = structs.replace(answer, recalled=None)
    history = replay_events(recorded(*(TurnAdded(conversation="c", turn=turn) for turn in (answer, other, answer))))
    assert [recall.share for recall in history.recalls["a.md"]] == [0.5, 0.5]
    assert history.recalls.keys() == {"a.md"}
