"""How long an offer was really on screen, and whether a key may answer it yet. Pure: every time is an argument.

Times are seconds of a clock that never goes back.
"""

from __future__ import annotations


class VisibilityTimer:
    """Sums the stretches of time in which an offer was visible."""

    def __init__(self, *, guard: float, leave_after: float) -> None:
        self._guard = guard
        self._leave_after = leave_after
        self._before = 0.0
        self._since: float | None = None
        self._first: float | None = None

    def show(self, at: float) -> bool:
        """It is visible from `at` on; return whether this is the first time."""
        arrived = self._first is None
        if arrived:
            self._first = at
        if self._since is None:
            self._since = at
        return arrived

    def hide(self, at: float) -> None:
        """It is covered from `at` on."""
        self._before = self.visible_seconds(at)
        self._since = None

    def visible_seconds(self, at: float) -> float:
        """Seconds for which it was visible so far."""
        return self._before + (at - self._since if self._since is not None else 0.0)

    def remaining_seconds(self, at: float) -> float:
        """Seconds until it leaves by itself, if it stays visible."""
        return max(self._leave_after - self.visible_seconds(at), 0.0)

    def is_answerable(self, at: float) -> bool:
        """Whether a key pressed now was meant for it: it is visible, and has been for the guard time."""
        return self._since is not None and self._first is not None and at - self._first >= self._guard


class Throttle:
    """Lets one event through in so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def allow(self, at: float) -> bool:
        """Whether this event gets through."""
        if self._last is not None and at - self._last < self._seconds:
            return False
        self._last = at
        return True
