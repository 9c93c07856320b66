"""The app: a thin Textual app that shows what the brain sends and reports what the owner does. It decides nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar

from textual import events, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from proactive_tui import settings
from proactive_tui.config import Config
from proactive_tui.config_reading import setting_value
from proactive_tui.desktop_notice import word_notification
from proactive_tui.errors import ProactiveError
from proactive_tui.footprint.garbage import collect_rarely
from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.requests import (
    SetQuietUntil,
    SuggestNow,
    UndoReaction,
    UpdateConfig,
)
from proactive_tui.model.offer_values import Offer
from proactive_tui.tui import commands, navigation, terminal_lending
from proactive_tui.tui.controllers.presence_reporter import PresenceReporter
from proactive_tui.tui.event_routing import route_brain_event
from proactive_tui.tui.face_app import FaceApp
from proactive_tui.tui.formatting.colors import color_variables
from proactive_tui.tui.formatting.face_words import LEFT_RUNNING
from proactive_tui.tui.formatting.text import sanitize_text
from proactive_tui.tui.formatting.times import format_clock_time
from proactive_tui.tui.messages import (
    BrainEventReceived,
    BrainStateChanged,
    OfferAnswered,
    OfferArrived,
    OfferReturned,
    OpenSource,
    ShowSource,
    UndoRequested,
)
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.dialogs import capture_flow, remote_host
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.style_sheets import FIRST_SHEETS
from proactive_tui.tui.terminal import escape_sequences, notifications, themes
from proactive_tui.tui.terminal.key_queue import KeyQueue
from proactive_tui.tui.terminal.output_filter import TEXT_ONLY_FILTER
from proactive_tui.units import SECONDS_PER_HOUR

APP_TITLE = "proactive-tui"


class ProactiveApp(FaceApp):
    """The assistant on screen: its keys, and which controller gets which message."""

    TITLE = APP_TITLE
    CSS_PATH: ClassVar[Any] = list(FIRST_SHEETS)
    BINDINGS: ClassVar[list[BindingType]] = commands.command_bindings(
        "app.help",
        "app.palette",
        "app.search",
        "app.digest",
        "app.shelf",
        "app.agenda",
        "app.conversations",
        "app.new",
        "app.capture",
        "conversations.new",
        "app.why",
        "app.speak_now",
        "app.quiet",
        "app.rooms",
        "app.jump",
        "app.index",
        "app.learned",
        "app.data",
        "app.settings",
        "app.detach",
        "app.suspend",
        "app.quit",
        "question.good",
        "question.bad",
    )
    # The question shares its keys with the offer. The offer's bindings are on the screen, which comes first; these are
    # on the app, because Textual unbinds a key from both of two commands of one node when one of them is remapped.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]  # noqa: RUF012 - Textual declares it as an instance variable
    VERTICAL_BREAKPOINTS = [(0, "-short"), (25, "-middle"), (34, "-tall")]  # noqa: RUF012 - as above

    @cached_property
    def _presence(self) -> PresenceReporter:
        return PresenceReporter(self)

    @cached_property
    def _key_queue(self) -> KeyQueue:
        return KeyQueue(self)

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's CSS variables with the app's own colours added."""
        theme = super().get_css_variables()
        return {**theme, **color_variables(theme, ansi=self.current_theme.ansi)}

    def get_default_screen(self) -> Screen[None]:
        """Start with the resting screen."""
        return HomeScreen()

    # --- the brain ---------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Start the brain once the first frame is on its way."""
        for trouble in themes.register_themes(self, self.config_file):
            self.show_warning(trouble.title, f"{trouble.message}\n{trouble.hint}")
        if self.config.face.theme in self.available_themes:
            self.theme = self.config.face.theme
        else:
            self.show_warning("There is no such theme", f"face.theme = {self.config.face.theme}")
        if self.drafts.rejected_file is not None:
            self.show_warning(
                "A text that was not sent cannot be taken up", f"It is kept as {self.drafts.rejected_file}."
            )
        if self.greeting:
            self.notify(sanitize_text(self.greeting), markup=False)
        for unknown in commands.unknown_command_ids(self.config.face.keys):
            self.show_warning("There is no such command", f"face.keys: {unknown}")
        self.show_title()
        self.call_after_refresh(self._run_brain)
        remote_host.ask_remote_hosts(self)
        self.call_after_refresh(self.run_worker, self._finish_start())

    async def _finish_start(self) -> None:
        """Do what the first frame does not wait for."""
        await self.later_sheets.read_in_turns(self.stylesheet)
        await navigation.preload_screens()
        gc.collect()
        collect_rarely()

    @work(exit_on_error=False)
    async def _run_brain(self) -> None:
        try:
            await self._brain.run(
                lambda event: _discard_result(self.post_message(BrainEventReceived(event))),
                lambda state: _discard_result(self.post_message(BrainStateChanged(state))),
            )
        except OSError as error:
            self._brain.fail_pending("The brain cannot be started", "See the log.")
            self.post_message(BrainStateChanged(BrainState("gone", f"It cannot be started: {error}")))

    def on_brain_state_changed(self, message: BrainStateChanged) -> None:
        """Store the state of the brain's process."""
        self.brain_state = message.state

    def on_brain_event_received(self, message: BrainEventReceived) -> None:
        """Hand an event that answers no request to the controller that shows it."""
        route_brain_event(self, message.event)

    # --- the offer ---------------------------------------------------------------------------------------------

    def watch_offer(self, offer: Offer | None) -> None:
        """Mark the terminal's title while there is an offer; an offer takes the place of a question."""
        self._update_title()
        if offer is not None:
            self.questions.dismiss_question()

    def on_offer_arrived(self, message: OfferArrived) -> None:
        """Ring the bell and notify the desktop, as the config says."""
        face, offer = self.config.face, message.offer
        if escape_sequences.is_alert_wanted(face.bell, focused=self.app_focus):
            self.bell()
        if escape_sequences.is_alert_wanted(face.notify, focused=self.app_focus):
            text = word_notification(offer, in_words=face.notify_text == "opener")
            alert = notifications.send_notification(self.TITLE, text, self.write_escape_sequence)
            self.run_worker(alert, exit_on_error=False)

    def on_offer_answered(self, message: OfferAnswered) -> None:
        """Show the outcome of the offer."""
        self.undo.show_reaction(message)

    def on_offer_returned(self, message: OfferReturned) -> None:
        """Show the offer again: its conversation could not be opened."""
        if self.offer is None:
            self.offers.show_offer(message.offer)

    def on_undo_requested(self, message: UndoRequested) -> None:
        """Have the brain undo the answer; if the answer was to talk, leave the conversation."""
        self.run_worker(self.request_or_warn(UndoReaction(offer=message.offer_id)))
        self.conversations.close_for_offer(message.offer_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow an answer only to a question that has been visible for the guard time.

        `new_here` works on the conversations screen only: elsewhere a second press of the key that answers an offer
        would begin a conversation.
        """
        if action in {"good_moment", "bad_moment"}:
            return self.questions.is_answerable
        if action == "suspend_to_shell":
            return terminal_lending.can_suspend(self)
        if action == "new_here":
            return self.offer is None and navigation.is_screen_active(self, "conversations")
        return super().check_action(action, parameters)

    def action_good_moment(self) -> None:
        """Rate the moment as good."""
        self.questions.rate_moment(True)

    def action_bad_moment(self) -> None:
        """Rate the moment as bad."""
        self.questions.rate_moment(False)

    # --- rooms -------------------------------------------------------------------------------------------------

    async def action_enter(self, room: str) -> None:
        """Open the screen of this name, or leave it when it is visible."""
        await navigation.toggle_screen(self, room)

    def action_new(self) -> None:
        """Begin a conversation without a topic."""
        self.conversations.open_new()

    def action_new_here(self) -> None:
        """Begin a conversation by a letter key."""
        self.conversations.open_new()

    def action_capture(self) -> None:
        """Ask for a line, and append it to the owner's daily note or inbox."""
        capture_flow.ask_capture(self)

    def action_rooms(self) -> None:
        """Show a menu of all screens."""
        navigation.show_screen_menu(self, self.config.face.keys, self.open_screen)

    def action_jump(self) -> None:
        """Label what can be focused."""
        navigation.start_jump(self)

    def apply_config(self, config: Config, *keys: str) -> None:
        """Apply a config in which these keys have changed, also in the brain, and save them to the config file."""
        self.adopt_config(config)
        self.send_request(UpdateConfig(config=config))
        remote_host.ask_remote_hosts(self)
        if self.config_file is None:
            return
        try:
            settings.save_settings(self.config_file, {key: setting_value(config, key) for key in keys})
        except ProactiveError as error:
            self.show_error(error)

    def adopt_config(self, config: Config) -> None:
        """Apply a config to the face, by itself or because another face changed it."""
        self.config = config
        self.set_class(config.face.compact, "-compact")
        self.drafts.persistent = config.sensors.conversations
        self.set_keymap(config.face.keys)
        if config.face.theme in self.available_themes:
            self.theme = config.face.theme
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen):
                screen.update_key_labels()

    def action_speak_now(self) -> None:
        """Ask for a suggestion."""
        self.run_worker(self.request_or_warn(SuggestNow()))

    def action_quiet(self) -> None:
        """Ask for an hour of quiet, or end it."""
        quiet = self.quiet_until is not None and self.quiet_until > self.now()
        self.quiet_until = None if quiet else self.now() + SECONDS_PER_HOUR
        self.send_request(SetQuietUntil(until=self.quiet_until))
        said = (
            f"Quiet until {format_clock_time(self.quiet_until, self.now())}."
            if self.quiet_until
            else "It may speak again."
        )
        self.notify(said, timeout=3, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield the commands that work at the moment, and the choice of a theme, for the palette."""
        for command in commands.COMMANDS:
            action = command.action.partition("(")[0]
            node = screen if hasattr(screen, f"action_{action}") else self
            if command.palette and hasattr(node, f"action_{action}") and node.check_action(action, ()):
                name = command.name[:1].upper() + command.name[1:]
                yield SystemCommand(name, command.help, partial(self.run_action, command.action, node))
        yield SystemCommand("Theme", "Change the colours, until it is closed", self.action_change_theme)

    async def action_quit(self) -> None:
        """Exit; `on_unmount` lets the brain finish its writes, or leaves it."""
        self.exit(message=LEFT_RUNNING if self._brain.outlives_face else None)

    def action_detach(self) -> None:
        """Exit, and let the brain go on."""
        self._brain.detach()
        self.exit(message=LEFT_RUNNING)

    async def on_unmount(self) -> None:
        """Restore the title, save the drafts and close the brain, however the app ends."""
        self.restore_title()
        self.drafts.write_file()
        await self._brain.close()

    # --- sources -----------------------------------------------------------------------------------------------

    def on_show_source(self, message: ShowSource) -> None:
        """Show the chosen source in its note."""
        navigation.show_source(self, message.evidence)

    async def on_open_source(self, message: OpenSource) -> None:
        """Open the chosen source in the editor, or in the browser."""
        await terminal_lending.open_source(self, message.evidence)

    def action_suspend_to_shell(self) -> None:
        """Go to the shell that the program was started from, until that brings it back."""
        terminal_lending.suspend_to_shell(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the filter that lets nothing but text reach the terminal."""
        return [*super().get_line_filters(), TEXT_ONLY_FILTER]

    def get_key_display(self, binding: Binding) -> str:
        """Return the key's name as the offer card and the help show it."""
        return binding.key_display or commands.format_key_name(binding.key)

    # --- sensors -----------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Dispatch keys in order, and report that a key was pressed, never which one."""
        fresh = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if isinstance(event, events.Key) and fresh and self._key_queue.hold_key(event):
            return
        if fresh:
            self._presence.report_key_press()
        await super().on_event(event)
        if isinstance(event, events.Key) and fresh and not (event.is_printable and self._is_typing):
            self._key_queue.hold_until_handled(self.focused or self.screen)

    @property
    def _is_typing(self) -> bool:
        """Whether a text input has the focus; it handles a letter at once."""
        return isinstance(self.focused, Input | TextArea)

    async def on_key_handled(self) -> None:
        """Dispatch the keys that waited for a command."""
        await self._key_queue.release_keys()

    def on_app_focus(self) -> None:
        """Report that the terminal has the focus."""
        self._presence.report_focus(focused=True)

    def on_app_blur(self) -> None:
        """Report that the terminal lost the focus."""
        self._presence.report_focus(focused=False)

    def show_title(self) -> None:
        """Have the terminal keep its title, and show the app's."""
        self.write_escape_sequence(escape_sequences.SAVE_TITLE_SEQUENCE)
        self._update_title()

    def restore_title(self) -> None:
        """Give the terminal its title back."""
        self.write_escape_sequence(escape_sequences.RESTORE_TITLE_SEQUENCE)

    def _update_title(self) -> None:
        title = f"● {APP_TITLE}" if self.offer else APP_TITLE
        self.write_escape_sequence(escape_sequences.title_sequence(title))

    def write_escape_sequence(self, sequence: str) -> None:
        """Write an escape sequence that Textual does not know."""
        # Textual cannot set the terminal's title, and only its driver may write to the terminal.
        if self._driver is not None and not self.is_headless and not self.suspended:
            self._driver.write(sequence)


def _discard_result(_: object) -> None:
    """Make a callback whose result is not wanted return None."""
