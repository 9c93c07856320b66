"""What came of it: rates for each person, paired differences with intervals over persons, and curves by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.fortnight.experiment import Lived
from benchmarks.fortnight.life import Happened
from benchmarks.fortnight.policies import POLICIES, PROJECT
from benchmarks.plots import Curve, Panel, interval
from proactive_tui.model.shared_words import Reaction

Floats = NDArray[np.float64]
Row = tuple[float, float, float]
"""Mean, and its 95 % interval."""

REWARD: Final[dict[Reaction, float]] = {
    "followed up": 1.0,
    "engaged": 0.7,
    "ignored": 0.0,
    "not now": -0.3,
    "not this": -0.3,
}
"""What an offer was worth to the person; an interruption that was not wanted costs. Not the learners' scale."""
WELCOME: Final = frozenset[Reaction]({"followed up", "engaged"})
FEW: Final = 0.5
"""Days on which fewer than this share of people were at the machine have no point in a curve."""

METRICS: Final[dict[str, Callable[[Sequence[Happened], int], float]]] = {
    "welcome rate": lambda made, _: _share(made, lambda each: each.reaction in WELCOME),
    "in focus, share": lambda made, _: _share(made, lambda each: each.busy),
    "in focus a day": lambda made, days: sum(each.busy for each in made) / days,
    "offers a day": lambda made, days: len(made) / days,
    "reward an offer": lambda made, _: _share(made, lambda each: REWARD[each.reaction]),
    "reward a day": lambda made, days: sum(REWARD[each.reaction] for each in made) / days,
}
"""Of a person's offers and days at the machine; not a number where there was no offer to have a rate of."""


def rows(lived: Sequence[Lived]) -> dict[str, dict[str, Row]]:
    """By policy and metric: the mean over persons with its interval."""
    return {name: {metric: _interval(_of(lived, name, metric)) for metric in METRICS} for name in POLICIES}


def differences(lived: Sequence[Lived]) -> dict[str, dict[str, Row]]:
    """By other policy and metric: this project less it, person by person."""
    return {
        name: {metric: _interval(_of(lived, PROJECT, metric) - _of(lived, name, metric)) for metric in METRICS}
        for name in POLICIES
        if name != PROJECT
    }


def by_day(lived: Sequence[Lived]) -> dict[str, dict[str, dict[int, Row]]]:
    """By policy, metric and day (from 1): the mean over persons who were there, pooled for rates."""
    days = sorted({day for each in lived for day in each.there})
    usual = [day for day in days if sum(day in each.there for each in lived) >= FEW * len(lived)]
    found: dict[str, dict[str, dict[int, Row]]] = {}
    for name in POLICIES:
        found[name] = {metric: {} for metric in METRICS}
        for day in usual:
            there = [[made for made in each.by_policy[name] if made.day == day] for each in lived if day in each.there]
            for metric, of in METRICS.items():
                found[name][metric][day + 1] = _interval(np.array([of(made, 1) for made in there]))
    return found


def table(lived: Sequence[Lived]) -> list[str]:
    """Lines: every policy's numbers, and this project less each other with the paired interval and a verdict."""
    told, apart, width = rows(lived), differences(lived), max(map(len, POLICIES))
    lines = [f"  {'':{width}}" + "".join(f"{metric:>18}" for metric in METRICS)]
    lines += [f"  {name:{width}}" + "".join(f"{each[0]:18.3f}" for each in row.values()) for name, row in told.items()]
    lines += ["", "  this project less each, paired over persons (95 %)"]
    for name, row in apart.items():
        for metric, (mean, low, high) in row.items():
            verdict = "more" if low > 0 else "less" if high < 0 else "no clear difference"
            lines.append(f"  {name:{width}}  {metric:16} {mean:+7.3f}  [{low:+.3f}, {high:+.3f}]  {verdict}")
    lines += ["", "  day by day      " + "".join(f"{day:>7}" for day in by_day(lived)[PROJECT]["welcome rate"])]
    for metric in ("welcome rate", "in focus, share", "offers a day", "reward a day"):
        lines += [
            f"  {metric:16} {name:{width}}" + "".join(f"{row[0]:7.2f}" for row in told[metric].values())
            for name, told in by_day(lived).items()
        ]
    return lines


def as_json(lived: Sequence[Lived]) -> dict[str, Any]:
    """Everything, with every persona as it was drawn and every offer."""
    from dataclasses import asdict  # noqa: PLC0415

    return {
        "rows_mean_low_high": rows(lived),
        "difference_mean_low_high": differences(lived),
        "by_day": by_day(lived),
        "people": [asdict(each) for each in lived],
    }


def panels(lived: Sequence[Lived]) -> list[Panel]:
    """The learning curves."""
    curves = by_day(lived)
    return [
        Panel(
            title,
            list(curves[PROJECT][metric]),
            {name: Curve(*map(list, zip(*told[metric].values(), strict=True))) for name, told in curves.items()},
        )
        for title, metric in (("welcome offers, share", "welcome rate"), ("reward a day", "reward a day"))
    ]


def _of(lived: Sequence[Lived], name: str, metric: str) -> Floats:
    return np.array([METRICS[metric](each.by_policy[name], max(1, len(each.there))) for each in lived])


def _share(made: Sequence[Happened], of: Callable[[Happened], float]) -> float:
    return sum(map(of, made)) / len(made) if made else float("nan")


def _interval(values: Floats) -> Row:
    if np.isnan(values).all():
        return (float("nan"),) * 3
    mean, low, high = interval(values[~np.isnan(values)])
    return float(mean), float(low), float(high)
