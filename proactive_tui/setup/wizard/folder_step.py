"""Step 1: the notes folder, completed while one types, with a count of what would be read."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from proactive_tui.errors import NotesError
from proactive_tui.paths import resolve_notes_folder
from proactive_tui.setup import steps
from proactive_tui.setup.note_styles import describe_styles
from proactive_tui.setup.wizard.base import CONTINUE_BINDING, WizardStep
from proactive_tui.text.quantities import format_bytes, format_count
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.entry import LimitedInput
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import abbreviate_home

TYPING_PAUSE_SECONDS = 0.15
"""Seconds without a keystroke before a folder is looked into."""
COUNT_REPORT_SECONDS = 0.25
"""Seconds between two reports of the count so far."""


class CountCancelled(Exception):  # noqa: N818 - no error: it ends a count that nobody waits for any more
    """The count was cancelled, because another folder is looked at by now."""


class FolderInput(LimitedInput):
    """The input for the folder; up and down move in the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "screen.complete", "Complete", key_display="Tab")]

    def __init__(self, value: str) -> None:
        super().__init__(value, placeholder="~/notes", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the step."""
        return False if action == "submit" else super().check_action(action, parameters)


class FolderStep(WizardStep):
    """Asks for the notes folder."""

    HEADING = "Where are your notes?"
    BINDINGS: ClassVar[list[BindingType]] = [CONTINUE_BINDING, *command_bindings("list.down", "list.up")]

    def __init__(self, number: int, step_count: int) -> None:
        super().__init__(number, step_count)
        self._count_timer: Timer | None = None
        self._listed_folders: tuple[str, ...] = ()

    def compose_content(self) -> ComposeResult:
        """The input, the count below it, and the list of folders."""
        yield Static("A folder of Markdown or plain text. It is read, and never written to.", classes="text")
        yield FolderInput(next(iter(steps.likely_folders()), ""))
        yield Static(id="said", markup=False)
        folders = PlainList(id="folders")
        folders.can_focus = False
        yield folders

    def on_mount(self) -> None:
        """Focus the input, and count the notes of the folder that is in it already."""
        self.query_one(FolderInput).focus()
        self._start_count()

    @on(Input.Changed)
    def schedule_count(self) -> None:
        """Count the notes once the user pauses."""
        if self._count_timer is not None:
            self._count_timer.stop()
        self._count_timer = self.set_timer(TYPING_PAUSE_SECONDS, self._start_count)

    def _start_count(self) -> None:
        typed = self.query_one(FolderInput).value.strip()
        self.wizard.folder_summary = None
        if typed:
            self.show_text("Looking …")
        else:
            self.show_text("Type its path, or choose one below.")
        self._count_notes(typed)

    @work(thread=True, exclusive=True)
    def _count_notes(self, typed: str) -> None:
        worker, reported_at = get_current_worker(), time.monotonic()
        found = steps.complete_folder(typed) if typed else self._suggested_folders()

        def post_result(text: Content | str, summary: steps.FolderSummary | None = None) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show_count, typed, text, summary)

        def report_progress(notes: int) -> None:
            nonlocal reported_at
            if worker.is_cancelled:
                raise CountCancelled
            if time.monotonic() - reported_at > COUNT_REPORT_SECONDS:
                reported_at = time.monotonic()
                post_result(f"Counting · {format_count(notes, 'note')} so far")

        if not worker.is_cancelled:
            self.app.call_from_thread(self._list_folders, typed, found)
        if not typed:
            return
        try:
            summary = steps.summarize_folder(typed, report_progress)
        except CountCancelled:
            return
        except NotesError as error:
            post_result(
                "There is no such folder." if not Path(typed).expanduser().is_dir() else one_line(error.message)
            )
        except (OSError, RuntimeError, ValueError) as error:  # a name that is no path, a user who is not there
            post_result(one_line(str(error)))
        else:
            post_result(_format_folder_summary(summary), summary)

    def _suggested_folders(self) -> tuple[str, ...]:
        examples = (abbreviate_home(str(self.wizard.examples_folder)),) if self.wizard.examples_folder else ()
        return tuple(dict.fromkeys((*steps.likely_folders(), *steps.complete_folder("~/"), *examples)))

    def _matches_input(self, typed: str) -> bool:
        return self.is_attached and typed == self.query_one(FolderInput).value.strip()

    def _list_folders(self, typed: str, found: tuple[str, ...]) -> None:
        if self._matches_input(typed):
            self._listed_folders = found
            listed = self.query_one(PlainList)
            listed.clear_options()
            listed.add_options([Option(Content(one_line(folder))) for folder in found])
            listed.highlighted = None

    def _show_count(self, typed: str, text: Content | str, summary: steps.FolderSummary | None) -> None:
        if self._matches_input(typed):
            self.show_text(text)
            self.wizard.folder_summary = summary

    def action_complete(self) -> None:
        """Complete the path as a shell does: to the highlighted folder, or to the prefix that all listed ones share."""
        where = self.query_one(FolderInput)
        at = self.query_one(PlainList).highlighted
        if at is not None:
            self._fill_input(self._listed_folders[at])
        elif len(self._listed_folders) == 1:
            self._fill_input(self._listed_folders[0])
        elif len(shared := os.path.commonprefix(self._listed_folders)) > len(where.value):  # noqa: RUF071 - letter by letter
            where.value = shared
            where.cursor_position = len(shared)

    def _fill_input(self, folder: str) -> None:
        where = self.query_one(FolderInput)
        self.query_one(PlainList).highlighted = None
        where.value = f"{folder}/"
        where.cursor_position = len(where.value)

    @on(OptionList.OptionSelected)
    def select_folder(self, event: OptionList.OptionSelected) -> None:
        """Fill in the folder that was clicked or chosen."""
        self._fill_input(self._listed_folders[event.option_index])

    def action_take(self) -> None:
        """Fill in the highlighted folder; with none highlighted, take the folder in the input."""
        at = self.query_one(PlainList).highlighted
        if at is not None:
            self._fill_input(self._listed_folders[at])
            return
        typed = self.query_one(FolderInput).value.strip()
        try:
            folder = resolve_notes_folder(typed)
        except (NotesError, RuntimeError, ValueError):
            self.show_text("There is no such folder." if typed else "Type its path, or choose one below.")
            return
        self.wizard.look_at_notes(folder)
        self.wizard.submit_step(folder=folder)

    def action_cursor_down(self) -> None:
        """Highlight the folder below; the input keeps the focus."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Highlight the folder above."""
        self.query_one(PlainList).action_cursor_up()


def _format_folder_summary(summary: steps.FolderSummary) -> Content:
    if not summary.notes:
        return Content.assemble(
            "No notes in it yet", ("\nIt would be watched for .md, .markdown and .txt files.", MUTED_COLOR)
        )
    left_out = f" · {summary.left_out:,} left out (hidden, links, too large)" if summary.left_out else ""
    styles = f"\n{describe_styles(summary.styles)}" if summary.styles else ""
    newest = "\nChanged last: " + ", ".join(one_line(Path(path).name) for path in summary.newest)
    return Content.assemble(
        (format_count(summary.notes, "note"), "bold"),
        " would be read",
        (f" · {format_bytes(summary.size)}{left_out}{styles}{newest}", MUTED_COLOR),
    )
