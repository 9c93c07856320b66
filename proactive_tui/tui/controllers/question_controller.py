"""Handles the question "was this a good moment?", which follows an offer and leaves by itself after a while."""

from __future__ import annotations

from proactive_tui.ipc.requests import RateMoment
from proactive_tui.tui.controllers.visibility_timer import VisibilityTimer
from proactive_tui.tui.face import Face, RunningTimer

QUESTION_VISIBLE_SECONDS = 60.0
"""Seconds in sight after which the question leaves."""

QUESTION_STALE_SECONDS = 600.0
"""Seconds after which the owner no longer knows which moment the question means."""

MOMENT_ACKNOWLEDGEMENTS = {True: "A good moment: noted.", False: "A bad moment: noted."}


class QuestionController:
    """Holds at most one question, by its offer's id; only the home screen shows it."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._offer_id = ""
        self._asked_at = 0.0
        self._visibility = self._new_visibility_timer()
        self._expiry_timer: RunningTimer | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether a key pressed now may answer the question."""
        return bool(self._offer_id) and self._visibility.is_answerable(self._face.ticks())

    def show_question(self, offer_id: str) -> None:
        """Ask about the moment of this offer, unless another offer waits for an answer."""
        if self._face.offer is None:
            self._offer_id, self._asked_at = offer_id, self._face.ticks()
            self._visibility = self._new_visibility_timer()
            self.sync_visibility()

    def dismiss_question(self) -> None:
        """Take the question off the screen without an answer."""
        self._offer_id = ""
        self.sync_visibility()

    def rate_moment(self, good: bool) -> None:
        """Send the owner's answer."""
        if self._offer_id:
            self._face.send_request(RateMoment(offer=self._offer_id, good=good))
            self._face.notify(MOMENT_ACKNOWLEDGEMENTS[good], timeout=3, markup=False)
            self.dismiss_question()

    def sync_visibility(self) -> None:
        """Start or stop counting the time for which the question is visible, after visibility may have changed."""
        face, ticks = self._face, self._face.ticks()
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
            self._expiry_timer = None
        if ticks - self._asked_at > QUESTION_STALE_SECONDS:
            self._offer_id = ""
        if self._offer_id and face.is_home_visible:
            self._visibility.show(ticks)
            self._expiry_timer = face.set_timer(self._visibility.remaining_seconds(ticks), self._dismiss_if_expired)
        else:
            self._visibility.hide(ticks)
        face.question_pending = bool(self._offer_id)

    def _dismiss_if_expired(self) -> None:
        if self._visibility.remaining_seconds(self._face.ticks()) > 0:  # the question was covered for a while
            self.sync_visibility()
        else:
            self.dismiss_question()

    def _new_visibility_timer(self) -> VisibilityTimer:
        return VisibilityTimer(guard=self._face.config.face.guard_seconds, leave_after=QUESTION_VISIBLE_SECONDS)
