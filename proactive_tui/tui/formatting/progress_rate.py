"""How fast the index grows, and how long it will take: from what the brain said last. Pure; times are unix seconds."""

from __future__ import annotations

from collections import deque

from proactive_tui.model import Status

LOOKED_AT = 30.0
"""Seconds over which a rate is measured: a shorter time jumps, a longer one is slow to see a change."""
LEAST = 1.0
"""Seconds from which on a rate is worth naming."""


class Pace:
    """The last readings of what is being done: reading notes first, then passages by meaning."""

    def __init__(self) -> None:
        self._readings: deque[tuple[float, int]] = deque()
        self._of = ("", 0)

    def add(self, at: float, status: Status) -> None:
        """How things stand at `at`."""
        notes = status.notes
        readable = max(notes.watched - len(notes.failed), 0)
        if notes.indexed < readable:
            done, of = notes.indexed, ("note", readable)
        elif notes.embedded < notes.indexed:
            done, of = status.vectors, ("passage", status.passages)
        else:
            done, of = 0, ("", 0)
        if of[0] != self._of[0] or (self._readings and done < self._readings[-1][1]):
            self._readings.clear()
        self._of = of
        if of[0]:
            self._readings.append((at, done))
        while self._readings and self._readings[0][0] < at - LOOKED_AT:
            self._readings.popleft()

    @property
    def thing(self) -> str:
        """What is being done: "note", "passage", or nothing."""
        return self._of[0]

    @property
    def rate(self) -> float | None:
        """So many a second; None while it cannot be said."""
        if len(self._readings) < 2:
            return None
        (began, first), (ended, last) = self._readings[0], self._readings[-1]
        return (last - first) / (ended - began) if ended - began >= LEAST and last > first else None

    @property
    def left(self) -> float | None:
        """Seconds until it is done at this rate; None while it cannot be said."""
        rate = self.rate
        return None if rate is None else max(self._of[1] - self._readings[-1][1], 0) / rate
