"""The help screen: all keys, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui.tui.command_tables.app_command import AppCommand
from proactive_tui.tui.commands import COMMAND_SCOPES, COMMANDS, command_keys
from proactive_tui.tui.controllers.slash_commands import SLASH_COMMANDS
from proactive_tui.tui.face import Face
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.screens.why import hanging_indent

COMMAND_GROUP_TITLES = {
    "Rooms": "Rooms, also by F9",
    "Offer": "When an offer is there",
    "Question": "When it asks about the moment",
    "Home": "At rest",
    "Conversations": "Among the conversations",
    "Conversation": "In a conversation",
    "Search": "In search",
    "Agenda": "In the agenda",
    "Index": "In the index",
    "Learned": "In what it learned",
    "Data": "In your data",
    "Settings": "In the settings",
    "Lists": "In lists",
}

KEY_COLUMN_CELLS, HELP_NARROW_CELLS = 14, 50
"""Width of the column of keys, and the width of the screen below which there is no such column, in cells."""


def build_cheat_sheet(remapped: Mapping[str, str], width: int) -> Content:
    """Write every command with its keys, by scope, in `width` cells."""
    lines: list[Content] = []
    for room in COMMAND_SCOPES:
        lines.append(
            Content.styled(("" if not lines else "\n") + COMMAND_GROUP_TITLES.get(room, room), f"{ACCENT_COLOR} bold")
        )
        lines += [_format_command(command, remapped, width) for command in COMMANDS if command.scope == room]
    lines.append(Content.styled("\nTyped into a conversation", f"{ACCENT_COLOR} bold"))
    lines += [
        _format_entry(slash_command.usage, Content.styled(slash_command.help, MUTED_COLOR), width)
        for slash_command in SLASH_COMMANDS
    ]
    lines.append(
        Content.styled("\nLetters go to the text while you type; F2 brings you to the offer then.", MUTED_COLOR)
    )
    return Content("\n").join(lines)


def _format_command(command: AppCommand, remapped: Mapping[str, str], width: int) -> Content:
    about = Content.assemble(command.name[:1].upper() + command.name[1:], (f"  {command.help}", MUTED_COLOR))
    return _format_entry(" ".join(command_keys(command, remapped)), about, width)


def _format_entry(head: str, about: Content, width: int) -> Content:
    """Format a key or command with its explanation beside it, or below it where the screen is narrow."""
    if width < HELP_NARROW_CELLS:
        return Content("\n").join([Content.styled(head, "bold"), hanging_indent(("  ", ""), about, width)])
    column = max(KEY_COLUMN_CELLS, cell_len(head) + 1)
    return hanging_indent((f"{head:<{column}}", "bold"), about, width)


class CheatSheet(Static):
    """The cheat sheet, wrapped to the width of the widget."""

    def on_resize(self) -> None:
        """Wrap the text anew."""
        keys = cast("Face", self.app).config.face.keys
        self.update(build_cheat_sheet(keys, max(self.content_size.width - 1, 16)))


class HelpScreen(ModalScreen[None]):
    """The cheat sheet; F1, ?, Esc or q leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q", "dismiss", "Back", show=False, priority=True),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        with VerticalScroll(id="help") as sheet:
            sheet.border_title = "Keys"
            sheet.border_subtitle = "Esc back"
            yield CheatSheet()

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one("#help").scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one("#help").scroll_up(animate=False)
