"""What became of the last offer, in a quiet line, and the key that takes it back for as long as the line is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual.timer import Timer

from proactive_tui.ipc.events import OfferWithdrawn
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.formatting.times import format_clock_time

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

UNDO_SECONDS = 12.0
"""An answer can be taken back for so long."""
LEFT_NOTICE_SECONDS = 600.0
"""That an offer has left by itself is said for so long: its owner was looking elsewhere."""

OUTCOME_TEXTS: dict[Reaction, str] = {
    "not now": "Not now.",
    "not this": "Not this.",
    "engaged": "Talking about it.",
    "ignored": "It left by itself.",
}


class UndoLine(Struct, frozen=True):
    """What is said, and the id of the command that may be used on it ("" for none)."""

    text: str
    command: str = ""


class UndoController:
    """Knows the answer that can still be undone. What it says is the app's `undo_line`, for the screens to show."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app
        self._offer: Offer | None = None
        self._expiry_timer: Timer | None = None

    @property
    def can_undo(self) -> bool:
        """Whether an answer can be taken back now."""
        return self._offer is not None

    def show_reaction(
        self, offer: Offer, reaction: Reaction, *, until: float | None = None, never: bool = False
    ) -> None:
        """The owner answered, or let the offer leave; `until` is when a snoozed one comes back (unix seconds)."""
        if reaction == "ignored":
            self.show_line(OUTCOME_TEXTS[reaction], "offer.bring_back", LEFT_NOTICE_SECONDS)
            return
        text = (
            f"Again {format_clock_time(until, self._app.now())}."
            if until is not None
            else OUTCOME_TEXTS.get(reaction, "")
        )
        if text:
            self.show_line("Never this kind." if never else text, "offer.undo", UNDO_SECONDS)
            self._offer = offer

    def append_feedback(self, offer: str, words: str) -> None:
        """The brain says what the answer has changed."""
        line = self._app.undo_line
        if words and line and self._offer is not None and self._offer.id == offer:
            self._app.undo_line = UndoLine(f"{line.text} {one_line(words)}.", line.command)

    def show_withdrawal(self, told: OfferWithdrawn) -> None:
        """The brain took the offer on screen back."""
        self.show_line(one_line(told.reason), "offer.bring_back" if told.back else "", LEFT_NOTICE_SECONDS)

    def take_answered_offer(self) -> Offer | None:
        """The offer whose answer is to be undone, once."""
        offer = self._offer
        self.clear()
        return offer

    def show_line(self, text: str, command: str, seconds: float) -> None:
        """Say something new for a while."""
        self.clear()
        self._app.undo_line = UndoLine(text, command)
        self._expiry_timer = self._app.set_timer(seconds, self.clear)

    def clear(self) -> None:
        """It leaves, and with it the chance to undo."""
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
        self._expiry_timer = self._offer = self._app.undo_line = None
