"""The status panel of the home screen: rows of a label and its value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from proactive_tui.model.status_values import BrainStatus
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, FAINT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.progress_rate import ProgressRate
from proactive_tui.tui.formatting.text import elide_path, elide_text, one_line, sanitize_text
from proactive_tui.tui.widgets.key_labels import KeyLabel, format_keys

PROGRESS_BAR_CELLS = 16
"""Cells of a progress bar."""
MIN_PARAGRAPH_CELLS = 40
"""Cells below which advice is shortened to one sentence."""


def draw_progress_bar(share: float) -> Content:
    """Draw a progress bar for a share (0..1), without animation."""
    full = round(min(max(share, 0.0), 1.0) * PROGRESS_BAR_CELLS)
    return Content.assemble(("━" * full, ACCENT_COLOR), ("─" * (PROGRESS_BAR_CELLS - full), FAINT_COLOR))


class StatusRow(Horizontal):
    """One label with its value, which may wrap."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(id=f"fact-{name}")
        self._label = label
        self._shown_value: Content | None = None

    def compose(self) -> ComposeResult:
        """Compose label and value."""
        yield Static(self._label, classes="label", markup=False)
        yield Static(classes="value")

    def show_value(self, value: Content | str) -> None:
        """Show this value; without one the row is hidden."""
        content = Content(value) if isinstance(value, str) else value
        if self._shown_value is not None and (content.plain, content.spans) == (
            self._shown_value.plain,
            self._shown_value.spans,
        ):
            return  # an unchanged value causes no new layout
        self._shown_value = content
        self.query_one(".value", Static).update(content)
        self.display = bool(content.plain)


class StatusPanel(Vertical):
    """The watched notes, the progress of the index, the language model, and today's offers."""

    def __init__(self, folder: str, progress_rate: ProgressRate, *, model_wanted: bool = True, key: str = "") -> None:
        """`progress_rate` is the speed of indexing; `key` shows the prepared topics."""
        super().__init__()
        self._progress_rate = progress_rate
        self._key = key
        self._prepared_topics: Sequence[tuple[str, str]] | None = None
        self._folder = folder
        self._model_wanted = model_wanted
        self._status: BrainStatus | None = None
        self._now = 0.0
        self._offer = False

    def compose(self) -> ComposeResult:
        """Compose the rows."""
        yield StatusRow("Notes", "notes")
        yield StatusRow("Index", "index")
        yield StatusRow("Speaks", "speaker")
        yield StatusRow("Today", "today")
        yield StatusRow("Prepared", "prepared")

    def show_status(self, status: BrainStatus | None, now: float, *, offer: bool) -> None:
        """Show the status at `now` (unix seconds), None before the first one; `offer`: whether one is on screen."""
        self._status, self._now, self._offer = status, now, offer
        self._fill_rows()

    def show_prepared(self, ahead: Sequence[tuple[str, str]] | None) -> None:
        """Show kind and title of the prepared topics; with None, only their number."""
        self._prepared_topics = ahead
        self._fill_rows()

    def on_resize(self) -> None:
        """Fit the values to the new width."""
        self._fill_rows()

    def _fill_rows(self) -> None:
        status, width = self._status, max(self.size.width - 12, 16)
        folder = elide_path(sanitize_text(abbreviate_home(status.notes.folder if status else self._folder)), width)
        if status is None:
            self._set_row("notes", folder)
            for name in ("index", "speaker", "today", "prepared"):
                self._set_row(name, "")
            return
        notes, rhythm = status.notes, status.rhythm
        self._set_row("notes", _join_lines(Content(folder), _muted_text(status_text.format_notes_status(notes))))
        self._set_row("index", _format_index(status, self._progress_rate, width))
        # How to get a model is told until the first offers have come; then who speaks says enough.
        advised = self._model_wanted and not status.journal.offers
        detail = status_text.llm_advice(status.llm, wanted=advised, brief=width < MIN_PARAGRAPH_CELLS)
        self._set_row("speaker", _join_lines(Content(status_text.format_llm_status(status.llm)), _muted_text(detail)))
        silence = "" if self._offer else status_text.format_silence(rhythm, self._now)
        self._set_row("today", _join_lines(Content(status_text.format_budget(rhythm)), _muted_text(silence)))
        prepared = Content(status_text.format_prepared(status))
        if rhythm.prepared and self._key:
            what = "hide" if self._prepared_topics is not None else "show"
            prepared = Content.assemble(prepared, "   ", format_keys([KeyLabel(self._key, what)]))
        self._set_row(
            "prepared", _join_lines(prepared, *(_format_topic(*topic, width) for topic in self._prepared_topics or ()))
        )

    def _set_row(self, name: str, value: Content | str) -> None:
        self.query_one(f"#fact-{name}", StatusRow).show_value(value)


def abbreviate_home(folder: str) -> str:
    """The folder with ~ for the owner's home."""
    try:
        return f"~/{Path(folder).relative_to(Path.home()).as_posix()}".removesuffix("/.")
    except (ValueError, RuntimeError):
        return folder


def _format_index(status: BrainStatus, progress_rate: ProgressRate, width: int) -> Content:
    work = status_text.format_index_progress(status.notes)
    if work is None:
        return Content(status_text.format_index_state(status.notes) if status.notes.watched else "")
    fast = status_text.format_rate(progress_rate)
    if PROGRESS_BAR_CELLS + 2 + len(fast) > width:
        return _join_lines(Content(work.text), draw_progress_bar(work.share), _muted_text(fast))
    return _join_lines(
        Content(work.text),
        Content("  ").join(part for part in (draw_progress_bar(work.share), _muted_text(fast)) if part.plain),
    )


def _format_topic(kind: str, title: str, width: int) -> Content:
    """A topic in one line; its kind comes last, where it may be elided."""
    room = max(width - cell_len(kind) - 2, width // 2)
    line = Content.assemble(elide_text(one_line(title), room), (f"  {one_line(kind)}", MUTED_COLOR))
    return line.truncate(width, ellipsis=True)


def _muted_text(text: str) -> Content:
    return Content.styled(text, MUTED_COLOR) if text else Content()


def _join_lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part.plain)
