"""Builds and reads the names of the features of a moment. Journals hold these names, so they may not change.

A name is a signal ("idle"), or a signal with one of its values ("boundary: saved"). The receptivity model turns a raw
reading, whose signal begins with "~", into features of its own: bands ("~hour##2") and pairs of bands ("both: …").
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

MomentSignal = Literal[
    "~hour",
    "hour sin",
    "hour cos",
    "time",
    "day",
    "usually here",
    "saved",
    "pace of edits",
    "~edits",
    "key",
    "last offer",
    "~minutes since offer",
    "boundary",
    "focused",
    "not focused",
    "idle",
    "recent welcome",
]

RAW_READING_PREFIX: Final = "~"
"""A number whose name begins with this may have any size; the model reads it in bands (see discretizer.py)."""
PAIR_FEATURE_PREFIX: Final = "both: "

ELAPSED_TIME_STEPS: Final = ((60, "< 1 min"), (300, "1–5 min"), (1800, "5–30 min"), (7200, "½–2 h"))
"""Steps of elapsed time: the seconds at which each ends, and its label; beyond the last is "longer"."""

_CLOCK_SIGNALS: Final = ("~hour", "hour sin", "hour cos", "time", "day")

RECOMPUTED_SIGNALS: Final = frozenset[str]({*_CLOCK_SIGNALS, "last offer", "~minutes since offer", "recent welcome"})
"""Signals that follow from the time and from earlier offers."""

_SENSOR_BY_SIGNAL: Final[dict[str, str]] = {
    **dict.fromkeys((*_CLOCK_SIGNALS, "usually here"), "clock"),
    **dict.fromkeys(("saved", "pace of edits", "~edits"), "edits"),
    **dict.fromkeys(("focused", "not focused"), "focus"),
    "key": "keys",
    "idle": "idle",
}
_SENSOR_BY_BREAKPOINT: Final = {"saved": "edits", "returned": "idle", "commit": "commits"}

_READING_NAME: Final = re.compile(r"(~.+?)(?:##?\d+| rank|=.*)?")


class MomentFeature(NamedTuple):
    """A feature's name, read: `signal` is a `MomentSignal`, unless another program wrote it; `value` may be empty."""

    signal: str
    value: str = ""


def feature_name(signal: MomentSignal, value: str = "") -> str:
    """The name of a signal, or of one of its values."""
    return f"{signal}: {value}" if value else signal


NO_BREAKPOINT: Final = feature_name("boundary", "none")


def parse_feature(name: str) -> MomentFeature:
    """The signal and value of a name; a band stands for the reading that it is a band of, a pair for nothing."""
    if name.startswith(PAIR_FEATURE_PREFIX):
        return MomentFeature("")
    if name.startswith(RAW_READING_PREFIX) and (band := _READING_NAME.fullmatch(name)):
        return MomentFeature(band[1])
    signal, _, value = name.partition(": ")
    return MomentFeature(signal, value)


def feature_sensor(name: str) -> str | None:
    """The name, in the config, of the sensor that a feature comes from; None where it comes from none."""
    signal, value = parse_feature(name)
    return _SENSOR_BY_BREAKPOINT.get(value) if signal == "boundary" else _SENSOR_BY_SIGNAL.get(signal)


def is_raw_reading(name: str) -> bool:
    """Whether the feature is a raw reading: a number that may have any size."""
    return name.startswith(RAW_READING_PREFIX)


def is_band(name: str) -> bool:
    """Whether the receptivity model made the feature from raw readings."""
    return name.startswith((RAW_READING_PREFIX, PAIR_FEATURE_PREFIX)) or "=" in name


def elapsed_label(seconds: float) -> str:
    """The label of the step of elapsed time in which `seconds` lie."""
    return next((label for limit, label in ELAPSED_TIME_STEPS if seconds < limit), "longer")
