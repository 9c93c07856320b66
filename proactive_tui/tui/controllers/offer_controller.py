"""Handles the offer on screen from its arrival to its answer or expiry, and reports both to the brain.

`plain/offer_desk.py` does so in lines: it has no screen that could cover an offer, and no keys pressed by mistake, with
which most of this deals. What an answer is, how it is sent and how its outcome is told, they share (`OwnerAnswer`,
`ReactToOffer.of_answer`, `describe_outcome`).
"""

from __future__ import annotations

from proactive_tui.ipc.requests import ReactToOffer, ReportOfferShown
from proactive_tui.model.offer_values import Offer, OwnerAnswer
from proactive_tui.tui.controllers.visibility_timer import VisibilityTimer
from proactive_tui.tui.face import Face, RunningTimer
from proactive_tui.tui.messages import OfferAnswered, OfferArrived


class OfferController:
    """Sets and clears the face's `offer`, which is the only place that holds the offer."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._visibility = VisibilityTimer(guard=0.0, leave_after=0.0)
        self._expiry_timer: RunningTimer | None = None
        self._is_restored = False

    @property
    def is_answerable(self) -> bool:
        """Whether a key pressed now may answer the offer."""
        return self._face.offer is not None and self._visibility.is_answerable(self._face.ticks())

    def show_offer(self, offer: Offer, *, again: bool = False) -> None:
        """Show an offer. Another offer that still waits is reported as withdrawn, from which nothing is learned.

        An offer that the owner brought back (`again`) needs no guard time against keys pressed by mistake.
        """
        face, before = self._face, self._face.offer
        if before is not None and before.id != offer.id:
            self._send_answer(before, OwnerAnswer("withdrawn"))
        if before is None or before.id != offer.id:
            guard = 0.0 if again else face.config.face.guard_seconds
            self._visibility = VisibilityTimer(guard=guard, leave_after=face.config.offers.ignored_after_seconds)
        self._is_restored = again
        face.offer = offer
        self.sync_visibility()

    def withdraw_offer(self, offer_id: str) -> bool:
        """Remove the offer that the brain withdrew; returns False when another one is shown."""
        if self._face.offer is None or self._face.offer.id != offer_id:
            return False
        self._take_offer()
        return True

    def submit_answer(self, answer: OwnerAnswer) -> None:
        """Send the owner's answer."""
        if offer := self._take_offer():
            self._send_answer(offer, answer)
            self._face.post_message(OfferAnswered(offer, answer))

    def engage_offer(self) -> Offer | None:
        """Take the offer to talk about it. The caller has to open the conversation, which answers the offer."""
        if offer := self._take_offer():
            self._face.post_message(OfferAnswered(offer, OwnerAnswer("engaged")))
        return offer

    def sync_visibility(self) -> None:
        """Start or stop counting the time for which the offer is visible, after visibility may have changed."""
        face, ticks = self._face, self._face.ticks()
        self._stop_expiry()
        if face.offer is None:
            return
        if not face.is_offer_visible:
            self._visibility.hide(ticks)
            return
        if self._visibility.show(ticks):
            face.send_request(ReportOfferShown(offer=face.offer.id, at=face.now()))
            if not self._is_restored:
                face.post_message(OfferArrived(face.offer))
        self._expiry_timer = face.set_timer(self._visibility.remaining_seconds(ticks), self._ignore_if_expired)

    def _ignore_if_expired(self) -> None:
        if self._visibility.remaining_seconds(self._face.ticks()) > 0:  # the offer was covered for a while
            self.sync_visibility()
        else:
            self.submit_answer(OwnerAnswer("ignored"))

    def _take_offer(self) -> Offer | None:
        offer, self._face.offer = self._face.offer, None
        self._stop_expiry()
        return offer

    def _send_answer(self, offer: Offer, answer: OwnerAnswer) -> None:
        seconds = self._visibility.visible_seconds(self._face.ticks())
        self._face.send_request(ReactToOffer.of_answer(offer.id, answer, seconds))

    def _stop_expiry(self) -> None:
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
            self._expiry_timer = None
