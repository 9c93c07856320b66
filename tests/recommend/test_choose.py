"""The short list: chance with a logged probability, and variety."""

from __future__ import annotations

import random
from collections import Counter
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.model.shared_words import CHANNELS, TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.choose import MIN_PROPENSITY, choose_candidates, compute_propensities, draw_scores
from proactive_tui.recommend.learners.ranker import ScoreEstimates
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import topic


class Scored(NamedTuple):
    """A topic, what the ranker thinks of it, and its vector."""

    topic: Topic
    mean: float
    deviation: float
    meaning: tuple[float, ...]


def scored(
    name: str, mean: float, deviation: float = 0.0, kind: Kind = "task", path: str = "", meaning: tuple[float, ...] = ()
) -> Scored:
    return Scored(topic(name, kind, path=path or f"{name}.md"), mean, deviation, meaning)


def judged(found: list[Scored]) -> ScoreEstimates:
    return ScoreEstimates(np.array([each.mean for each in found]), np.array([each.deviation for each in found]))


def chances(found: list[Scored]) -> dict[str, float]:
    return {
        each.topic.id: float(chance) for each, chance in zip(found, compute_propensities(judged(found)), strict=True)
    }


def names(found: list[Scored], seed: int = 1, n: int = 10) -> list[str]:
    vectors = {each.topic.evidence[0].passage: each.meaning for each in found if each.meaning}
    standing = TopicTable.from_topics([each.topic for each in found], vectors)
    rows = np.array([standing.rows_by_id[each.topic.id][0] for each in found], dtype=np.int64)
    candidates = Candidates(rows=rows, channels=np.zeros((len(rows), len(CHANNELS))))
    return [
        found[place].topic.id
        for place in choose_candidates(standing, candidates, judged(found), random.Random(seed), n)
    ]


def test_without_doubt_the_best_come_first_surely() -> None:
    found = [scored("a", 0.3), scored("b", 0.9), scored("c", 0.9)]
    assert names(found, n=3) == ["b", "c", "a"]
    assert chances(found) == {"a": 0.0, "b": 1.0, "c": 0.0}


@pytest.mark.parametrize("n", [0, -1])
def test_nothing_to_choose(n: int) -> None:
    assert names([]) == []
    assert names([scored("a", 0.3)], n=n) == []
    assert names([scored("a", 0.3)], n=5) == ["a"]


def test_the_propensity_is_how_often_it_comes_first() -> None:
    found = [scored("a", 0.50, 0.1), scored("b", 0.45, 0.1), scored("c", 0.40, 0.2), scored("d", -9.0, 0.1)]
    firsts = Counter(names(found, seed)[0] for seed in range(2000))
    for name in "abc":
        assert chances(found)[name] == pytest.approx(firsts[name] / 2000, abs=0.04)
    assert chances(found)["d"] == MIN_PROPENSITY
    assert sum(chances(found).values()) == pytest.approx(1.0, abs=0.001)


def test_two_that_are_alike_and_one_that_is_sure() -> None:
    assert chances([scored("a", 0.5, 0.1), scored("b", 0.5, 0.1)]) == pytest.approx({"a": 0.5, "b": 0.5})
    assert chances([scored("a", 0.5, 0.1), scored("b", 0.5)]) == pytest.approx({"a": 0.5, "b": 0.5}, abs=0.01)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(TOPIC_KINDS)), min_size=1, max_size=30),
    st.integers(0, 2**32),
)
def test_deterministic_whatever_the_order_and_never_twice_the_same(
    values: list[tuple[float, float, Kind]], seed: int
) -> None:
    found = [scored(f"t{number:02}", mean, deviation, kind) for number, (mean, deviation, kind) in enumerate(values)]
    forward = names(found, seed, 5)
    assert forward == names(found[::-1], seed, 5)
    assert len(set(forward)) == len(forward) == min(5, len(found))
    assert sum(chances(found).values()) == pytest.approx(1.0, abs=MIN_PROPENSITY * len(found))
    if any(deviation for _, deviation, _ in values):
        assert all(0.0 < chance <= 1.0 for chance in chances(found).values())


def test_exploration_tries_what_is_unsure() -> None:
    found = [scored("sure", 0.6), scored("unsure", 0.5, 0.15)]
    firsts = Counter(names(found, seed)[0] for seed in range(400))
    assert 40 < firsts["unsure"] < 160


def test_the_list_is_not_five_times_the_same_note() -> None:
    same = [scored(f"s{number}", 0.90 - number / 100, path="same.md") for number in range(5)]
    others = [scored(f"o{number}", 0.75 - number / 100) for number in range(3)]
    assert names([*same, *others], n=6) == ["s0", "s1", "s2", "o0", "o1", "o2"]


def test_entries_of_one_list_are_not_alike_because_they_share_its_passage() -> None:
    listed = [scored(f"s{number}", 0.80, path="list.md", meaning=(1.0, 0.0)) for number in range(2)]
    assert names([*listed, scored("elsewhere", 0.70, meaning=(1.0, 0.0))], n=2) == ["s0", "s1"]


def test_variety_puts_no_poor_topic_of_a_rare_kind_before_good_ones_of_a_common_kind() -> None:
    tasks = [scored(f"t{number}", 0.60 - number / 1000) for number in range(8)]
    assert names([*tasks, scored("fading", 0.40, kind="fading")])[-1] == "fading"


def test_the_list_varies_in_kind() -> None:
    found = [scored(f"t{number}", 0.80 - number / 100) for number in range(4)]
    assert names([*found, scored("theme", 0.71, kind="theme")]) == ["t0", "t1", "theme", "t2", "t3"]


def test_a_list_is_not_flooded_by_fading_notes() -> None:
    fading = [scored(f"f{number}", 0.40, kind="fading") for number in range(9)]
    tasks = [scored(f"t{number}", 0.30) for number in range(4)]
    assert sum(name.startswith("f") for name in names([*fading, *tasks], n=7)) < 6


def test_the_list_varies_in_meaning() -> None:
    found = [
        scored("a", 0.80, meaning=(1.0, 0.0)),
        scored("b", 0.79, meaning=(0.9, 0.1)),
        scored("c", 0.70, meaning=(0.0, 1.0)),
        scored("d", 0.65, meaning=(0.0, 0.0)),
    ]
    assert names(found) == ["a", "c", "d", "b"]


def test_what_is_sure_is_drawn_as_it_is() -> None:
    found = draw_scores(ScoreEstimates(np.array([0.4, 0.4]), np.array([0.0, 0.1])), random.Random(1))
    assert found[0] == 0.4 != found[1]
