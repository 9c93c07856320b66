"""The offer that waits for an answer: how it comes, who sees it, and why it goes without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.brain.offers.note_check import is_done_in_note
from proactive_tui.ipc.events import OfferMade, OfferWithdrawn, WireEvent
from proactive_tui.journal import events
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind
from proactive_tui.text.places.raised_places import KIND_SOURCES, is_closed, word_place
from proactive_tui.topics.same_topics import SAME_LINE_KINDS

if TYPE_CHECKING:
    from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
    from proactive_tui.brain.services import Services

MAX_UNSEEN_SECONDS = 600.0
"""Seconds after which an offer that nobody could see is withdrawn."""
MAX_UNATTENDED_SECONDS = 3600.0
"""The same while no terminal shows it: who was told by the desktop may take a while to come."""


class PendingOffer:
    """Holds the one offer that waits, and tells the faces when it comes and goes; `offer` is None while none waits.

    It begins with the offer that waited when the last brain ended or was killed, if that is not long ago.
    `is_attended` says whether a terminal shows the assistant.
    """

    def __init__(
        self,
        services: Services,
        maintainer: IndexMaintainer,
        send_event: Callable[[WireEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._services, self._maintainer, self._send_event, self._clock = services, maintainer, send_event, clock
        self.offer = self._find_left_offer()
        self.is_attended = True
        self._seen = False
        self._since = self._unseen_since = clock()

    def issue_offer(self, offer: Offer, request: int = 0, *, held: bool) -> None:
        """Send a new offer, which waits from now on; `held` says that its topic was deferred before."""
        self.offer, self._seen, self._since, self._unseen_since = offer, False, offer.at, offer.at
        self._send_event(OfferMade(request=request, offer=offer, held=held))

    def restore_offer(self, offer: Offer, request: int) -> None:
        """Let an offer whose answer this request undid wait for an answer again."""
        self.offer, self._seen, self._since = offer, True, self._clock()
        self._send_event(OfferMade(request=request, offer=offer, again=True))

    def resolve_offer(self, offer: str) -> None:
        """Let the offer of this id go, for it was answered."""
        if self.offer and self.offer.id == offer:
            self.offer = None

    def mark_seen(self, offer: str) -> None:
        """Note that the face shows the offer; until now the owner may have been on another screen."""
        self._seen = self._seen or (self.offer is not None and self.offer.id == offer)

    def set_attended(self, attended: bool) -> None:
        """A terminal shows the assistant from now on, which is sent the offer that waits; or none does."""
        self.is_attended, self._unseen_since = attended, self._clock()
        if attended and self.offer:
            self._send_event(OfferMade(offer=self.offer))

    def withdraw_offer(self, reason: str, *, back: bool = False) -> None:
        """Take the offer back; `back` says that the owner may bring it back."""
        if offer := self.offer:
            withdrawn = events.ReactionReceived(offer=offer.id, reaction="withdrawn")
            self._services.record_event(withdrawn, self._clock())
            self.offer = None
            self._send_event(OfferWithdrawn(offer=offer.id, reason=reason, back=back))

    def withdraw_kind(self, kind: Kind) -> None:
        """Withdraw the offer if it is of this kind, which was switched off."""
        if self.offer and self.offer.topic.kind == kind:
            self.withdraw_offer("You switched its kind off.")

    def withdraw_folder(self, folder: str) -> None:
        """Withdraw the offer if it rests on a note or an item of this place, which is not to be asked about."""
        if self.offer and is_closed(self.offer.topic, [folder]):
            self.withdraw_offer(f"You switched its {word_place(self.offer.topic.kind)} off.")

    def withdraw_if_gone(self) -> None:
        """Withdraw the offer when the notes no longer hold its topic, or when nobody has seen it for long."""
        if self.offer is None:
            return
        topic, mined_at = self.offer.topic, self._maintainer.mined_at
        longest = MAX_UNSEEN_SECONDS if self.is_attended else MAX_UNATTENDED_SECONDS
        if not self._seen and self._clock() - self._unseen_since > longest:
            self.withdraw_offer("Its moment has passed.", back=True)
        elif mined_at is not None and mined_at > self._since:
            note = self._services.index.notes.get(topic.paths[0]) if topic.paths else None
            if topic.kind in SAME_LINE_KINDS and is_done_in_note(topic, note):
                self.withdraw_offer("It is done in your note.")
            elif not self._maintainer.holds_topic(topic):
                self.withdraw_offer(f"{'It' if topic.kind in KIND_SOURCES else 'Its note'} has changed.")

    def drop_if_forgotten(self) -> None:
        """Take the offer from the faces where it was forgotten; the journal knows nothing of it any more."""
        if self.offer and self.offer.id not in self._services.history.offers:
            forgotten, self.offer = self.offer, None
            self._send_event(OfferWithdrawn(offer=forgotten.id, reason="It was forgotten."))

    def find_lapsed_offer(self) -> Offer | None:
        """The newest offer that left unanswered, if the notes still hold its topic."""
        history = self._services.history
        for outcome in reversed(history.past_outcomes):
            offer = history.offers[outcome.offer]
            if outcome.reaction in {"ignored", "withdrawn"} and self._maintainer.holds_topic(offer.topic):
                return offer
        return None

    def _find_left_offer(self) -> Offer | None:
        history, config = self._services.history, self._services.config
        newest = next(reversed(history.offers.values()), None)
        if newest is None or newest.listed or history.outcomes[newest.id].reaction or not config.offers.per_day:
            return None
        return newest if abs(self._clock() - newest.at) <= MAX_UNATTENDED_SECONDS else None
