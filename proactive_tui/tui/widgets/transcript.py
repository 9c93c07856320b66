"""The turns one below the other. Follows what is said only while the reader is at the end."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from proactive_tui.model import Turn
from proactive_tui.tui.widgets.turns import Reply, SaidByUser
from proactive_tui.tui.words import count

KEEP = 40
"""Turns kept on screen; older ones stay in the journal, and the screen stays fast."""


class Earlier(Static):
    """Says how many turns are not shown any more."""


class Transcript(VerticalScroll, can_focus=False):
    """A conversation's turns."""

    def __init__(self, turns: Sequence[Turn] = (), keep: int = KEEP) -> None:
        super().__init__()
        self._first = turns
        self._keep = keep
        self._pruned = 0

    def compose(self) -> ComposeResult:
        """The parts."""
        yield from map(_widget, self._first)

    def on_mount(self) -> None:
        """Ready to be seen."""
        self.anchor()

    async def show(self, turns: Sequence[Turn]) -> None:
        """Show these turns and nothing else."""
        self._pruned = max(len(turns) - self._keep, 0)
        shown = turns[self._pruned :]
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all([_widget(turn) for turn in shown])
            await self._say_pruned()
        self.anchor()

    async def ask(self, text: str) -> Reply:
        """The owner said something: show it, and an empty reply to be filled."""
        reply = Reply()
        await self.mount_all([SaidByUser(text), reply])
        await self._prune()
        self.anchor()
        return reply

    def page(self, direction: int) -> None:
        """Read back (-1) or on (1); at the end it follows again."""
        if direction < 0:
            self.scroll_page_up(animate=False)
        elif self.scroll_y + self.size.height < self.max_scroll_y:
            self.scroll_page_down(animate=False)
        else:
            self.anchor()

    async def _prune(self) -> None:
        turns = list(self.query("Transcript > SaidByUser, Transcript > Reply"))
        surplus = turns[: max(len(turns) - self._keep, 0)]
        if surplus:
            self._pruned += len(surplus)
            await self.remove_children(surplus)
            await self._say_pruned()

    async def _say_pruned(self) -> None:
        if not self._pruned:
            return
        said = Content(f"{count(self._pruned, 'earlier turn')} not shown")
        if earlier := self.query(Earlier):
            earlier.first().update(said)
        else:
            await self.mount(Earlier(said), before=0 if self.children else None)


def _widget(turn: Turn) -> SaidByUser | Reply:
    return SaidByUser(turn.text) if turn.role == "user" else Reply(turn)
