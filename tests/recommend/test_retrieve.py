"""Six channels, fused so that none is worse off than alone in its places."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from proactive_tui.model.moment_values import Moment
from proactive_tui.model.shared_words import CHANNELS, Channel
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.history import build_moment_history
from proactive_tui.recommend.learners.channel_weights import INITIAL_CHANNEL_SHARES
from proactive_tui.recommend.retrieve import (
    CANDIDATE_LIMIT,
    fuse_channels,
    rank_rows,
    retrieve_candidates,
)
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.recommend.urgency import due_soon_scores, dueness_scores, forgotten_scores, overdue_scores
from tests.recommend.build import DAY, NOW, Brought, evidence, outcome, topic

ROWS = 120
Floats = NDArray[np.float64]
MOMENT = Moment(at=NOW)


def filled(found: Mapping[int, float]) -> Floats:
    return np.array([found.get(row, 0.0) for row in range(ROWS)])


scores = st.dictionaries(
    st.sampled_from(CHANNELS),
    st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.01, 1.0)).map(filled),
)
shares = st.fixed_dictionaries({channel: st.floats(0.05, 1.0) for channel in CHANNELS})


def guaranteed_places(weights: Mapping[Channel, float], limit: int) -> dict[Channel, int]:
    """How many of its best topics each channel is sure to bring among `limit` candidates."""
    total = sum(weights.values())
    return {channel: max(0, int(limit * weight / total) - len(weights)) for channel, weight in weights.items()}


@given(scores, shares, st.integers(1, 150))
@settings(deadline=None)
def test_each_channel_brings_its_best(found: dict[Channel, Floats], weights: dict[Channel, float], limit: int) -> None:
    order = fuse_channels(found, weights, limit)
    assert len(order) == len(set(order)) <= limit
    for channel, sure in guaranteed_places(weights, limit).items():
        assert set(rank_rows(found.get(channel, filled({})))[:sure]) <= set(order)


@given(scores, shares, st.integers(1, 150), st.sets(st.integers(0, ROWS - 1), max_size=30))
def test_fusion_is_never_worse_than_its_best_channel_in_its_places(
    found: dict[Channel, Floats], weights: dict[Channel, float], limit: int, wanted: set[int]
) -> None:
    fused = len(wanted & set(fuse_channels(found, weights, limit)))
    nothing = filled({})
    sure = guaranteed_places(weights, limit)
    alone = [len(wanted & set(rank_rows(found.get(channel, nothing))[:most])) for channel, most in sure.items()]
    assert fused >= max(alone)


@given(scores, shares)
def test_with_room_for_all_nothing_is_lost(found: dict[Channel, Floats], weights: dict[Channel, float]) -> None:
    assert set(fuse_channels(found, weights, 1000)) == {row for each in found.values() for row in np.flatnonzero(each)}


def test_channels_without_any_share_still_take_turns() -> None:
    assert fuse_channels({"due": filled({7: 1.0}), "fresh": filled({3: 1.0})}, {}, 5) == [7, 3]


def pool() -> list[Topic]:
    return [
        topic("like"),
        topic("word"),
        topic("often", path="often.md"),
        topic("dated", kind="task", due=NOW + DAY),
        topic("liked", path="b.md"),
        topic("plain", path="c.md"),
        topic("gone", kind="fading", at=NOW - 400 * DAY, salience=0.9),
    ]


SIGNALS = RetrievalContext(
    meaning={"p-like": 0.9},
    words={"p-word": 0.8},
    returns={"often.md": 0.66},
)
TASTES = {"liked": 0.9, "plain": 0.2}


def brought(
    topics: list[Topic],
    moment: Moment,
    signals: RetrievalContext,
    rng: random.Random,
    limit: int = CANDIDATE_LIMIT,
    shares: Mapping[Channel, float] = INITIAL_CHANNEL_SHARES,
) -> list[Brought]:
    """The candidates, best first, each with the channels that brought it."""
    standing = TopicTable.from_topics(topics, {})
    found = retrieve_candidates(
        standing,
        moment,
        signals,
        build_moment_history(standing, moment),
        rng,
        limit,
        tastes=np.array([TASTES.get(each.id, 0.5) for each in standing.topics]),
        shares=shares,
    )
    return [Brought(standing.topics[row], found.scores_by_channel(place)) for place, row in enumerate(found.rows)]


def test_every_channel_says_what_it_brought() -> None:
    found = {each.topic.id: each.channels for each in brought(pool(), MOMENT, SIGNALS, random.Random(1))}
    assert set(found) == {each.id for each in pool()}
    assert found["like"]["meaning"] == 0.9
    assert found["word"]["words"] == 0.8
    assert found["often"]["frecency"] == 0.66
    assert found["dated"]["due"] == pytest.approx(13 / 14)
    assert found["liked"]["taste"] == pytest.approx(0.8)
    assert "taste" not in found["plain"]
    assert 0.0 < found["gone"]["due"] < 0.9
    assert all(0.0 < channels["fresh"] <= 1.0 for channels in found.values())


def test_the_limit_holds() -> None:
    assert len(brought(pool(), MOMENT, SIGNALS, random.Random(1), limit=3)) == 3


def test_the_order_of_the_pool_does_not_matter() -> None:
    backwards = brought(pool()[::-1], MOMENT, SIGNALS, random.Random(4))
    assert backwards == brought(pool(), MOMENT, SIGNALS, random.Random(4))


def test_fresh_changes_with_the_seed_and_leaves_out_what_was_shown() -> None:
    def fresh(seed: int, *shown: str) -> list[str]:
        history = tuple(outcome(name, "engaged", at=NOW - 900 * DAY) for name in shown)
        found = brought(pool(), Moment(at=NOW, history=history), RetrievalContext(), random.Random(seed))
        new = [each for each in found if "fresh" in each.channels]
        return [each.topic.id for each in sorted(new, key=lambda each: -each.channels["fresh"])]

    assert len({tuple(fresh(seed)) for seed in range(20)}) > 5
    assert set(fresh(1)) - set(fresh(1, "like")) == {"like"}


def test_what_rests_is_no_candidate() -> None:
    moment = Moment(at=NOW, history=(outcome("like", "not this"),))
    assert "like" not in {each.topic.id for each in brought(pool(), moment, SIGNALS, random.Random(1))}


def test_an_empty_pool_has_no_candidates() -> None:
    assert brought([], MOMENT, SIGNALS, random.Random(1)) == []


def test_the_best_piece_of_evidence_speaks_for_a_topic() -> None:
    both = topic("both", evidence=(evidence(passage="p1"), evidence(passage="p2")))
    (found,) = brought([both], MOMENT, RetrievalContext(meaning={"p1": 0.2, "p2": 0.7}), random.Random(1))
    assert found.channels["meaning"] == 0.7
    (bare,) = brought([topic("bare", evidence=())], MOMENT, SIGNALS, random.Random(1))
    assert set(bare.channels) == {"fresh"}


def test_shares_decide_who_is_left_out() -> None:
    many = [topic(f"d{number}", due=NOW + number * DAY / 30) for number in range(100)]
    likes = [topic(f"m{number}") for number in range(100)]
    signals = RetrievalContext(meaning={f"p-m{number}": 0.5 for number in range(100)})
    only = {**dict.fromkeys(CHANNELS, 0.0), "meaning": 1.0}
    found = brought([*many, *likes], MOMENT, signals, random.Random(1), 50, only)
    assert all(each.topic.id.startswith("m") for each in found)
    start = brought([*many, *likes], MOMENT, signals, random.Random(1), 50)
    assert 10 <= sum("due" in each.channels for each in start) <= 40
    assert sum(INITIAL_CHANNEL_SHARES.values()) == pytest.approx(1.0)


def on(days: float) -> Floats:
    """A date so many days from now."""
    return np.array([NOW + days * DAY])


def due(**more: object) -> float:
    return float(dueness_scores(TopicTable.from_topics([topic(**more)], {}), NOW)[0])  # type: ignore[arg-type]


def faded(**more: object) -> float:
    return float(forgotten_scores(TopicTable.from_topics([topic(**more)], {}), NOW)[0])  # type: ignore[arg-type]


@given(st.floats(-2000, 2000))
def test_dueness_is_bounded_and_dates_never_count_twice(days: float) -> None:
    assert 0.0 <= due_soon_scores(on(days), NOW) <= 1.0
    assert 0.0 <= overdue_scores(on(days), NOW) <= 1.0
    assert not (due_soon_scores(on(days), NOW) and overdue_scores(on(days), NOW))
    assert 0.0 <= due(due=NOW + days * DAY) <= 1.0


def test_nearer_is_more_due_and_long_past_is_less() -> None:
    assert due_soon_scores(on(1), NOW) > due_soon_scores(on(5), NOW) > due_soon_scores(on(15), NOW) == 0.0
    assert overdue_scores(on(-1), NOW) > overdue_scores(on(-60), NOW) > 0.0
    assert due() == 0.0 < due(detail=TopicDetails(promised_to="Mara"))
    assert due(kind="goal") > 0.0
    assert due(kind="idea", salience=0.5) > due(kind="idea", salience=0.2) > 0.0 == due(kind="theme")


def test_only_what_fades_is_forgotten_and_ever_more() -> None:
    weeks = [faded(kind="fading", at=NOW - number * 7 * DAY) for number in range(1, 60)]
    assert 0.0 < weeks[0] < weeks[-1] < 1.0
    assert weeks == sorted(weeks)
    assert faded(kind="theme", at=NOW - 400 * DAY) == 0.0
    assert faded(kind="fading", at=NOW + DAY) == 0.0
