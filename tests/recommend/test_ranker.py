"""The ranker: good before it learned anything, and River's contract where it learns."""

from __future__ import annotations

import copy
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from river import checks

from proactive_tui.learning.bayesian_regression import DriftingRegression
from proactive_tui.learning.feature_table import SPARSE_PREFIXES, FeatureTable
from proactive_tui.learning.reactions import READ_DISMISSAL_REWARD, reaction_reward
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.model.shared_words import REACTIONS, TOPIC_KINDS
from proactive_tui.model.topic_values import TopicDetails
from proactive_tui.recommend.learners import prior
from proactive_tui.recommend.learners.ranker import RANKER_HALF_LIFE_DAYS, Ranker
from tests.cost import count_calls
from tests.recommend.build import DAY, NOW, candidate, features, offer

MODELS = [
    DriftingRegression(),
    DriftingRegression(half_life=100.0),
    DriftingRegression(noise=0.2, spread=prior.weight_deviation, sparse=("app", *SPARSE_PREFIXES), half_life=50.0),
]
rows = st.dictionaries(st.sampled_from(["a", "b", "tag:x", "tag:y", "meaning:0"]), st.floats(-1, 1), max_size=5)
stream = st.lists(st.tuples(rows, st.floats(0, 1)), max_size=25)


@pytest.mark.parametrize("model", MODELS, ids=["plain", "fading", "as shipped"])
def test_rivers_own_checks(model: DriftingRegression) -> None:
    ran = 0
    for check in checks.yield_checks(model):
        if check.__name__ != "check_bounded_memory_growth":  # measures the process's memory, for minutes, under load
            check(model.clone())
            ran += 1
    assert ran > 15


@given(stream)
def test_replaying_gives_the_same_model_bit_for_bit_in_any_order_of_features(
    events: list[tuple[dict[str, float], float]],
) -> None:
    first, second = Ranker(), Ranker()
    for number, (row, worth) in enumerate(events):
        first.learn_features(row, worth, NOW + number * DAY)
        second.learn_features(dict(reversed(row.items())), worth, NOW + number * DAY)
    assert first.learned_weights() == second.learned_weights()
    assert first.version == second.version
    probe = {"a": 0.3, "tag:x": 1.0, "meaning:0": -0.2, "new": 0.5}
    assert first.score(probe) == second.score(probe)


@given(stream, rows)
def test_contributions_add_up_and_nothing_is_mutated(
    events: list[tuple[dict[str, float], float]], row: dict[str, float]
) -> None:
    ranker = Ranker()
    before = copy.deepcopy((events, row))
    for each, worth in events:
        ranker.learn_features(each, worth)
    score = ranker.score(row)
    assert sum(ranker.contributions(row).values()) == pytest.approx(score.mean, abs=1e-9)
    assert score.deviation >= 0.0
    assert (events, row) == before
    together = ranker.score_rows(FeatureTable.from_rows([row, {}]))
    assert together.means[0] == pytest.approx(score.mean)
    assert together.deviations[0] == pytest.approx(score.deviation)


def test_features_never_seen_add_doubt_but_no_opinion() -> None:
    ranker = Ranker()
    ranker.learn_features({"a": 1.0}, 1.0)
    plain, odd = ranker.score({"a": 1.0}), ranker.score({"a": 1.0, "tag:new": 1.0, "odd": 1.0})
    assert odd.mean == plain.mean
    assert odd.deviation > plain.deviation


def test_it_learns_what_is_welcome_and_grows_sure_of_it() -> None:
    ranker = Ranker()
    before = ranker.score({"tag:raft": 1.0})
    for _ in range(10):
        ranker.learn_features({"tag:raft": 1.0}, 1.0)
        ranker.learn_features({"tag:rust": 1.0}, 0.0)
    raft, rust = ranker.score({"tag:raft": 1.0}), ranker.score({"tag:rust": 1.0})
    assert raft.mean > before.mean + 0.1
    assert raft.mean > rust.mean + 0.25
    assert raft.deviation < before.deviation


def test_one_not_this_moves_its_like() -> None:
    ranker = Ranker()
    row = features(candidate(kind="theme", tags=("raft",)), Moment(at=NOW), meaning=(0.25,) * 16)
    like = features(candidate(kind="theme", tags=("raft",), path="other.md"), Moment(at=NOW), meaning=(0.25,) * 16)
    before = ranker.score(like).mean
    ranker.learn(offer(row), "not this", NOW)
    assert ranker.score(like).mean < before - 0.05


def test_interests_drift_old_lessons_fade_to_doubt() -> None:
    ranker = Ranker()
    for _ in range(20):
        ranker.learn_features({"a": 1.0}, 1.0, NOW)
    fresh = ranker.score({"a": 1.0})
    ranker.learn_features({"b": 1.0}, prior.prior_expectation({"b": 1.0}), NOW + 10 * RANKER_HALF_LIFE_DAYS * DAY)
    later = ranker.score({"a": 1.0})
    start = Ranker().score({"a": 1.0})
    assert abs(later.mean - start.mean) < 0.2 * abs(fresh.mean - start.mean)
    assert later.deviation > fresh.deviation


def test_it_follows_a_change_of_mind() -> None:
    ranker = Ranker()
    for day in range(60):
        ranker.learn_features({"tag:raft": 1.0}, 1.0, NOW + day * DAY)
    for day in range(60, 90):
        ranker.learn_features({"tag:raft": 1.0}, 0.0, NOW + day * DAY)
    assert ranker.score({"tag:raft": 1.0}).mean < 0.35


def test_a_clock_that_went_back_fades_nothing() -> None:
    ranker = Ranker()
    ranker.learn_features({"a": 1.0}, 1.0, NOW)
    ranker.learn_features({"a": 1.0}, 1.0, NOW - 1000 * DAY)
    twice = Ranker()
    twice.learn_features({"a": 1.0}, 1.0)
    twice.learn_features({"a": 1.0}, 1.0)
    assert ranker.learned_weights() == twice.learned_weights()


def test_rewards_are_graded_and_the_moment_teaches_nothing_about_the_topic() -> None:
    for reaction in REACTIONS:
        ranker = Ranker()
        ranker.learn(offer({"kind:task": 1.0}), reaction, NOW)
        assert (
            (ranker.learned_weights() == {})
            is (reaction_reward(reaction, 0.0) is None)
            is (reaction in {"not now", "withdrawn", "already done", "not mine"})
        )


def test_no_exploration_is_no_deviation() -> None:
    assert Ranker(exploration=0.0).score({"a": 1.0}).deviation == 0.0
    assert Ranker(exploration=0.5).score({"a": 1.0}).deviation == pytest.approx(
        Ranker().score({"a": 1.0}).deviation / 2
    )


def test_the_first_offers_are_sensible() -> None:
    """Dates and promises, then open questions and what was just edited, then the rest."""
    moment = Moment(at=NOW, edits=(NoteEdit(path="now.md", at=NOW - 600),))
    ranker = Ranker()

    def worth(**more: object) -> float:
        return ranker.score(features(candidate(**more), moment)).mean  # type: ignore[arg-type]

    tomorrow = worth(kind="task", due=NOW + DAY)
    promised = worth(kind="task", detail=TopicDetails(promised_to="Mara"))
    question = worth(kind="open question")
    thread = worth(kind="thread", path="now.md")
    others = [
        worth(kind="connection"),
        worth(kind="theme"),
        worth(kind="idea"),
        worth(kind="fading", at=NOW - 200 * DAY),
        worth(kind="goal"),
    ]
    assert tomorrow > promised > question > max(others)
    assert tomorrow > thread > max(others)
    assert worth(kind="task", due=NOW - DAY) > worth(kind="task", due=NOW + 10 * DAY) > worth(kind="task")
    assert others == sorted(others, reverse=True)


def test_the_prior_names_only_features_that_exist() -> None:
    found = features(candidate(), Moment(at=NOW))
    assert prior.prior_expectation(found) == pytest.approx(Ranker().score(found).mean)
    assert {f"kind:{kind}" for kind in TOPIC_KINDS} <= set(prior.RANKER_PRIOR_WEIGHTS)
    assert prior.weight_deviation("tag:x") == prior.RANKER_PRIOR_DEVIATIONS["tag:"]
    assert prior.weight_deviation("salience") == prior.RANKER_DEFAULT_DEVIATION


def test_a_thousand_candidates_are_scored_at_once_and_the_thousandth_answer_costs_what_the_first_did() -> None:
    chance = random.Random(5)
    ranker = Ranker()
    kinds = [f"kind:{kind}" for kind in TOPIC_KINDS]

    def row(number: int) -> dict[str, float]:
        dense = {name: chance.random() for name in ("salience", "like now", "words now", "old evidence", "taste")}
        meaning = {f"meaning:{each}": chance.uniform(-0.5, 0.5) for each in range(16)}
        return {**dense, **meaning, chance.choice(kinds): 1.0, f"tag:{number % 700}": 1.0, f"folder:{number % 30}": 1.0}

    samples = [row(number) for number in range(1000)]

    def learn(begin: int, end: int) -> None:
        for number in range(begin, end):
            ranker.learn_features(samples[number], chance.random(), NOW + number)

    first = count_calls(lambda: learn(0, 200))
    learn(200, 800)
    assert count_calls(lambda: learn(800, 1000)) < 1.5 * first
    scores = ranker.score_rows(FeatureTable.from_rows(samples))
    assert np.isfinite(scores.means).all()
    assert np.isfinite(scores.deviations).all()
    at_once = count_calls(lambda: ranker.score_rows(FeatureTable.from_rows(samples)))
    one_by_one = count_calls(lambda: [ranker.score(sample) for sample in samples])
    assert at_once < one_by_one / 3  # measured: a seventh


def test_a_dismissal_at_a_glance_says_more_than_one_after_reading() -> None:
    quick, slow = Ranker(), Ranker()
    made = offer({"kind:task": 1.0})
    quick.learn(made, "not this", made.at + 2)
    slow.learn(made, "not this", made.at + 20)
    assert quick.score({"kind:task": 1.0}).mean < slow.score({"kind:task": 1.0}).mean
    glance, ignored = reaction_reward("not this", 2.0), reaction_reward("ignored", 2.0)
    assert glance is not None
    assert ignored is not None
    assert glance < READ_DISMISSAL_REWARD < ignored
