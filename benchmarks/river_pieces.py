"""Compares River's detectors and bandits with ours: `python -m benchmarks.river_pieces [JESTER.npz] [--people N]`.

With a replay file, River's drift detectors replace ours in the ranker and the taste, in the benchmark of drift.py: the
report is the engaged share before and after preferences switch. Without a file, River's bandits choose framings for
synthetic people, four offers a day for `--days`: the report is the share of welcome offers, where the hand-set prior of
framings holds for these people or is uninformative, and where a framing just used is worth less or not. Each row has
its difference to the shipped one with the 95 % bootstrap interval over people. docs/JUDGEMENT.md has the figures.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import drift
from benchmarks.plots import interval
from benchmarks.replay_adapter import Replay
from proactive_tui.learning.reactions import is_taken_up
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer, Opener
from proactive_tui.model.shared_words import FRAMINGS, TOPIC_KINDS, Framing, Reaction
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.bandit import FramingBandit
from proactive_tui.talk.framings import framing_prior, suitable_framings
from proactive_tui.units import SECONDS_PER_DAY

SHIPPED_ROW: Final = "this project"
OFFERS_PER_DAY: Final = 4
WELCOME_LOG_ODDS: Final = (-1.0, 0.6)
"""Mean and standard deviation over people of the log-odds that an offer is welcome."""
FRAMING_DEVIATION: Final = 0.5
"""Standard deviation (log-odds) of a framing's effect on a person, and of its effect with one kind of topic."""
FRAMING_WEAR: Final = 1.0
WEAR_HALF_LIFE_DAYS: Final = 0.5
"""Log-odds that a framing loses by being used, and the days until half of them are back."""
PRIOR_STRENGTH: Final = 2.0
"""Log-odds by which a framing's prior counts where it holds."""

Floats = NDArray[np.float64]


class RiverDetector:
    """A drift detector of River in the place of `ChangeDetector`; on drift it forgets two half-lives."""

    def __init__(self, detector: Any) -> None:
        self._detector = detector

    def observe_reward(self, expected: float, reward: float, deviation: float) -> float:
        self._detector.update((expected - reward) / deviation)
        return 2.0 if self._detector.drift_detected else 0.0


def page_hinkley() -> RiverDetector:
    from river.drift import PageHinkley  # noqa: PLC0415

    return RiverDetector(PageHinkley(min_instances=5, delta=0.25, threshold=2.0, alpha=0.99, mode="up"))


def adwin() -> RiverDetector:
    from river.drift import ADWIN  # noqa: PLC0415

    return RiverDetector(ADWIN(delta=0.3, clock=1, min_window_length=3, grace_period=6))


def no_drift() -> RiverDetector:
    from river.drift import NoDrift  # noqa: PLC0415

    return RiverDetector(NoDrift())


def with_detector(make: Callable[[], RiverDetector]) -> Callable[[int], drift.Policy]:
    """Make a policy of the shipped ranker and taste with another detector."""

    def policy(seed: int) -> Replay:
        replay = Replay(seed, step=SECONDS_PER_DAY / drift.OFFERS)
        for learner in (replay._ranker, replay._taste):
            learner._change_detector = make()  # type: ignore[assignment]
        return replay

    return policy


class Shipped:
    """The shipped bandit with its history of outcomes."""

    def __init__(self, seed: int) -> None:
        self._bandit, self._rng = FramingBandit(), random.Random(seed)
        self._history: list[OfferOutcome] = []
        self._propensity = 1.0

    def pull(self, topic: Topic, at: float) -> Framing:
        framing, self._propensity = self._bandit.choose(topic, self._history[-60:], at, self._rng)
        return framing

    def learn(self, topic: Topic, framing: Framing, reaction: Reaction, at: float) -> None:
        opener = Opener(text="", framing=framing, spoken_by="template")
        made = Offer(
            id=topic.id, at=at, topic=topic, opener=opener, score=0.5, features={}, contributions={}, channels={},
            propensity={"framing": self._propensity}, when={}, receptivity=0.5,
        )  # fmt: skip
        self._bandit.learn(made, reaction, at)
        outcome = OfferOutcome(
            offer=topic.id, topic=topic.id, aliases=(), kind=topic.kind, cause="", framing=framing, at=at,
            reaction=reaction,
        )  # fmt: skip
        self._history.append(outcome)


class RiverBandit:
    """A bandit of River over the suitable framings; its reward is whether the offer was taken up."""

    def __init__(self, make: Callable[[int], Any], seed: int) -> None:
        self._policy = make(seed)

    def pull(self, topic: Topic, at: float) -> Framing:  # noqa: ARG002
        framing: Framing = self._policy.pull([spec.name for spec in suitable_framings(topic)])
        return framing

    def learn(self, topic: Topic, framing: Framing, reaction: Reaction, at: float) -> None:  # noqa: ARG002
        if reaction != "not now":
            self._policy.update(framing, is_taken_up(reaction))


def policies() -> dict[str, Callable[[int], Shipped | RiverBandit]]:
    from river import bandit, proba  # noqa: PLC0415

    makers: dict[str, Callable[[int], Any]] = {
        "River Thompson, Beta": lambda seed: bandit.ThompsonSampling(reward_obj=proba.Beta(), seed=seed),
        "River UCB": lambda seed: bandit.UCB(delta=1.0, seed=seed),
        "River epsilon greedy": lambda seed: bandit.EpsilonGreedy(epsilon=0.1, seed=seed),
        "River Exp3": lambda seed: bandit.Exp3(gamma=0.1, seed=seed),
    }
    river = {name: lambda seed, make=make: RiverBandit(make, seed) for name, make in makers.items()}
    return {SHIPPED_ROW: Shipped, **river}


def live(policy: Shipped | RiverBandit, seed: int, days: int, *, wear: float, prior: float) -> float:
    """Simulate one person; returns the mean probability that an offer is welcome."""
    rng = np.random.default_rng([seed, 5])
    likes = rng.normal(*WELCOME_LOG_ODDS)
    sways = {framing: rng.normal(0.0, FRAMING_DEVIATION) for framing in FRAMINGS}
    kinds = {(framing, kind): rng.normal(0.0, FRAMING_DEVIATION) for framing in FRAMINGS for kind in TOPIC_KINDS}
    used: dict[Framing, float] = {}
    chances = []
    for number in range(days * OFFERS_PER_DAY):
        at = number * SECONDS_PER_DAY / OFFERS_PER_DAY
        topic = _topic(str(number), int(rng.integers(len(TOPIC_KINDS))))
        framing = policy.pull(topic, at)
        spec = next(spec for spec in suitable_framings(topic) if spec.name == framing)
        odds = likes + sways[framing] + kinds[framing, topic.kind] + prior * framing_prior(spec, topic)
        if framing in used:
            odds -= wear * 0.5 ** ((at - used[framing]) / SECONDS_PER_DAY / WEAR_HALF_LIFE_DAYS)
        used[framing] = at
        chances.append(1.0 / (1.0 + math.exp(-odds)))
        welcome, how = rng.random(2)
        policy.learn(topic, framing, _reaction(welcome, how, chances[-1]), at)
    return float(np.mean(chances))


def _topic(name: str, kind: int) -> Topic:
    notes = tuple(Evidence(path=path, line_start=1, line_end=1, text="") for path in ("a.md", "b.md"))
    return Topic(id=name, kind=TOPIC_KINDS[kind], title="", evidence=notes, at=0.0, cause="")


def _reaction(welcome: float, how: float, chance: float) -> Reaction:
    if welcome < chance:
        return "followed up" if how < 0.4 else "engaged"
    return "ignored" if how < 0.6 else "not this" if how < 0.8 else "not now"


def compare(found: dict[str, Floats]) -> list[str]:
    """A line for each row (float64 [people]): its mean, and its difference to the shipped one with the interval."""
    lines = []
    for name, shares in found.items():
        mean, low, high = interval(shares - found[SHIPPED_ROW])
        lines.append(f"  {name:24}{shares.mean():.3f}  {mean:+.4f} [{low:+.4f}, {high:+.4f}]")
    return lines


def main(arguments: Sequence[str]) -> int:
    """Print the tables; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.river_pieces", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--days", type=int, default=60)
    given = parser.parse_args(arguments)
    if given.data:
        rows = {SHIPPED_ROW: drift.POLICIES[SHIPPED_ROW]} | {
            f"River {make.__name__}": with_detector(make) for make in (page_hinkley, adwin, no_drift)
        }
        found = drift.curves(given.data, given.people, rows)
        half = drift.DAYS // drift.WINDOW
        for said, days in (("before", slice(half)), ("after", slice(half, None)), ("both", slice(None))):
            told = compare({name: shares[:, days].mean(axis=1) for name, shares in found.items()})
            sys.stdout.write("\n".join([f"engaged, {said} the switch" if said != "both" else "engaged", *told]) + "\n")
        return 0
    for wear in (0.0, FRAMING_WEAR):
        for prior in (PRIOR_STRENGTH, 0.0):
            shares = {
                name: np.array([live(make(n), n, given.days, wear=wear, prior=prior) for n in range(given.people)])
                for name, make in policies().items()
            }
            holds, wears = "holds" if prior else "says nothing", "wears off" if wear else "does not wear off"
            sys.stdout.write("\n".join([f"the prior {holds}, a framing {wears}", *compare(shares)]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
