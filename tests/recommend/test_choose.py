"""The short list: chance with a logged probability, and variety."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.model import KINDS, Kind
from proactive_tui.recommend.choose import LEAST, Scored, choose, sampled
from proactive_tui.recommend.rank import Score
from tests.recommend.build import candidate


def scored(
    name: str, mean: float, deviation: float = 0.0, kind: Kind = "task", path: str = "", meaning: tuple[float, ...] = ()
) -> Scored:
    return Scored(
        candidate=candidate(name, kind, {"due": 0.5}, path=path or f"{name}.md"),
        features={"salience": mean},
        score=Score(mean, deviation),
        meaning=np.array(meaning),
    )


def contributions(features: Mapping[str, float]) -> dict[str, float]:
    return {name: value * 2 for name, value in features.items()}


def names(found: list[Scored], seed: int = 1, n: int = 10) -> list[str]:
    return [each.topic.id for each in choose(found, random.Random(seed), n, contributions)]


def test_without_doubt_the_best_come_first_surely() -> None:
    found = choose([scored("a", 0.3), scored("b", 0.9), scored("c", 0.9)], random.Random(1), 3, contributions)
    assert [each.topic.id for each in found] == ["b", "c", "a"]
    assert [each.propensity for each in found] == [1.0, 0.0, 0.0]
    assert found[0].score == 0.9
    assert found[0].contributions == {"salience": 1.8}
    assert found[0].channels == {"due": 0.5}


@pytest.mark.parametrize("n", [0, -1])
def test_nothing_to_choose(n: int) -> None:
    assert choose([], random.Random(1), 5, contributions) == []
    assert names([scored("a", 0.3)], n=n) == []
    assert names([scored("a", 0.3)], n=5) == ["a"]


def test_the_propensity_is_how_often_it_comes_first() -> None:
    found = [scored("a", 0.50, 0.1), scored("b", 0.45, 0.1), scored("c", 0.40, 0.2), scored("d", -9.0, 0.1)]
    firsts = Counter(names(found, seed)[0] for seed in range(600))
    chances = {each.topic.id: each.propensity for each in choose(found, random.Random(3), 4, contributions)}
    for name in "abc":
        assert chances[name] == pytest.approx(firsts[name] / 600, abs=0.08)
    assert chances["d"] == LEAST
    assert sum(chances.values()) == pytest.approx(1.0, abs=0.01)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(KINDS)), min_size=1, max_size=30),
    st.integers(0, 2**32),
)
def test_deterministic_whatever_the_order_and_never_twice_the_same(
    values: list[tuple[float, float, Kind]], seed: int
) -> None:
    found = [scored(f"t{number:02}", mean, deviation, kind) for number, (mean, deviation, kind) in enumerate(values)]
    forward = choose(found, random.Random(seed), 5, contributions)
    assert forward == choose(found[::-1], random.Random(seed), 5, contributions)
    assert len({each.topic.id for each in forward}) == len(forward) == min(5, len(found))
    assert all(0.0 < each.propensity <= 1.0 for each in forward) or not any(deviation for _, deviation, _ in values)


def test_exploration_tries_what_is_unsure() -> None:
    found = [scored("sure", 0.6), scored("unsure", 0.5, 0.15)]
    firsts = Counter(names(found, seed)[0] for seed in range(400))
    assert 40 < firsts["unsure"] < 160


def test_the_list_is_not_five_times_the_same_note() -> None:
    same = [scored(f"s{number}", 0.90 - number / 100, path="same.md") for number in range(5)]
    others = [scored(f"o{number}", 0.75 - number / 100) for number in range(3)]
    assert names([*same, *others], n=4) == ["s0", "o0", "o1", "o2"]


def test_the_list_varies_in_kind() -> None:
    found = [scored(f"t{number}", 0.80 - number / 100) for number in range(4)]
    assert names([*found, scored("theme", 0.70, kind="theme")]) == ["t0", "t1", "theme", "t2", "t3"]


def test_the_list_varies_in_meaning() -> None:
    found = [
        scored("a", 0.80, meaning=(1.0, 0.0)),
        scored("b", 0.79, meaning=(0.9, 0.1)),
        scored("c", 0.70, meaning=(0.0, 1.0)),
        scored("d", 0.65, meaning=(0.0, 0.0)),
    ]
    assert names(found) == ["a", "c", "d", "b"]


def test_a_draw_without_deviation_leaves_the_generator_alone() -> None:
    rng = random.Random(1)
    before = rng.getstate()
    assert sampled(Score(0.4, 0.0), rng) == 0.4
    assert rng.getstate() == before
