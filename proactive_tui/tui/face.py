"""The interface of the app that controllers and screens depend on, so that neither imports the app."""

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
from proactive_tui.ipc.requests import FollowReply, SendMessage, WireRequest
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.talk_values import Turn

if TYPE_CHECKING:
    from proactive_tui.tui.controllers.conversation_navigation import ConversationNavigator
    from proactive_tui.tui.controllers.drafts import DraftStore
    from proactive_tui.tui.controllers.offer_controller import OfferController
    from proactive_tui.tui.controllers.undo_line import UndoController, UndoLine
    from proactive_tui.tui.formatting.progress_rate import ProgressRate

ResultT = TypeVar("ResultT")


class RunningTimer(Protocol):
    """A running timer."""

    def stop(self) -> None:
        """Cancel the callback."""


class ConversationPane(Protocol):
    """A conversation on screen."""

    def receive_conversation(self, opened: ConversationOpened) -> None:
        """Show the conversation that the brain opened."""

    def leave_conversation(self) -> None:
        """Tell the brain once that the owner leaves."""


class FaceState(Protocol):
    """What the face shows, and whether it is in sight. Screens watch these."""

    config: Config
    offer: Offer | None
    question_pending: bool
    latest_status: StatusUpdate | None
    undo_line: UndoLine | None

    @property
    def is_offer_visible(self) -> bool:
        """Whether the visible screen shows offers."""

    @property
    def is_home_visible(self) -> bool:
        """Whether the home screen is visible."""


class FaceClock(Protocol):
    """The time, and what happens later."""

    def now(self) -> float:
        """The time in unix seconds."""

    def ticks(self) -> float:
        """Seconds of a clock that never goes back."""

    def set_timer(self, delay: float, callback: Callable[[], object], /) -> RunningTimer:
        """Call back after `delay` seconds."""


class BrainLink(Protocol):
    """The way to the brain."""

    def send_request(self, request: WireRequest) -> None:
        """Send the brain a request that gets no answer."""

    def request(self, call: AnsweredRequest[AnswerT]) -> Future[AnswerT]:
        """Send the request now; the future gets the answer, or raises BrainError."""

    def request_or_warn(self, call: AnsweredRequest[AnswerT]) -> Awaitable[AnswerT | None]:
        """Send the request now; awaiting gives the answer, or shows the error and gives None."""

    def stream_reply(self, message: SendMessage | FollowReply) -> ReplyEvents:
        """Send a message now, or follow a reply; return the events of the reply."""


class PaneHost(Protocol):
    """Where conversations are shown."""

    def build_pane(self, title: str, draft: str, opener: Turn | None = None) -> ConversationPane:
        """Build a pane for a conversation that the brain has not opened yet."""

    async def enter_pane(self, pane: ConversationPane) -> None:
        """Show this pane in the place of another one."""

    async def close_pane(self, pane: ConversationPane) -> None:
        """Remove this pane, and the screens above it, from the screen stack."""

    def is_pane_active(self, pane: ConversationPane) -> bool:
        """Whether this pane is visible."""


class Face(FaceState, FaceClock, BrainLink, PaneHost, Protocol):
    """The app as controllers see it."""

    def run_worker(self, work: Coroutine[Any, Any, object], /) -> object:
        """Run a coroutine concurrently, until the app ends."""

    def post_message(self, message: Message) -> bool:
        """Post a message to the app; returns whether it was accepted."""

    def notify(self, message: str, *, title: str = "", timeout: float | None = None, markup: bool = True) -> None:
        """Show a toast."""

    def show_error(self, error: ProactiveError, *, severe: bool = False) -> None:
        """Show an error that has no place of its own."""


class ScreenFace(Face, Protocol):
    """The app as screens see it: with the controllers that their keys call, and the way to other screens."""

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
        """The visible screen."""

    def sync_visibility(self) -> None:
        """Tell the controllers that visibility may have changed."""

    def open_screen(self, name: str, *about: str) -> None:
        """Open a screen soon; `about` are its arguments."""

    def push_screen(self, screen: Screen[ResultT], callback: Callable[[ResultT | None], None]) -> object:
        """Show a dialog, and call back with its result."""

    async def push_screen_wait(self, screen: Screen[ResultT]) -> ResultT | None:
        """Show a dialog, and wait for its result."""

    def apply_config(self, config: Config, *keys: str) -> None:
        """Apply a config in which these keys have changed, and save them."""

    def show_warning(self, title: str, text: str = "", *, severe: bool = False) -> None:
        """Show a warning as a toast; `severe` makes it an error."""
