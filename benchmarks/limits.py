"""Upper bounds for a replay with its features: `python -m benchmarks.limits JESTER.npz [--people N] [--json FILE]`.

The protocol of the yardstick `projection.py` (the same slates for the same seed), played for all people at once by a
Gaussian process (Rasmussen and Williams 2006) on the items' unit vectors, which learns the shipped rewards:

- *knows N beforehand*: at each step, N random ratings of the person for items off the slate are known. "All" is every
  item off the slate: an oracle with the same features.
- *leave one out*: each item is predicted from all other ratings of the person, also on the slate. This is biased low,
  as the mean of the others is lower the better an item is.
- *in hindsight*: the best kernel and noise of GRID for these data; the best for each person is largely luck.
- *knows as many as were shown*: at step n, n random ratings are known; *online* learns from the items that it showed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.replay_adapter import REACTIONS
from proactive_tui.learning.reactions import NEUTRAL_REWARD, REACTION_MEANINGS
from proactive_tui.recommend.learners.ranker import REWARD_NOISE_VARIANCE as LUCK

STEPS: Final = 50
SLATE: Final = 20
GRID: Final[dict[str, float | None]] = {"linear": None, "length 0.7": 0.7, "length 1.0": 1.0, "length 1.4": 1.4}
"""Kernels: linear (None), or radial with this length scale between unit vectors."""
NOISES: Final = (10.0, 30.0, 100.0, 300.0)
"""Noise variance of a reward, as a multiple of the kernel's variance."""
LENGTH: Final = 1.0
NOISE: Final = 10.0
"""Length scale and noise of the rows that are not in hindsight."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Data:
    """`items` float64 [items, d]; the results of showing an item: `rewards` float64 and `hits` bool [people, items]."""

    items: Floats
    rewards: Floats
    hits: NDArray[np.bool_]


class Policy(Protocol):
    """A policy that plays for all people at once."""

    def score(self, step: int, slates: Ints, /) -> Floats:
        """Scores of the items of the slates, float64 [people, SLATE]; the highest is shown."""
        ...

    def learn(self, shown: Ints) -> None:
        """Learn from the item shown to each person [people]."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """A policy with fixed scores [people, items]."""

    scores: Floats

    def score(self, _step: int, slates: Ints) -> Floats:
        return np.take_along_axis(self.scores, slates, axis=1)

    def learn(self, shown: Ints) -> None:
        """Learn nothing."""


class Beforehand:
    """A policy that knows `count(step)` random ratings of each person for items off the slate."""

    def __init__(self, kernel: Floats, rewards: Floats, noise: float, count: Callable[[int], int]) -> None:
        self._kernel, self._wanted, self._noise, self._count = kernel, rewards - NEUTRAL_REWARD, noise, count
        self._rng = np.random.default_rng(0)

    def score(self, step: int, slates: Ints) -> Floats:
        count, order = self._count(step), self._rng.random(self._wanted.shape)
        if not count:
            return np.take_along_axis(order, slates, axis=1)
        np.put_along_axis(order, slates, np.inf, axis=1)
        known = np.argsort(order, axis=1)[:, :count]
        inner = self._kernel[known[:, :, None], known[:, None, :]] + self._noise * np.eye(count)
        weights = np.linalg.solve(inner, np.take_along_axis(self._wanted, known, axis=1)[:, :, None])
        return np.asarray((self._kernel[slates[:, :, None], known[:, None, :]] @ weights)[:, :, 0])

    def learn(self, shown: Ints) -> None:
        """Learn nothing."""


class Online:
    """A policy that learns from the items it showed.

    `exploration` scales the deviation of its draws, as in `rank_topics`; 0 shows the best known item.
    """

    def __init__(self, kernel: Floats, rewards: Floats, noise: float, exploration: float = 0.0) -> None:
        self._rewards, self._noise = rewards, noise
        self._exploration = exploration * math.sqrt(LUCK / noise)  # in units of reward
        self._mean = np.full(rewards.shape, NEUTRAL_REWARD)
        self._covariance = np.repeat(kernel[None], len(rewards), axis=0)
        self._people, self._rng = np.arange(len(rewards)), np.random.default_rng(0)

    def score(self, _step: int, slates: Ints) -> Floats:
        scores = np.take_along_axis(self._mean, slates, axis=1)
        if self._exploration:
            variance = self._covariance[self._people[:, None], slates, slates]
            scores += self._exploration * np.sqrt(np.maximum(variance, 0.0)) * self._rng.standard_normal(scores.shape)
        return scores

    def learn(self, shown: Ints) -> None:
        row = self._covariance[self._people, shown]
        scale = (row[self._people, shown] + self._noise)[:, None]
        error = (self._rewards[self._people, shown] - self._mean[self._people, shown])[:, None]
        self._mean += row * error / scale
        self._covariance -= row[:, :, None] * (row / scale)[:, None, :]


def load(path: Path, people: int | None) -> Data:
    """Load the people of a replay file who rated everything."""
    with np.load(path) as file:
        items, ratings = file["items"].astype(float), file["ratings"][:people]
        engage, follow, dismiss = (float(file[name]) for name in ("engage_at", "follow_up_at", "dismiss_at"))
    ratings = ratings[~np.isnan(ratings).any(axis=1)]
    worth = {name: REACTION_MEANINGS[reaction].reward or 0.0 for name, reaction in REACTIONS.items()}
    rewards = np.select(
        [ratings >= follow, ratings >= engage, ratings <= dismiss],
        [worth["followed_up"], worth["engaged"], worth["dismissed"]],
        worth["ignored"],
    )
    return Data(items=items, rewards=rewards, hits=ratings >= engage)


def kernel(items: Floats, length: float | None) -> Floats:
    """The kernel of the items by the angle between them, plus a constant: float64 [items, items]."""
    cosines = (unit := items / np.linalg.norm(items, axis=1, keepdims=True)) @ unit.T
    return np.asarray(1.0 + (cosines if length is None else np.exp((cosines - 1.0) / length**2)))


def left_out(kernel: Floats, rewards: Floats, noise: float) -> Floats:
    """Each reward predicted from all others, float64 [people, items] (Rasmussen and Williams 2006, 5.12)."""
    inverse = np.linalg.inv(kernel + noise * np.eye(len(kernel)))
    return np.asarray(rewards - (rewards - NEUTRAL_REWARD) @ inverse / np.diag(inverse))


def play(data: Data, policy: Policy, seed: int = 0) -> Floats:
    """Play all people; returns 1.0 for each step with an engaged or followed-up item, float64 [people, steps]."""
    people, size = data.hits.shape
    chance = [np.random.default_rng([seed, person, 1]) for person in range(people)]
    left, out, every = np.ones((people, size), dtype=bool), [], np.arange(people)
    for step in range(min(STEPS, size - SLATE + 1)):
        order = np.array([each.random(size) for each in chance])
        slates = np.argsort(np.where(left, order, np.inf), axis=1)[:, :SLATE]
        shown = slates[every, policy.score(step, slates).argmax(axis=1)]
        policy.learn(shown)
        left[every, shown] = False
        out.append(data.hits[every, shown].astype(float))
    return np.stack(out, axis=1)


def limits(data: Data, seed: int = 0) -> dict[str, Floats]:
    """The engaged share of each person for each row of the table, float64 [people]."""
    rewards, off = data.rewards, data.hits.shape[1] - SLATE
    plain = kernel(data.items, LENGTH)

    def share(policy: Policy) -> Floats:
        return np.asarray(play(data, policy, seed).mean(axis=1))

    found = {
        f"knows {count} beforehand": share(Beforehand(plain, rewards, NOISE, lambda _, count=count: count))  # type: ignore[misc]
        for count in (0, 5, 10, 20, 40)
        if count <= off
    }
    grid = {
        (name, noise): share(Beforehand(kernel(data.items, length), rewards, noise, lambda _: off))
        for name, length in GRID.items()
        for noise in NOISES
    }
    best = max(grid, key=lambda name: float(grid[name].mean()))
    return {
        **found,
        f"knows all {off} beforehand": grid["length 1.0", NOISE],
        f"the same, in hindsight ({best[0]}, noise {best[1]:g})": grid[best],
        "the same, in hindsight for each person": np.max(list(grid.values()), axis=0),
        "leave one out": share(Fixed(left_out(plain, rewards, NOISE))),
        "knows as many as were shown": share(Beforehand(plain, rewards, NOISE, lambda step: min(step, off))),
        "online, best known first": share(Online(plain, rewards, NOISE)),
        "online, Thompson x 0.15": share(Online(plain, rewards, NOISE, 0.15)),
        "online, Thompson": share(Online(plain, rewards, NOISE, 1.0)),
        "oracle": share(Fixed(rewards)),
    }


def interval(shares: Floats, draws: int = 2000) -> tuple[float, float, float]:
    """Mean and 95 % interval over people (bootstrap)."""
    means = shares[np.random.default_rng(0).integers(len(shares), size=(draws, len(shares)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(shares.mean()), float(low), float(high)


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.limits", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--people", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    told = {name: interval(each) for name, each in limits(load(given.data, given.people), given.seed).items()}
    for name, (mean, low, high) in told.items():
        sys.stdout.write(f"{name:58} {mean:.4f}  {low:.4f}..{high:.4f}\n")
    if given.json:
        given.json.write_text(json.dumps({"engaged_share_mean_low_high": told}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
