"""The shipped model of receptivity as a policy for the yardstick `timing.py`."""

from __future__ import annotations

from proactive_tui.moment.feature_names import RAW_READING_PREFIX
from proactive_tui.moment.receptivity import ReceptivityModel

Reading = dict[str, float | str]


class Timing:
    """A policy that passes all columns as raw readings; rows have no time, so nothing is forgotten."""

    def __init__(self) -> None:
        self._receptivity = ReceptivityModel()

    def predict(self, when: Reading, what: Reading) -> float:
        return self._receptivity.predict(_readings(when, what))

    def learn(self, when: Reading, what: Reading, accepted: bool) -> None:
        self._receptivity.learn_moment(_readings(when, what), float(accepted), 1.0, 0.0)


def _readings(when: Reading, what: Reading) -> Reading:
    return {f"{RAW_READING_PREFIX}{name}": value for name, value in {**when, **what}.items()}


def timing(_seed: int) -> Timing:
    return Timing()
