"""Lists one moves in with arrows or vi keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from proactive_tui.model import Conversation, Evidence, Kept, Passage
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.formatting.colors import ACCENT, MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.formatting.times import when
from proactive_tui.tui.messages import OpenSource, ShowSource


class PlainList(OptionList):
    """An option list without a frame, whose long lines are elided."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list.down", "list.up")


class ConversationList(PlainList):
    """The last conversations. With nothing highlighted, Enter is left to whoever else wants it: the offer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home.resume")

    def show(self, conversations: Iterable[Conversation], now: float) -> None:
        """List these; the highlighted one stays so while it is there."""
        before = self.highlighted_option.id if self.highlighted_option else None
        self.clear_options()
        self.add_options([Option(_conversation(each, now), id=each.id) for each in conversations])
        ids = [option.id for option in self.options]
        self.highlighted = ids.index(before) if before in ids else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does nothing here until a conversation is highlighted."""
        return self.highlighted is not None if action == "select" else super().check_action(action, parameters)


class KeptList(PlainList):
    """All conversations: title, when and how long; what was said in them below."""

    def show(self, conversations: Iterable[Kept], now: float) -> None:
        """List these; the highlighted one stays so while it is there, else its place does."""
        before, at = self.highlighted_option, self.highlighted or 0
        self.clear_options()
        self.add_options([Option(_kept(each, now), id=each.id) for each in conversations])
        ids = [option.id for option in self.options]
        place = ids.index(before.id) if before and before.id in ids else min(at, len(ids) - 1)
        self.highlighted = place if ids else None


class SourceList(PlainList):
    """The numbered sources of a reply."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("source.open", "source.show")

    def __init__(self, sources: Iterable[Evidence]) -> None:
        self.sources = tuple(sources)
        super().__init__(*(Option(source_line(number, each)) for number, each in enumerate(self.sources, 1)))

    def action_open_source(self) -> None:
        """Open the highlighted source, or the first."""
        self.post_message(OpenSource(self.sources[self.highlighted or 0]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Look at it."""
        event.stop()
        self.post_message(ShowSource(self.sources[event.option_index]))


def source_line(number: int, evidence: Evidence) -> Content:
    """A source by number, note and line."""
    return Content.assemble((f"{number} ", ACCENT), located(evidence))


def located(where: Evidence | Passage, style: str = "") -> Content:
    """A passage by note and line; what matters least comes last, where it is elided."""
    folder, _, name = one_line(where.path).rpartition("/")
    heading = one_line(where.heading[-1]) if where.heading else ""
    rest = " · ".join(part for part in (heading, folder) if part)
    return Content.assemble((f"{name}:{where.line_start}", style), (f"  {rest}" if rest else "", MUTED))


def _kept(kept: Kept, now: float) -> Content:
    about = f"{when(kept.at, now)} · {count(kept.turns, 'turn')} · {one_line(kept.words)[:300]}"
    return Content.assemble((one_line(kept.title) or "(no title)", "bold"), "\n", (about, MUTED))


def _conversation(conversation: Conversation, now: float) -> Content:
    time = when(conversation.at, now)
    return Content.assemble((f"{time:<10} ", MUTED), one_line(conversation.title) or "(no title)")
