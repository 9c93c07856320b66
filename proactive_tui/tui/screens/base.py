"""The base of all full screens: the brain bar, the offer card and the keys that answer the offer."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from proactive_tui.ipc.client import BrainState
from proactive_tui.model.offer_values import Offer, OwnerAnswer
from proactive_tui.tui.command_tables.app_command import AppCommand
from proactive_tui.tui.commands import command_bindings, command_keys, find_command
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.terminal.textual_workarounds import remove_dead_watchers
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_labels import KeyLabel
from proactive_tui.tui.widgets.offer_card import OfferCard, OutcomeLine
from proactive_tui.tui.widgets.reaction_keys import REACTION_ACTIONS, ReactionKeys


class AppScreen(ReactionKeys, Screen[None]):
    """A screen on which an offer can arrive. Subclasses compose one BrainBar and one OfferCard."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        "offer.talk", "offer.not_now", "offer.not_this", "offer.already_done", "offer.not_mine", "offer.never",
        "offer.never_folder", "offer.snooze", "offer.open", "offer.focus", "offer.undo", "offer.bring_back",
        "room.back",
    )  # fmt: skip

    side: ClassVar[bool] = False
    """Whether the screen replaces another side screen instead of covering it."""

    @property
    def face(self) -> ScreenFace:
        """The app, as far as a screen may use it."""
        return cast("ScreenFace", self.app)

    def build_offer_card(self) -> OfferCard:
        """Build an offer card with the owner's keys."""
        answers = self.keys("offer.talk", "offer.not_now", "offer.not_this", "offer.never", "offer.snooze", "app.why")
        more = self.keys("offer.already_done", "offer.open", "offer.not_mine", "offer.never_folder")
        focus = next(iter(self.keys("offer.focus")), KeyLabel("Tab", "", "screen.focus_offer"))
        return OfferCard(answers, focus._replace(name="to answer it"), more)

    def keys(self, *ids: str) -> list[KeyLabel]:
        """The first key of each of these commands with the command's name; commands without a key are left out."""
        remapped = self.face.config.face.keys
        named = [(command, command_keys(command, remapped)) for command in map(find_command, ids)]
        return [self._key_label(command, keys[0]) for command, keys in named if keys]

    def _key_label(self, command: AppCommand, key: str) -> KeyLabel:
        node = "screen" if hasattr(self, f"action_{command.action.partition('(')[0]}") else "app"
        return KeyLabel(key, command.name.lower(), f"{node}.{command.action}")

    def update_key_labels(self) -> None:
        """Show the owner's keys after they changed."""
        card = self.query_one(OfferCard)
        card.copy_keys(self.build_offer_card())
        card.show_keys(typing=self.takes_letters)

    def on_mount(self) -> None:
        """Show the app's state, now and after each change."""
        self.mount(OutcomeLine(), after=self.query_one(OfferCard))
        self.watch(self.app, "offer", self._offer_changed)
        self.watch(self.app, "undo_line", self._aftermath_changed)
        self.watch(self.app, "brain_state", self._brain_changed)
        self.watch(self, "focused", self._focus_changed)

    def on_unmount(self) -> None:
        """Let Textual forget the watchers of this screen."""
        remove_dead_watchers(self.app, self)

    def on_screen_resume(self) -> None:
        """Tell the controllers that the screen is visible again."""
        self.face.sync_visibility()

    def on_screen_suspend(self) -> None:
        """Tell the controllers that another screen covers this one."""
        self.face.sync_visibility()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow an answer only to an offer visible for the guard time, and while letters are free for it."""
        if action in REACTION_ACTIONS:
            return self.face.offers.is_answerable and not self.takes_letters
        if action in {"focus_offer", "open_offer"}:
            return self.face.offer is not None
        if action == "take_back":
            return self.face.undo.can_undo
        if action == "bring_back":
            return self.face.offer is None
        return super().check_action(action, parameters)

    def action_talk(self) -> None:
        """Open the conversation on the offer."""
        if offer := self.face.offers.engage_offer():
            self.face.conversations.open_for_offer(offer)

    def submit_answer(self, answer: OwnerAnswer) -> None:
        """Answer the offer."""
        self.face.offers.submit_answer(answer)

    def action_take_back(self) -> None:
        """Undo the last answer."""
        self.face.undo.undo_reaction()

    def action_bring_back(self) -> None:
        """Bring back the last offer that left by itself."""
        self.face.undo.bring_back()

    def action_open_offer(self) -> None:
        """Open the note of the offer at its line, or its item in the browser."""
        if self.face.offer is not None and self.face.offer.topic.evidence:
            self.post_message(OpenSource(self.face.offer.topic.evidence[0]))

    def action_focus_offer(self) -> None:
        """Focus the card, or go back to the text input."""
        card = self.query_one(OfferCard)
        if card.has_focus:
            self.focus_home()
        else:
            card.focus()

    def action_back(self) -> None:
        """Leave this screen."""
        self.app.pop_screen()

    def home_widget(self) -> Widget | None:
        """The widget that has the focus unless the owner moves it."""
        return next(iter(self.query("PromptInput, Input, OptionList")), None)

    def focus_home(self) -> None:
        """Focus the home widget."""
        self.set_focus(self.home_widget())

    @property
    def is_typing(self) -> bool:
        """Whether the focus is in a text input."""
        return isinstance(self.focused, Input | TextArea)

    @property
    def takes_letters(self) -> bool:
        """Whether letters belong to what has the focus, and not to the offer."""
        return self.is_typing

    def _offer_changed(self, offer: Offer | None) -> None:
        card = self.query_one(OfferCard)
        had_focus = card.has_focus
        card.show_offer(offer)
        self.set_class(offer is not None, "-offered")
        if offer is None and had_focus:
            self.focus_home()

    def _focus_changed(self) -> None:
        self.query_one(OfferCard).show_keys(typing=self.takes_letters)
        self._aftermath_changed()

    def _aftermath_changed(self) -> None:
        """Show the outcome line with the first key of its command; while typing with the last, which is no letter."""
        line = self.face.undo_line
        labels: list[KeyLabel] = []
        if line and line.command:
            command = find_command(line.command)
            keys = command_keys(command, self.face.config.face.keys)
            if keys and (len(keys) > 1 or not self.is_typing):
                labels = [self._key_label(command, keys[-1 if self.is_typing else 0])]
        self.query_one(OutcomeLine).show_text(line.text if line else "", labels)

    def _brain_changed(self, state: BrainState) -> None:
        self.query_one(BrainBar).show_state(state)
