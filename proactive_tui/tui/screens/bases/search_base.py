"""The base of the screens that search while the owner types."""

from __future__ import annotations

from typing import Generic

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input, OptionList

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.entry import LimitedInput

DEBOUNCE_SECONDS = 0.12
"""Seconds without a key press before the request is sent."""


class QueryInput(LimitedInput):
    """The search line; the screen has the keys that move in the results."""

    def __init__(self, words: str = "", placeholder: str = "Search your notes, in your own words") -> None:
        super().__init__(words, placeholder=placeholder, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the screen."""
        return False if action == "submit" else super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take the slash as a letter: Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)


class QueryScreen(AppScreen, Generic[AnswerT]):
    """Sends requests while the owner types; a new one cancels the last. Subclasses compose a QueryInput and a list."""

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None

    def build_request(self, query: str) -> AnsweredRequest[AnswerT] | None:
        """Build the request; None when there is nothing to ask."""
        raise NotImplementedError

    def show_answer(self, answer: AnswerT) -> None:
        """Show what was found."""
        raise NotImplementedError

    def show_problem(self, problem: str) -> None:
        """Show why there is no answer."""
        raise NotImplementedError

    @on(Input.Changed)
    def schedule_request(self) -> None:
        """Send the request once there is a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE_SECONDS, self.send_request)

    def send_request(self) -> None:
        """Send the request now."""
        self.workers.cancel_group(self, "query")
        if question := self.build_request(self.query_one(QueryInput).value.strip()):
            self._load_answer(question)

    @work(group="query")
    async def _load_answer(self, question: AnsweredRequest[AnswerT]) -> None:
        try:
            self.show_answer(await self.face.request(question))
        except BrainError as error:
            self.show_problem(one_line(f"{error.title}. {error.hint}"))

    def action_cursor_down(self) -> None:
        """Move to the next result; the search line keeps the focus."""
        self.query_one(OptionList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move to the result before."""
        self.query_one(OptionList).action_cursor_up()
