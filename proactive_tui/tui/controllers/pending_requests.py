"""Who waits for which answer of the brain."""

from __future__ import annotations

from collections.abc import Callable

from proactive_tui.ipc.client import next_request_id
from proactive_tui.ipc.events import FailureReport, OfferMade, ReplyChunk, WireEvent

EventCallback = Callable[[WireEvent], None]
"""Takes what the brain said to a request."""


class PendingRequests:
    """Open requests by number. Whoever closes a screen forgets its requests; answers to those are dropped."""

    def __init__(self) -> None:
        self._open: dict[int, EventCallback] = {}
        self._by_offer: set[int] = set()

    def open(self, answer: EventCallback, *, by_offer: bool = False) -> int:
        """A new number; what comes for it goes to `answer`. Some are answered `by_offer`, whichever comes."""
        number = next_request_id()
        self._open[number] = answer
        if by_offer:
            self._by_offer.add(number)
        return number

    def abandon_request(self, number: int) -> None:
        """Nobody waits for this any more."""
        self._open.pop(number, None)
        self._by_offer.discard(number)

    def deliver_event(self, tell: WireEvent) -> bool:
        """Hand an answer to whoever waits for it; False when nobody does."""
        if isinstance(tell, OfferMade):  # carries no number, and answers every wish for one
            for number in tuple(self._by_offer):
                self.abandon_request(number)
            return False
        number = getattr(tell, "request", 0)
        answer = self._open.get(number)
        if answer is None:
            return False
        if not isinstance(tell, ReplyChunk):
            self.abandon_request(number)
        answer(tell)
        return True

    def fail_all(self, title: str, hint: str) -> None:
        """The brain went away: nobody will answer what is open."""
        for number in sorted(self._open):
            self.deliver_event(FailureReport(request=number, title=title, hint=hint))
