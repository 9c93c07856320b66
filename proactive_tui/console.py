"""The console of the commands. It prints no control sequences that come from notes or models."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from proactive_tui.text.terminal_safe import sanitize_text


class PlainTextConsole(Console):
    """A console without markup, links and highlighting that sanitizes every text it prints."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments, sanitized."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text, style, control) if control else Segment(sanitize_text(text), style)
