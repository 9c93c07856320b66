"""Upper bounds for predicting returns from the model's features: `python -m benchmarks.returns_limit HISTORY...`.

HISTORY is a touch log. The shipped model and the yardstick's best simple rule are compared with oracles: the same
conditional logit fitted to all returns at once (hindsight, with the tested returns), the same fitted to the other seven
eighths, past and future, and gradient boosting on the same features, fitted likewise. The report has hit@10 and MRR per
returned note, and the difference of hit@10 to the best rule with its 95 % interval over commits, as the yardstick does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.returns_adapter import parts
from proactive_tui.recommend.learners.revisit_model import REVISIT_PRIOR_WEIGHTS, RevisitModel
from proactive_tui.units import SECONDS_PER_DAY

BLOCKS: Final = 8
RIDGE: Final = 1.0
STEPS: Final = 15
HALF_LIFE: Final = 14 * SECONDS_PER_DAY
OTHERS: Final = 150
"""Notes not returned to that boosting samples from a commit."""

Floats = NDArray[np.float64]


class Return(NamedTuple):
    """A commit that returns to notes: features of all resting notes, float64 [notes, features], and their rows."""

    signs: Floats
    targets: NDArray[np.int64]
    scores: dict[str, Floats]


def replayed(history: Path) -> list[Return]:
    """Every return in a history, with the features that the shipped model saw then."""
    touches: Any = __import__("touches")
    vault = touches.Vault(touches.read(history))
    model, found = RevisitModel(parts), []
    weight, since = np.zeros(len(vault.live)), np.zeros(len(vault.live))
    for event in vault.events():
        now, pool = float(event.unix_time), event.candidates
        if len(event.targets):
            names = [vault.name(note) for note in pool]
            scores = {
                "recency": vault.last[pool].copy(),
                "frecency 14d": weight[pool] * 0.5 ** ((now - since[pool]) / HALF_LIFE),
                "shipped": np.array(model.score_notes(names, now)),
            }
            found.append(Return(model.note_features(names, now), np.searchsorted(pool, event.targets), scores))
        for note, _ in event.touched:
            weight[note] = weight[note] * 0.5 ** ((now - since[note]) / HALF_LIFE) + 1.0
            since[note] = now
        model.learn_edits([f"{note}:{path}" for note, path in event.touched], now)
    return found


def logit(returns: Sequence[Return]) -> Callable[[Floats], Floats]:
    """Fit the conditional logit of the shipped model to all returns (Newton's method); gives a scoring function."""
    weights = np.array(list(REVISIT_PRIOR_WEIGHTS.values()))
    for _ in range(STEPS):
        slope, curve = -RIDGE * weights, RIDGE * np.eye(len(weights))
        for each in returns:
            worth = each.signs @ weights
            chances = np.exp(worth - worth.max())
            chances /= chances.sum()
            apart, number = each.signs - chances @ each.signs, len(each.targets)
            slope += apart[each.targets].sum(axis=0)
            curve += number * (apart * chances[:, None]).T @ apart
        weights = weights + np.linalg.solve(curve, slope)
    return lambda signs: signs @ weights


def boosted(returns: Sequence[Return]) -> Callable[[Floats], Floats]:
    """Fit gradient boosting to separate the notes returned to from other resting ones; gives a scoring function."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    rng = np.random.default_rng(0)
    rows, truth = [], []
    for each in returns:
        others = np.setdiff1d(np.arange(len(each.signs)), each.targets)
        rows.append(each.signs[np.r_[each.targets, rng.permutation(others)[:OTHERS]]])
        truth.append(np.arange(len(rows[-1])) < len(each.targets))
    model = HistGradientBoostingClassifier(
        max_iter=150, max_leaf_nodes=8, min_samples_leaf=50, learning_rate=0.05, l2_regularization=10.0, random_state=0
    ).fit(np.concatenate(rows), np.concatenate(truth))
    return lambda signs: np.asarray(model.predict_proba(signs)[:, 1])


def beside(returns: Sequence[Return], fit: Callable[[Sequence[Return]], Callable[[Floats], Floats]]) -> list[Floats]:
    """Scores of every return by a model fitted to the other blocks of the history."""
    block = np.arange(len(returns)) * BLOCKS // len(returns)
    models = [fit([each for each, of in zip(returns, block, strict=True) if of != one]) for one in range(BLOCKS)]
    return [models[of](each.signs) for each, of in zip(returns, block, strict=True)]


def ranks(scores: Floats, targets: NDArray[np.int64]) -> Floats:
    """Ranks of the targets from 1, ties averaged."""
    own = scores[targets][:, None]
    found: Floats = 1.0 + (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) - 1) / 2.0
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("histories", type=Path, nargs="+", help="BENCH/data/touches/NAME.csv.gz")
    for history in parser.parse_args(arguments).histories:
        sys.path.insert(0, str(history.resolve().parents[2]))
        common: Any = __import__("common")
        returns = replayed(history)
        everything = logit(returns)
        rows = {name: [each.scores[name] for each in returns] for name in ("recency", "frecency 14d", "shipped")}
        rows["logit, other blocks"] = beside(returns, logit)
        rows["boosting, other blocks"] = beside(returns, boosted)
        rows["logit, hindsight"] = [everything(each.signs) for each in returns]
        found = {
            name: [ranks(one, each.targets) for one, each in zip(scores, returns, strict=True)]
            for name, scores in rows.items()
        }
        number = np.array([len(each.targets) for each in returns], dtype=np.float64)
        hits = {name: np.array([(each <= 10).sum() for each in of], dtype=np.float64) for name, of in found.items()}
        best = max(("recency", "frecency 14d"), key=lambda name: hits[name].sum())
        print(f"\n{history.name}: {len(returns)} commits, {number.sum():.0f} returned notes, best rule {best}")
        for name, of in hits.items():
            mean, low, high = common.mean_interval(of - hits[best], number)
            mrr = float(np.mean(1.0 / np.concatenate(found[name])))
            print(f"  {name:24}{of.sum() / number.sum():.4f}  MRR {mrr:.4f}  {mean:+.4f} [{low:+.4f}, {high:+.4f}]")


if __name__ == "__main__":
    main()
