"""The index: what is watched, how far it is, and what was left out and why."""

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

from proactive_tui.model import Evidence, NotesStatus, Skipped, Status
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.colors import MUTED, TROUBLE
from proactive_tui.tui.formatting.progress_rate import Pace
from proactive_tui.tui.formatting.text import clean, elide_path, one_line
from proactive_tui.tui.formatting.times import lasting
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.search_base import Query
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import Fact, at_home, bar

MOST = 1000
"""So many are listed; whoever has more of them filters."""


class IndexScreen(Room):
    """Follows what the brain says; letters filter the list, Enter opens a note in the editor."""

    AUTO_FOCUS = "Query"
    BINDINGS: ClassVar[list[BindingType]] = bindings("index.open", "list.down", "list.up")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._listed: tuple[Skipped, ...] = ()
        self._told: tuple[tuple[Skipped, ...], tuple[Skipped, ...], str] | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with Vertical(id="facts"):
            yield Fact("Notes", "notes")
            yield Fact("Words", "words")
            yield Fact("Meaning", "meaning")
            yield Fact("Lag", "lag")
            yield Fact("Left out", "left")
        yield Query(placeholder="Filter what was left out")
        yield Static(classes="none", markup=False)
        yield PlainList()
        yield self.card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow how things stand."""
        self.watch(self.app, "standing", self._changed)
        self.query_one(Query).focus(scroll_visible=False)

    def on_resize(self) -> None:
        """As wide as there is room for."""
        self._changed()

    def home_widget(self) -> Widget | None:
        """Where one types."""
        return self.query_one(Query)

    def _changed(self) -> None:
        standing = self.face.standing
        self.query_one("#facts").display = standing is not None
        if standing is None:
            return
        status, notes = standing.status, standing.status.notes
        width = max(self.size.width - 18, 16)
        folder = elide_path(clean(at_home(notes.folder)), width)
        self._say("notes", _lines(Content(folder), Content.styled(status_text.watching(notes), MUTED)))
        self._say("words", f"{notes.indexed:,} of {status_text.count(notes.watched, 'note')} read")
        self._say("meaning", f"{notes.embedded:,} of {status_text.count(notes.indexed, 'note')} · {_vectors(status)}")
        thing = "words" if self.face.pace.thing == "note" else "meaning"
        if work := status_text.progress(notes):
            said = self.query_one(f"#fact-{thing} .value", Static).content
            said = said if isinstance(said, Content) else Content(str(said))
            self._say(thing, _lines(said, Content.assemble(bar(work.share), (f"  {_pace(self.face.pace)}", MUTED))))
        self._say("lag", lag(notes))
        self._say("left", f"{len(notes.skipped) + notes.unlisted:,} skipped · {len(notes.failed):,} failed")
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        standing = self.face.standing
        if standing is None:
            return
        notes, wanted = standing.status.notes, self.query_one(Query).value.strip().casefold()
        if self._told == (notes.failed, notes.skipped, wanted):
            return  # the highlight stays where it is while nothing changes
        self._told = (notes.failed, notes.skipped, wanted)
        failed = [each for each in notes.failed if wanted in f"failed {each.path} {each.reason}".casefold()]
        skipped = [each for each in notes.skipped if wanted in f"skipped {each.path} {each.reason}".casefold()]
        self._listed = (*failed, *skipped)[:MOST]
        rows = [Option(_row(each, failed=number < len(failed))) for number, each in enumerate(self._listed)]
        listed, none = self.query_one(PlainList), self.query_one(".none", Static)
        before = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(rows)
        listed.highlighted = min(before, len(rows) - 1) if rows else None
        more = len(failed) + len(skipped) - len(rows) + (0 if wanted else notes.unlisted)
        said = f"and {more:,} more: filter them" if more else "" if rows else _nothing(notes, wanted)
        none.update(Content(said))
        none.display = bool(said)

    @on(OptionList.OptionSelected)
    def action_open_note(self) -> None:
        """Open the highlighted one in the editor."""
        at = self.query_one(PlainList).highlighted
        if at is not None and at < len(self._listed):
            self.post_message(OpenSource(Evidence(path=self._listed[at].path, line_start=1, line_end=1, text="")))

    def action_cursor_down(self) -> None:
        """One further down, while typing goes on."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One further up."""
        self.query_one(PlainList).action_cursor_up()

    def _say(self, name: str, value: Content | str) -> None:
        self.query_one(f"#fact-{name}", Fact).say(value)


def lag(notes: NotesStatus) -> str:
    """How long the oldest change has waited to be taken in."""
    return f"a change waits for {lasting(notes.lag_seconds)}" if notes.lag_seconds >= 1 else "none: no change waits"


def _vectors(status: Status) -> str:
    return f"{status_text.count(status.vectors, 'vector')} of {status_text.count(status.passages, 'passage')}"


def _pace(pace: Pace) -> str:
    if pace.rate is None or pace.left is None:
        return "measuring how fast"
    rate = f"{pace.rate:.0f}" if pace.rate >= 10 else f"{pace.rate:.1f}"
    return f"{rate} {pace.thing}s a second · {lasting(pace.left)} left"


def _nothing(notes: NotesStatus, wanted: str) -> str:
    if wanted and (notes.skipped or notes.failed):
        return "Nothing left out is like that."
    return "Nothing was left out."


def _row(left_out: Skipped, *, failed: bool) -> Content:
    mark = ("✗ failed   ", TROUBLE) if failed else ("– skipped  ", MUTED)
    return Content.assemble(mark, one_line(left_out.path), (f"  {one_line(left_out.reason)}", MUTED))


def _lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part.plain)
