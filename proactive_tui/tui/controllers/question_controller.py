"""The question "was this a good moment?" on screen: it comes after an offer, waits a little, and leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from proactive_tui.ipc.requests import RateMoment
from proactive_tui.tui.controllers.visibility_timer import VisibilityTimer
from proactive_tui.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

QUESTION_VISIBLE_SECONDS = 60.0
"""It leaves after so long in sight."""

QUESTION_STALE_SECONDS = 600.0
"""Whoever comes to see it later than this no longer knows which moment is meant."""

MOMENT_ACKNOWLEDGEMENTS = {True: "A good moment: noted.", False: "A bad moment: noted."}


class QuestionController:
    """Holds at most one question, by its offer's id; it is in sight on the resting screen only."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app
        self._offer_id = ""
        self._asked_at = 0.0
        self._visibility = self._new_visibility_timer()
        self._expiry_timer: Timer | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return bool(self._offer_id) and self._visibility.is_answerable(self._app.ticks())

    def show_question(self, offer: str) -> None:
        """The brain asks about the moment of this offer. It does not while another offer waits for an answer."""
        if self._app.offer is None:
            self._offer_id, self._asked_at, self._visibility = offer, self._app.ticks(), self._new_visibility_timer()
            self.sync_visibility()

    def dismiss_question(self) -> None:
        """Take it off the screen; that is no answer."""
        self._offer_id = ""
        self.sync_visibility()

    def rate_moment(self, good: bool) -> None:
        """The owner answered."""
        if self._offer_id:
            self._app.send_request(RateMoment(offer=self._offer_id, good=good))
            self._app.notify(MOMENT_ACKNOWLEDGEMENTS[good], timeout=3, markup=False)
            self.dismiss_question()

    def sync_visibility(self) -> None:
        """Bring the line in line with what is asked and what is in sight."""
        app, ticks = self._app, self._app.ticks()
        if not app.screen_stack:
            return  # it is being closed
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
            self._expiry_timer = None
        visible = isinstance(app.screen, HomeScreen) and not app.suspended
        if ticks - self._asked_at > QUESTION_STALE_SECONDS:
            self._offer_id = ""
        if self._offer_id and visible:
            self._visibility.show(ticks)
            self._expiry_timer = app.set_timer(self._visibility.remaining_seconds(ticks), self._dismiss_if_expired)
        else:
            self._visibility.hide(ticks)
        app.question_pending = bool(self._offer_id)

    def _dismiss_if_expired(self) -> None:
        self._expiry_timer = None
        if self._visibility.remaining_seconds(self._app.ticks()) > 0:  # it was covered for a while
            self.sync_visibility()
        else:
            self.dismiss_question()

    def _new_visibility_timer(self) -> VisibilityTimer:
        return VisibilityTimer(guard=self._app.config.face.guard_seconds, leave_after=QUESTION_VISIBLE_SECONDS)
