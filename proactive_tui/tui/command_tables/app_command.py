"""What a command is."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Literal

from textual.binding import Binding
from textual.keys import key_to_character

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
    "Agenda",
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

    def to_bindings(self) -> list[Binding]:
        """The command as Textual bindings, remapped by its id. Where it goes before what has the focus (`priority`), a
        letter does not: it belongs to the text that is typed.
        """
        keys = self.keys.split(",")
        before = [key for key in keys if self.priority and not is_letter_key(key)]
        rest = [key for key in keys if key not in before]
        return [
            Binding(
                ",".join(some),
                self.action,
                self.name,
                show=self.shown,
                priority=is_first,
                tooltip=self.help,
                id=self.id,
            )
            for some, is_first in ((before, True), (rest, False))
            if some
        ]


def is_letter_key(key: str) -> bool:
    """Whether this key of Textual types a character."""
    character = "/" if key == "slash" else key_to_character(key)  # Textual does not know the slash by this name
    return character is not None and character.isprintable()
