"""The offer in sight: from the desk to the card, the bell, the clock that runs out, and the owner's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from proactive_tui.config import Config
from proactive_tui.model import Offer, Reaction
from proactive_tui.tui import terminal
from proactive_tui.tui.offers import Desk
from proactive_tui.tui.screens.room import Room
from proactive_tui.tui.screens.snooze import SnoozeMenu
from proactive_tui.tui.times import clock

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

FEEDBACK = {"not now": "Not now. The topic stays, the moment was wrong.", "not this": "Not this. Fewer like it."}
"""What is said to a reaction that leaves nothing else to see."""


class Offering:
    """Keeps what the screens show in line with what lies on the desk."""

    def __init__(self, app: ProactiveApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._leaving: Timer | None = None

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

    def put(self, offer: Offer) -> None:
        """The brain offers this."""
        self._desk.put(offer)
        self.look()

    def withdraw(self, offer: str) -> None:
        """The brain takes the offer of this id back; another one stays."""
        if self.offer is not None and self.offer.id == offer:
            self._desk.take()
            self.look()

    def look(self) -> None:
        """Bring the card in line with what lies on the desk and with what is in sight."""
        app = self._app
        visible = isinstance(app.screen, Room) and not app.lent
        if self._desk.shown(visible) and terminal.rings(app.config.face.bell, focused=app.app_focus):
            app.bell()
        app.offer = self.offer
        if self.offer is not None:
            app.asking.drop()
        if self._leaving is not None:
            self._leaving.stop()
            self._leaving = None
        if visible and self.offer is not None:
            self._leaving = app.set_timer(self._desk.left, self._ignored)

    def answer(self, reaction: Reaction, until: float | None = None) -> None:
        """The owner answered; `until` is when a snoozed one comes back (unix seconds)."""
        if self._desk.answer(reaction, until) is None:
            return
        self.look()
        said = FEEDBACK.get(reaction, "") if until is None else f"Again {clock(until, self._app.now())}."
        if said:
            self._app.notify(said, timeout=3, markup=False)

    def talk(self, request: int) -> None:
        """The owner talks about it, which is its answer."""
        self._desk.talk(request)
        self.look()

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
