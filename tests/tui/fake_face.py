"""A face without an app, on which controllers are tested."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from textual.message import Message

from proactive_tui.config import Config
from proactive_tui.errors import BrainError, ProactiveError
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.ipc.client import ReplyEvents
from proactive_tui.ipc.events import ConversationOpened, StatusUpdate
from proactive_tui.ipc.requests import FollowReply, SendMessage, WireRequest
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.talk_values import Turn
from proactive_tui.tui.controllers.undo_line import UndoLine
from proactive_tui.tui.face import ConversationPane
from tests.tui.fakes import FakeBrain
from tests.tui.host import PATIENT, Clock

M = TypeVar("M", bound=Message)


@dataclass
class FakeTimer:
    """A timer whose callback only a test calls."""

    seconds: float
    callback: Callable[[], object]
    stopped: bool = False

    def stop(self) -> None:
        self.stopped = True


@dataclass
class FakePane:
    """A pane that records the calls of a controller."""

    title: str
    opened: list[ConversationOpened] = field(default_factory=list)
    left: int = 0

    def receive_conversation(self, opened: ConversationOpened) -> None:
        self.opened.append(opened)

    def leave_conversation(self) -> None:
        self.left += 1


class FakeFace:
    """A face that records the calls of controllers, and shows nothing."""

    def __init__(self) -> None:
        self.config: Config = PATIENT
        self.offer: Offer | None = None
        self.question_pending = False
        self.latest_status: StatusUpdate | None = None
        self.undo_line: UndoLine | None = None
        self.is_offer_visible = True
        self.is_home_visible = True
        self.brain, self.clock = FakeBrain(), Clock()
        self.messages: list[Message] = []
        self.toasts: list[str] = []
        self.timers: list[FakeTimer] = []
        self.panes: list[FakePane] = []
        self._tasks: set[asyncio.Task[object]] = set()

    def now(self) -> float:
        return self.clock.unix()

    def ticks(self) -> float:
        return self.clock.ticks()

    def send_request(self, request: WireRequest) -> None:
        self.brain.send(request)

    def request(self, call: AnsweredRequest[AnswerT]) -> asyncio.Future[AnswerT]:
        return self.brain.request(call)

    def request_or_warn(self, call: AnsweredRequest[AnswerT]) -> Awaitable[AnswerT | None]:
        return self._answer_or_warn(self.brain.request(call))

    async def _answer_or_warn(self, answer: asyncio.Future[AnswerT]) -> AnswerT | None:
        try:
            return await answer
        except BrainError as error:
            self.show_error(error)
            return None

    def stream_reply(self, message: SendMessage | FollowReply) -> ReplyEvents:
        return self.brain.stream_reply(message)

    def set_timer(self, delay: float, callback: Callable[[], object]) -> FakeTimer:
        self.timers.append(FakeTimer(delay, callback))
        return self.timers[-1]

    def run_worker(self, work: Coroutine[Any, Any, object]) -> object:
        self._tasks.add(task := asyncio.get_running_loop().create_task(work))
        return task

    async def settle(self) -> None:
        """Wait until all workers have ended."""
        while running := [task for task in self._tasks if not task.done()]:
            await asyncio.gather(*running)

    def post_message(self, message: Message) -> bool:
        self.messages.append(message)
        return True

    def posted(self, kind: type[M]) -> list[M]:
        return [message for message in self.messages if isinstance(message, kind)]

    def notify(self, message: str, *, title: str = "", timeout: float | None = None, markup: bool = True) -> None:
        self.toasts.append(message)

    def show_error(self, error: ProactiveError, *, severe: bool = False) -> None:
        self.toasts.append(error.title)

    def build_pane(self, title: str, draft: str, opener: Turn | None = None) -> FakePane:
        return FakePane(title)

    async def enter_pane(self, pane: ConversationPane) -> None:
        assert isinstance(pane, FakePane)
        self.panes = [pane]

    async def close_pane(self, pane: ConversationPane) -> None:
        self.panes = [other for other in self.panes if other is not pane]

    def is_pane_active(self, pane: ConversationPane) -> bool:
        return pane in self.panes
