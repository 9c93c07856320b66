"""The face: a thin Textual app. It shows what the brain says and tells it what the owner does; it decides nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input, TextArea

from proactive_tui import settings
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.client import Brain, BrainState
from proactive_tui.ipc.events import Failed, Now, Tell
from proactive_tui.ipc.requests import Ask, Focused, Pressed, Quiet, Reconfigure, Say, SpeakNow
from proactive_tui.model import Offer
from proactive_tui.tui import commands, navigation
from proactive_tui.tui.controllers.conversation_navigation import Talking
from proactive_tui.tui.controllers.drafts import Drafts
from proactive_tui.tui.controllers.event_dispatch import hear
from proactive_tui.tui.controllers.offer_controller import Offering
from proactive_tui.tui.controllers.offer_state import Desk
from proactive_tui.tui.controllers.pending_requests import Requests
from proactive_tui.tui.controllers.question_controller import Asking
from proactive_tui.tui.controllers.undo_line import Aftermath, Line
from proactive_tui.tui.controllers.visibility_timer import Throttle
from proactive_tui.tui.formatting.colors import tones
from proactive_tui.tui.formatting.progress_rate import Pace
from proactive_tui.tui.formatting.text import clean, one_line
from proactive_tui.tui.formatting.times import clock
from proactive_tui.tui.messages import BrainIs, OpenSource, ShowSource, Told
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.dialogs import remote_host
from proactive_tui.tui.screens.home import Home
from proactive_tui.tui.terminal import editor_session, escape_sequences, themes
from proactive_tui.tui.terminal.key_queue import KeysInOrder
from proactive_tui.tui.terminal.output_filter import ONLY_TEXT

NAME = "proactive-tui"
HOUR = 3600.0


class ProactiveApp(App[None]):
    """The assistant on screen. `notes` is the folder; `now` are unix seconds, `ticks` those of a steady clock.

    `config_file` is where changed settings are kept, `drafts` where unsent text is; without, until the end of this run.
    """

    TITLE = NAME
    CSS_PATH: ClassVar[Any] = [
        "app.tcss",
        *(
            f"screens/{name}.tcss"
            for name in ("home", "conversation", "conversations", "search", "why", "menus", "rooms")
        ),
        "widgets/offer_card.tcss",
        "widgets/lists.tcss",
        "widgets/conversation.tcss",
        "compact.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(
        "app.help",
        "app.palette",
        "app.search",
        "app.conversations",
        "app.new",
        "conversations.new",
        "app.why",
        "app.speak_now",
        "app.quiet",
        "app.rooms",
        "app.index",
        "app.learned",
        "app.data",
        "app.settings",
        "app.quit",
        "question.good",
        "question.bad",
    )
    # The question's keys are the offer's as well, so it has them from the app: a screen's come first, and of two
    # commands on one key of the same node, Textual takes it from both when one of them gets another key.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]  # noqa: RUF012 - Textual declares it as an instance variable
    VERTICAL_BREAKPOINTS = [(0, "-short"), (25, "-middle"), (34, "-tall")]  # noqa: RUF012 - as above

    offer: reactive[Offer | None] = reactive(None)
    """The offer on screen."""
    asked: reactive[bool] = reactive(False)
    """Whether the question about the last moment waits for an answer."""
    standing: reactive[Now | None] = reactive(None)
    """How things stand, as the brain said last."""
    brain_state: reactive[BrainState] = reactive(BrainState("starting"))
    """How the child process is."""
    aftermath: reactive[Line | None] = reactive(None)
    """What became of the last offer, while that is said."""
    quiet_until: reactive[float | None] = reactive(None)
    """Until when the owner asked for quiet."""

    def __init__(
        self,
        brain: Brain,
        config: Config,
        notes: str,
        config_file: Path | None = None,
        drafts: Path | None = None,
        *,
        now: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        if not config.face.motion:
            self.animation_level = "none"
        self.set_class(config.face.compact, "-compact")
        self.config = config
        self.notes = notes
        self.now = now
        self.config_file = config_file
        self.requests = Requests()
        self.pace = Pace()
        self.offering = Offering(self, Desk(brain.send, config, now, ticks))
        self.talking = Talking(self)
        self.after = Aftermath(self)
        self.drafts = Drafts(drafts, self.set_timer, kept=config.sensors.conversations)
        self.ticks = ticks
        self.asking = Asking(self)
        self._brain = brain
        self._pulse = Throttle(1.0)
        self._keys = KeysInOrder(self)
        self.strangers: set[tuple[str, str]] = set()
        """Other machines that were asked about in this run."""
        self.lent = False
        """Whether the terminal is an editor's for now."""
        self.set_keymap(config.face.keys)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and our tones."""
        theme = super().get_css_variables()
        return {**theme, **tones(theme, ansi=self.current_theme.ansi)}

    def get_default_screen(self) -> Screen[None]:
        """The resting screen."""
        return Home()

    # --- the brain ---------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Start the brain once the first frame is on its way."""
        for trouble in themes.register(self, self.config_file):
            self.warn(trouble.title, f"{trouble.message}\n{trouble.hint}")
        if self.config.face.theme in self.available_themes:
            self.theme = self.config.face.theme
        else:
            self.warn("There is no such theme", f"face.theme = {self.config.face.theme}")
        if self.drafts.aside is not None:
            self.warn("A text that was not sent cannot be taken up", f"It is kept as {self.drafts.aside}.")
        for unknown in commands.unknown(self.config.face.keys):
            self.warn("There is no such command", f"face.keys: {unknown}")
        self.tell_terminal(escape_sequences.KEEP_TITLE + escape_sequences.title(NAME))
        # What is here now stays, and widgets that come and go are few: a full collection would find little, and hold
        # the keys up for a tenth of a second. While a reply streamed there was one every other second.
        gc.collect()
        gc.freeze()
        gc.set_threshold(700, 10, 1000)
        self.call_after_refresh(self._run_brain)
        remote_host.ask(self)
        self.call_after_refresh(self.run_worker, navigation.load_soon())

    @work(exit_on_error=False)
    async def _run_brain(self) -> None:
        try:
            await self._brain.run(
                lambda tell: _nothing(self.post_message(Told(tell))),
                lambda state: _nothing(self.post_message(BrainIs(state))),
            )
        except OSError as error:
            self.post_message(BrainIs(BrainState("gone", f"It cannot be started: {error}")))

    def send(self, ask: Ask) -> None:
        """Tell the brain. Once something was said in it, a conversation is no longer opened by mistake."""
        if isinstance(ask, Say):
            self.after.clear()
        self._brain.send(ask)

    def on_brain_is(self, message: BrainIs) -> None:
        """The child changed its state; what it owed is owed no more."""
        self.brain_state = message.state
        if message.state.name in {"restarting", "gone"}:
            self.requests.fail_all("The brain stopped", "Try once more when it is back.")

    def on_told(self, message: Told) -> None:
        """The brain said something."""
        tell = message.tell
        if not self.requests.take(tell):
            hear(self, tell)

    def failed(self, tell: Tell) -> None:
        """Show a failure that has no place of its own."""
        if isinstance(tell, Failed):
            self.warn(tell.title, "\n".join(part for part in (tell.message, tell.hint) if part), severe=True)

    def warn(self, title: str, text: str = "", *, severe: bool = False) -> None:
        """A toast; its text is nobody's markup."""
        self.notify(clean(text), title=one_line(title), severity="error" if severe else "warning", markup=False)

    def watch_offer(self, offer: Offer | None) -> None:
        """A mark in the terminal's title while there is an offer."""
        self.tell_terminal(escape_sequences.title(f"● {NAME}" if offer else NAME))

    def look(self) -> None:
        """Something came in sight or was covered."""
        self.offering.look()
        self.asking.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing answers a question that is not there, or only just came; a text that has the focus keeps its keys.
        The letter that answers begins a conversation among the conversations only: twice pressed, it would here.
        """
        if action in {"good_moment", "bad_moment"}:
            return self.asking.answerable
        if action == "new_here":
            return self.offer is None and navigation.inside(self, "conversations")
        return super().check_action(action, parameters)

    def action_good_moment(self) -> None:
        """It was a good moment."""
        self.asking.answer(True)

    def action_bad_moment(self) -> None:
        """It was a bad one."""
        self.asking.answer(False)

    # --- rooms -------------------------------------------------------------------------------------------------

    def enter(self, room: str, *about: str) -> None:
        """Enter a room soon; `about` is for it."""
        self.run_worker(navigation.enter(self, room, *about))

    async def action_enter(self, room: str) -> None:
        """Enter a room, or leave it."""
        await navigation.enter(self, room)

    def action_new(self) -> None:
        """Ask first."""
        self.talking.new()

    def action_new_here(self) -> None:
        """The same, by a letter."""
        self.talking.new()

    def action_rooms(self) -> None:
        """A menu of all rooms."""
        navigation.show_menu(self)

    def configure(self, config: Config, *keys: str) -> None:
        """Apply a config in which these keys have changed, here and in the brain, and keep them in the file."""
        self.config = config
        self.set_class(config.face.compact, "-compact")
        self.offering.configure(config)
        self.drafts.kept = config.sensors.conversations
        self.set_keymap(config.face.keys)
        if config.face.theme in self.available_themes:
            self.theme = config.face.theme
        for screen in self.screen_stack:
            if isinstance(screen, Room):
                screen.rename_keys()
        self.send(Reconfigure(config=config))
        remote_host.ask(self)
        if self.config_file is None:
            return
        try:
            settings.save(self.config_file, {key: settings.value(config, key) for key in keys})
        except ProactiveError as error:
            self.warn(error.title, "\n".join(part for part in (error.message, error.hint) if part))

    def action_speak_now(self) -> None:
        """Ask for a suggestion."""
        self.send(SpeakNow(request=self.requests.open(self.failed, by_offer=True)))

    def action_quiet(self) -> None:
        """Ask for an hour of quiet, or end it."""
        quiet = self.quiet_until is not None and self.quiet_until > self.now()
        self.quiet_until = None if quiet else self.now() + HOUR
        self.send(Quiet(until=self.quiet_until))
        said = f"Quiet until {clock(self.quiet_until, self.now())}." if self.quiet_until else "It may speak again."
        self.notify(said, timeout=3, markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Our commands that work here and now, for the palette, and the theme."""
        for each in commands.COMMANDS:
            action = each.action.partition("(")[0]
            node = screen if hasattr(screen, f"action_{action}") else self
            if each.palette and hasattr(node, f"action_{action}") and node.check_action(action, ()):
                name = each.name[:1].upper() + each.name[1:]
                yield SystemCommand(name, each.help, partial(self.run_action, each.action, node))
        yield SystemCommand("Theme", "Change the colours, until it is closed", self.action_change_theme)

    async def action_quit(self) -> None:
        """Let the brain finish what it writes, and end."""
        self.exit()

    async def on_unmount(self) -> None:
        """However the app ends, the brain is told to end."""
        self.tell_terminal(escape_sequences.GIVE_TITLE_BACK)
        self.drafts.write()
        await self._brain.close()

    # --- sources -----------------------------------------------------------------------------------------------

    def on_show_source(self, message: ShowSource) -> None:
        """A source was chosen, to be looked at."""
        navigation.show_source(self, message.evidence)

    async def on_open_source(self, message: OpenSource) -> None:
        """A source was chosen, to be opened."""
        await editor_session.open_source(self, message.evidence)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is drawn is text only."""
        return [*super().get_line_filters(), ONLY_TEXT]

    def get_key_display(self, binding: Binding) -> str:
        """Keys look the same in the footer, on the card and in the help."""
        return binding.key_display or commands.display(binding.key)

    # --- sensors -----------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Notice that a key was pressed, never which; and give keys out in order."""
        fresh = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if isinstance(event, events.Key) and fresh and self._keys.hold(event):
            return
        if fresh:
            self._pressed()
        await super().on_event(event)
        if isinstance(event, events.Key) and fresh and not (event.is_printable and self._typing):
            self._keys.follow(self.focused or self.screen)

    @property
    def _typing(self) -> bool:
        """Whether a letter is taken at once, by a text that has the focus."""
        return isinstance(self.focused, Input | TextArea)

    async def on_led(self) -> None:
        """A command key has led where it leads."""
        await self._keys.release()

    def _pressed(self) -> None:
        if self.config.sensors.keys and self._pulse.due(self.ticks()):
            self.send(Pressed(at=self.now()))

    def on_app_focus(self) -> None:
        """The terminal has the focus."""
        self._focused(True)

    def on_app_blur(self) -> None:
        """The terminal lost the focus."""
        self._focused(False)

    def _focused(self, focused: bool) -> None:
        if self.config.sensors.focus:
            self.send(Focused(focused=focused, at=self.now()))

    def tell_terminal(self, sequence: str) -> None:
        """Write a sequence that is none of Textual's."""
        # Textual has no way to set the terminal's title; its driver is the only one that may write.
        if self._driver is not None and not self.is_headless and not self.lent:
            self._driver.write(sequence)


def _nothing(_: object) -> None:
    """For callbacks whose result nobody wants."""
