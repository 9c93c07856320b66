"""The turns of a conversation. Text of notes and models is drawn as Markdown or plain text, never as markup."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import Sequence
from itertools import islice

from markdown_it import MarkdownIt
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownStream

from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.quantities import format_count, format_duration
from proactive_tui.tui.controllers.drawing_pace import DrawingPace
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.status_text import format_llm_name
from proactive_tui.tui.formatting.text import sanitize_text, truncate_text
from proactive_tui.tui.widgets.lists import SourceList

MAX_MARKDOWN_CHARACTERS, MAX_MARKDOWN_LINES = 6_000, 100
"""The most of a reply that is drawn as Markdown, more than a usual reply; the rest is drawn as plain text."""

_NONBLANK_LINE = re.compile(r"\S[^\n]*\n")
_DEEP_NESTING = re.compile(r"^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){6}", re.MULTILINE)
"""A line with six nested quotes or lists: the layout of twenty takes a second."""


def markdown_parser() -> MarkdownIt:
    """A Markdown parser that keeps HTML as text, where Textual would drop it silently."""
    return MarkdownIt("gfm-like", {"html": False})


def end_of_markdown(text: str) -> int:
    """The index from which a reply is drawn as plain text; appending text does not move it."""
    last = next(islice(_NONBLANK_LINE.finditer(text, 0, MAX_MARKDOWN_CHARACTERS), MAX_MARKDOWN_LINES - 1, None), None)
    end = last.end() if last else MAX_MARKDOWN_CHARACTERS
    deep = _DEEP_NESTING.search(text, 0, end)
    return deep.start() if deep else end


class SafeMarkdown(Markdown):
    """Markdown whose links do not open by themselves; a click shows where the link leads."""

    def __init__(self, markdown: str = "") -> None:
        super().__init__(sanitize_text(markdown), open_links=False, parser_factory=markdown_parser)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Show the address instead of opening it."""
        event.stop()
        self.app.notify(sanitize_text(event.href), title="This link leads to", markup=False)


class UserMessage(Static):
    """A message of the owner, as typed."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(truncate_text(sanitize_text(text))), markup=False)
        self.text = text

    @property
    def turn(self) -> Turn:
        """The message as a turn, to be shown again."""
        return Turn(role="user", text=self.text, at=0.0)


class QueuedMessage(Static):
    """A message that waits for the end of the present reply."""

    def __init__(self, text: str) -> None:
        super().__init__(
            Content.assemble(
                truncate_text(sanitize_text(text)), ("\nwaits for the reply · Esc takes it back", MUTED_COLOR)
            ),
            markup=False,
        )
        self.text = text


class AssistantReply(Vertical):
    """A reply of the assistant: streamed, then whole, with its sources and how it ended."""

    def __init__(self, turn: Turn | None = None) -> None:
        super().__init__()
        self._turn = turn
        self._stream: MarkdownStream | None = None
        self._text = sanitize_text(turn.text) if turn else ""
        self._drawn = len(self._text)
        self._plain = ""
        self._draw_timer: Timer | None = None
        self._pace = DrawingPace()
        self._clock: Timer | None = None
        self._asked_at = time.monotonic()
        self._reading: tuple[Evidence, ...] | None = None

    def compose(self) -> ComposeResult:
        """Compose the Markdown, the plain rest, and the lines for waiting and for the outcome."""
        yield SafeMarkdown(self._text[: end_of_markdown(self._text)])
        yield Static(classes="rest", markup=False)
        yield Static("…", classes="waiting", markup=False)
        yield Static(classes="mark", markup=False)

    async def on_mount(self) -> None:
        """Show the turn, or the sign that the reply has not begun."""
        self.query_one(".waiting").display = self._turn is None
        self.query_one(".mark").display = self.query_one(".rest").display = False
        self._draw_rest()
        if self._turn is not None:
            await self._show_outcome(self._turn, "")
        else:
            self._clock = self.set_interval(1.0, self._show_waiting)

    async def on_unmount(self) -> None:
        """Stop the stream."""
        self._draw_timer = None
        self._end_waiting()
        await self._end_stream()

    async def show_reading(self, sources: Sequence[Evidence]) -> None:
        """Show the passages that are being read, so that there is something to read while the model does so, too."""
        self._reading = tuple(sources)
        if self._clock is not None and self.is_attached:
            self._show_waiting()
            await self._show_sources(self._reading)

    def _show_waiting(self) -> None:
        """Say what is done meanwhile, and for how long already."""
        doing = "looking in your notes" if self._reading is None else "thinking"
        if self._reading:
            doing = f"reading {format_count(len(self._reading), 'passage')}"
        seconds = time.monotonic() - self._asked_at
        told = [doing, format_duration(seconds) if seconds >= 1 else "", "Esc stops"]
        self.query_one(".waiting", Static).update(Content(" · ".join(filter(None, told))))

    def _end_waiting(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None

    async def _show_sources(self, sources: Sequence[Evidence]) -> None:
        """Show these sources and no others; a list that shows them already stays, with its cursor."""
        shown = next(iter(self.query(SourceList)), None)
        if shown is not None and shown.sources == tuple(sources):
            shown.display = True
            return
        if shown is not None:
            await shown.remove()
        if sources:
            await self.mount(SourceList(sources), before=self.query_one(".mark"))

    @property
    def text(self) -> str:
        """The text so far."""
        return self._text

    @property
    def turn(self) -> Turn:
        """The reply as a turn, to be shown again."""
        return self._turn or Turn(role="assistant", text=self._text, at=0.0, stopped=True)

    def append_text(self, text: str) -> None:
        """Append streamed text. It is drawn a few times a second, so that keys are handled first."""
        text = sanitize_text(text)
        if not text or not self.is_attached:
            return
        self.query_one(".waiting").display = False
        self._end_waiting()
        for shown in self.query(SourceList):
            shown.display = shown.has_focus  # until the end of the reply, what is said needs the place
        self._text += text
        if self._draw_timer is None:
            self._schedule_drawing()

    def yield_to_key(self) -> None:
        """Let the owner type on before more of the reply is drawn."""
        self._pace.note_key(time.monotonic())
        if self._draw_timer is not None:
            self._draw_timer.stop()
            self._schedule_drawing()

    def _schedule_drawing(self) -> None:
        seconds = self._pace.seconds_until_drawing(time.monotonic())
        self._draw_timer = self.set_timer(max(0.0, seconds), self._draw_in_time)

    async def _draw_in_time(self) -> None:
        """Draw what has come as Markdown; as plain text while the owner types, until there is a pause."""
        if not self._pace.is_typing(time.monotonic()):
            await self._draw_new_text()
            return
        self._pace.note_drawing()
        self._draw_rest(self._drawn)
        self._schedule_drawing()

    async def begin_anew(self) -> None:
        """Take back all that was streamed: what comes from now on is the reply."""
        await self._end_stream()
        self._text, self._drawn = "", 0
        await self.query_one(SafeMarkdown).update("")
        self._draw_rest()

    async def _draw_new_text(self) -> None:
        self._draw_timer = None
        self._pace.note_drawing()
        if self._stream is None:
            self._stream = Markdown.get_stream(self.query_one(SafeMarkdown))
        text, self._drawn = self._text[self._drawn : end_of_markdown(self._text)], len(self._text)
        await self._stream.write(text)
        self._draw_rest()

    def _draw_rest(self, start: float = math.inf) -> None:
        """Draw as plain text what is beyond the end of Markdown, or from `start` on, where that is before it."""
        rest, text = self.query_one(".rest", Static), self._text[int(min(start, end_of_markdown(self._text))) :]
        if text != self._plain:  # an update lays out the whole transcript
            self._plain = text
            rest.display = bool(text)
            rest.update(Content(truncate_text(text.lstrip("\n"))))

    async def finish(self, turn: Turn, problem: str = "") -> None:
        """Show the final turn. A reply that was stopped, or broken off by `problem`, is kept and marked."""
        await self._end_stream()
        self._turn = turn
        if turn.text and sanitize_text(turn.text) != self._text:
            self._text = sanitize_text(turn.text)
            self._drawn = len(self._text)  # a drawing that comes late has nothing to add
            await self.query_one(SafeMarkdown).update(self._text[: end_of_markdown(self._text)])
            self._draw_rest()
        await self._show_outcome(turn, problem)

    async def mark_failed(self, problem: str) -> None:
        """Mark the reply as failed, and end its stream."""
        await self._end_stream()
        self.query_one(".waiting").display = False
        self._end_waiting()
        self._show_mark(f"Broken off: {problem}" if self._text else f"Not answered: {problem}", trouble=True)

    async def _show_outcome(self, turn: Turn, problem: str) -> None:
        self.query_one(".waiting").display = False
        self._end_waiting()
        if problem:
            whose = "From your notes" if turn.spoken_by == "template" else "Broken off"
            self._show_mark(f"{whose}: {sanitize_text(problem)}", trouble=True)
        elif turn.stopped:
            self._show_mark("Stopped")
        elif turn.spoken_by:
            self._show_mark(format_llm_name(turn.spoken_by))
        await self._show_sources(turn.sources)

    async def _end_stream(self) -> None:
        if self._draw_timer is not None:
            self._draw_timer.stop()
            await self._draw_new_text()
        if self._stream is not None:
            stream, self._stream = self._stream, None
            await asyncio.sleep(0)  # a stream that ends before its task began would cancel the caller as well
            await stream.stop()

    def _show_mark(self, text: str, *, trouble: bool = False) -> None:
        mark = self.query_one(".mark", Static)
        mark.update(Content(text))
        mark.set_class(trouble, "-trouble")
        mark.display = bool(text)
