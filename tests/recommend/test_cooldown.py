"""A topic that was offered comes back only when its cause changed or its time has come."""

from __future__ import annotations

import random
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from proactive_tui.config import Config
from proactive_tui.journal.events import Event, OfferIssued, ReactionReceived, RecordedEvent
from proactive_tui.journal.projection import replay_events as folded
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.shared_words import REACTIONS, TOPIC_KINDS, Kind, Reaction
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.cooldown import TAKEN_UP_COOLDOWN_SECONDS, cooldown_until
from proactive_tui.recommend.history import build_moment_history
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.topics.quoting import hash_parts, topic_id
from tests.recommend.build import DAY, HOUR, NOW, offer, outcome, rested, topic


def test_a_topic_never_offered_is_rested() -> None:
    assert rested(topic("new"), [outcome("other")], NOW)


@pytest.mark.parametrize(
    ("reaction", "still_rests", "is_back"),
    [
        (None, 0.9 * DAY, 1.1 * DAY),
        ("not now", 0.9 * HOUR, 1.1 * HOUR),
        ("ignored", 0.9 * DAY, 1.1 * DAY),
        ("snoozed", 0.9 * DAY, 1.1 * DAY),
        ("engaged", 6.9 * DAY, 7.1 * DAY),
        ("followed up", 6.9 * DAY, 7.1 * DAY),
        ("withdrawn", 0.9 * HOUR, 1.1 * HOUR),
    ],
)
def test_each_reaction_asks_for_its_rest(reaction: Reaction | None, still_rests: float, is_back: float) -> None:
    history = [outcome(reaction=reaction, at=NOW)]
    assert not rested(topic(), history, NOW + still_rests)
    assert rested(topic(), history, NOW + is_back)


@pytest.mark.parametrize("reaction", [None, "ignored", "engaged", "followed up"])
@pytest.mark.parametrize("cause", ["", "another"])
def test_a_remark_about_the_days_is_made_once_a_week_at_the_most(reaction: Reaction | None, cause: str) -> None:
    history = [replace(outcome(reaction=reaction, at=NOW), kind="rhythm")]
    remark = replace(topic(), kind="rhythm", cause=cause or topic().cause)
    assert not rested(remark, history, NOW + 6.9 * DAY)
    assert rested(remark, history, NOW + 7.1 * DAY)
    later = [replace(outcome(reaction="not now", at=NOW), kind="rhythm")]
    assert rested(replace(topic(), kind="rhythm"), later, NOW + 1.1 * HOUR)


def test_not_this_never_comes_back_by_itself() -> None:
    assert not rested(topic(), [outcome(reaction="not this", at=NOW)], NOW + 10_000 * DAY)


def test_an_offer_withdrawn_later_does_not_undo_not_this() -> None:
    history = [outcome(reaction="not this", at=NOW - DAY), outcome(reaction="withdrawn", at=NOW)]
    assert not rested(topic(), history, NOW + 100 * DAY)


@given(
    st.sampled_from([each for each in REACTIONS if each not in {"withdrawn", "already done", "not mine"}]),
    st.floats(0, 1000 * DAY),
)
def test_a_changed_cause_brings_it_back_at_once(reaction: Reaction, later: float) -> None:
    assert rested(topic(cause="another"), [outcome(reaction=reaction, at=NOW)], NOW + later)


def test_snoozed_until_is_kept_to_the_second() -> None:
    history = [outcome(reaction="snoozed", at=NOW, snoozed_until=NOW + 500.0)]
    assert not rested(topic(), history, NOW + 499.0)
    assert rested(topic(), history, NOW + 500.0)


@pytest.mark.parametrize(("times", "days"), [(1, 1), (2, 2), (3, 4), (5, 16), (12, 60)])
def test_an_ignored_topic_waits_twice_as_long_each_time(times: int, days: int) -> None:
    history = [outcome(reaction="ignored", at=NOW + number) for number in range(times)]
    last = history[-1].at
    assert not rested(topic(), history, last + days * DAY - 1)
    assert rested(topic(), history, last + days * DAY)


def test_being_taken_up_ends_a_run_of_ignored() -> None:
    reactions: list[Reaction] = ["ignored", "engaged", "ignored"]
    history = [outcome(reaction=reaction, at=NOW + number) for number, reaction in enumerate(reactions)]
    assert rested(topic(), history, history[-1].at + DAY)


def test_not_now_is_about_the_moment_and_waits_a_day_at_the_most() -> None:
    history = [outcome(reaction="not now", at=NOW + number) for number in range(20)]
    assert not rested(topic(), history, history[-1].at + DAY - 1)
    assert rested(topic(), history, history[-1].at + DAY)


@pytest.mark.parametrize("kind", TOPIC_KINDS)
def test_what_was_taken_up_returns_at_growing_distances(kind: str) -> None:
    about = topic(kind=kind)  # type: ignore[arg-type]
    once, twice = [outcome(at=NOW)], [outcome(at=NOW - DAY), outcome(at=NOW)]
    assert rested(about, once, NOW + TAKEN_UP_COOLDOWN_SECONDS[about.kind])
    assert not rested(about, twice, NOW + TAKEN_UP_COOLDOWN_SECONDS[about.kind])
    assert rested(about, twice, NOW + 2 * TAKEN_UP_COOLDOWN_SECONDS[about.kind])


def test_a_date_that_comes_near_ends_the_rest_but_not_that_of_not_this() -> None:
    due = NOW + 3 * DAY
    about = topic(kind="open question", due=due)
    cases: list[tuple[Reaction, bool]] = [("engaged", True), ("ignored", True), ("not this", False)]
    for reaction, back in cases:
        history = [outcome(reaction=reaction, at=NOW - 100 * DAY + number) for number in range(10)]
        assert not rested(about, [*history, outcome(reaction=reaction, at=NOW)], due - 1.1 * DAY)
        assert rested(about, [*history, outcome(reaction=reaction, at=NOW)], due - 0.9 * DAY) is back


def test_the_same_thing_under_another_id_rests_too() -> None:
    history = [outcome("old", "not this", cause="in other words")]
    assert not rested(topic("new", aliases=("old",)), history, NOW)
    merged = [outcome("first", "not this", aliases=("t",), cause="in other words")]
    assert not rested(topic("t"), merged, NOW)


@settings(deadline=None)  # the first title loads the model that tells languages
@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.floats(0, 100 * DAY)), min_size=1, max_size=8))
def test_once_rested_it_stays_rested(events: list[tuple[Reaction, float]]) -> None:
    history: list[OfferOutcome] = [
        outcome(reaction=reaction, at=NOW + when) for reaction, when in sorted(events, key=lambda event: event[1])
    ]
    end = NOW + 100 * DAY
    states = [rested(topic(), history, end + step * 5 * DAY) for step in range(80)]
    assert states == sorted(states)


def said(title: str, kind: Kind = "task", path: str = "work/raft.md", **more: Any) -> Topic:
    """A topic as the miners make it: its id and cause are its words."""
    lines = Evidence(path=path, line_start=1, line_end=1, text=more.pop("text", title))
    values: dict[str, Any] = {"title": title, "evidence": (lines,), "at": NOW, "cause": hash_parts(kind, title)}
    return Topic(id=topic_id(kind, title), kind=kind, **{**values, **more})


def waved_off(about: Topic) -> list[OfferOutcome]:
    """The history that the journal makes of an offer that was waved off for good."""
    made, reacted = offer({}, about=about), ReactionReceived(offer="o", reaction="not this")
    events: list[Event] = [OfferIssued(offer=made), reacted]
    return list(folded(RecordedEvent(id=n, at=NOW, event=event) for n, event in enumerate(events, 1)).past_outcomes)


LATER = NOW + 300 * DAY
MARA = "Send Mara the load-test numbers"


@pytest.mark.parametrize(
    "now",
    [
        "Send the load-test numbers to Mara",
        "Promised Mara the load test numbers",
        "Send Mara the load-test nubmers",
        "Send Mara the load-test numbers soon",
        "  send\u00a0Mara   the load–test numbers…",
        "Still have to send Mara those load-test numbers!",
    ],
)
def test_what_was_waved_off_rests_in_other_words_of_its_note(now: str) -> None:
    assert not rested(said(now), waved_off(said(MARA)), LATER)
    assert rested(said(now), waved_off(said(MARA, path="elsewhere.md")), LATER) is (said(now).id != said(MARA).id)


@pytest.mark.parametrize(
    "now",
    ["Send Tom the load-test plan", "Book the rig for Mara", "Ask Mara about the lease", "Load-test the new cache"],
)
def test_another_task_of_the_same_note_does_not(now: str) -> None:
    assert rested(said(now), waved_off(said(MARA)), LATER)


def test_numbers_set_tasks_apart() -> None:
    assert rested(said("Read chapter 4 of the Raft book"), waved_off(said("Read chapter 3 of the Raft book")), LATER)


def test_a_moved_line_and_decomposed_accents_are_the_same() -> None:
    words = "Mit Zoë im Café über die Verträge sprechen"
    moved = replace(said(words), evidence=(Evidence(path="work/raft.md", line_start=90, line_end=90, text=words),))
    assert not rested(moved, waved_off(said(words)), LATER)
    assert not rested(said(unicodedata.normalize("NFD", words)), waved_off(said(words)), LATER)


def test_a_day_that_it_is_due_by_is_news_in_any_words() -> None:
    now = said("Send the load-test numbers to Mara", due=NOW + 9 * DAY)
    assert rested(now, waved_off(said(MARA)), NOW + DAY)
    assert not rested(now, waved_off(said(MARA, due=now.due)), NOW + DAY)
    overdue = replace(now, detail=TopicDetails(overdue="2 days"))
    assert rested(overdue, waved_off(said(MARA, due=now.due)), NOW + 11 * DAY)


@pytest.mark.parametrize("kind", ["fading", "thread", "goal"])
def test_a_renamed_note_with_the_same_text_is_the_same(kind: Kind) -> None:
    text = "Pre-vote keeps a partitioned server from raising terms."
    before = said("Raft", kind, "raft.md", text=text, cause="c")
    after = said("Consensus, explained", kind, "consensus/notes.md", text=text, cause="c")
    assert not rested(after, waved_off(before), LATER)
    assert rested(said("Bread", kind, "bread.md", text="Hydration of 75 % was too sticky.", cause="c"),
        waved_off(before), LATER)  # fmt: skip


def test_a_theme_is_its_notes_whatever_it_is_called() -> None:
    before = said("raft, terms and leases", "theme", cause="the notes")
    assert not rested(said("leases, leaders and raft", "theme", cause="the notes"), waved_off(before), LATER)
    assert rested(said("leases, leaders and raft", "theme", cause="more notes"), waved_off(before), LATER)


def test_a_connection_is_between_both_of_its_notes() -> None:
    def between(one: str, other: str, name: str) -> Topic:
        lines = tuple(Evidence(path=path, line_start=1, line_end=1, text=name) for path in (one, other))
        return replace(said("Raft leases ↔ Cache leases", "connection"), id=name, evidence=lines)

    before = between("a.md", "b.md", "passages then")
    assert not rested(between("b.md", "a.md", "passages now"), waved_off(before), LATER)
    assert rested(between("b.md", "c.md", "passages now"), waved_off(before), LATER)


def test_among_ten_thousand_topics_all_that_were_waved_off_rest() -> None:
    chance = random.Random(1)
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}word{chr(97 + n // 676)}" for n in range(1500)]
    pool = [said(" ".join(chance.sample(words, 6)), path=f"{n % 400}.md") for n in range(10_000)]
    history = [each for n in range(0, 10_000, 10) for each in waved_off(pool[n])]
    history = [replace(each, offer=str(number)) for number, each in enumerate(history)]
    standing = TopicTable.from_topics(pool, {}, history)
    past = build_moment_history(standing, Moment(at=LATER, history=tuple(history)))
    resting = [row for row, offers in past.offers.items() if cooldown_until(standing.topics[row], offers) > LATER]
    assert len(resting) == 1000


def test_it_is_not_suggested_in_other_words() -> None:
    pool = [said("Send the load-test numbers to Mara"), said("Book the rig for Mara"), said("Bake", path="bread.md")]
    moment = Moment(at=LATER, history=tuple(waved_off(said(MARA))))
    standing = TopicTable.from_topics(pool, {}, moment.history)
    made = Recommender(Config()).suggest(standing, moment, RetrievalContext(), random.Random(1))
    assert {each.topic.title for each in made} == {"Book the rig for Mara", "Bake"}


def closed(about: Topic, reaction: Reaction = "already done") -> list[OfferOutcome]:
    """The history of an offer that was closed."""
    made = offer({}, about=about)
    events: list[Event] = [OfferIssued(offer=made), ReactionReceived(offer="o", reaction=reaction)]
    return list(folded(RecordedEvent(id=n, at=NOW, event=event) for n, event in enumerate(events, 1)).past_outcomes)


@pytest.mark.parametrize("reaction", ["already done", "not mine"])
@pytest.mark.parametrize("kind", ["task", "open question", "goal", "idea"])
def test_what_is_closed_stays_closed_in_any_note_whatever_else_changes(reaction: Reaction, kind: Kind) -> None:
    history = closed(said(MARA, kind, due=NOW - DAY), reaction)
    assert not rested(said(MARA, kind, "months/later.md", due=NOW - DAY), history, LATER)
    overdue = said(MARA, kind, due=NOW - DAY, cause="overdue", detail=TopicDetails(overdue="300 days"))
    assert not rested(overdue, history, LATER)
    assert not rested(said("Another", kind, aliases=(said(MARA, kind).id,), cause="merged"), history, LATER)
    assert not rested(said("Send the load-test numbers to Mara", kind), history, LATER), "in other words of its note"
    assert rested(said("Send Tom the load-test plan", kind), history, LATER)


@pytest.mark.parametrize(
    "now",
    ["Mara: send the load-test numbers", "Send the load-test numbers to Mara!", "SEND MARA THE LOAD-TEST NUMBERS"],
)
@pytest.mark.parametrize("kind", ["task", "open question"])
def test_a_closed_topic_is_known_in_another_note_order_and_form(now: str, kind: Kind) -> None:
    assert not rested(said(now, kind, "2027/other.md"), closed(said(MARA)), LATER)
    assert rested(said("Send Mara the load-test numbers of rig 2", kind, "2027/other.md"), closed(said(MARA)), LATER)


def test_one_word_closes_nothing_elsewhere() -> None:
    assert rested(said("laundry!", "open question", "b.md"), closed(said("Laundry", path="a.md")), LATER)


def test_what_recurs_is_open_again_and_what_is_not_mine_is_not() -> None:
    done, again = said(MARA, due=NOW - DAY), said(MARA, due=NOW + 6 * DAY)
    assert rested(again, closed(done), NOW + DAY)
    assert not rested(again, closed(done, "not mine"), NOW + DAY)
    assert not rested(said(MARA, due=NOW - 2 * DAY), closed(done), NOW + DAY), "an earlier day is none to come"


@pytest.mark.parametrize("kind", ["theme", "thread", "fading", "connection"])
def test_what_has_no_words_of_its_own_is_open_again_with_another_cause(kind: Kind) -> None:
    about = topic("t", kind)
    assert not rested(about, [outcome("t", "already done", kind=kind)], LATER)
    assert rested(replace(about, cause="more of it"), [outcome("t", "already done", kind=kind)], LATER)
