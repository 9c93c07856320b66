"""What controllers and screens need of the app, so that neither has to know it."""

from __future__ import annotations

from asyncio import Future
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen

from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.ipc.client import BrainState, ReplyEvents
from proactive_tui.ipc.events import ConversationOpened, StatusUpdate
from proactive_tui.ipc.requests import SendMessage, WireRequest
from proactive_tui.model import Offer, Turn

if TYPE_CHECKING:
    from proactive_tui.tui.controllers.conversation_navigation import ConversationNavigator
    from proactive_tui.tui.controllers.drafts import DraftStore
    from proactive_tui.tui.controllers.offer_controller import OfferController
    from proactive_tui.tui.controllers.undo_line import UndoController, UndoLine
    from proactive_tui.tui.formatting.progress_rate import ProgressRate

ResultT = TypeVar("ResultT")


class RunningTimer(Protocol):
    """A timer that runs."""

    def stop(self) -> None:
        """Do not call back any more."""


class ConversationPane(Protocol):
    """A conversation on screen."""

    def receive_conversation(self, opened: ConversationOpened) -> None:
        """Show what the brain opened."""

    def leave_conversation(self) -> None:
        """Tell the brain that the owner leaves, once."""


class Face(Protocol):
    """What a controller needs: the state that screens show, the brain, the clocks, and a way to tell the owner."""

    config: Config
    offer: Offer | None
    question_pending: bool
    latest_status: StatusUpdate | None
    undo_line: UndoLine | None

    @property
    def is_offer_visible(self) -> bool:
        """Whether the screen in sight shows offers."""

    @property
    def is_home_visible(self) -> bool:
        """Whether the resting screen is in sight."""

    def now(self) -> float:
        """Unix seconds."""

    def ticks(self) -> float:
        """Seconds of a clock that never goes back."""

    def send_request(self, request: WireRequest) -> None:
        """Send the brain something that it does not answer."""

    def request(self, call: AnsweredRequest[AnswerT]) -> Future[AnswerT]:
        """Ask the brain now; the future gets its answer, or raises BrainError."""

    def request_or_warn(self, call: AnsweredRequest[AnswerT]) -> Awaitable[AnswerT | None]:
        """Ask the brain now; wait for its answer, or show why there is none and get None."""

    def stream_reply(self, message: SendMessage) -> ReplyEvents:
        """Send a message now; its reply comes piece by piece."""

    def set_timer(self, delay: float, callback: Callable[[], object], /) -> RunningTimer:
        """Call back after so many seconds."""

    def run_worker(self, work: Coroutine[Any, Any, object], /) -> object:
        """Run this beside the messages, until the app ends."""

    def post_message(self, message: Message) -> bool:
        """Tell the app what has happened; it tells the others."""

    def notify(self, message: str, *, title: str = "", timeout: float | None = None, markup: bool = True) -> None:
        """Show a toast."""

    def show_error(self, error: ProactiveError, *, severe: bool = False) -> None:
        """Show an error that has no place of its own."""

    def build_pane(self, title: str, draft: str, opener: Turn | None = None) -> ConversationPane:
        """A pane for a conversation that is not open yet."""

    async def enter_pane(self, pane: ConversationPane) -> None:
        """Show this pane, in the place of another one."""

    async def close_pane(self, pane: ConversationPane) -> None:
        """Take this pane off the screen, with what covers it."""

    def is_pane_active(self, pane: ConversationPane) -> bool:
        """Whether this pane is in sight."""


class ScreenFace(Face, Protocol):
    """What a screen needs besides: the controllers that its keys are for, and the way to other screens."""

    offers: OfferController
    undo: UndoController
    conversations: ConversationNavigator
    drafts: DraftStore
    index_rate: ProgressRate
    brain_state: BrainState
    quiet_until: float | None
    notes: str
    config_file: Path | None
    asked_hosts: set[tuple[str, str]]

    @property
    def screen(self) -> Screen[Any]:
        """The screen in sight."""

    def sync_visibility(self) -> None:
        """Something came in sight or was covered."""

    def open_screen(self, name: str, *about: str) -> None:
        """Open a screen soon; `about` is for it."""

    def push_screen(self, screen: Screen[ResultT], callback: Callable[[ResultT | None], None]) -> object:
        """Show a dialog, and call back with what it gives."""

    async def push_screen_wait(self, screen: Screen[ResultT]) -> ResultT | None:
        """Show a dialog, and wait for what it gives."""

    def apply_config(self, config: Config, *keys: str) -> None:
        """Apply a config in which these keys have changed, and keep them."""

    def show_warning(self, title: str, text: str = "", *, severe: bool = False) -> None:
        """Show a toast that warns."""
