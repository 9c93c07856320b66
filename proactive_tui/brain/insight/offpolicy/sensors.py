"""The features and gates of a journaled moment as they would have been under other settings. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from proactive_tui.config import Config, SensorsConfig
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.model.shared_words import GateCode
from proactive_tui.moment.feature_names import (
    ELAPSED_TIME_STEPS,
    NO_BREAKPOINT,
    RECOMPUTED_SIGNALS,
    MomentSignal,
    feature_name,
    feature_sensor,
    parse_feature,
)
from proactive_tui.moment.features import moment_features
from proactive_tui.moment.gates import evaluate_gates

RECOMPUTED_GATES: Final = frozenset[GateCode | None]({"wanted", "quiet hours", "quiet day", "budget", "spacing"})
"""Gates that settings, the time and earlier offers decide; the others depend on what sensors found."""

_STEP_ENDS: Final = (0, *(end for end, _ in ELAPSED_TIME_STEPS[:3]))
QUIET_STEP_SECONDS: Final = {
    label: (float(start), float(end)) for start, (end, label) in zip(_STEP_ENDS, ELAPSED_TIME_STEPS[:3], strict=False)
}
"""The span (seconds ago) that a step stands for, by its label; beyond is longer than anybody waits for quiet."""


class LoggedContext(Struct, frozen=True, kw_only=True):
    """A moment as it was journaled: its features (`when`), and the gates, with codes, as they stood at `at`.

    `started_at` is when the program had been started, where the journal tells. Times are unix seconds.
    """

    at: float
    when: Mapping[str, float]
    gates: Sequence[Gate]
    started_at: float | None = None


def visible_features(logged: Mapping[str, float], sensors: SensorsConfig) -> dict[str, float]:
    """The features without those of disabled sensors; a breakpoint that only these noticed is none."""
    left = {name: value for name, value in logged.items() if _is_visible(name, sensors)}
    if any(parse_feature(name).signal == "boundary" for name in logged.keys() - left.keys()):
        left[NO_BREAKPOINT] = 1.0
    return left


def _is_visible(name: str, sensors: SensorsConfig) -> bool:
    sensor = feature_sensor(name)
    return sensor is None or getattr(sensors, sensor)


def counterfactual_features(then: LoggedContext, moment: Moment, sensors: SensorsConfig) -> dict[str, float]:
    """The features of `moment` if the sensors had found what they found `then`."""
    left = {
        name: value
        for name, value in visible_features(then.when, sensors).items()
        if parse_feature(name).signal not in RECOMPUTED_SIGNALS
    }
    fresh = moment_features(moment, None, sensors)
    del fresh[NO_BREAKPOINT]
    return {**left, **fresh}


def gate_pass_probability(then: LoggedContext, moment: Moment, was: Config, new: Config) -> float:
    """The probability that all gates are open at `moment` if the sensors had found what they found `then`.

    It is 0 or 1, except where longer quiet is wanted than was asked for then: the features tell quiet in steps only.
    """
    if not all(
        gate.passed for gate in evaluate_gates(moment, new.offers, new.sensors) if gate.code in RECOMPUTED_GATES
    ):
        return 0.0
    likely = 1.0
    for gate in then.gates:
        match gate.code:
            case "away":
                likely *= _presence_probability(then, gate, new)
            case "just started" if then.started_at is not None:
                likely *= moment.at >= then.started_at + new.offers.first_after_seconds
            case "typing" | "saving":
                likely *= _quiet_probability(then, gate, was, new)
            case code if code not in RECOMPUTED_GATES:
                likely *= gate.passed
    return likely


def _presence_probability(then: LoggedContext, gate: Gate, new: Config) -> float:
    if not new.sensors.idle:
        return 1.0
    idle = then.when.get("idle")
    if idle is None or idle >= 1.0:  # longer than an hour: away under any setting
        return float(gate.passed)
    return float(math.expm1(idle * math.log1p(60)) <= new.sensors.away_minutes + 1e-6)


def _quiet_probability(then: LoggedContext, gate: Gate, was: Config, new: Config) -> float:
    """The probability that it was quiet for long enough: a shut gate tells since when, else the features do."""
    asked, wanted = was.offers.idle_seconds, new.offers.idle_seconds
    signs: list[MomentSignal] = ["key"] if new.sensors.keys else []
    signs += ["saved"] if new.sensors.edits else []
    if not signs:
        return 1.0
    if not gate.passed:
        if len(signs) == 2 or gate.code == ("typing" if "key" in signs else "saving"):
            return float(gate.until is not None and then.at >= gate.until - asked + wanted)
        return float(feature_name(signs[0], "< 1 min") not in then.when)
    if wanted <= asked:
        return 1.0
    steps = [
        QUIET_STEP_SECONDS[step]
        for step in QUIET_STEP_SECONDS
        for sign in signs
        if feature_name(sign, step) in then.when
    ]
    if not steps:
        return 1.0
    first, last = min(steps)
    first = max(first, asked)
    return min(1.0, max(0.0, (last - wanted) / (last - first))) if last > first else float(last >= wanted)
