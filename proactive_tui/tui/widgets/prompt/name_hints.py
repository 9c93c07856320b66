"""The names that complete what was typed after an @, shown above the prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from proactive_tui.model.talk_values import FoundName
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line

_MENTION = re.compile(r"(?:^|(?<=[\s(]))@([^\s@\[\](){}]*)$")


class Mention(NamedTuple):
    """What was typed after an @ that begins a word; `column` is the @'s place in its line."""

    typed: str
    column: int


def find_mention(before: str) -> Mention | None:
    """The mention at the end of the text before the cursor; None where there is none."""
    match = _MENTION.search(before)
    return Mention(match[1], match.start()) if match else None


def spell_name(found: FoundName) -> str:
    """A name as it is put into the message: a note as a link, a person as they are called."""
    return f"[[{one_line(found.name)}]]" if found.path else one_line(found.name)


class NameHints(Static):
    """The names with what they are; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_names(self, names: Sequence[FoundName], chosen: int = -1) -> None:
        """Show these names; the `chosen` one, if any, is marked."""
        self.display = bool(names)
        self.update(Content("\n").join(_format_name(name, number == chosen) for number, name in enumerate(names)))


def _format_name(found: FoundName, is_chosen: bool) -> Content:
    parent = PurePosixPath(found.path).parent
    what = "person" if not found.path else "note" if parent == PurePosixPath() else one_line(parent.as_posix())
    style = f"{ACCENT_COLOR} bold reverse" if is_chosen else ACCENT_COLOR
    return Content.assemble((one_line(found.name), style), (f"  {what}", MUTED_COLOR))
