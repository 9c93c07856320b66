"""The base of the screens that list what waits (shelf, agenda): each line is talked about and answered in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest, AnswerT
from proactive_tui.ipc.requests import AnswerTopic
from proactive_tui.model.offer_values import OwnerAnswer
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.key_labels import KeyLine, fitting_keys, format_keys
from proactive_tui.tui.widgets.listing.answer_list import AnswerLine, AnswerList

RELOAD_SECONDS = 3.0
"""Seconds between two looks while things change."""
NO_TOPIC_HINT = "Only what may be raised can be answered here. o opens the note, where it can be ticked."
OPTION_MARGIN = 3
"""Cells of the list's width that are no text of a line: the margins, and the scroll bar."""


class AnswerScreen(AppScreen, Generic[AnswerT]):
    """Lists what a request brings, again whenever something has changed. Letters answer the highlighted line; F2 goes
    to an offer that waits.
    """

    AUTO_FOCUS = "AnswerList"
    side = True
    answer_keys: ClassVar[tuple[str, ...]] = ("offer.talk", "offer.open")
    """The commands whose keys are printed below the list in any case."""
    more_keys: ClassVar[tuple[str, ...]] = ()
    """Those that are printed where they fit."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: AnswerT | None = None
        self._timer: Timer | None = None
        self._opened_at = self._loaded_at = 0.0

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield Static("Looking…", id="summary", markup=False)
        yield AnswerList()
        yield KeyLine(id="line-keys")
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the lines, now and when something changes."""
        self._opened_at = self.face.ticks()
        self.watch(self.app, "offer", self.load_lines, init=False)
        self.watch(self.app, "latest_status", self._load_soon, init=False)
        self.load_lines()

    def on_screen_resume(self) -> None:
        """Load what has changed behind another screen."""
        super().on_screen_resume()
        if self._answer is not None:
            self.load_lines()

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self.draw()

    def home_widget(self) -> Widget | None:
        """The list."""
        return self.query_one(AnswerList)

    @property
    def takes_letters(self) -> bool:
        """Whether a line is highlighted, which letters answer then."""
        return self.is_typing or (isinstance(self.focused, AnswerList) and self.focused.highlighted_line is not None)

    def build_request(self) -> AnsweredRequest[AnswerT]:
        """The request that brings the lines."""
        raise NotImplementedError

    def build_lines(self, answer: AnswerT, width: int) -> tuple[Sequence[Option], Sequence[AnswerLine]]:
        """The options of the list in `width` cells, and what those with an id stand for."""
        raise NotImplementedError

    def summarize(self, answer: AnswerT) -> str:
        """What is said above the list."""
        raise NotImplementedError

    def load_lines(self) -> None:
        """Load the lines now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._loaded_at = self.face.ticks()
        self._load_answer()

    def _load_soon(self) -> None:
        """Load the lines, unless they were loaded a moment ago; then a little later."""
        wait = RELOAD_SECONDS - (self.face.ticks() - self._loaded_at)
        if wait <= 0:
            self.load_lines()
        elif self._timer is None:
            self._timer = self.set_timer(wait, self.load_lines)

    @work(exclusive=True, group="lines")
    async def _load_answer(self) -> None:
        try:
            self._answer = await self.face.request(self.build_request())
        except BrainError as error:
            self.query_one("#summary", Static).update(Content(one_line(f"{error.title}. {error.hint}")))
        else:
            self.draw()

    def draw(self) -> None:
        """Show what was loaded last."""
        if self._answer is None:
            return
        listed = self.query_one(AnswerList)
        width = max((listed.content_size.width or self.size.width) - OPTION_MARGIN, 16)
        options, lines = self.build_lines(self._answer, width)
        self.query_one("#summary", Static).update(Content(self.summarize(self._answer)))
        listed.show_lines(options, lines)
        keys = self.query_one("#line-keys", KeyLine)
        keys.display = bool(lines)
        always, more = (
            [label._replace(action=label.action.replace("screen.", "focused.", 1)) for label in self.keys(*ids)]
            for ids in (self.answer_keys, self.more_keys)
        )
        keys.update(format_keys(fitting_keys(always, more, width)))
        self._focus_changed()

    @on(AnswerList.LineChosen)
    def talk_about_line(self, event: AnswerList.LineChosen) -> None:
        """Open a conversation about the line."""
        self._send_answer(event.line, OwnerAnswer("engaged"))

    @on(AnswerList.LineAnswered)
    def answer_line(self, event: AnswerList.LineAnswered) -> None:
        """Answer the line."""
        self._send_answer(event.line, event.answer)

    @work(group="answer")
    async def _send_answer(self, line: AnswerLine, answer: OwnerAnswer) -> None:
        talks = answer.reaction == "engaged"
        if not line.topic and not talks:
            self.face.show_warning("That is no topic of its own", NO_TOPIC_HINT)
            return
        if not line.topic:
            self.face.conversations.open_for_passage(line.evidence, line.title)
            return
        try:
            answered = await self.face.request(
                AnswerTopic.of_answer(line.topic, answer, self.face.ticks() - self._opened_at)
            )
        except BrainError as error:
            if talks:  # it may be talked about although it may not be raised
                self.face.conversations.open_for_passage(line.evidence, line.title)
            else:
                self.face.show_error(error)
            return
        if talks:
            self.face.conversations.open_for_offer(answered.offer)
        else:
            self.load_lines()
