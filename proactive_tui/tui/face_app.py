"""What the app gives to its controllers and screens, as `face` promises: state, clocks, the brain, toasts, panes."""

from __future__ import annotations

import time
from asyncio import Future
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from textual.app import App
from textual.reactive import reactive
from textual.screen import Screen

from proactive_tui.config import Config
from proactive_tui.errors import BrainError, ProactiveError
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.ipc.client import BrainClient, BrainState, ReplyEvents
from proactive_tui.ipc.events import (
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    SendMessage,
    WireRequest,
)
from proactive_tui.model import Offer, Turn
from proactive_tui.tui import navigation
from proactive_tui.tui.controllers.conversation_navigation import ConversationNavigator
from proactive_tui.tui.controllers.drafts import DraftStore
from proactive_tui.tui.controllers.offer_controller import OfferController
from proactive_tui.tui.controllers.question_controller import QuestionController
from proactive_tui.tui.controllers.undo_line import UndoController, UndoLine
from proactive_tui.tui.face import ConversationPane
from proactive_tui.tui.formatting.progress_rate import ProgressRate
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.home import HomeScreen


class FaceApp(App[None]):
    """The app without its keys. `notes` is the folder; `now` are unix seconds, `ticks` those of a steady clock.

    `config_file` is where changed settings are kept, `drafts` where unsent text is; without, until the end of this run.
    """

    offer: reactive[Offer | None] = reactive(None)
    """The offer on screen."""
    question_pending: reactive[bool] = reactive(False)
    """Whether the question about the last moment waits for an answer."""
    latest_status: reactive[StatusUpdate | None] = reactive(None)
    """The last status that the brain sent."""
    brain_state: reactive[BrainState] = reactive(BrainState("starting"))
    """The state of the child process."""
    undo_line: reactive[UndoLine | None] = reactive(None)
    """What became of the last offer, while that is shown."""
    quiet_until: reactive[float | None] = reactive(None)
    """Until when the owner asked for quiet."""

    def __init__(
        self,
        brain: BrainClient,
        config: Config,
        notes: str,
        config_file: Path | None = None,
        drafts: Path | None = None,
        *,
        now: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._brain = brain
        if not config.face.motion:
            self.animation_level = "none"
        self.set_class(config.face.compact, "-compact")
        self.config = config
        self.notes = notes
        self.now = now
        self.config_file = config_file
        self.index_rate = ProgressRate()
        self.drafts = DraftStore(drafts, self.set_timer, persistent=config.sensors.conversations)
        self.ticks = ticks
        self.offers = OfferController(self)
        self.undo = UndoController(self)
        self.questions = QuestionController(self)
        self.conversations = ConversationNavigator(self)
        self.asked_hosts: set[tuple[str, str]] = set()
        """Other machines that were asked about in this run."""
        self.suspended = False
        """Whether the terminal is an editor's for now."""
        self.set_keymap(config.face.keys)

    # --- the brain ---------------------------------------------------------------------------------------------

    def send_request(self, request: WireRequest) -> None:
        """Send the brain something that it does not answer."""
        self._brain.send(request)

    def request(self, call: AnsweredRequest[AnswerT]) -> Future[AnswerT]:
        """Ask the brain now; the future gets its answer, or raises BrainError."""
        return self._brain.request(call)

    def request_or_warn(self, call: AnsweredRequest[AnswerT]) -> Awaitable[AnswerT | None]:
        """Ask the brain now; wait for its answer, or show why there is none and get None."""
        return self._answer_or_warn(self._brain.request(call))

    async def _answer_or_warn(self, answer: Future[AnswerT]) -> AnswerT | None:
        try:
            return await answer
        except BrainError as error:
            self.show_error(error, severe=True)
            return None

    def stream_reply(self, message: SendMessage) -> ReplyEvents:
        """Send a message. From then on the answer to the offer is no mistake, and is not to be undone."""
        self.undo.clear()
        return self._brain.stream_reply(message)

    def show_error(self, error: ProactiveError, *, severe: bool = False) -> None:
        """Show an error that has no place of its own."""
        self.show_warning(error.title, "\n".join(filter(None, (error.message, error.hint))), severe=severe)

    def show_warning(self, title: str, text: str = "", *, severe: bool = False) -> None:
        """Show a toast that warns; its text is not read as markup."""
        self.notify(sanitize_text(text), title=one_line(title), severity="error" if severe else "warning", markup=False)

    # --- what is in sight --------------------------------------------------------------------------------------

    @property
    def is_offer_visible(self) -> bool:
        """Whether the screen in sight shows offers; there is none while the app is closing."""
        return bool(self.screen_stack) and isinstance(self.screen, AppScreen) and not self.suspended

    @property
    def is_home_visible(self) -> bool:
        """Whether the resting screen is in sight."""
        return self.is_offer_visible and isinstance(self.screen, HomeScreen)

    def sync_visibility(self) -> None:
        """Tell the controllers that something came in sight or was covered."""
        self.offers.sync_visibility()
        self.questions.sync_visibility()

    def open_screen(self, room: str, *about: str) -> None:
        """Open a screen soon; `about` is for it."""
        self.run_worker(navigation.toggle_screen(self, room, *about))

    def build_pane(self, title: str, draft: str, opener: Turn | None = None) -> ConversationPane:
        """A pane for a conversation that is not open yet."""
        return navigation.build_pane(title, draft, opener)

    async def enter_pane(self, pane: ConversationPane) -> None:
        """Show this pane, in the place of another one and of what covers that."""
        await navigation.enter_pane(self, cast("Screen[None]", pane))

    async def close_pane(self, pane: ConversationPane) -> None:
        """Take this pane off the screen, with what covers it."""
        await navigation.close_pane(self, cast("Screen[None]", pane))

    def is_pane_active(self, pane: ConversationPane) -> bool:
        """Whether this pane is in sight."""
        return cast("Screen[None]", pane) is self.screen
