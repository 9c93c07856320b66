"""The index screen: what is watched, how far the index is, and which files were left out and why."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.status_values import BrainStatus, NotesStatus
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.quantities import format_count, format_duration
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.colors import MUTED_COLOR, WARNING_COLOR
from proactive_tui.tui.formatting.progress_rate import ProgressRate
from proactive_tui.tui.formatting.text import elide_path, one_line, sanitize_text
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import StatusRow, abbreviate_home, draw_progress_bar

MAX_LISTED_FILES = 1000
"""The most files that are listed; a filter finds the others."""
LISTED_AS = {
    "failed": ("✗", WARNING_COLOR),
    "partly": ("✗", WARNING_COLOR),
    "skipped": ("–", MUTED_COLOR),
    "unraised": ("○", MUTED_COLOR),
}
"""What became of a file, in the order in which they are listed, with its mark and colour."""


class IndexScreen(AppScreen):
    """Shows the index status and the files left out. Letters filter the list, Enter opens a note in the editor."""

    AUTO_FOCUS = "QueryInput"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings("index.open", "list.down", "list.up")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[SkippedFile, ...] = ()
        self._last_listed: tuple[tuple[tuple[SkippedFile, ...], ...], str] | None = None

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        with Vertical(id="facts"):
            yield StatusRow("Notes", "notes")
            yield StatusRow("Words", "words")
            yield StatusRow("Meaning", "meaning")
            yield StatusRow("Lag", "lag")
            yield StatusRow("Left out", "left")
        yield QueryInput(placeholder="Filter what was left out")
        yield Static(classes="none", markup=False)
        yield PlainList()
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow the status."""
        self.watch(self.app, "latest_status", self._show_status)
        self.query_one(QueryInput).focus(scroll_visible=False)

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._show_status()

    def home_widget(self) -> Widget | None:
        """The filter line."""
        return self.query_one(QueryInput)

    def _show_status(self) -> None:
        update = self.face.latest_status
        self.query_one("#facts").display = update is not None
        if update is None:
            return
        status, notes = update.status, update.status.notes
        width = max(self.size.width - 18, 16)
        folder = elide_path(sanitize_text(abbreviate_home(notes.folder)), width)
        self._set_row(
            "notes", _join_lines(Content(folder), Content.styled(status_text.format_notes_status(notes), MUTED_COLOR))
        )
        self._set_row("words", f"{notes.indexed:,} of {format_count(notes.watched, 'note')} read")
        self._set_row(
            "meaning",
            f"{notes.embedded:,} of {format_count(notes.indexed, 'note')} · {_format_vectors(status)}",
        )
        thing = "words" if self.face.index_rate.item_name == "note" else "meaning"
        if work := status_text.format_index_progress(notes):
            said = self.query_one(f"#fact-{thing} .value", Static).content
            said = said if isinstance(said, Content) else Content(str(said))
            self._set_row(
                thing,
                _join_lines(
                    said,
                    Content.assemble(
                        draw_progress_bar(work.share), (f"  {_format_rate(self.face.index_rate)}", MUTED_COLOR)
                    ),
                ),
            )
        self._set_row("lag", format_lag(notes))
        held = f" · {format_count(status.held_back, 'topic')} held back" if status.held_back else ""
        self._set_row("left", f"{format_left_counts(notes)}{held}")
        self._list_left_out()

    @on(Input.Changed)
    def _list_left_out(self) -> None:
        update = self.face.latest_status
        if update is None:
            return
        notes, wanted = update.status.notes, self.query_one(QueryInput).value.strip().casefold()
        lists = (notes.failed, notes.troubled, notes.skipped, notes.unraised)
        if self._last_listed == (lists, wanted):
            return  # the highlight stays where it is while nothing changes
        self._last_listed = (lists, wanted)
        found = [
            (word, file)
            for word, files in zip(LISTED_AS, lists, strict=True)
            for file in files
            if wanted in f"{word} {file.path} {file.reason}".casefold()
        ]
        self._listed = tuple(file for _, file in found[:MAX_LISTED_FILES])
        rows = [Option(_format_left_out(word, file)) for word, file in found[:MAX_LISTED_FILES]]
        listed, none = self.query_one(PlainList), self.query_one(".none", Static)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(rows)
        listed.highlighted = min(before, len(rows) - 1) if rows else None
        more = len(found) - len(rows) + (0 if wanted else notes.unlisted)
        said = f"and {more:,} more: filter them" if more else "" if rows else _empty_list_text(notes, wanted)
        none.update(Content(said))
        none.display = bool(said)

    @on(OptionList.OptionSelected)
    def action_open_note(self) -> None:
        """Open the highlighted file in the editor."""
        at = self.query_one(PlainList).highlighted
        if at is not None and at < len(self._listed):
            self.post_message(OpenSource(Evidence(path=self._listed[at].path, line_start=1, line_end=1, text="")))

    def action_cursor_down(self) -> None:
        """Move the highlight down; the filter line keeps the focus."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move the highlight up."""
        self.query_one(PlainList).action_cursor_up()

    def _set_row(self, name: str, value: Content | str) -> None:
        self.query_one(f"#fact-{name}", StatusRow).show_value(value)


def format_lag(notes: NotesStatus) -> str:
    """How long the oldest change has waited to be indexed, in words."""
    return (
        f"a change waits for {format_duration(notes.lag_seconds)}"
        if notes.lag_seconds >= 1
        else "none: no change waits"
    )


def format_left_counts(notes: NotesStatus) -> str:
    """How many files were left out of what; the last two only where there are any."""
    parts = [f"{len(notes.skipped) + notes.unlisted:,} skipped", f"{len(notes.failed):,} failed"]
    parts += [f"{len(notes.troubled):,} in part"] if notes.troubled else []
    parts += [f"{len(notes.unraised):,} never raised"] if notes.unraised else []
    return " · ".join(parts)


def _format_vectors(status: BrainStatus) -> str:
    vectors = format_count(status.vectors, "vector")
    return f"{vectors} of {format_count(status.passages, 'passage')}"


def _format_rate(progress: ProgressRate) -> str:
    if progress.items_per_second is None or progress.remaining_seconds is None:
        return "measuring how fast"
    rate = f"{progress.items_per_second:.0f}" if progress.items_per_second >= 10 else f"{progress.items_per_second:.1f}"
    return f"{rate} {progress.item_name}s a second · {format_duration(progress.remaining_seconds)} left"


def _empty_list_text(notes: NotesStatus, wanted: str) -> str:
    if wanted and (notes.skipped or notes.failed or notes.troubled or notes.unraised):
        return "Nothing left out is like that."
    return "Nothing was left out."


def _format_left_out(word: str, left_out: SkippedFile) -> Content:
    mark, color = LISTED_AS[word]
    named = (f"{mark} {word:<8} ", color)
    return Content.assemble(named, one_line(left_out.path), (f"  {one_line(left_out.reason)}", MUTED_COLOR))


def _join_lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part.plain)
