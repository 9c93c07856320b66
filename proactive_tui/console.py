"""Where the commands print for people: what they print of others is text, and nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from proactive_tui.text.terminal_safe import sanitize_text


class PlainTextConsole(Console):
    """A console without markup, links and highlighting, whose every piece of text has nothing but text in it."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The pieces of what is printed."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text, style, control) if control else Segment(sanitize_text(text), style)
