"""The offer in sight: from the desk to the card, the bell, the clock that runs out, and the owner's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from proactive_tui.config import Config
from proactive_tui.ipc.events import Withdrawn
from proactive_tui.ipc.requests import Undo
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui.controllers.offer_state import Desk
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.terminal import escape_sequences, notifications

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


class Offering:
    """Keeps what the screens show in line with what lies on the desk."""

    def __init__(self, app: ProactiveApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._leaving: Timer | None = None
        self._again = False

    @property
    def offer(self) -> Offer | None:
        """The offer that waits for an answer."""
        return self._desk.offer

    @property
    def answerable(self) -> bool:
        """Whether a key pressed now may answer it."""
        return self._desk.answerable

    def configure(self, config: Config) -> None:
        """Other settings."""
        self._desk.configure(config)

    def put(self, offer: Offer, *, again: bool = False) -> None:
        """The brain offers this; `again` when its owner took the answer back."""
        self._desk.put(offer, again=again)
        self._again = again
        self.look()

    def withdraw(self, told: Withdrawn) -> None:
        """The brain takes an offer back; another one stays."""
        if self.offer is not None and self.offer.id == told.offer:
            self._desk.take()
            self._app.after.withdrawn(told)
            self.look()

    def look(self) -> None:
        """Bring the card in line with what lies on the desk and with what is in sight."""
        app = self._app
        if not app.screen_stack:
            return  # it is being closed
        visible = isinstance(app.screen, Room) and not app.lent
        if self._desk.shown(visible) and not self._again:
            self._arrived()
        app.offer = self.offer
        if self.offer is not None:
            app.asking.drop()
        if self._leaving is not None:
            self._leaving.stop()
            self._leaving = None
        if visible and self.offer is not None:
            self._leaving = app.set_timer(self._desk.left, self._ignored)

    def _arrived(self) -> None:
        """Say so outside the screen, as the config wants."""
        app, face = self._app, self._app.config.face
        if escape_sequences.wanted(face.bell, focused=app.app_focus):
            app.bell()
        if self.offer is not None and escape_sequences.wanted(face.notify, focused=app.app_focus):
            text = (
                self.offer.opener.text if face.notify_text == "opener" else notifications.KINDS[self.offer.topic.kind]
            )
            app.run_worker(notifications.notify(app.TITLE, text, app.tell_terminal), exit_on_error=False)

    def answer(self, reaction: Reaction, until: float | None = None, *, never: bool = False) -> None:
        """The owner answered; `until` is when a snoozed one comes back (unix seconds)."""
        offer = self._desk.answer(reaction, until, never=never)
        if offer is not None:
            self._app.after.answered(offer, reaction, until=until, never=never)
            self.look()

    def talk(self, request: int) -> None:
        """The owner talks about it, which is its answer."""
        offer = self._desk.talk(request)
        if offer is not None:
            self._app.after.answered(offer, "engaged")
        self.look()

    def undo(self) -> None:
        """Take the answer that was given last back."""
        offer = self._app.after.take()
        if offer is not None:
            self.bring_back(offer.id)
            self._app.talking.undone(offer.id)

    def bring_back(self, offer: str = "") -> None:
        """Have the offer of this id on the card again, or the last that left by itself, without its answer."""
        self._app.after.clear()
        self._app.send(Undo(request=self._app.requests.open(self._app.failed, by_offer=True), offer=offer))

    def snooze(self) -> None:
        """Ask for how long, and snooze."""
        app = self._app
        morning = app.config.offers.active_hours.partition("-")[0]

        def chosen(until: float | None) -> None:
            if until is not None:
                self.answer("snoozed", until)

        app.push_screen(SnoozeMenu(app.now(), morning), chosen)

    def _ignored(self) -> None:
        self._leaving = None
        if self._desk.left > 0:  # it was covered for a while
            self.look()
        else:
            self.answer("ignored")
