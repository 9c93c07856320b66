"""Measures adaptation to a switch of preferences: `python -m benchmarks.drift JESTER.npz [--json FILE] [--plots DIR]`.

Each person's ratings are negated after DAYS of OFFERS a day. Items may come again; slates have 20. The report is the
share of engaged offers by days since the switch, and the difference of this project to each baseline at the end, with
the 95 % bootstrap interval over people.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks import plots
from benchmarks.plots import Curve, Panel, interval
from benchmarks.replay_adapter import Replay
from proactive_tui.units import SECONDS_PER_DAY

DAYS: Final = 14
OFFERS: Final = 6
SLATE: Final = 20
WINDOW: Final = 2
"""Days over which a number of the table is averaged."""
PROJECT: Final = "this project"

Floats = NDArray[np.float64]
Item = dict[str, float]


class Policy(Protocol):
    """Picks an item of a slate, and learns its reaction."""

    def pick(self, candidates: list[Item]) -> int: ...
    def learn(self, features: Item, reaction: str) -> None: ...


class Chance:
    """A random pick."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 3])

    def pick(self, candidates: list[Item]) -> int:
        return int(self._rng.integers(len(candidates)))

    def learn(self, features: Item, reaction: str) -> None:
        """Learn nothing."""


class RiverLR(Chance):
    """The yardstick's best baseline: River's LogisticRegression, SGD .05, l2 .01, 10 % random picks."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        from river import linear_model, optim  # noqa: PLC0415

        self._model = linear_model.LogisticRegression(optimizer=optim.SGD(0.05), l2=0.01)

    def pick(self, candidates: list[Item]) -> int:
        if self._rng.random() < 0.1:
            return super().pick(candidates)
        return int(np.argmax([self._model.predict_proba_one(each).get(True, 0.5) for each in candidates]))

    def learn(self, features: Item, reaction: str) -> None:
        self._model.learn_one(features, reaction in {"engaged", "followed_up"})


POLICIES: Final[dict[str, Callable[[int], Policy]]] = {
    "random": Chance,
    "River LR": RiverLR,
    PROJECT: lambda seed: Replay(seed, step=SECONDS_PER_DAY / OFFERS),
}


def play(ratings: Floats, items: list[Item], limits: tuple[float, float, float], policy: Policy, seed: int) -> Floats:
    """Play one person; returns 1.0 for each step whose item was engaged or followed up, float64 [steps]."""
    engage, follow, dismiss = limits
    rng, half = np.random.default_rng([seed, 1]), DAYS * OFFERS
    out = np.zeros(2 * half)
    for step in range(2 * half):
        slate = rng.choice(len(items), SLATE, replace=False)
        item = slate[policy.pick([dict(items[each]) for each in slate])]
        rating = ratings[item] if step < half else -ratings[item]
        reaction = (
            "followed_up" if rating >= follow else "engaged" if rating >= engage else
            "dismissed" if rating <= dismiss else "ignored"
        )  # fmt: skip
        policy.learn(dict(items[item]), reaction)
        out[step] = reaction in {"engaged", "followed_up"}
    return out


def curves(data: Path, people: int, policies: Mapping[str, Callable[[int], Policy]] = POLICIES) -> dict[str, Floats]:
    """The engaged share of each policy, float64 [people, windows of WINDOW days]."""
    with np.load(data) as file:
        items = [{f"x{n:02d}": float(value) for n, value in enumerate(row)} for row in file["items"]]
        ratings = file["ratings"][:people].astype(float)
        limits = (float(file["engage_at"]), float(file["follow_up_at"]), float(file["dismiss_at"]))
    ratings = ratings[~np.isnan(ratings).any(axis=1)]
    return {
        name: np.array([play(each, items, limits, make(n), n) for n, each in enumerate(ratings)])
        .reshape(len(ratings), -1, WINDOW * OFFERS)
        .mean(axis=2)
        for name, make in policies.items()
    }


def differences(found: dict[str, Floats]) -> dict[str, tuple[float, float, float]]:
    """The difference of this project to each baseline in the last window: mean and 95 % interval over people."""
    out = {}
    for name in found:
        if name != PROJECT:
            mean, low, high = interval(found[PROJECT][:, -1] - found[name][:, -1])
            out[name] = (float(mean), float(low), float(high))
    return out


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plots", type=Path, help="draw the learning curves into this folder")
    given = parser.parse_args(arguments)
    found = curves(given.data, given.people)
    half = DAYS // WINDOW
    lines = ["day since the switch   " + "".join(f"{(n - half) * WINDOW:>7d}" for n in range(2 * half))]
    lines += [f"{name:22} " + "".join(f"{value:7.3f}" for value in each.mean(axis=0)) for name, each in found.items()]
    apart = differences(found)
    lines += [f"{PROJECT} - {n}, last days: {m:+.4f} [{lo:+.4f}, {hi:+.4f}]" for n, (m, lo, hi) in apart.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    if given.json:
        told: dict[str, Any] = {"curves": {name: each.mean(axis=0).tolist() for name, each in found.items()}}
        given.json.write_text(json.dumps(told | {"difference_mean_low_high": apart}, indent=1) + "\n", "utf-8")
    if given.plots:
        along = [(n - half + 0.5) * WINDOW for n in range(2 * half)]
        shown = {name: Curve(*map(list, interval(each))) for name, each in found.items()}
        panel = Panel("engaged offers, share", along, shown)
        plots.draw([panel], "days since preferences switched", given.plots / "drift.svg", mark=0.0, said="switched")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
