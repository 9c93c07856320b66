"""Decides when text that streams in is drawn next. Pure: time is an argument, in seconds of a clock that never goes
back.

A drawing lays out the whole transcript, and a key would have to wait for it: while the owner types, it waits for a
pause. Who types on is shown what has come as plain text, which is laid out in a third of the time.
"""

from __future__ import annotations

import math

DRAWING_SECONDS = 0.1
"""Seconds between two drawings while nobody types."""
KEY_PAUSE_SECONDS = 0.4
"""Seconds without a key after which the owner does not type any more."""
LONGEST_HOLD_SECONDS = 3.0
"""Seconds for which somebody who types on may hold back what has come."""


class DrawingPace:
    """The times of the last key and of the oldest text that is not drawn yet."""

    def __init__(self) -> None:
        self._last_key_at = -math.inf
        self._undrawn_since: float | None = None

    def note_key(self, now: float) -> None:
        """Note that the owner typed at `now`."""
        self._last_key_at = now

    def is_typing(self, now: float) -> bool:
        """Whether the owner typed a moment before `now`, so that a drawing has to take little time."""
        return now - self._last_key_at < KEY_PAUSE_SECONDS

    def note_drawing(self) -> None:
        """Note that all text so far is being drawn."""
        self._undrawn_since = None

    def seconds_until_drawing(self, now: float) -> float:
        """How many seconds from `now` on the text that came, now or before, is to be drawn."""
        if self._undrawn_since is None:
            self._undrawn_since = now
        pause_ends = self._last_key_at + KEY_PAUSE_SECONDS
        latest = self._undrawn_since + LONGEST_HOLD_SECONDS
        return max(self._undrawn_since + DRAWING_SECONDS, min(pause_ends, latest)) - now
