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
from proactive_tui.paths import notes_folder
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.base import TAKE, Step
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.entry import Entry
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import at_home

PAUSE = 0.15
"""Seconds without a keystroke before a folder is looked into."""
AGAIN = 0.25
"""Seconds between two words about how far the count is."""


class Left(Exception):  # noqa: N818 - no error: it ends a count that nobody waits for any more
    """Another folder is looked at by now."""


class FolderInput(Entry):
    """Where one types the folder; up and down move in the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "screen.complete", "Complete", key_display="Tab")]

    def __init__(self, value: str) -> None:
        super().__init__(value, placeholder="~/notes", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to the step."""
        return False if action == "submit" else super().check_action(action, parameters)


class FolderStep(Step):
    """Which folder it may read."""

    HEADING = "Where are your notes?"
    BINDINGS: ClassVar[list[BindingType]] = [TAKE, *bindings("list.down", "list.up")]

    def __init__(self, number: int, of: int) -> None:
        super().__init__(number, of)
        self._timer: Timer | None = None
        self._offered: tuple[str, ...] = ()

    def parts(self) -> ComposeResult:
        """The parts."""
        yield Static("A folder of Markdown or plain text. It is read, and never written to.", classes="text")
        yield FolderInput(next(iter(steps.likely()), ""))
        yield Static(id="said", markup=False)
        folders = PlainList(id="folders")
        folders.can_focus = False
        yield folders

    def on_mount(self) -> None:
        """Type at once; what is there already is looked at."""
        self.query_one(FolderInput).focus()
        self._look()

    @on(Input.Changed)
    def typed(self) -> None:
        """Look once there is a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        typed = self.query_one(FolderInput).value.strip()
        self.guide.looked = None
        if typed:
            self.say("Looking …")
        else:
            self.say("Type its path, or choose one below.")
        self._count(typed)

    @work(thread=True, exclusive=True)
    def _count(self, typed: str) -> None:
        worker, said = get_current_worker(), time.monotonic()
        found = steps.folders(typed) if typed else self._first()

        def tell(what: Content | str, looked: steps.Looked | None = None) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._counted, typed, what, looked)

        def so_far(notes: int) -> None:
            nonlocal said
            if worker.is_cancelled:
                raise Left
            if time.monotonic() - said > AGAIN:
                said = time.monotonic()
                tell(f"Counting · {count(notes, 'note')} so far")

        if not worker.is_cancelled:
            self.app.call_from_thread(self._list, typed, found)
        if not typed:
            return
        try:
            looked = steps.look(typed, so_far)
        except Left:
            return
        except NotesError as error:
            tell("There is no such folder." if not Path(typed).expanduser().is_dir() else one_line(error.message))
        except (OSError, RuntimeError, ValueError) as error:  # a name that is no path, a user who is not there
            tell(one_line(str(error)))
        else:
            tell(_found(looked), looked)

    def _first(self) -> tuple[str, ...]:
        examples = (at_home(str(self.guide.examples)),) if self.guide.examples else ()
        return tuple(dict.fromkeys((*steps.likely(), *steps.folders("~/"), *examples)))

    def _here(self, typed: str) -> bool:
        return self.is_attached and typed == self.query_one(FolderInput).value.strip()

    def _list(self, typed: str, found: tuple[str, ...]) -> None:
        if self._here(typed):
            self._offered = found
            listed = self.query_one(PlainList)
            listed.clear_options()
            listed.add_options([Option(Content(one_line(each))) for each in found])
            listed.highlighted = None

    def _counted(self, typed: str, said: Content | str, looked: steps.Looked | None) -> None:
        if self._here(typed):
            self.say(said)
            self.guide.looked = looked

    def action_complete(self) -> None:
        """As a shell does it: the highlighted folder, or as much as all of them share."""
        where = self.query_one(FolderInput)
        at = self.query_one(PlainList).highlighted
        if at is not None:
            self._fill(self._offered[at])
        elif len(self._offered) == 1:
            self._fill(self._offered[0])
        elif len(shared := os.path.commonprefix(self._offered)) > len(where.value):  # noqa: RUF071 - letter by letter
            where.value = shared
            where.cursor_position = len(shared)

    def _fill(self, folder: str) -> None:
        where = self.query_one(FolderInput)
        self.query_one(PlainList).highlighted = None
        where.value = f"{folder}/"
        where.cursor_position = len(where.value)

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """With the mouse as well."""
        self._fill(self._offered[event.option_index])

    def action_take(self) -> None:
        """The highlighted folder is filled in; what is filled in is taken."""
        at = self.query_one(PlainList).highlighted
        if at is not None:
            self._fill(self._offered[at])
            return
        typed = self.query_one(FolderInput).value.strip()
        try:
            folder = notes_folder(typed)
        except (NotesError, RuntimeError, ValueError):
            self.say("There is no such folder." if typed else "Type its path, or choose one below.")
            return
        self.guide.go_on(folder=folder)

    def action_cursor_down(self) -> None:
        """One folder down, while typing goes on."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One folder up."""
        self.query_one(PlainList).action_cursor_up()


def _found(looked: steps.Looked) -> Content:
    if not looked.notes:
        return Content.assemble(
            "No notes in it yet", ("\nIt would be watched for .md, .markdown and .txt files.", MUTED)
        )
    left_out = f" · {looked.left_out:,} left out (hidden, links, too large)" if looked.left_out else ""
    newest = "\nChanged last: " + ", ".join(one_line(Path(each).name) for each in looked.newest)
    return Content.assemble(
        (count(looked.notes, "note"), "bold"), " would be read", (f" · {size(looked.size)}{left_out}{newest}", MUTED)
    )


def size(number: float) -> str:
    """Bytes in words: "640 bytes", "3.4 MB"."""
    for unit in ("bytes", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit in {"bytes", "kB"} else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
