"""What all full screens share: the line about the brain, the offer card and the keys that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from proactive_tui.ipc.client import BrainState
from proactive_tui.model import Offer
from proactive_tui.tui.commands import bindings, command, keys_of
from proactive_tui.tui.terminal.textual_workarounds import let_go
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.offer_card import Aside, OfferCard

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

ANSWERS = {"talk", "not_now", "not_this", "never", "snooze"}
"""Actions that answer the offer on screen."""


class Room(Screen[None]):
    """A screen on which an offer can arrive. It composes one BrainBar and one OfferCard where they suit it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "offer.talk", "offer.not_now", "offer.not_this", "offer.never", "offer.snooze", "offer.focus",
        "offer.undo", "offer.bring_back", "room.back",
    )  # fmt: skip

    side: ClassVar[bool] = False
    """Whether it has a key of its own, by which it takes the place of another such room."""

    @property
    def face(self) -> ProactiveApp:
        """The app, as what it is."""
        return cast("ProactiveApp", self.app)

    def card(self) -> OfferCard:
        """A card that names the keys as they are set."""
        way = keys_of(command("offer.focus"), self.face.config.face.keys)
        answers = self.keys("offer.talk", "offer.not_now", "offer.not_this", "offer.never", "offer.snooze", "app.why")
        return OfferCard(answers, (way[0] if way else "Tab", "to answer it"))

    def keys(self, *ids: str) -> list[tuple[str, str]]:
        """The first key of each of these commands, as it is set, with the command's name."""
        named = [(command(each), keys_of(command(each), self.face.config.face.keys)) for each in ids]
        return [(keys[0], each.name.lower()) for each, keys in named if keys]

    def rename_keys(self) -> None:
        """The owner's own keys have changed."""
        card = self.query_one(OfferCard)
        card.take_keys(self.card())
        card.say_keys(typing=self.typing)

    def on_mount(self) -> None:
        """Show what the app knows, now and whenever it changes."""
        self.mount(Aside(), after=self.query_one(OfferCard))
        self.watch(self.app, "offer", self._offer_changed)
        self.watch(self.app, "aftermath", self._aftermath_changed)
        self.watch(self.app, "brain_state", self._brain_changed)
        self.watch(self, "focused", self._focus_changed)

    def on_unmount(self) -> None:
        """Nothing holds on to a room that was left."""
        let_go(self.app, self)

    def on_screen_resume(self) -> None:
        """In sight again."""
        self.face.look()

    def on_screen_suspend(self) -> None:
        """Covered by another screen."""
        self.face.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing answers an offer that is not there, only just came, or while the keys belong to a text."""
        if action in ANSWERS:
            return self.face.offering.answerable and not self.typing
        if action == "focus_offer":
            return self.face.offer is not None
        if action == "take_back":
            return self.face.after.undoable
        if action == "bring_back":
            return self.face.offer is None
        return super().check_action(action, parameters)

    def action_talk(self) -> None:
        """Open the conversation."""
        self.face.talking.talk()

    def action_not_now(self) -> None:
        """A bad moment."""
        self.face.offering.answer("not now")

    def action_not_this(self) -> None:
        """A wrong topic."""
        self.face.offering.answer("not this")

    def action_never(self) -> None:
        """A wrong topic, as all of its kind."""
        self.face.offering.answer("not this", never=True)

    def action_take_back(self) -> None:
        """The last answer was none."""
        self.face.offering.undo()

    def action_bring_back(self) -> None:
        """The last offer that left by itself."""
        self.face.offering.bring_back()

    def action_snooze(self) -> None:
        """Ask for how long."""
        self.face.offering.snooze()

    def action_focus_offer(self) -> None:
        """To the card, or back to where one types."""
        card = self.query_one(OfferCard)
        if card.has_focus:
            self.focus_home()
        else:
            card.focus()

    def action_back(self) -> None:
        """Leave."""
        self.app.pop_screen()

    def home_widget(self) -> Widget | None:
        """Where the focus belongs on this screen."""
        return next(iter(self.query("Prompt, Input, OptionList")), None)

    def focus_home(self) -> None:
        """Put the focus where it belongs."""
        self.set_focus(self.home_widget())

    @property
    def typing(self) -> bool:
        """Whether the focus is in a text input."""
        return isinstance(self.focused, Input | TextArea)

    def _offer_changed(self, offer: Offer | None) -> None:
        card = self.query_one(OfferCard)
        had_focus = card.has_focus
        card.show(offer)
        self.set_class(offer is not None, "-offered")
        if offer is None and had_focus:
            self.focus_home()

    def _focus_changed(self) -> None:
        self.query_one(OfferCard).say_keys(typing=self.typing)
        self._aftermath_changed()

    def _aftermath_changed(self) -> None:
        """While somebody types, the letter is the text's, and the last of the keys is the one to be named."""
        line = self.face.aftermath
        keys = keys_of(command(line.command), self.face.config.face.keys) if line and line.command else ()
        named = [(keys[-1 if self.typing else 0], command(line.command).name.lower())] if line and keys else []
        if self.typing and len(keys) < 2:
            named = []
        self.query_one(Aside).say(line.text if line else "", named)

    def _brain_changed(self, state: BrainState) -> None:
        self.query_one(BrainBar).show(state)
