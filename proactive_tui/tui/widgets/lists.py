"""Option lists with arrow and vi keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from proactive_tui.model.note_values import Passage
from proactive_tui.model.talk_values import Conversation, ConversationSummary
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.formatting.times import format_coarse_time
from proactive_tui.tui.messages import OpenSource, ShowSource


class PlainList(OptionList):
    """An option list without a frame, whose long lines are elided."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("list.down", "list.up")


class GroupedList(PlainList):
    """Lines under the titles of their groups; the titles have no id and cannot be chosen."""

    def highlight_line(self, option_id: str | None) -> None:
        """Highlight the line with this id, else the first one."""
        places = [place for place, option in enumerate(self.options) if option.id]
        same = [place for place in places if self.options[place].id == option_id]
        self.highlighted = next(iter(same or places), None)


class RecentList(PlainList):
    """The last conversations. While none is highlighted, Enter answers the offer."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("home.resume")

    def show_conversations(self, conversations: Iterable[Conversation], now: float) -> None:
        """Show these conversations; the highlight stays on its conversation, if that is still listed."""
        before = self.highlighted_option.id if self.highlighted_option else None
        self.clear_options()
        self.add_options(
            [Option(_format_recent(conversation, now), id=conversation.id) for conversation in conversations]
        )
        ids = [option.id for option in self.options]
        self.highlighted = ids.index(before) if before in ids else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow `select` only while a conversation is highlighted."""
        return self.highlighted is not None if action == "select" else super().check_action(action, parameters)


class ArchiveList(PlainList):
    """All kept conversations: the title, and below it time, number of turns and first words."""

    def show_conversations(self, conversations: Iterable[ConversationSummary], now: float) -> None:
        """Show these conversations; the highlight stays on its conversation, else at its position."""
        before, at = self.highlighted_option, self.highlighted or 0
        self.clear_options()
        self.add_options(
            [Option(_format_archived(conversation, now), id=conversation.id) for conversation in conversations]
        )
        ids = [option.id for option in self.options]
        place = ids.index(before.id) if before and before.id in ids else min(at, len(ids) - 1)
        self.highlighted = place if ids else None


class SourceList(PlainList):
    """The numbered sources of a reply."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("source.open", "source.show")

    def __init__(self, sources: Iterable[Evidence]) -> None:
        self.sources = tuple(sources)
        super().__init__(*(Option(format_source(number, source)) for number, source in enumerate(self.sources, 1)))

    def action_open_source(self) -> None:
        """Open the highlighted source, or the first one, in the editor."""
        self.post_message(OpenSource(self.sources[self.highlighted or 0]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show the selected source in its note."""
        event.stop()
        self.post_message(ShowSource(self.sources[event.option_index]))


def format_source(number: int, evidence: Evidence) -> Content:
    """The label of a source: number, note and line."""
    return Content.assemble((f"{number} ", ACCENT_COLOR), format_location(evidence))


def format_location(where: Evidence | Passage, style: str = "") -> Content:
    """The label of a passage: note and line, then heading and folder, which may be elided; of an item, where it stands,
    who wrote it and its address.
    """
    if isinstance(where, Evidence) and where.origin is not None:
        name, origin = one_line(where.origin.name), where.origin
        rest = " · ".join(part for part in (one_line(origin.author), one_line(origin.address)) if part)
        return Content.assemble((name, style), (f"  {rest}" if rest else "", MUTED_COLOR))
    folder, _, name = one_line(where.path).rpartition("/")
    heading = one_line(where.heading[-1]) if where.heading else ""
    rest = " · ".join(part for part in (heading, folder) if part)
    return Content.assemble((f"{name}:{where.line_start}", style), (f"  {rest}" if rest else "", MUTED_COLOR))


def _format_archived(kept: ConversationSummary, now: float) -> Content:
    about = f"{format_coarse_time(kept.at, now)} · {format_count(kept.turns, 'turn')} · {one_line(kept.words)[:300]}"
    return Content.assemble((one_line(kept.title) or "(no title)", "bold"), "\n", (about, MUTED_COLOR))


def _format_recent(conversation: Conversation, now: float) -> Content:
    time = format_coarse_time(conversation.at, now)
    return Content.assemble((f"{time:<10} ", MUTED_COLOR), one_line(conversation.title) or "(no title)")
