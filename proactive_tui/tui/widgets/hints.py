"""The commands that may be meant, above the prompt, while one types after a slash."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.formatting.colors import ACCENT, MUTED


class Hints(Static):
    """Not there while there is nothing to hint at."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show(self, text: str) -> None:
        """Follow what is typed."""
        found = slash_commands.hints(text)
        width = max((cell_len(each.usage) for each in slash_commands.SLASHES), default=0)
        lines = [Content.assemble((f"{each.usage:<{width}}  ", ACCENT), (each.help, MUTED)) for each in found]
        self.update(Content("\n").join(lines))
        self.display = bool(found)
