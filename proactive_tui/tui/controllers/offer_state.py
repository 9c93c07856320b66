"""The offer on screen, from its arrival to its answer: what is told to the brain about it, and when."""

from __future__ import annotations

from collections.abc import Callable

from proactive_tui.config import Config
from proactive_tui.ipc.requests import Arrived, Ask, React, Talk
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui.controllers.visibility_timer import Exposure


class Desk:
    """Holds at most one offer. `now` are unix seconds, `ticks` seconds of a clock that never goes back."""

    def __init__(
        self, send: Callable[[Ask], None], config: Config, now: Callable[[], float], ticks: Callable[[], float]
    ) -> None:
        self._send = send
        self._config = config
        self._now = now
        self._ticks = ticks
        self._exposure = self._fresh()
        self.offer: Offer | None = None

    def configure(self, config: Config) -> None:
        """Other settings; the offer that lies there keeps its own."""
        self._config = config

    def put(self, offer: Offer, *, again: bool = False) -> None:
        """A new offer; one that still lay there is reported as withdrawn, which teaches nothing.

        One that its owner wants to see `again` is nothing that a key could be pressed at by mistake.
        """
        if self.offer is not None and self.offer.id != offer.id:
            self.answer("withdrawn")
        if self.offer is None:
            self._exposure = self._fresh(guard=not again)
        self.offer = offer

    def shown(self, visible: bool) -> bool:
        """The card is in sight or covered; True when that is the offer's arrival, which the brain is told."""
        if self.offer is None:
            return False
        if not visible:
            self._exposure.hide(self._ticks())
            return False
        if not self._exposure.show(self._ticks()):
            return False
        self._send(Arrived(offer=self.offer.id, at=self._now()))
        return True

    @property
    def answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return self.offer is not None and self._exposure.answerable(self._ticks())

    @property
    def left(self) -> float:
        """Seconds in sight until it leaves by itself."""
        return self._exposure.left(self._ticks())

    def answer(self, reaction: Reaction, until: float | None = None, *, never: bool = False) -> Offer | None:
        """Report the reaction and clear the desk; the offer that was answered."""
        offer = self.take()
        if offer is not None:
            seconds = round(self._exposure.seconds(self._ticks()), 3)
            self._send(React(offer=offer.id, reaction=reaction, seconds=seconds, until=until, never=never))
        return offer

    def talk(self, request: int) -> Offer | None:
        """Open a conversation on the offer, which is its answer."""
        offer = self.take()
        if offer is not None:
            self._send(Talk(request=request, offer=offer.id))
        return offer

    def take(self) -> Offer | None:
        """Clear the desk without a word."""
        offer, self.offer = self.offer, None
        return offer

    def _fresh(self, *, guard: bool = True) -> Exposure:
        seconds = self._config.face.guard_seconds if guard else 0.0
        return Exposure(guard=seconds, leave_after=self._config.offers.ignored_after_seconds)
