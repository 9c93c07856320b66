"""Taste and the shares of the channels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.learning.feature_table import FeatureTable
from proactive_tui.model.shared_words import CHANNELS, REACTIONS, Channel, Reaction
from proactive_tui.recommend.learners import taste as tastes
from proactive_tui.recommend.learners.channel_weights import INITIAL_CHANNEL_SHARES, MIN_CHANNEL_SHARE, ChannelWeights
from proactive_tui.recommend.learners.taste import TasteModel
from tests.recommend.build import DAY, NOW, offer

RAFT = {"kind:theme": 1.0, "tag:raft": 1.0, "meaning:0": 0.8, "meaning:1": 0.6, "salience": 0.5}
NEAR = {"kind:theme": 1.0, "meaning:0": 0.6, "meaning:1": 0.8}
FAR = {"kind:task": 1.0, "meaning:0": -0.8, "meaning:1": -0.6}


def test_before_anything_was_learned_taste_says_nothing() -> None:
    assert TasteModel().score_rows(FeatureTable.from_rows([RAFT, FAR, {}]), NOW) == pytest.approx([0.5, 0.5, 0.5])
    assert len(TasteModel().score_rows(FeatureTable.from_rows([]), NOW)) == 0


def test_what_was_welcome_makes_its_like_welcome_and_leaves_the_rest_alone() -> None:
    taste = TasteModel()
    taste.learn(offer(RAFT), "followed up", NOW)
    same, near, far, bare = taste.score_rows(FeatureTable.from_rows([RAFT, NEAR, FAR, {"folder:work": 1.0}]), NOW)
    assert same > near > 0.6 > far >= 0.5
    assert bare == pytest.approx(0.5)


def test_not_this_makes_its_like_unwelcome() -> None:
    taste = TasteModel()
    taste.learn(offer(RAFT), "not this", NOW)
    assert taste.score(RAFT, NOW) < taste.score(NEAR, NOW) < 0.45


@pytest.mark.parametrize("reaction", ["not now", "withdrawn"])
def test_the_moment_says_nothing_about_taste(reaction: Reaction) -> None:
    taste, channels = TasteModel(), ChannelWeights()
    taste.learn(offer(RAFT), reaction, NOW)
    channels.learn(offer(RAFT, channels={"due": 1.0}), reaction, NOW)
    assert taste.score(RAFT, NOW) == pytest.approx(0.5)
    assert channels.shares() == ChannelWeights().shares()


def test_tastes_fade() -> None:
    taste = TasteModel()
    taste.learn(offer(RAFT), "followed up", NOW)
    now, later = taste.score(RAFT, NOW), taste.score(RAFT, NOW + 400 * DAY)
    assert now > 0.7 > 0.55 > later > 0.5
    taste.learn(offer(RAFT), "not this", NOW + 400 * DAY)
    assert taste.score(RAFT, NOW + 400 * DAY) < 0.4


def test_meanings_are_learned_whatever_their_dimensions_and_remembered_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tastes, "MAX_REMEMBERED_OFFERS", 2)
    taste = TasteModel()
    for row, worth in (({"meaning:a": 1.0}, 1.0), ({"meaning:b": 1.0}, 0.0), ({"meaning:c": 1.0}, 1.0)):
        taste.learn_features(row, worth, NOW)
    first, second, third = taste.score_rows(
        FeatureTable.from_rows([{"meaning:a": 1.0}, {"meaning:b": 1.0}, {"meaning:c": 1.0}]), NOW
    )
    assert third > first > second


@given(st.lists(st.tuples(st.sampled_from(REACTIONS), st.booleans()), max_size=20))
def test_taste_is_bounded_and_the_same_after_replay(events: list[tuple[Reaction, bool]]) -> None:
    first, second = TasteModel(), TasteModel()
    for number, (reaction, far) in enumerate(events):
        row = FAR if far else RAFT
        first.learn(offer(row), reaction, NOW + number * DAY)
        second.learn(offer(dict(reversed(row.items()))), reaction, NOW + number * DAY)
    rows = FeatureTable.from_rows([RAFT, NEAR, FAR])
    found = first.score_rows(rows, NOW + 30 * DAY).tolist()
    assert all(0.0 <= value <= 1.0 for value in found)
    assert found == second.score_rows(rows, NOW + 30 * DAY).tolist()


def test_channels_that_bring_what_is_welcome_get_more_places() -> None:
    channels = ChannelWeights()
    for number in range(30):
        channels.learn(offer({}, channels={"words": 0.9}), "followed up", NOW + number)
        channels.learn(offer({}, channels={"frecency": 0.9}), "not this", NOW + number)
    shares = channels.shares()
    start = ChannelWeights().shares()
    assert shares["words"] > 1.3 * start["words"]
    assert shares["frecency"] < 0.7 * start["frecency"]


def test_what_all_channels_brought_moves_none_much_and_what_none_brought_moves_none() -> None:
    channels = ChannelWeights()
    channels.learn(offer({}, channels=dict.fromkeys(CHANNELS, 0.5)), "not this", NOW)
    assert channels.shares() == pytest.approx(ChannelWeights().shares(), abs=0.01)
    before = channels.shares()
    channels.learn(offer({}), "followed up", NOW)
    assert channels.shares() == before


def test_what_channels_earned_fades() -> None:
    channels = ChannelWeights()
    for _ in range(30):
        channels.learn(offer({}, channels={"due": 1.0}), "not this", NOW)
    low = channels.shares()["due"]
    channels.learn(offer({}, channels={"words": 1.0}), "ignored", NOW + 600 * DAY)
    assert channels.shares()["due"] > low + 0.05


@given(
    st.lists(
        st.tuples(st.dictionaries(st.sampled_from(CHANNELS), st.floats(0, 1)), st.sampled_from(REACTIONS)), max_size=60
    )
)
def test_every_channel_keeps_a_floor(events: list[tuple[dict[Channel, float], Reaction]]) -> None:
    channels = ChannelWeights()
    for number, (brought, reaction) in enumerate(events):
        channels.learn(
            offer({}, channels={str(channel): score for channel, score in brought.items()}),
            reaction,
            NOW + number * DAY,
        )
    shares = channels.shares()
    assert set(shares) == set(CHANNELS) == set(INITIAL_CHANNEL_SHARES)
    assert min(shares.values()) >= MIN_CHANNEL_SHARE
    assert sum(shares.values()) == pytest.approx(1.0)
