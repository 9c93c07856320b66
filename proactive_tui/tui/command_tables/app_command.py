"""What a command is."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from textual.binding import Binding

CommandScope = Literal[
    "Everywhere",
    "Rooms",
    "Offer",
    "Question",
    "Home",
    "Conversation",
    "Conversations",
    "Sources",
    "Search",
    "Index",
    "Learned",
    "Data",
    "Settings",
    "Lists",
]
"""Where a command works."""


@dataclass(frozen=True)
class AppCommand:
    """A command of the owner. `keys` are alternatives, of which the first is shown; `action` is a Textual action."""

    id: str
    keys: str
    action: str
    name: str
    help: str
    scope: CommandScope
    _: KW_ONLY
    shown: bool = False
    priority: bool = False
    palette: bool = True

    def to_binding(self) -> Binding:
        """The command as a Textual binding, remapped by its id."""
        return Binding(
            self.keys, self.action, self.name, show=self.shown, priority=self.priority, tooltip=self.help, id=self.id
        )
