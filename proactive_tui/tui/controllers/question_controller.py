"""The question "was this a good moment?" on screen: it comes after an offer, waits a little, and leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from proactive_tui.ipc.requests import Answer
from proactive_tui.tui.controllers.visibility_timer import Exposure
from proactive_tui.tui.screens.home import Home

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

SECONDS = 60.0
"""It leaves after so long in sight."""

STALE_SECONDS = 600.0
"""Whoever comes to see it later than this no longer knows which moment is meant."""

FEEDBACK = {True: "A good moment: noted.", False: "A bad moment: noted."}


class Asking:
    """Holds at most one question, by its offer's id; it is in sight on the resting screen only."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app
        self._offer = ""
        self._asked_at = 0.0
        self._exposure = self._fresh()
        self._leaving: Timer | None = None

    @property
    def answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return bool(self._offer) and self._exposure.answerable(self._app.ticks())

    def put(self, offer: str) -> None:
        """The brain asks about the moment of this offer. It does not while another offer waits for an answer."""
        if self._app.offer is None:
            self._offer, self._asked_at, self._exposure = offer, self._app.ticks(), self._fresh()
            self.look()

    def drop(self) -> None:
        """Take it off the screen; that is no answer."""
        self._offer = ""
        self.look()

    def answer(self, good: bool) -> None:
        """The owner answered."""
        if self._offer:
            self._app.send(Answer(offer=self._offer, good=good))
            self._app.notify(FEEDBACK[good], timeout=3, markup=False)
            self.drop()

    def look(self) -> None:
        """Bring the line in line with what is asked and what is in sight."""
        app, ticks = self._app, self._app.ticks()
        if not app.screen_stack:
            return  # it is being closed
        if self._leaving is not None:
            self._leaving.stop()
            self._leaving = None
        visible = isinstance(app.screen, Home) and not app.lent
        if ticks - self._asked_at > STALE_SECONDS:
            self._offer = ""
        if self._offer and visible:
            self._exposure.show(ticks)
            self._leaving = app.set_timer(self._exposure.left(ticks), self._left)
        else:
            self._exposure.hide(ticks)
        app.asked = bool(self._offer)

    def _left(self) -> None:
        self._leaving = None
        if self._exposure.left(self._app.ticks()) > 0:  # it was covered for a while
            self.look()
        else:
            self.drop()

    def _fresh(self) -> Exposure:
        return Exposure(guard=self._app.config.face.guard_seconds, leave_after=SECONDS)
