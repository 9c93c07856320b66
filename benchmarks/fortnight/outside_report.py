"""What came of the fortnight with sources, beside the same fortnight without: by kind, by day, in appointments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from benchmarks.fortnight.experiment import WITH, WITHOUT, Lived
from benchmarks.fortnight.life import Happened
from benchmarks.fortnight.outside import OUTSIDE_KINDS
from benchmarks.fortnight.report import METRICS, WELCOME, Floats
from benchmarks.plots import interval
from proactive_tui.model.shared_words import TOPIC_KINDS

NOTES: Final = "notes, all kinds"


def outside_table(lived: Sequence[Lived]) -> list[str]:
    """The lines of the table."""
    lines = [f"  {'':18}" + "".join(f"{name:>18}" for name in METRICS)]
    for name in (WITHOUT, WITH):
        means = [np.nanmean(_per_person(lived, name, of)) for of in METRICS.values()]
        lines.append(f"  {name:18}" + "".join(f"{mean:18.3f}" for mean in means))
    lines += ["", f"  {WITH} less {WITHOUT}, paired over persons (95 %)"]
    for metric, of in METRICS.items():
        apart = _per_person(lived, WITH, of) - _per_person(lived, WITHOUT, of)
        mean, low, high = interval(apart[~np.isnan(apart)])
        lines.append(f"  {metric:18} {mean:+7.3f}  [{low:+.3f}, {high:+.3f}]")
    lines += ["", *_kind_lines(lived), "", *_day_lines(lived), ""]
    for name in (WITHOUT, WITH):
        made = [offer for person in lived for offer in person.by_policy[name]]
        lines.append(f"  {name:18} {sum(offer.in_meeting for offer in made)} of {len(made)} offers in an appointment")
    return lines


def _kind_lines(lived: Sequence[Lived]) -> list[str]:
    """By kind: how many offers, how many a day at the most, which share of all, and how many were welcome."""
    lines = [f"  {'offers by kind':18} {'':16} {'offers':>8} {'share':>7} {'most a day':>11} {'welcome':>8}"]
    for name in (WITHOUT, WITH):
        total = sum(len(person.by_policy[name]) for person in lived)
        for kind, of in _groups():
            days = [
                Counter(offer.day for offer in person.by_policy[name] if of(offer)).most_common(1) for person in lived
            ]
            made = [offer for person in lived for offer in person.by_policy[name] if of(offer)]
            if made:
                most = max(count for found in days for _, count in found)
                welcome = sum(offer.reaction in WELCOME for offer in made) / len(made)
                lines.append(f"  {kind:18} {name:16} {len(made):8} {len(made) / total:7.2f} {most:11} {welcome:8.3f}")
    return lines


def _groups() -> list[tuple[str, Callable[[Happened], bool]]]:
    of_notes = frozenset(TOPIC_KINDS) - frozenset(OUTSIDE_KINDS)
    groups: list[tuple[str, Callable[[Happened], bool]]] = [(NOTES, lambda offer: offer.kind in of_notes)]
    return groups + [(kind, lambda offer, kind=kind: offer.kind == kind) for kind in OUTSIDE_KINDS]


def _day_lines(lived: Sequence[Lived]) -> list[str]:
    """By day (from 1): offers a person, and the share that was welcome."""
    days = sorted({day for person in lived for day in person.there})
    usual = [day for day in days if sum(day in person.there for person in lived) >= len(lived) / 2]
    lines = [f"  {'day':36}" + "".join(f"{day + 1:>7}" for day in usual)]
    for name in (WITHOUT, WITH):
        by_day = [[offer for person in lived for offer in person.by_policy[name] if offer.day == day] for day in usual]
        there = [sum(day in person.there for person in lived) for day in usual]
        counts = [len(made) / people for made, people in zip(by_day, there, strict=True)]
        rates = [sum(offer.reaction in WELCOME for offer in made) / max(1, len(made)) for made in by_day]
        lines.append(f"  {'offers a day':18} {name:17}" + "".join(f"{count:7.2f}" for count in counts))
        lines.append(f"  {'welcome':18} {name:17}" + "".join(f"{rate:7.2f}" for rate in rates))
        if name == WITH:
            lines += [
                f"  {kind:18} {'offers a day':17}"
                + "".join(f"{sum(map(of, made)) / people:7.2f}" for made, people in zip(by_day, there, strict=True))
                for kind, of in _groups()
            ]
    return lines


def _per_person(lived: Sequence[Lived], name: str, of: Callable[[Sequence[Happened], int], float]) -> Floats:
    return np.array([of(person.by_policy[name], max(1, len(person.there))) for person in lived])
