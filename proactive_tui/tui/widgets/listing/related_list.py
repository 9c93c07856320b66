"""The notes that have to do with a note: those that link to it, those it links to, and its neighbours in meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from proactive_tui.model.note_values import NoteTie, RelatedNote
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.text import elide_path, elide_text, one_line
from proactive_tui.tui.messages import OpenSource, ShowSource
from proactive_tui.tui.widgets.lists import GroupedList

TIE_TITLES: dict[NoteTie, str] = {
    "links here": "Links here",
    "linked": "Linked from here",
    "near": "Near in meaning",
}
"""The titles of the groups, in their order; a note stands in the first that holds."""
MIN_FOLDER_CELLS = 12
"""Cells below which the folder of a note is left out."""


class RelatedList(GroupedList):
    """Related notes; Enter looks at one, and the editor opens it. Hidden while there are none."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("source.open", "source.show")

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._related: dict[str, RelatedNote] = {}

    def show_related(self, notes: Sequence[RelatedNote]) -> None:
        """Show these notes, group by group."""
        self._related = {note.path: note for note in notes}
        self.display = bool(notes)
        self._draw_options()

    def on_resize(self) -> None:
        """Fit the rows to the new width."""
        self._draw_options()

    def _draw_options(self) -> None:
        before = self.highlighted_option.id if self.highlighted_option and self.has_focus else None
        width = max(self.content_size.width - 2, 16)
        self.clear_options()
        self.add_options(list_related(self._related.values(), width))
        if before is not None:
            self.highlight_line(before)

    def on_focus(self) -> None:
        """Highlight a note."""
        if self.highlighted_option is None:
            self.highlight_line(None)

    def on_blur(self) -> None:
        """Take the highlight away: the results have it."""
        self.highlighted = None

    def action_open_source(self) -> None:
        """Open the highlighted note in the editor."""
        if note := self._highlighted_note():
            self.post_message(OpenSource(note_evidence(note)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show the note."""
        event.stop()
        if note := self._related.get(event.option_id or ""):
            self.post_message(ShowSource(note_evidence(note)))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Keep this from the screen, which has a list of its own."""
        event.stop()

    def _highlighted_note(self) -> RelatedNote | None:
        option = self.highlighted_option
        return self._related.get(option.id or "") if option is not None else None


def list_related(notes: Iterable[RelatedNote], width: int) -> Iterator[Option]:
    """The options of the list: a title for each group that has notes, and a row of at most `width` cells for each."""
    groups: dict[NoteTie, list[RelatedNote]] = {}
    for note in notes:
        tie = next((tie for tie in TIE_TITLES if tie in note.ties), "near")
        groups.setdefault(tie, []).append(note)  # type: ignore[arg-type]
    for tie, title in TIE_TITLES.items():
        own = groups.get(tie, [])
        if own:
            yield Option(Content.styled(title, "bold"), disabled=True)
        yield from (Option(_format_related(note, width), id=note.path) for note in own)


def note_evidence(note: RelatedNote) -> Evidence:
    """The passage that is near, else the beginning of the note."""
    passage = note.passage
    if passage is None:
        return Evidence(path=note.path, line_start=1, line_end=1, text="")
    return Evidence.of_passage(passage)


def _format_related(note: RelatedNote, width: int) -> Content:
    """The name of the note's file, as results have it (many notes begin with one heading), and its folder."""
    path = PurePosixPath(note.path)
    name = elide_text(f"  {one_line(path.stem)}", width)
    room = width - cell_len(name) - 2
    folder = "" if path.parent == PurePosixPath() else one_line(path.parent.as_posix())
    if room < MIN_FOLDER_CELLS or not folder:
        return Content(name)
    return Content.assemble(name, "  ", (elide_path(folder, room), MUTED_COLOR))
