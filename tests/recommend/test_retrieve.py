"""Six channels, fused so that none is worse off than alone in its places."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.model import CHANNELS, Channel, Moment, Topic
from proactive_tui.recommend.dueness import dueness, forgotten, overdue, soon
from proactive_tui.recommend.retrieve import fuse, places, ranked, retrieve
from proactive_tui.recommend.signals import Signals
from proactive_tui.recommend.weights import START
from tests.recommend.build import DAY, NOW, evidence, outcome, topic

MOMENT = Moment(at=NOW)
scores = st.dictionaries(
    st.sampled_from(CHANNELS),
    st.dictionaries(st.integers(0, 200).map(lambda number: f"t{number:03}"), st.floats(0.01, 1.0), max_size=120),
)
shares = st.fixed_dictionaries({channel: st.floats(0.05, 1.0) for channel in CHANNELS})


@given(scores, shares, st.integers(1, 150))
@settings(deadline=None)
def test_each_channel_brings_its_best(
    found: dict[Channel, dict[str, float]], weights: dict[Channel, float], limit: int
) -> None:
    order = fuse(found, weights, limit)
    assert len(order) == len(set(order)) <= limit
    for channel, sure in places(weights, limit).items():
        assert set(ranked(found.get(channel, {}))[:sure]) <= set(order)


@given(
    scores, shares, st.integers(1, 150), st.sets(st.integers(0, 200).map(lambda number: f"t{number:03}"), max_size=30)
)
def test_fusion_is_never_worse_than_its_best_channel_in_its_places(
    found: dict[Channel, dict[str, float]], weights: dict[Channel, float], limit: int, wanted: set[str]
) -> None:
    fused = len(wanted & set(fuse(found, weights, limit)))
    alone = [
        len(wanted & set(ranked(found.get(channel, {}))[:sure])) for channel, sure in places(weights, limit).items()
    ]
    assert fused >= max(alone)


@given(scores, shares)
def test_with_room_for_all_nothing_is_lost(
    found: dict[Channel, dict[str, float]], weights: dict[Channel, float]
) -> None:
    assert set(fuse(found, weights, 1000)) == set().union(*found.values())


def test_channels_without_any_share_still_take_turns() -> None:
    assert fuse({"due": {"a": 1.0}, "fresh": {"b": 1.0}}, {}, 5) == ["a", "b"]


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


SIGNALS = Signals(
    meaning={"p-like": 0.9},
    words={"p-word": 0.8},
    returns={"often.md": 0.66},
    taste={"liked": 0.9, "plain": 0.2},
)


def test_every_channel_says_what_it_brought() -> None:
    found = {each.topic.id: each.channels for each in retrieve(pool(), MOMENT, SIGNALS, random.Random(1))}
    assert set(found) == {each.id for each in pool()}
    assert found["like"]["meaning"] == 0.9
    assert found["word"]["words"] == 0.8
    assert found["often"]["frecency"] == 0.66
    assert found["dated"]["due"] == pytest.approx(13 / 14)
    assert found["liked"]["taste"] == pytest.approx(0.8)
    assert "taste" not in found["plain"]
    assert 0.0 < found["gone"]["due"] < 0.9
    assert all(0.0 < channels["fresh"] <= 1.0 for channels in found.values())


def test_scores_fall_from_one_and_the_limit_holds() -> None:
    found = retrieve(pool(), MOMENT, SIGNALS, random.Random(1), limit=3)
    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert found[0].score == 1.0


def test_the_order_of_the_pool_does_not_matter() -> None:
    backwards = retrieve(pool()[::-1], MOMENT, SIGNALS, random.Random(4))
    assert backwards == retrieve(pool(), MOMENT, SIGNALS, random.Random(4))


def test_fresh_changes_with_the_seed_and_leaves_out_what_was_shown() -> None:
    def fresh(seed: int, *shown: str) -> list[str]:
        history = tuple(outcome(name, "engaged", at=NOW - 900 * DAY) for name in shown)
        found = retrieve(pool(), Moment(at=NOW, history=history), Signals(), random.Random(seed))
        return ranked({each.topic.id: each.channels["fresh"] for each in found if "fresh" in each.channels})

    assert len({tuple(fresh(seed)) for seed in range(20)}) > 5
    assert set(fresh(1)) - set(fresh(1, "like")) == {"like"}


def test_what_rests_is_no_candidate() -> None:
    moment = Moment(at=NOW, history=(outcome("like", "not this"),))
    assert "like" not in {each.topic.id for each in retrieve(pool(), moment, SIGNALS, random.Random(1))}


def test_an_empty_pool_has_no_candidates() -> None:
    assert retrieve([], MOMENT, SIGNALS, random.Random(1)) == ()


def test_the_best_piece_of_evidence_speaks_for_a_topic() -> None:
    both = topic("both", evidence=(evidence(passage="p1"), evidence(passage="p2")))
    (found,) = retrieve([both], MOMENT, Signals(meaning={"p1": 0.2, "p2": 0.7}), random.Random(1))
    assert found.channels["meaning"] == 0.7
    (bare,) = retrieve([topic("bare", evidence=())], MOMENT, SIGNALS, random.Random(1))
    assert set(bare.channels) == {"fresh"}


def test_shares_decide_who_is_left_out() -> None:
    many = [topic(f"d{number}", due=NOW + number * DAY / 30) for number in range(100)]
    likes = [topic(f"m{number}") for number in range(100)]
    signals = Signals(meaning={f"p-m{number}": 0.5 for number in range(100)})
    only = {**dict.fromkeys(CHANNELS, 0.0), "meaning": 1.0}
    found = retrieve(
        [*many, *likes], MOMENT, Signals(meaning=signals.meaning, weights=only), random.Random(1), limit=50
    )
    assert all(each.topic.id.startswith("m") for each in found)
    start = retrieve([*many, *likes], MOMENT, signals, random.Random(1), limit=50)
    assert 10 <= sum("due" in each.channels for each in start) <= 40
    assert sum(START.values()) == pytest.approx(1.0)


@given(st.floats(-2000, 2000))
def test_dueness_is_bounded_and_dates_never_count_twice(days: float) -> None:
    due = NOW + days * DAY
    assert 0.0 <= soon(due, NOW) <= 1.0
    assert 0.0 <= overdue(due, NOW) <= 1.0
    assert not (soon(due, NOW) and overdue(due, NOW))
    assert 0.0 <= dueness(topic(due=due), NOW) <= 1.0


def test_nearer_is_more_due_and_long_past_is_less() -> None:
    assert soon(NOW + DAY, NOW) > soon(NOW + 5 * DAY, NOW) > soon(NOW + 15 * DAY, NOW) == 0.0
    assert overdue(NOW - DAY, NOW) > overdue(NOW - 60 * DAY, NOW) > 0.0
    assert dueness(topic(), NOW) == 0.0 < dueness(topic(detail={"promised to": "Mara"}), NOW)
    assert dueness(topic(kind="goal"), NOW) > 0.0


def test_only_what_fades_is_forgotten_and_ever_more() -> None:
    weeks = [forgotten(topic(kind="fading", at=NOW - number * 7 * DAY), NOW) for number in range(1, 60)]
    assert 0.0 < weeks[0] < weeks[-1] < 1.0
    assert weeks == sorted(weeks)
    assert forgotten(topic(kind="theme", at=NOW - 400 * DAY), NOW) == 0.0
    assert forgotten(topic(kind="fading", at=NOW + DAY), NOW) == 0.0
