"""Measures how long an offer was visible, and decides whether a key may answer it yet. Pure: time is an argument.

Times are seconds of a clock that never goes back.
"""

from __future__ import annotations


class VisibilityTimer:
    """Sums the periods in which an offer was visible; it expires after `leave_after` seconds of them."""

    def __init__(self, *, guard: float, leave_after: float) -> None:
        self._guard = guard
        self._leave_after = leave_after
        self._seconds_before = 0.0
        self._visible_since: float | None = None
        self._first_visible_at: float | None = None

    def show(self, at: float) -> bool:
        """Note that the offer is visible from `at` on; returns whether it is so for the first time."""
        is_first = self._first_visible_at is None
        if is_first:
            self._first_visible_at = at
        if self._visible_since is None:
            self._visible_since = at
        return is_first

    def hide(self, at: float) -> None:
        """Note that the offer is covered from `at` on."""
        self._seconds_before = self.visible_seconds(at)
        self._visible_since = None

    def visible_seconds(self, at: float) -> float:
        """Seconds for which the offer was visible so far."""
        return self._seconds_before + (at - self._visible_since if self._visible_since is not None else 0.0)

    def remaining_seconds(self, at: float) -> float:
        """Seconds until the offer leaves by itself, if it stays visible."""
        return max(self._leave_after - self.visible_seconds(at), 0.0)

    def is_answerable(self, at: float) -> bool:
        """Whether a key pressed at `at` may answer: the offer is visible, and first appeared the guard time ago."""
        return (
            self._visible_since is not None
            and self._first_visible_at is not None
            and at - self._first_visible_at >= self._guard
        )
