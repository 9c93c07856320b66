"""The line on the outcome of the last offer, and the undo of its answer while the line is shown."""

from __future__ import annotations

from msgspec import Struct

from proactive_tui.ipc.events import OfferWithdrawn
from proactive_tui.model.offer_values import Offer
from proactive_tui.tui.face import Face, RunningTimer
from proactive_tui.tui.formatting.face_words import OUTCOME_TEXTS, describe_outcome
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.messages import OfferAnswered, UndoRequested

UNDO_SECONDS = 12.0
"""Seconds for which an answer can be undone."""
LEFT_NOTICE_SECONDS = 600.0
"""Seconds for which the line says that an offer left by itself; the owner may have looked elsewhere."""


class UndoLine(Struct, frozen=True):
    """The text of the line, and the id of the command that it offers ("" for none)."""

    text: str
    command: str = ""


class UndoController:
    """Remembers the answer that can still be undone, and sets the face's `undo_line`, which the screens show."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._offer: Offer | None = None
        self._expiry_timer: RunningTimer | None = None

    @property
    def can_undo(self) -> bool:
        """Whether an answer can be undone now."""
        return self._offer is not None

    def show_reaction(self, answered: OfferAnswered) -> None:
        """Say how the owner answered, or that the offer left."""
        if answered.answer.reaction == "ignored":
            self.show_line(OUTCOME_TEXTS["ignored"], "offer.bring_back", LEFT_NOTICE_SECONDS)
            return
        if text := describe_outcome(answered.offer, answered.answer, self._face.now()):
            self.show_line(text, "offer.undo", UNDO_SECONDS)
            self._offer = answered.offer

    def append_feedback(self, offer_id: str, words: str) -> None:
        """Append the brain's feedback on what the answer changed."""
        line = self._face.undo_line
        if words and line and self._offer is not None and self._offer.id == offer_id:
            self._face.undo_line = UndoLine(f"{line.text} {one_line(words)}.", line.command)

    def show_withdrawal(self, withdrawn: OfferWithdrawn) -> None:
        """Say why the brain withdrew the offer on screen."""
        self.show_line(one_line(withdrawn.reason), "offer.bring_back" if withdrawn.back else "", LEFT_NOTICE_SECONDS)

    def undo_reaction(self) -> None:
        """Undo the last answer."""
        if offer := self._offer:
            self.clear()
            self._face.post_message(UndoRequested(offer.id))

    def bring_back(self) -> None:
        """Ask for the last offer that left by itself, to be shown again without an answer."""
        self.clear()
        self._face.post_message(UndoRequested(""))

    def show_line(self, text: str, command: str, seconds: float) -> None:
        """Show this text and command for `seconds`."""
        self.clear()
        self._face.undo_line = UndoLine(text, command)
        self._expiry_timer = self._face.set_timer(seconds, self.clear)

    def clear(self) -> None:
        """Remove the line, and with it the chance to undo."""
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
        self._expiry_timer = self._offer = self._face.undo_line = None
