"""Text whose no-break spaces hold: Textual breaks a line at them as at any other space."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_BREAK_STAND_IN = "\ue000"
"""A letter that no text of ours has, to stand for a no-break space while lines are broken."""


class NoBreakText(Static):
    """A Static that keeps together what no-break spaces join."""

    def render(self) -> Content:
        """The lines that fit the present width."""
        return Content("\n").join(break_lines(self._whole_content, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual has it
        """Lines at this width."""
        return len(break_lines(self._whole_content, width))

    @property
    def _whole_content(self) -> Content:
        content = self.content
        return content if isinstance(content, Content) else Content(str(content))


def break_lines(content: Content, width: int) -> list[Content]:
    """The content in lines of at most `width` cells, where what is joined fits into one."""
    joined = Content(content.plain.replace(NO_BREAK_SPACE, NO_BREAK_STAND_IN), list(content.spans))
    broken = joined.wrap(width) if width > 0 else [joined]
    return [
        Content(line.plain.replace(NO_BREAK_STAND_IN, NO_BREAK_SPACE).rstrip(), list(line.spans)) for line in broken
    ]
