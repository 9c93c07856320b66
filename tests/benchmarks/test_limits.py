"""The limits of a replay, on people made up so that it is known who can learn what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import limits
from benchmarks.limits import SLATE, Beforehand, Data, Fixed, Floats, Ints, Online, kernel, left_out, play
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.recommend.learners.ranker import REWARD_NOISE_VARIANCE as LUCK

PEOPLE, ITEMS = 40, 50


def people(taste: float, seed: int = 1) -> Data:
    """Likings that are `taste` parts linear in the items and the rest luck; half of the items are liked."""
    rng = np.random.default_rng(seed)
    items = rng.standard_normal((ITEMS, 4))
    unit = items / np.linalg.norm(items, axis=1, keepdims=True)
    likings = taste * 2.0 * rng.standard_normal((PEOPLE, 4)) @ unit.T
    likings += (1.0 - taste) * rng.standard_normal((PEOPLE, ITEMS))
    rewards = np.select([likings > 1.0, likings > 0.0, likings < -1.0], [1.0, 0.7, 0.0], 0.2)
    return Data(items=items, rewards=rewards, hits=likings > 0.0)


class Watched:
    """Shows the first of each slate, and keeps what it saw."""

    def __init__(self) -> None:
        self.slates: list[Ints] = []
        self.shown: list[Ints] = []

    def score(self, step: int, slates: Ints) -> Floats:
        assert step == len(self.slates)
        self.slates.append(slates)
        return np.arange(slates.shape[1], 0, -1.0) * np.ones(slates.shape)

    def learn(self, shown: Ints) -> None:
        self.shown.append(shown)


def test_the_slates_are_those_of_the_yardstick() -> None:
    """Of what was not shown, those with the lowest numbers of one draw a step; chance is seeded by the person."""
    data, policy = people(0.5), Watched()
    hits = play(data, policy, seed=3)
    assert hits.shape == (PEOPLE, ITEMS - SLATE + 1)
    for person in (0, 7):
        rng, left = np.random.default_rng([3, person, 1]), set(range(ITEMS))
        for slates, shown, hit in zip(policy.slates, policy.shown, hits[person], strict=True):
            order = rng.random(ITEMS)
            assert slates[person].tolist() == sorted(left, key=lambda item: order[item])[:SLATE]
            assert shown[person] == slates[person, 0]
            assert hit == data.hits[person, shown[person]]
            left.remove(int(shown[person]))


@pytest.mark.slow
def test_who_has_a_taste_can_be_known_and_who_has_none_cannot() -> None:
    learnable, luck = limits.limits(people(0.9)), limits.limits(people(0.0))
    for found in (learnable, luck):
        share = {name: float(each.mean()) for name, each in found.items()}
        assert share["oracle"] == max(share.values())
        assert all(each.shape == (PEOPLE,) for each in found.values())
    assert learnable["knows 20 beforehand"].mean() > learnable["knows 0 beforehand"].mean() + 0.2
    assert learnable["online, best known first"].mean() > learnable["knows 0 beforehand"].mean() + 0.1
    assert abs(luck["knows 20 beforehand"].mean() - luck["knows 0 beforehand"].mean()) < 0.05
    assert abs(luck["online, best known first"].mean() - luck["knows 0 beforehand"].mean()) < 0.05


def test_leaving_one_out_is_fitting_all_the_others() -> None:
    data = people(0.7)
    found = left_out(kernel(data.items, 1.0), data.rewards, 2.0)
    others = [item for item in range(ITEMS) if item != 9]
    wanted = kernel(data.items, 1.0)
    inner = wanted[np.ix_(others, others)] + 2.0 * np.eye(ITEMS - 1)
    by_hand = 0.4 + wanted[9, others] @ np.linalg.solve(inner, data.rewards[5, others] - 0.4)
    assert found[5, 9] == pytest.approx(by_hand)


def test_online_it_is_the_posterior_of_what_was_shown() -> None:
    data = people(0.7)
    every = np.tile(np.arange(ITEMS), (PEOPLE, 1))
    likeness, shown = kernel(data.items, None), np.random.default_rng(2).permuted(every, axis=1)[:, :6]
    online = Online(likeness, data.rewards, 3.0)
    for each in shown.T:
        online.learn(each)
    inner = likeness[np.ix_(shown[4], shown[4])] + 3.0 * np.eye(6)
    by_hand = 0.4 + likeness[:, shown[4]] @ np.linalg.solve(inner, data.rewards[4, shown[4]] - 0.4)
    assert online.score(6, every)[4] == pytest.approx(by_hand)
    drawn = Online(likeness, data.rewards, 3.0, exploration=1.0).score(0, every) - 0.4
    assert np.std(drawn) == pytest.approx(np.sqrt(LUCK / 3.0 * 2.0), rel=0.05), "before anything was shown"


def test_what_is_known_beforehand_is_never_on_the_slate() -> None:
    data = people(0.7)
    slates = np.tile(np.arange(SLATE), (PEOPLE, 1))
    wrong = data.rewards.copy()
    wrong[:, :SLATE] = 9.0
    seen = [
        Beforehand(kernel(data.items, 1.0), rewards, 1.0, lambda _: ITEMS - SLATE).score(0, slates)
        for rewards in (data.rewards, wrong)
    ]
    assert np.allclose(seen[0], seen[1])
    assert Fixed(wrong).score(0, slates).max() == 9.0


def test_the_command_reads_a_replay_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(4)
    ratings = rng.uniform(-10, 10, (6, 30)).astype(np.float32)
    ratings[5, 3] = np.nan
    file, told = tmp_path / "made.npz", tmp_path / "told.json"
    np.savez(file, items=rng.standard_normal((30, 4)).astype(np.float32), ratings=ratings, engage_at=0.0,
             follow_up_at=5.0, dismiss_at=-5.0)  # fmt: skip
    data = limits.load(file, 6)
    assert data.rewards.shape == (5, 30), "who did not rate everything is left out"
    assert data.rewards[ratings[:5] >= 5].tolist() == [REACTION_MEANINGS["followed up"].reward] * int(
        (ratings[:5] >= 5).sum()
    )
    assert limits.main([str(file), "--people", "3", "--json", str(told)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("oracle")
    assert told.stat().st_size > 0
    assert limits.interval(np.array([0.2, 0.4]))[0] == pytest.approx(0.3)
