"""Keys with their names, as the card, the dialogs and the lines below it show them; a click on one is the key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.style import Style

from proactive_tui.tui.formatting.colors import ACCENT_COLOR
from proactive_tui.tui.widgets.no_break_text import NO_BREAK_SPACE, NoBreakText, break_lines

CLICKED_ACTION = "pressed"
"""The name under which a text's style holds the action of the key that it shows. Textual's own "@click" draws links."""


class KeyLabel(NamedTuple):
    """A key with the name of what it does; `action` is run by a click, with its namespace ("screen.talk")."""

    key: str
    name: str
    action: str = ""


def format_keys(labels: Iterable[KeyLabel]) -> Content:
    """Format keys with their names, so that `NoBreakText` wraps only between two keys."""
    return Content("   ").join(map(_format_label, labels))


def _format_label(label: KeyLabel) -> Content:
    name = label.name.replace(" ", NO_BREAK_SPACE)
    text = Content.assemble((label.key, f"{ACCENT_COLOR} bold"), NO_BREAK_SPACE, name)
    return text.stylize(Style.from_meta({CLICKED_ACTION: label.action})) if label.action else text


def fitting_keys(labels: Sequence[KeyLabel], more: Sequence[KeyLabel], width: int, lines: int = 1) -> list[KeyLabel]:
    """The keys, and those of `more` for which there is room on `lines` lines of `width` cells."""
    shown = list(labels)
    for label in more:
        if len(break_lines(format_keys([*shown, label]), width)) <= lines:
            shown.append(label)
    return shown


class KeyLine(NoBreakText):
    """A text with keys that can be clicked."""

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked."""
        if action := event.style.meta.get(CLICKED_ACTION):
            event.stop()
            await self.app.run_action(action, self)
