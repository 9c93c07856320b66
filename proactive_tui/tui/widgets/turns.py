"""The turns of a conversation. What notes and models say is Markdown at most, and never markup."""

from __future__ import annotations

import re
from itertools import islice

from markdown_it import MarkdownIt
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownStream

from proactive_tui.model import Turn
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import speaker_of
from proactive_tui.tui.formatting.text import clean, part
from proactive_tui.tui.widgets.lists import SourceList

DRAW_SECONDS = 0.1
"""Between two drawings of a reply that streams: about as often as one can read words anew."""
CHARACTERS, LINES = 6_000, 100
"""Of a reply that are drawn as Markdown, more than any has that is one; what follows is drawn as it stands."""

_LINE = re.compile(r"\S[^\n]*\n")
_DEEP = re.compile(r"^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){6}", re.MULTILINE)
"""A line with six quotes or lists within each other: to lay out twenty takes a second."""


def parser() -> MarkdownIt:
    """Markdown in which HTML is text: it would be dropped without a word otherwise."""
    return MarkdownIt("gfm-like", {"html": False})


def end_of_markdown(text: str) -> int:
    """Where a reply begins to be drawn as it stands; while text is added to it, that stays where it is."""
    last = next(islice(_LINE.finditer(text, 0, CHARACTERS), LINES - 1, None), None)
    end = last.end() if last else CHARACTERS
    deep = _DEEP.search(text, 0, end)
    return deep.start() if deep else end


class SafeMarkdown(Markdown):
    """Markdown whose links do not open by themselves; a click shows where the link leads."""

    def __init__(self, markdown: str = "") -> None:
        super().__init__(clean(markdown), open_links=False, parser_factory=parser)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Show the address instead of opening it."""
        event.stop()
        self.app.notify(clean(event.href), title="This link leads to", markup=False)


class SaidByUser(Static):
    """What the owner said, as typed."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(part(clean(text))), markup=False)
        self.text = text

    @property
    def turn(self) -> Turn:
        """As a turn, to be shown again."""
        return Turn(role="user", text=self.text, at=0.0)


class Queued(Static):
    """What the owner said while a reply was being given; it is said when that has ended."""

    def __init__(self, text: str) -> None:
        super().__init__(
            Content.assemble(part(clean(text)), ("\nwaits for the reply · Esc takes it back", MUTED)), markup=False
        )
        self.text = text


class Reply(Vertical):
    """What the assistant says: streamed, then whole, with its sources and how it ended."""

    def __init__(self, turn: Turn | None = None) -> None:
        super().__init__()
        self._turn = turn
        self._stream: MarkdownStream | None = None
        self._text = clean(turn.text) if turn else ""
        self._drawn = len(self._text)
        self._due: Timer | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield SafeMarkdown(self._text[: end_of_markdown(self._text)])
        yield Static(classes="rest", markup=False)
        yield Static("…", classes="waiting", markup=False)
        yield Static(classes="mark", markup=False)

    async def on_mount(self) -> None:
        """Ready to be seen."""
        self.query_one(".waiting").display = self._turn is None
        self.query_one(".mark").display = False
        self._draw_rest()
        if self._turn is not None:
            await self._settle(self._turn, "")

    async def on_unmount(self) -> None:
        """Nobody will read on."""
        self._due = None
        await self._end_stream()

    @property
    def text(self) -> str:
        """What was said so far."""
        return self._text

    @property
    def turn(self) -> Turn:
        """As a turn, to be shown again."""
        return self._turn or Turn(role="assistant", text=self._text, at=0.0, stopped=True)

    def add(self, text: str) -> None:
        """Append what came. It is drawn a few times a second, so that keys go before it."""
        text = clean(text)
        if not text or not self.is_attached:
            return
        self.query_one(".waiting").display = False
        self._text += text
        if self._due is None:
            self._due = self.set_timer(DRAW_SECONDS, self._draw)

    async def _draw(self) -> None:
        self._due = None
        if self._stream is None:
            self._stream = Markdown.get_stream(self.query_one(SafeMarkdown))
        text, self._drawn = self._text[self._drawn : end_of_markdown(self._text)], len(self._text)
        await self._stream.write(text)
        self._draw_rest()

    def _draw_rest(self) -> None:
        rest, text = self.query_one(".rest", Static), self._text[end_of_markdown(self._text) :]
        rest.display = bool(text)
        rest.update(Content(part(text)))

    async def finish(self, turn: Turn, problem: str = "") -> None:
        """The reply is whole, or was stopped or broken off: what was said so far is kept and marked."""
        await self._end_stream()
        self._turn = turn
        if turn.text and clean(turn.text) != self._text:
            self._text = clean(turn.text)
            await self.query_one(SafeMarkdown).update(self._text[: end_of_markdown(self._text)])
            self._draw_rest()
        await self._settle(turn, problem)

    async def break_off(self, problem: str) -> None:
        """No more will come."""
        await self._end_stream()
        self.query_one(".waiting").display = False
        self._mark(f"Broken off: {problem}" if self._text else f"Not answered: {problem}", trouble=True)

    async def _settle(self, turn: Turn, problem: str) -> None:
        self.query_one(".waiting").display = False
        if problem:
            whose = "From your notes" if turn.spoken_by == "template" else "Broken off"
            self._mark(f"{whose}: {clean(problem)}", trouble=True)
        elif turn.stopped:
            self._mark("Stopped")
        elif turn.spoken_by:
            self._mark(speaker_of(turn.spoken_by))
        if turn.sources:
            await self.mount(SourceList(turn.sources), before=self.query_one(".mark"))

    async def _end_stream(self) -> None:
        if self._due is not None:
            self._due.stop()
            await self._draw()
        if self._stream is not None:
            stream, self._stream = self._stream, None
            await stream.stop()

    def _mark(self, text: str, *, trouble: bool = False) -> None:
        mark = self.query_one(".mark", Static)
        mark.update(Content(text))
        mark.set_class(trouble, "-trouble")
        mark.display = bool(text)
