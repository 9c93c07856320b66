"""The turns one below the other. Follows what is said only while the reader is at the end."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from proactive_tui.model import Turn
from proactive_tui.tui.commands import display
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.widgets.turns import Queued, Reply, SaidByUser

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
        self._earlier: list[Turn] = []

    def compose(self) -> ComposeResult:
        """The parts."""
        yield from map(_widget, self._first)

    def on_mount(self) -> None:
        """Ready to be seen."""
        self.anchor()

    async def show(self, turns: Sequence[Turn]) -> None:
        """Show these turns and nothing else."""
        pruned = max(len(turns) - self._keep, 0)
        self._earlier = list(turns[:pruned])
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all([_widget(turn) for turn in turns[pruned:]])
            await self._say_earlier()
        self.anchor()

    async def ask(self, text: str, *, instead: bool = False) -> Reply:
        """The owner said something: show it, and an empty reply to be filled; `instead` of the last exchange or not."""
        reply = Reply()
        with self.app.batch_update():
            if instead:
                await self.remove_children(self._last_exchange())
            await self.mount_all([SaidByUser(text), reply], before=next(iter(self.query(Queued)), None))
            await self._prune()
        self.anchor()
        return reply

    async def queue(self, texts: Sequence[str]) -> None:
        """Show these as what waits to be said."""
        await self.remove_children(Queued)
        await self.mount_all(map(Queued, texts))
        self.anchor()

    @property
    def last_reply(self) -> Reply | None:
        """The last one that says anything."""
        return next((each for each in reversed(self.query(Reply)) if each.text), None)

    def page(self, direction: int) -> None:
        """Read back (-1) or on (1); at the end it follows again."""
        if direction < 0 and self._earlier and self.scroll_y == 0:
            self.run_worker(self._more())
        elif direction < 0:
            self.scroll_page_up(animate=False)
        elif self.scroll_y + self.size.height < self.max_scroll_y:
            self.scroll_page_down(animate=False)
        else:
            self.anchor()

    def _turns(self) -> list[SaidByUser | Reply]:
        return [each for each in self.children if isinstance(each, SaidByUser | Reply)]

    def _last_exchange(self) -> list[SaidByUser | Reply]:
        turns = self._turns()
        starts = [at for at, each in enumerate(turns) if isinstance(each, SaidByUser)]
        return turns[starts[-1] :] if starts else []

    async def _prune(self) -> None:
        turns = self._turns()
        surplus = turns[: max(len(turns) - self._keep, 0)]
        if surplus:
            self._earlier += [each.turn for each in surplus]
            await self.remove_children(surplus)
            await self._say_earlier()

    async def _more(self) -> None:
        """Bring some of the earlier turns back, above where the reader is."""
        there = self._turns()
        some, self._earlier = self._earlier[-self._keep :], self._earlier[: -self._keep]
        with self.app.batch_update():
            await self.mount_all([_widget(turn) for turn in some], before=there[0])
            await self._say_earlier()
        self.call_after_refresh(self.scroll_to_widget, there[0], animate=False, top=True)

    async def _say_earlier(self) -> None:
        await self.remove_children(Earlier)
        if self._earlier:
            said = f"{count(len(self._earlier), 'earlier turn')} not shown · {display('pageup')} shows them"
            await self.mount(Earlier(Content(said)), before=0 if self.children else None)


def _widget(turn: Turn) -> SaidByUser | Reply:
    return SaidByUser(turn.text) if turn.role == "user" else Reply(turn)
