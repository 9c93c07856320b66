"""The slash commands that match the typed text, shown above the prompt."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR


class SlashHints(Static):
    """The matching slash commands; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_matching(self, text: str) -> None:
        """Show the commands that match the typed text."""
        found = slash_commands.matching_commands(text)
        width = max((cell_len(slash_command.usage) for slash_command in slash_commands.SLASH_COMMANDS), default=0)
        lines = [
            Content.assemble((f"{slash_command.usage:<{width}}  ", ACCENT_COLOR), (slash_command.help, MUTED_COLOR))
            for slash_command in found
        ]
        self.update(Content("\n").join(lines))
        self.display = bool(found)
