"""The preview: a passage in its note, with the lines around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import NoteLines
from proactive_tui.ipc.requests import ReadNote
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.face import Face
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import elide_path, one_line, sanitize_text
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.why import hanging_indent

CONTEXT_LINES_ABOVE = 3
"""Lines above the cited ones that are visible at first."""


class CitedLines(Static):
    """The cited lines, which scroll into view after each layout."""

    def on_resize(self) -> None:
        """Scroll the lines into view."""
        self.call_after_refresh(self.scroll_visible, top=True, animate=False)


class PreviewScreen(ModalScreen[None]):
    """Shows a passage in its note; the lines are loaded on opening."""

    AUTO_FOCUS = "#note"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings("room.back", "source.open", "list.down", "list.up")

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self._evidence = evidence
        self._note_lines: NoteLines | None = None

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        with VerticalScroll(id="note") as note:
            note.border_subtitle = "o editor · Esc back"
            yield Static(id="before", markup=False)
            yield CitedLines("…", id="lines", markup=False)
            yield Static(id="after", markup=False)

    def on_mount(self) -> None:
        """Load the lines."""
        self._load_lines()
        self._set_note_title(self._evidence.line_start)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._set_note_title(self._note_lines.start if self._note_lines else self._evidence.line_start)
        if self._note_lines is not None:
            self._draw_lines(self._note_lines)

    @work
    async def _load_lines(self) -> None:
        try:
            self._note_lines = await cast("Face", self.app).request(ReadNote(at=self._evidence))
        except BrainError as error:
            # The cited text is known even if the note cannot be read.
            why = f"{one_line(error.title)} · {one_line(error.message)}\n\n"
            said = Content.assemble((why, MUTED_COLOR), sanitize_text(self._evidence.text))
            self.query_one("#lines", Static).update(said)
        else:
            self.call_after_refresh(self._show_lines, self._note_lines)

    def _show_lines(self, shown: NoteLines) -> None:
        self._set_note_title(shown.start)
        self._draw_lines(shown)

    def _set_note_title(self, line: int) -> None:
        note = self.query_one("#note")
        room = max(self.size.width - 20, 12)
        note.border_title = f"{elide_path(one_line(self._evidence.path), room)}:{line}".replace("[", "\\[")
        if self._evidence.origin is not None:
            note.border_title = elide_path(one_line(self._evidence.origin.name), room).replace("[", "\\[")
            place = elide_path(one_line(self._evidence.origin.describe()), room)
            note.border_subtitle = f"{place} · o browser · Esc back".replace("[", "\\[")

    def _draw_lines(self, shown: NoteLines) -> None:
        width = max(self.query_one("#note").content_size.width - 1, 16)
        numbered = list(enumerate(shown.lines, shown.first))
        gutter = len(str(shown.first + len(shown.lines)))
        top = shown.start - CONTEXT_LINES_ABOVE
        parts = (
            ("#before", [row for row in numbered if row[0] < top]),
            ("#lines", [row for row in numbered if top <= row[0] <= shown.end]),
            ("#after", [row for row in numbered if row[0] > shown.end]),
        )
        for name, lines in parts:
            self.query_one(name, Static).update(_number_lines(lines, gutter, width, shown))
        if not shown.found:
            self.query_one("#note").border_subtitle = "it says something else now · o editor · Esc back"

    def action_open_source(self) -> None:
        """Open the note in the editor, at the passage."""
        self.app.post_message(OpenSource(self._evidence))

    def action_back(self) -> None:
        """Leave this screen."""
        self.dismiss()

    def action_cursor_down(self) -> None:
        """Scroll down."""
        self.query_one("#note").scroll_down(animate=False)

    def action_cursor_up(self) -> None:
        """Scroll up."""
        self.query_one("#note").scroll_up(animate=False)


def _number_lines(lines: Iterable[tuple[int, str]], gutter: int, width: int, shown: NoteLines) -> Content:
    """Write the lines with their numbers; the cited ones have a mark that needs no colour."""
    rows = []
    for number, line in lines:
        cited = shown.start <= number <= shown.end
        mark, style, colour = ("▌", "bold", ACCENT_COLOR) if cited else (" ", MUTED_COLOR, MUTED_COLOR)
        text = Content.styled(sanitize_text(line).expandtabs(4), style)
        rows.append(hanging_indent((f"{number:>{gutter}} {mark} ", colour), text, width))
    return Content("\n").join(rows)
