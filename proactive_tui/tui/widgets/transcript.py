"""The turns of a conversation in a scroll view, which follows a reply only while the reader is at the end."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.model.talk_values import Turn
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.commands import format_key_name
from proactive_tui.tui.widgets.turns import AssistantReply, QueuedMessage, UserMessage

MAX_SHOWN_TURNS = 40
"""Turns kept on screen; without older ones, which the journal keeps, the screen stays fast."""


class EarlierTurns(Static):
    """The line that says how many earlier turns are not shown."""


class Transcript(VerticalScroll, can_focus=False):
    """A conversation's turns."""

    def __init__(self, turns: Sequence[Turn] = (), keep: int = MAX_SHOWN_TURNS) -> None:
        super().__init__()
        self._initial_turns = turns
        self._keep = keep
        self._earlier: list[Turn] = []

    def compose(self) -> ComposeResult:
        """Compose the first turns."""
        yield from map(_build_turn, self._initial_turns)

    def on_mount(self) -> None:
        """Scroll to the end."""
        self.anchor()

    async def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show these turns and nothing else."""
        pruned = max(len(turns) - self._keep, 0)
        self._earlier = list(turns[:pruned])
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all([_build_turn(turn) for turn in turns[pruned:]])
            await self._update_earlier()
        self.anchor()

    async def add_exchange(self, text: str, *, instead: bool = False) -> AssistantReply:
        """Show a message of the owner and an empty reply; `instead` replaces the last exchange."""
        reply = AssistantReply()
        with self.app.batch_update():
            if instead:
                await self.remove_children(self._last_exchange())
            await self.mount_all([UserMessage(text), reply], before=next(iter(self.query(QueuedMessage)), None))
            await self._prune_turns()
        self.anchor()
        return reply

    async def add_reply(self) -> AssistantReply:
        """Show an empty reply to the last message."""
        reply = AssistantReply()
        await self.mount(reply, before=next(iter(self.query(QueuedMessage)), None))
        self.anchor()
        return reply

    def yield_to_key(self) -> None:
        """Let the owner type on before more of a reply that streams is drawn."""
        for widget in reversed(self.children):
            if isinstance(widget, AssistantReply):
                widget.yield_to_key()
                return

    async def show_queued(self, texts: Sequence[str]) -> None:
        """Show the messages that wait for the present reply."""
        await self.remove_children(QueuedMessage)
        await self.mount_all(map(QueuedMessage, texts))
        self.anchor()

    @property
    def last_reply(self) -> AssistantReply | None:
        """The last reply that has text."""
        return next((reply for reply in reversed(self.query(AssistantReply)) if reply.text), None)

    def scroll_page(self, direction: int) -> None:
        """Scroll back (-1) or on (1) by a page; at the end, follow the reply again."""
        if direction < 0 and self._earlier and self.scroll_y == 0:
            self.run_worker(self.restore_earlier())
        elif direction < 0:
            self.scroll_page_up(animate=False)
        elif self.scroll_y + self.size.height < self.max_scroll_y:
            self.scroll_page_down(animate=False)
        else:
            self.anchor()

    @property
    def earlier_turns(self) -> tuple[Turn, ...]:
        """The turns that are not shown, oldest first."""
        return tuple(self._earlier)

    def show_place(self, widget: Widget) -> None:
        """Scroll to a widget within it, and follow the reply no longer."""
        self.release_anchor()
        self.call_after_refresh(self.scroll_to_widget, widget, animate=False, force=True)

    def _turn_widgets(self) -> list[UserMessage | AssistantReply]:
        return [widget for widget in self.children if isinstance(widget, UserMessage | AssistantReply)]

    def _last_exchange(self) -> list[UserMessage | AssistantReply]:
        turns = self._turn_widgets()
        starts = [at for at, turn in enumerate(turns) if isinstance(turn, UserMessage)]
        return turns[starts[-1] :] if starts else []

    async def _prune_turns(self) -> None:
        turns = self._turn_widgets()
        surplus = turns[: max(len(turns) - self._keep, 0)]
        if surplus:
            self._earlier += [widget.turn for widget in surplus]
            await self.remove_children(surplus)
            await self._update_earlier()

    async def restore_earlier(self) -> None:
        """Show some of the earlier turns again, above the reader's position."""
        there = self._turn_widgets()
        some, self._earlier = self._earlier[-self._keep :], self._earlier[: -self._keep]
        with self.app.batch_update():
            await self.mount_all([_build_turn(turn) for turn in some], before=there[0])
            await self._update_earlier()
        self.call_after_refresh(self.scroll_to_widget, there[0], animate=False, top=True)

    async def _update_earlier(self) -> None:
        await self.remove_children(EarlierTurns)
        if self._earlier:
            said = (
                f"{format_count(len(self._earlier), 'earlier turn')} not shown · {format_key_name('pageup')} shows them"
            )
            await self.mount(EarlierTurns(Content(said)), before=0 if self.children else None)


def _build_turn(turn: Turn) -> UserMessage | AssistantReply:
    return UserMessage(turn.text) if turn.role == "user" else AssistantReply(turn)
