"""Finds words in the texts of a conversation, marks them, and goes from one to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from proactive_tui.tui.formatting.colors import ACCENT_COLOR
from proactive_tui.tui.widgets.transcript import Transcript
from proactive_tui.tui.widgets.turns import AssistantReply, UserMessage

FOUND_STYLE = f"{ACCENT_COLOR} underline"
CURRENT_FOUND_STYLE = "reverse bold"
MAX_FOUND_MATCHES = 2_000

Match = tuple[Static, int, int]
"""A widget, and the range of its text that matches: offsets, the second exclusive."""


class TextFinder:
    """Marks what matches in a transcript. Texts change while a reply streams, so they are read anew for each step."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._query = ""
        self._plain: dict[Static, tuple[Content, Content]] = {}  # each marked widget: its content before, and marked
        self._current: Match | None = None
        self.matches: list[Match] = []
        """What matches on screen, in the order of the conversation."""

    @property
    def position(self) -> int:
        """The number of the current match, from 1; 0 where there is none."""
        return self.matches.index(self._current) + 1 if self._current in self.matches else 0

    @property
    def earlier(self) -> int:
        """How many matches the turns have that are not on screen any more."""
        return (
            sum(len(_find_ranges(self._query, turn.text)) for turn in self._transcript.earlier_turns)
            if self._query
            else 0
        )

    def find(self, query: str) -> None:
        """Mark what matches; the last match is the current one, as it stands where the reader is."""
        self._query = query.strip()
        self._current = None
        self._mark_matches()
        if self.matches:
            self._go_to(self.matches[-1])

    async def step(self, direction: int) -> None:
        """Go to the next match (1) or the one before (-1), around the end; earlier turns are shown where needed."""
        at = self.position - 1
        self._mark_matches()
        if direction < 0 and at == 0 and self.earlier:
            before = len(self.matches)
            while self.earlier and len(self.matches) == before:
                await self._transcript.restore_earlier()
                self._mark_matches()
            at = len(self.matches) - before
        if self.matches:
            self._go_to(self.matches[(at + direction) % len(self.matches)])

    def clear(self) -> None:
        """Remove all marks."""
        self._query, self._current, self.matches = "", None, []
        self._unmark_matches()

    def _mark_matches(self) -> None:
        """Find and mark what matches now; the current match stays, if it is still there."""
        self._unmark_matches()
        self.matches = []
        if not self._query:
            return
        for widget, content in self._drawn_texts():
            found = _find_ranges(self._query, content.plain)[: MAX_FOUND_MATCHES - len(self.matches)]
            if not found:
                continue
            self.matches += [(widget, start, end) for start, end in found]
            marked = content
            for start, end in found:
                is_current = self._current == (widget, start, end)
                marked = marked.stylize(CURRENT_FOUND_STYLE if is_current else FOUND_STYLE, start, end)
            self._plain[widget] = content, marked
            widget.update(marked, layout=False)

    def _go_to(self, match: Match) -> None:
        self._current = match
        self._mark_matches()
        self._transcript.show_place(match[0])

    def _unmark_matches(self) -> None:
        for widget, (before, marked) in self._plain.items():
            if widget.is_attached and widget.content is marked:  # else it was drawn anew meanwhile
                widget.update(before, layout=False)
        self._plain = {}

    def _drawn_texts(self) -> Iterator[tuple[Static, Content]]:
        """Each widget that draws text of a turn, with that text."""
        for turn in self._transcript.query("UserMessage, AssistantReply"):
            if isinstance(turn, UserMessage):
                yield turn, _content_of(turn)
            elif isinstance(turn, AssistantReply):
                for widget in turn.query(Static):
                    if not widget.has_class("waiting") and not widget.has_class("mark") and _content_of(widget).plain:
                        yield widget, _content_of(widget)


def _content_of(widget: Static) -> Content:
    return widget.content if isinstance(widget.content, Content) else Content(str(widget.content))


def _find_ranges(query: str, text: str) -> list[tuple[int, int]]:
    """The ranges of a text that match a query, whatever the case."""
    return [match.span() for match in re.finditer(re.escape(query), text, re.IGNORECASE)]
