"""The keys that answer: of a screen they answer the offer, of a list its highlighted line."""

from __future__ import annotations

from typing import Final, cast

from textual.dom import DOMNode

from proactive_tui.model.offer_values import OwnerAnswer
from proactive_tui.tui.face import ScreenFace

REACTION_ACTIONS: Final = frozenset(
    {"talk", "not_now", "not_this", "already_done", "not_mine", "never", "never_folder", "snooze"}
)
"""Actions that answer something."""


class ReactionKeys:
    """The actions of the commands `offer.*`, for widgets. Subclasses say what an answer is given to, and what talking
    is. It is no node itself: Textual takes styles and bindings from the first base that is one.
    """

    def submit_answer(self, answer: OwnerAnswer) -> None:
        """Give this answer."""
        raise NotImplementedError

    def action_not_now(self) -> None:
        """Answer: a bad moment."""
        self.submit_answer(OwnerAnswer("not now"))

    def action_not_this(self) -> None:
        """Answer: a wrong topic."""
        self.submit_answer(OwnerAnswer("not this"))

    def action_already_done(self) -> None:
        """Answer: it is done, or answered."""
        self.submit_answer(OwnerAnswer("already done"))

    def action_not_mine(self) -> None:
        """Answer: not the owner's to do, or no such thing."""
        self.submit_answer(OwnerAnswer("not mine"))

    def action_never_folder(self) -> None:
        """Answer: not the owner's, and never again about its folder."""
        self.submit_answer(OwnerAnswer("not mine", never_folder=True))

    def action_never(self) -> None:
        """Answer: a wrong topic, and never this kind again."""
        self.submit_answer(OwnerAnswer("not this", never=True))

    def action_snooze(self) -> None:
        """Ask how long to snooze it."""
        from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu  # noqa: PLC0415 - not before the first frame

        def snooze_until(until: float | None) -> None:
            if until is not None:
                self.submit_answer(OwnerAnswer("snoozed", until))

        face = cast("ScreenFace", cast("DOMNode", self).app)
        morning = face.config.offers.active_hours.partition("-")[0]
        face.push_screen(SnoozeMenu(face.now(), morning), snooze_until)
