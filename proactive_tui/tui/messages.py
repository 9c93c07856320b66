"""What reaches the face from outside its own widgets."""

from __future__ import annotations

from textual.message import Message

from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.events import StatusUpdate, WireEvent
from proactive_tui.model import Evidence


class BrainEventReceived(Message, bubble=False):
    """The brain said something."""

    def __init__(self, event: WireEvent) -> None:
        super().__init__()
        self.event = event

    def can_replace(self, message: Message) -> bool:
        """A newer StatusUpdate makes an older one, which nobody has seen yet, superfluous."""
        return (
            isinstance(message, BrainEventReceived)
            and isinstance(self.event, StatusUpdate)
            and isinstance(message.event, StatusUpdate)
        )


class BrainStateChanged(Message, bubble=False):
    """The child process changed its state."""

    def __init__(self, state: BrainState) -> None:
        super().__init__()
        self.state = state


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
