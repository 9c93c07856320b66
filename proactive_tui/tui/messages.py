"""Textual messages to the app: events of the brain, and actions of a controller or screen that concern others."""

from __future__ import annotations

from textual.message import Message

from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.events import StatusUpdate, WireEvent
from proactive_tui.model.offer_values import Offer, OwnerAnswer
from proactive_tui.model.topic_values import Evidence


class BrainEventReceived(Message, bubble=False):
    """The brain sent an event."""

    def __init__(self, event: WireEvent) -> None:
        super().__init__()
        self.event = event

    def can_replace(self, message: Message) -> bool:
        """A newer StatusUpdate replaces one that is still queued."""
        return (
            isinstance(message, BrainEventReceived)
            and isinstance(self.event, StatusUpdate)
            and isinstance(message.event, StatusUpdate)
        )


class BrainStateChanged(Message, bubble=False):
    """The brain's process changed its state."""

    def __init__(self, state: BrainState) -> None:
        super().__init__()
        self.state = state


class OfferArrived(Message):
    """A new offer is visible for the first time."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer


class OfferAnswered(Message):
    """The owner answered an offer, or ignored it."""

    def __init__(self, offer: Offer, answer: OwnerAnswer) -> None:
        super().__init__()
        self.offer, self.answer = offer, answer


class OfferReturned(Message):
    """The conversation on this offer could not be opened: the offer waits for an answer again."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer


class UndoRequested(Message):
    """The owner takes back the answer to the offer of this id; with "", the last offer that left is to come back."""

    def __init__(self, offer_id: str) -> None:
        super().__init__()
        self.offer_id = offer_id


class ShowSource(Message):
    """The owner wants to look at a passage in its note."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self.evidence = evidence


class OpenSource(Message):
    """The owner wants to see a passage in the editor."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self.evidence = evidence
