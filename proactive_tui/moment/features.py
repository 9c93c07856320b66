"""The features of a moment for the receptivity model. A signal that is off or absent has no features."""

from __future__ import annotations

import math
from collections.abc import Iterator

from proactive_tui.config import SensorsConfig
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import Moment
from proactive_tui.moment import clock
from proactive_tui.moment.breakpoints import Breakpoint
from proactive_tui.moment.budget import past_offers
from proactive_tui.moment.feature_names import NO_BREAKPOINT, elapsed_label, feature_name
from proactive_tui.moment.gates import idle_seconds
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

TIME_BAND_END_HOURS = (
    (5, "night"),
    (9, "early morning"),
    (12, "morning"),
    (14, "midday"),
    (18, "afternoon"),
    (22, "evening"),
)
"""Names of the features "time: …", each with the local hour at which it ends; the rest is night. They are journaled and
never shown: sentences use `learning.day_parts`."""

EDIT_PACE_SECONDS = 900.0
RECENT_REACTION_COUNT = 5


def moment_features(
    moment: Moment, boundary: Breakpoint | None, sensors: SensorsConfig, *, usual: float | None = None
) -> dict[str, float]:
    """The features of a moment: indicators 0 or 1, numbers of about that size, and raw readings, whose names begin with
    "~". `boundary` is that of breakpoints.py, `usual` (-1..1) `AvailabilityModel.relative_availability`.
    """
    features = dict(_clock_features(moment)) if sensors.clock else {}
    if usual is not None and sensors.clock:
        features["usually here"] = round(usual, 4)
    features |= dict(_recency_features(moment))
    features[feature_name("boundary", boundary.name) if boundary else NO_BREAKPOINT] = 1.0
    if moment.focused is not None:
        features["focused" if moment.focused else "not focused"] = 1.0
    idle = idle_seconds(moment)
    if idle is not None:
        features["idle"] = min(1.0, math.log1p(idle / 60) / math.log1p(60))
    features |= dict(_reaction_features(moment))
    return features


def _clock_features(moment: Moment) -> Iterator[tuple[str, float]]:
    hour = clock.seconds_of_day(moment.at, moment.utc_offset) / SECONDS_PER_HOUR
    yield "~hour", round(hour, 1)
    yield "hour sin", math.sin(2 * math.pi * hour / 24)
    yield "hour cos", math.cos(2 * math.pi * hour / 24)
    yield feature_name("time", next((name for end, name in TIME_BAND_END_HOURS if hour < end), "night")), 1.0
    weekend = local_day(moment.at, moment.utc_offset).weekday() >= 5
    yield feature_name("day", "weekend" if weekend else "workday"), 1.0


def _recency_features(moment: Moment) -> Iterator[tuple[str, float]]:
    made = past_offers(moment)
    if moment.edits:
        yield feature_name("saved", elapsed_label(moment.at - moment.edits[0].at)), 1.0
        pace = sum(1 for edit in moment.edits if edit.at > moment.at - EDIT_PACE_SECONDS)
        yield "pace of edits", min(1.0, math.log1p(pace) / math.log1p(30))
        yield "~edits", float(len(moment.edits))
    if moment.key_at is not None:
        yield feature_name("key", elapsed_label(moment.at - moment.key_at)), 1.0
    if made:
        yield feature_name("last offer", elapsed_label(moment.at - made[-1].at)), 1.0
        yield "~minutes since offer", round((moment.at - made[-1].at) / 60, 1)


def _reaction_features(moment: Moment) -> Iterator[tuple[str, float]]:
    """How welcome the last few offers of the last day were, from -1 (none) to 1 (all), drawn to 0 as if by
    two more offers.
    """
    scores = [
        REACTION_MEANINGS[outcome.reaction].welcome
        for outcome in past_offers(moment)
        if outcome.reaction and outcome.at > moment.at - SECONDS_PER_DAY
    ][-RECENT_REACTION_COUNT:]
    if scores:
        share = (1.0 + sum(scores)) / (2 + len(scores))
        yield "recent welcome", 2 * share - 1
