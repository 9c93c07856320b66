from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.topics.dedupe import MAX_MERGED_EVIDENCE, merge_duplicates
from proactive_tui.topics.quoting import topic_id
from tests.cost import count_calls
from tests.topics.builders import NOW, vector


def topic(
    title: str,
    kind: Kind = "task",
    path: str = "a.md",
    line: int = 1,
    salience: float = 0.5,
    due: float | None = None,
    people: tuple[str, ...] = (),
) -> Topic:
    lines = Evidence(path=path, line_start=line, line_end=line, text=title)
    return Topic(
        id=topic_id(kind, title),
        kind=kind,
        title=title,
        evidence=(lines,),
        at=NOW,
        cause=title,
        due=due,
        salience=salience,
        people=people,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (topic("Promised Mara the load-test numbers"), topic("Load-test numbers to Mara", path="b.md")),
        (topic("Book the flights to Lisbon"), topic("Book flights: Lisbon", path="b.md")),
        (topic("Dentist, call them"), topic("Dentist, call them", path="b.md")),
        (
            topic("Why is the cache cold after restarts?", "open question"),
            topic("Cache cold after restart", path="b.md"),
        ),
        (topic("Herrn Petersen wegen der Heizung anrufen"), topic("Petersen anrufen wegen Heizung", path="b.md")),
        (topic("Spanner, one hour"), topic("Sunday: Spanner, one hour", "thread")),
        (topic("Bake the rye bread at night", "idea"), topic("Bake rye bread at night", path="b.md")),
        (topic("Bake the rye bread at night", "idea"), topic("Bake rye bread at night?", "open question", path="b.md")),
    ],
)
def test_the_same_in_other_words_is_one(one: Topic, other: Topic) -> None:
    (united,) = merge_duplicates([one, other])
    assert {united.id, *united.aliases} == {one.id, other.id}
    assert {evidence.path for evidence in united.evidence} == {one.evidence[0].path, other.evidence[0].path}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (topic("Raft lab: part C"), topic("Raft lab: part D", line=2)),
        (topic("Read chapter 3 of the book"), topic("Read chapter 4 of the book", line=2)),
        (topic("Send Tom the budget"), topic("Send Tom the contract", line=2)),
        (topic("Book the dentist"), topic("Book the hotel", line=2)),
        (topic("Consumer lag and rebalances", "theme"), topic("Consumer lag and rebalances", line=2)),
        (topic("Run every week", "goal"), topic("Run every week", "thread", line=2)),
        (topic("Run every week", "goal"), topic("Run every week", "idea", line=2)),
        (topic("Bake the rye at night", "idea"), topic("Bake the oats at night", "idea", line=2)),
        (topic("Why is it slow?", "open question"), topic("Is the disk full?", "open question")),
    ],
)
def test_what_only_looks_alike_stays_two(one: Topic, other: Topic) -> None:
    assert len(merge_duplicates([one, other])) == 2


def test_near_title_vectors_make_one_of_what_shares_a_word() -> None:
    one, other, far = (
        topic("Send Tom the budget figures"),
        topic("Get budget numbers over to him", path="b.md"),
        topic("Mow the lawn"),
    )
    titles = {one.id: vector("budget"), other.id: vector("budget"), far.id: vector("budget")}
    assert len(merge_duplicates([one, other, far])) == 3
    assert {each.title for each in merge_duplicates([one, other, far], titles)} == {one.title, far.title}
    assert len(merge_duplicates([one, other, far], {one.id: vector("budget")})) == 3


def test_the_most_urgent_stands_for_all() -> None:
    question = topic("Why is the cache cold after restarts?", "open question", salience=0.9)
    late = topic("Cache cold after restart", path="b.md", due=NOW + 9, salience=0.4, people=("Tom",))
    later = topic("Cache cold after a restart", path="c.md", due=NOW + 99)
    (united,) = merge_duplicates([question, later, late])
    assert (united.id, united.due, united.salience, united.people) == (late.id, late.due, 0.9, ("Tom",))
    assert set(united.aliases) == {question.id, later.id} - {late.id}
    assert united.cause not in {question.cause, late.cause, later.cause}


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize(
    ("kinds", "stays"),
    [
        (["idea", "task"], "task"),
        (["idea", "open question"], "open question"),
        (["idea", "goal"], "goal"),
        (["thread", "idea"], "idea"),
        (["thread", "idea", "goal", "open question"], "open question"),
        (["thread", "idea", "goal", "open question", "task"], "task"),
    ],
)
def test_an_idea_on_the_lines_of_another_topic_is_that_topic(kinds: list[Kind], stays: Kind, shuffled: bool) -> None:
    words = ["A lathe", "Bicycle parts", "Who has a vice", "School yard", "Wheels turn"]
    topics = [
        topic(name, kind, salience=0.9 - 0.1 * place)
        for place, (name, kind) in enumerate(zip(words, kinds, strict=False))
    ]
    (united,) = merge_duplicates(topics[::-1] if shuffled else topics)
    assert united.kind == stays
    assert {united.id, *united.aliases} == {each.id for each in topics}


def test_what_is_due_wins_over_every_kind() -> None:
    due = topic("Call the plumber", "goal", due=NOW + 9)
    assert [each.id for each in merge_duplicates([topic("Plumber again", "idea"), topic("Ring him up"), due])] == [
        due.id
    ]


@pytest.mark.parametrize("kind", ["task", "idea"])
def test_two_of_one_kind_on_a_line_stay_two(kind: Kind) -> None:
    assert len(merge_duplicates([topic("Bake the rye", kind), topic("Mow the lawn", kind)])) == 2


def test_evidence_is_shared_and_capped() -> None:
    (united,) = merge_duplicates([topic("Dentist, call them", path=f"{n}.md") for n in range(9)])
    assert len(united.evidence) == MAX_MERGED_EVIDENCE
    assert united.aliases == ()


WORDS = st.lists(
    st.sampled_from(
        ["cache", "cold", "restart", "budget", "figures", "send", "Tom", "book", "flights", "Lisbon", "3", "4", "why"]
    ),
    min_size=1,
    max_size=5,
)
KINDS = st.sampled_from(["task", "open question", "thread", "theme", "goal", "idea"])
TOPICS = st.lists(
    st.builds(
        lambda words, kind, line, salience: topic(" ".join(words), kind, line=line, salience=salience),
        WORDS,
        KINDS,
        st.integers(1, 5),
        st.sampled_from([0.2, 0.5, 0.9]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(TOPICS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_nothing_is_lost(topics: list[Topic], chance: random.Random) -> None:
    shuffled = topics[:]
    chance.shuffle(shuffled)
    united = merge_duplicates(topics)
    assert united == merge_duplicates(shuffled)
    assert {each for one in united for each in (one.id, *one.aliases)} == {one.id for one in topics}
    assert len({one.id for one in united}) == len(united)


def test_eight_times_the_topics_are_far_from_eight_times_eight_times_the_work() -> None:
    chance = random.Random(1)
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(1500)]
    topics = [topic(" ".join(chance.sample(words, 6)), path=f"{n}.md") for n in range(3000)]
    titles = {each.id: chance_vector(n) for n, each in enumerate(topics)}
    assert len(merge_duplicates(topics, titles)) > 2900  # and stems are remembered
    few = count_calls(lambda: merge_duplicates(topics[:375], titles))
    assert count_calls(lambda: merge_duplicates(topics, titles)) < 32 * few  # all pairs one by one: 64 times


def chance_vector(seed: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    out = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
    return out / np.float32(np.linalg.norm(out))


@pytest.mark.parametrize(
    ("one", "other"),
    [("task", "thread"), ("thread", "open question"), ("open question", "task"), ("goal", "thread"), ("task", "goal")],
)
def test_what_rests_on_the_same_lines_is_one(one: Kind, other: Kind) -> None:
    first, second = topic("Call the plumber", one, line=4), topic("Plan: the pipes in the cellar", other, line=4)
    (united,) = merge_duplicates([first, second])
    assert {united.id, *united.aliases} == {first.id, second.id}


def test_lines_that_overlap_are_the_same_and_neighbours_are_not() -> None:
    task = topic("Call the plumber", line=4)
    wide = structs.replace(
        topic("Is the cellar dry again?", "open question"),
        evidence=(Evidence(path="a.md", line_start=3, line_end=5, text="Is the cellar\ndry\nagain?"),),
    )
    assert len(merge_duplicates([task, wide])) == 1
    assert len(merge_duplicates([topic("Call the plumber", line=6), wide])) == 2
    assert len(merge_duplicates([topic("Call the plumber", path="b.md", line=4), wide])) == 2


def test_two_of_one_kind_on_one_line_stay_two() -> None:
    one, other = topic("Is rye wetter?", "open question"), topic("Does salt slow the yeast?", "open question")
    assert len(merge_duplicates([one, other])) == 2


def test_a_paragraph_on_one_line_may_hold_a_question_and_a_task() -> None:
    text = "A long day in the workshop, with glue and clamps and a bit of luck. " * 5
    one, other = topic("Oil the bench"), topic("Why does the glue foam?", "open question")
    long = [structs.replace(each, evidence=(structs.replace(each.evidence[0], text=text),)) for each in (one, other)]
    assert len(merge_duplicates(long)) == 2


def test_a_thread_whose_next_step_is_a_task_elsewhere_in_the_note_is_that_task() -> None:
    task = topic("Order the flour for the bakery", line=9)
    thread = structs.replace(
        topic("Bakery: order flour", "thread", line=2), detail=TopicDetails(next="order flour for the bakery")
    )
    assert len(merge_duplicates([task, thread])) == 1
    assert len(merge_duplicates([topic("Clean the oven of the bakery", line=9), thread])) == 2
