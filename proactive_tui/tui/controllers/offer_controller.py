"""The offer in sight: from the desk to the card, the bell, the clock that runs out, and the owner's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from proactive_tui.config import Config
from proactive_tui.ipc.events import OfferWithdrawn
from proactive_tui.ipc.requests import UndoReaction
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui.controllers.offer_state import OfferState
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.terminal import escape_sequences, notifications

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


class OfferController:
    """Keeps what the screens show in line with what lies on the desk."""

    def __init__(self, app: ProactiveApp, desk: OfferState) -> None:
        self._app = app
        self._state = desk
        self._expiry_timer: Timer | None = None
        self._restored = False

    @property
    def offer(self) -> Offer | None:
        """The offer that waits for an answer."""
        return self._state.offer

    @property
    def is_answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return self._state.is_answerable

    def apply_config(self, config: Config) -> None:
        """Other settings."""
        self._state.apply_config(config)

    def show_offer(self, offer: Offer, *, again: bool = False) -> None:
        """The brain offers this; `again` when its owner took the answer back."""
        self._state.place_offer(offer, again=again)
        self._restored = again
        self.sync_visibility()

    def withdraw_offer(self, told: OfferWithdrawn) -> None:
        """The brain takes an offer back; another one stays."""
        if self.offer is not None and self.offer.id == told.offer:
            self._state.take_offer()
            self._app.undo.show_withdrawal(told)
            self.sync_visibility()

    def sync_visibility(self) -> None:
        """Bring the card in line with what lies on the desk and with what is in sight."""
        app = self._app
        if not app.screen_stack:
            return  # it is being closed
        visible = isinstance(app.screen, AppScreen) and not app.suspended
        if self._state.update_visibility(visible) and not self._restored:
            self._announce_arrival()
        app.offer = self.offer
        if self.offer is not None:
            app.questions.dismiss_question()
        if self._expiry_timer is not None:
            self._expiry_timer.stop()
            self._expiry_timer = None
        if visible and self.offer is not None:
            self._expiry_timer = app.set_timer(self._state.remaining_seconds, self._ignore_if_expired)

    def _announce_arrival(self) -> None:
        """Say so outside the screen, as the config wants."""
        app, face = self._app, self._app.config.face
        if escape_sequences.is_alert_wanted(face.bell, focused=app.app_focus):
            app.bell()
        if self.offer is not None and escape_sequences.is_alert_wanted(face.notify, focused=app.app_focus):
            text = (
                self.offer.opener.text
                if face.notify_text == "opener"
                else notifications.KIND_NOTIFICATIONS[self.offer.topic.kind]
            )
            app.run_worker(
                notifications.send_notification(app.TITLE, text, app.write_escape_sequence), exit_on_error=False
            )

    def submit_reaction(self, reaction: Reaction, until: float | None = None, *, never: bool = False) -> None:
        """The owner answered; `until` is when a snoozed one comes back (unix seconds)."""
        offer = self._state.send_reaction(reaction, until, never=never)
        if offer is not None:
            self._app.undo.show_reaction(offer, reaction, until=until, never=never)
            self.sync_visibility()

    def engage_offer(self) -> None:
        """The owner talks about it, which is its answer; whoever calls opens the conversation."""
        offer = self._state.take_offer()
        if offer is not None:
            self._app.undo.show_reaction(offer, "engaged")
        self.sync_visibility()

    def undo_reaction(self) -> None:
        """Take the answer that was given last back."""
        offer = self._app.undo.take_answered_offer()
        if offer is not None:
            self.restore_offer(offer.id)
            self._app.conversations.close_for_offer(offer.id)

    def restore_offer(self, offer: str = "") -> None:
        """Have the offer of this id on the card again, or the last that left by itself, without its answer."""
        self._app.undo.clear()
        self._app.run_worker(self._app.request_or_warn(UndoReaction(offer=offer)))

    def snooze_offer(self) -> None:
        """Ask for how long, and snooze."""
        app = self._app
        morning = app.config.offers.active_hours.partition("-")[0]

        def snooze_until(until: float | None) -> None:
            if until is not None:
                self.submit_reaction("snoozed", until)

        app.push_screen(SnoozeMenu(app.now(), morning), snooze_until)

    def _ignore_if_expired(self) -> None:
        self._expiry_timer = None
        if self._state.remaining_seconds > 0:  # it was covered for a while
            self.sync_visibility()
        else:
            self.submit_reaction("ignored")
