"""Reports to the brain that the owner is here: that a key was pressed, never which one, and who has the focus."""

from __future__ import annotations

from proactive_tui.ipc.requests import ReportFocus, ReportKeyPress
from proactive_tui.tui.face import Face

KEY_REPORT_SECONDS = 1.0
"""Seconds between two reports of pressed keys."""


class PresenceReporter:
    """Reports what the sensors of the face may tell, as the config says."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._throttle = Throttle(KEY_REPORT_SECONDS)

    def report_key_press(self) -> None:
        """Report that a key was pressed, unless that was said within the last second."""
        face = self._face
        if face.config.sensors.keys and self._throttle.allow(face.ticks()):
            face.send_request(ReportKeyPress(at=face.now()))

    def report_focus(self, *, focused: bool) -> None:
        """Report that the terminal has the focus, or lost it."""
        if self._face.config.sensors.focus:
            self._face.send_request(ReportFocus(focused=focused, at=self._face.now()))


class Throttle:
    """Lets at most one event through in `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def allow(self, at: float) -> bool:
        """Whether this event gets through."""
        if self._last is not None and at - self._last < self._seconds:
            return False
        self._last = at
        return True
