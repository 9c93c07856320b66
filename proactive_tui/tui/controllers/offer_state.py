"""The offer on screen, from its arrival to its answer: what is told to the brain about it, and when."""

from __future__ import annotations

from collections.abc import Callable

from proactive_tui.config import Config
from proactive_tui.ipc.requests import ReactToOffer, ReportOfferShown, WireRequest
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui.controllers.visibility_timer import VisibilityTimer


class OfferState:
    """Holds at most one offer. `now` are unix seconds, `ticks` seconds of a clock that never goes back."""

    def __init__(
        self, send: Callable[[WireRequest], None], config: Config, now: Callable[[], float], ticks: Callable[[], float]
    ) -> None:
        self._send = send
        self._config = config
        self._now = now
        self._ticks = ticks
        self._visibility = self._new_visibility_timer()
        self.offer: Offer | None = None

    def apply_config(self, config: Config) -> None:
        """Other settings; the offer that lies there keeps its own."""
        self._config = config

    def place_offer(self, offer: Offer, *, again: bool = False) -> None:
        """A new offer; one that still lay there is reported as withdrawn, which teaches nothing.

        One that its owner wants to see `again` is nothing that a key could be pressed at by mistake.
        """
        if self.offer is not None and self.offer.id != offer.id:
            self.send_reaction("withdrawn")
        if self.offer is None:
            self._visibility = self._new_visibility_timer(guard=not again)
        self.offer = offer

    def update_visibility(self, visible: bool) -> bool:
        """The card is in sight or covered; True when that is the offer's arrival, which the brain is told."""
        if self.offer is None:
            return False
        if not visible:
            self._visibility.hide(self._ticks())
            return False
        if not self._visibility.show(self._ticks()):
            return False
        self._send(ReportOfferShown(offer=self.offer.id, at=self._now()))
        return True

    @property
    def is_answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return self.offer is not None and self._visibility.is_answerable(self._ticks())

    @property
    def remaining_seconds(self) -> float:
        """Seconds in sight until it leaves by itself."""
        return self._visibility.remaining_seconds(self._ticks())

    def send_reaction(self, reaction: Reaction, until: float | None = None, *, never: bool = False) -> Offer | None:
        """Report the reaction and clear the desk; the offer that was answered."""
        offer = self.take_offer()
        if offer is not None:
            seconds = round(self._visibility.visible_seconds(self._ticks()), 3)
            self._send(ReactToOffer(offer=offer.id, reaction=reaction, seconds=seconds, until=until, never=never))
        return offer

    def take_offer(self) -> Offer | None:
        """Clear the desk without a word."""
        offer, self.offer = self.offer, None
        return offer

    def _new_visibility_timer(self, *, guard: bool = True) -> VisibilityTimer:
        seconds = self._config.face.guard_seconds if guard else 0.0
        return VisibilityTimer(guard=seconds, leave_after=self._config.offers.ignored_after_seconds)
