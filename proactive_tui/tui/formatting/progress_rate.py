"""Computes speed and remaining time of indexing from the last status updates. Pure; times are unix seconds."""

from __future__ import annotations

from collections import deque

from proactive_tui.model.status_values import BrainStatus

RATE_WINDOW_SECONDS = 30.0
"""Seconds over which the rate is measured: a shorter window is noisy, a longer one follows changes slowly."""
MIN_RATE_SECONDS = 1.0
"""Seconds of readings before a rate is shown."""


class ProgressRate:
    """The last progress readings of the index: notes read first, then passages embedded."""

    def __init__(self) -> None:
        self._readings: deque[tuple[float, int]] = deque()
        self._target = ("", 0)

    def add_reading(self, at: float, status: BrainStatus) -> None:
        """Add the progress at `at`; a new target, or progress that fell back, starts the measurement again."""
        notes = status.notes
        readable = max(notes.watched - len(notes.failed), 0)
        if notes.indexed < readable:
            done, of = notes.indexed, ("note", readable)
        elif notes.embedded < notes.indexed:
            done, of = status.vectors, ("passage", status.passages)
        else:
            done, of = 0, ("", 0)
        if of[0] != self._target[0] or (self._readings and done < self._readings[-1][1]):
            self._readings.clear()
        self._target = of
        if of[0]:
            self._readings.append((at, done))
        while self._readings and self._readings[0][0] < at - RATE_WINDOW_SECONDS:
            self._readings.popleft()

    @property
    def item_name(self) -> str:
        """The unit that is counted: "note", "passage", or nothing."""
        return self._target[0]

    @property
    def items_per_second(self) -> float | None:
        """Items a second; None until the rate is known."""
        if len(self._readings) < 2:
            return None
        (began, first), (ended, last) = self._readings[0], self._readings[-1]
        return (last - first) / (ended - began) if ended - began >= MIN_RATE_SECONDS and last > first else None

    @property
    def remaining_seconds(self) -> float | None:
        """Seconds until the work is done at this rate; None until the rate is known."""
        rate = self.items_per_second
        return None if rate is None else max(self._target[1] - self._readings[-1][1], 0) / rate
