"""Help: all keys, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui.tui.commands import COMMANDS, ROOMS, Command, keys_of
from proactive_tui.tui.slash import SLASHES
from proactive_tui.tui.tones import ACCENT, MUTED

TITLES = {
    "Rooms": "Rooms, also by F9",
    "Offer": "When an offer is there",
    "Question": "When it asks about the moment",
    "Home": "At rest",
    "Conversations": "Among the conversations",
    "Conversation": "In a conversation",
    "Search": "In search",
    "Index": "In the index",
    "Learned": "In what it learned",
    "Data": "In your data",
    "Settings": "In the settings",
    "Lists": "In lists",
}

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


def cheat_sheet(remapped: Mapping[str, str]) -> Content:
    """Every command with its keys, by where it works."""
    lines: list[Content] = []
    for room in ROOMS:
        lines.append(Content.styled(("" if not lines else "\n") + TITLES.get(room, room), f"{ACCENT} bold"))
        lines += [_line(each, remapped) for each in COMMANDS if each.room == room]
    lines.append(Content.styled("\nTyped into a conversation", f"{ACCENT} bold"))
    lines += [Content.assemble((f"{each.usage:<18} ", "bold"), (each.help, MUTED)) for each in SLASHES]
    lines.append(Content.styled("\nLetters go to the text while you type; F2 brings you to the offer then.", MUTED))
    return Content("\n").join(lines)


def _line(each: Command, remapped: Mapping[str, str]) -> Content:
    keys = " ".join(keys_of(each, remapped))
    return Content.assemble((f"{keys:<13} ", "bold"), each.name[:1].upper() + each.name[1:], (f"  {each.help}", MUTED))


class HelpScreen(ModalScreen[None]):
    """The cheat sheet; F1, Esc or q leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Back", show=False, priority=True),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The parts."""
        with VerticalScroll(id="help") as sheet:
            sheet.border_title = "Keys"
            sheet.border_subtitle = "Esc back"
            yield Static(cheat_sheet(cast("ProactiveApp", self.app).config.face.keys))

    def action_down(self) -> None:
        """Read on."""
        self.query_one("#help").scroll_down(animate=False)

    def action_up(self) -> None:
        """Read back."""
        self.query_one("#help").scroll_up(animate=False)
