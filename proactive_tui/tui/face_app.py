"""Implements the protocols of `face` for controllers and screens: state, clocks, the brain, toasts, panes."""

from __future__ import annotations

import time
from asyncio import Future
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

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
    FollowReply,
    SendMessage,
    WireRequest,
)
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.talk_values import Turn
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
from proactive_tui.tui.style_sheets import LaterSheets


class FaceApp(App[None]):
    """The app without its keys. `notes` is the folder; `now` gives unix seconds, `ticks` seconds of a monotonic clock.
    `greeting` is said when it starts.

    Changed settings are saved to `config_file`, unsent text to `drafts`; without a file they last until the app ends.
    """

    offer: reactive[Offer | None] = reactive(None)
    """The offer on screen."""
    question_pending: reactive[bool] = reactive(False)
    """Whether the question about the last moment waits for an answer."""
    latest_status: reactive[StatusUpdate | None] = reactive(None)
    """The last status that the brain sent."""
    brain_state: reactive[BrainState] = reactive(BrainState("starting"))
    """The state of the brain's process."""
    undo_line: reactive[UndoLine | None] = reactive(None)
    """The line on the outcome of the last offer, while it is shown."""
    quiet_until: reactive[float | None] = reactive(None)
    """The end of the quiet that the owner asked for (unix seconds)."""

    def __init__(
        self,
        brain: BrainClient,
        config: Config,
        notes: str,
        config_file: Path | None = None,
        drafts: Path | None = None,
        *,
        greeting: str = "",
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
        self.greeting = greeting
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
        """Name and origin of the remote hosts that the owner was asked about in this run."""
        self.later_sheets = LaterSheets()
        self.suspended = False
        """Whether an editor has the terminal."""
        self.set_keymap(config.face.keys)

    # --- the brain ---------------------------------------------------------------------------------------------

    def send_request(self, request: WireRequest) -> None:
        """Send the brain a request that gets no answer."""
        self._brain.send(request)

    def request(self, call: AnsweredRequest[AnswerT]) -> Future[AnswerT]:
        """Send the request now; the future gets the answer, or raises BrainError."""
        return self._brain.request(call)

    def request_or_warn(self, call: AnsweredRequest[AnswerT]) -> Awaitable[AnswerT | None]:
        """Send the request now; awaiting gives the answer, or shows the error and gives None."""
        return self._answer_or_warn(self._brain.request(call))

    async def _answer_or_warn(self, answer: Future[AnswerT]) -> AnswerT | None:
        try:
            return await answer
        except BrainError as error:
            self.show_error(error, severe=True)
            return None

    def stream_reply(self, message: SendMessage | FollowReply) -> ReplyEvents:
        """Send a message; return the events of its reply. From then on the answer to the offer cannot be undone."""
        self.undo.clear()
        return self._brain.stream_reply(message)

    def show_error(self, error: ProactiveError, *, severe: bool = False) -> None:
        """Show an error that has no place of its own."""
        self.show_warning(error.title, "\n".join(filter(None, (error.message, error.hint))), severe=severe)

    def show_warning(self, title: str, text: str = "", *, severe: bool = False) -> None:
        """Show a warning as a toast, without markup; `severe` makes it an error."""
        self.notify(sanitize_text(text), title=one_line(title), severity="error" if severe else "warning", markup=False)

    # --- what is in sight --------------------------------------------------------------------------------------

    @property
    def is_offer_visible(self) -> bool:
        """Whether the visible screen shows offers; while the app closes there is no screen."""
        return bool(self.screen_stack) and isinstance(self.screen, AppScreen) and not self.suspended

    @property
    def is_home_visible(self) -> bool:
        """Whether the home screen is visible."""
        return self.is_offer_visible and isinstance(self.screen, HomeScreen)

    def sync_visibility(self) -> None:
        """Tell the controllers that visibility may have changed."""
        self.offers.sync_visibility()
        self.questions.sync_visibility()

    def push_screen(self, *screen: Any, **options: Any) -> Any:
        """Show a screen above this one, as Textual does; what it looks like has been read by then."""
        self.later_sheets.read_all(self.stylesheet)
        return super().push_screen(*screen, **options)

    def open_screen(self, room: str, *about: str) -> None:
        """Open a screen soon; `about` are its arguments."""
        self.run_worker(navigation.toggle_screen(self, room, *about))

    def build_pane(self, title: str, draft: str, opener: Turn | None = None) -> ConversationPane:
        """Build a pane for a conversation that the brain has not opened yet."""
        return navigation.build_pane(title, draft, opener)

    async def enter_pane(self, pane: ConversationPane) -> None:
        """Show this pane in the place of another one and of the screens above that."""
        await navigation.enter_pane(self, cast("Screen[None]", pane))

    async def close_pane(self, pane: ConversationPane) -> None:
        """Remove this pane, and the screens above it, from the screen stack."""
        await navigation.close_pane(self, cast("Screen[None]", pane))

    def is_pane_active(self, pane: ConversationPane) -> bool:
        """Whether this pane is visible."""
        return cast("Screen[None]", pane) is self.screen
