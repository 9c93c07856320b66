"""How long an offer was really on screen, and whether a key may answer it yet. Pure: every time is an argument.

Times are seconds of a clock that never goes back.
"""

from __future__ import annotations


class VisibilityTimer:
    """The time an offer was visible, summed over the stretches in which it was."""

    def __init__(self, *, guard: float, leave_after: float) -> None:
        self._guard = guard
        self._leave_after = leave_after
        self._before = 0.0
        self._since: float | None = None
        self._first: float | None = None

    def show(self, at: float) -> bool:
        """It is visible from now on; says whether this is its arrival."""
        arrived = self._first is None
        if arrived:
            self._first = at
        if self._since is None:
            self._since = at
        return arrived

    def hide(self, at: float) -> None:
        """It is covered, or gone from the terminal."""
        self._before = self.visible_seconds(at)
        self._since = None

    def visible_seconds(self, at: float) -> float:
        """How long it was visible so far."""
        return self._before + (at - self._since if self._since is not None else 0.0)

    def remaining_seconds(self, at: float) -> float:
        """Seconds until it leaves by itself, if it stays visible."""
        return max(self._leave_after - self.visible_seconds(at), 0.0)

    def is_answerable(self, at: float) -> bool:
        """Whether a key pressed now was meant for it: it is visible, and not only just."""
        return self._since is not None and self._first is not None and at - self._first >= self._guard


class Throttle:
    """Lets one in so many seconds through."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def allow(self, at: float) -> bool:
        """Whether enough time went by since it last said yes."""
        if self._last is not None and at - self._last < self._seconds:
            return False
        self._last = at
        return True
