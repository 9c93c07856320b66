"""The line in which words are typed that are to be found in a conversation, with how many there are."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.widgets.entry import LimitedInput


class FindInput(LimitedInput):
    """The words; Enter and the arrows go from one match to another."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("find.next", "find.previous")

    def action_find_next(self) -> None:
        """Go to the next match."""
        self.post_message(FindBar.Stepped(1))

    def action_find_previous(self) -> None:
        """Go to the match before."""
        self.post_message(FindBar.Stepped(-1))


class FindBar(Horizontal):
    """Hidden until it is opened."""

    class QueryChanged(Message):
        """Other words are to be found."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Stepped(Message):
        """Another match is wanted: the next (1) or the one before (-1)."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def compose(self) -> ComposeResult:
        """Compose the input and the count."""
        yield FindInput(placeholder="Find in this conversation", compact=True, select_on_focus=True)
        yield Static(id="find-count", markup=False)

    def open(self) -> None:
        """Show it, with the last words selected."""
        self.display = True
        self.query_one(FindInput).focus()

    def show_count(self, position: int, count: int, earlier: int) -> None:
        """Say which match is shown, of how many, and how many are further up."""
        typed = self.query_one(FindInput).value.strip()
        said = f"{position} of {count}" if count else "nothing" if typed else ""
        more = f" · {earlier} further up" if earlier else ""
        self.query_one("#find-count", Static).update(Content(said + more))

    @property
    def words(self) -> str:
        """The words to be found."""
        return self.query_one(FindInput).value

    @on(Input.Changed)
    def tell_query(self, event: Input.Changed) -> None:
        """Tell the screen of other words."""
        event.stop()
        self.post_message(self.QueryChanged(event.value))
