"""Text that is not broken at no-break spaces; Textual itself breaks a line at them."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_BREAK_STAND_IN = "\ue000"
"""A private-use character that stands for a no-break space while lines are wrapped."""


class NoBreakText(Static):
    """A Static that never wraps at a no-break space."""

    def render(self) -> Content:
        """The content, wrapped to the present width."""
        return Content("\n").join(break_lines(self._whole_content, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual has it
        """The number of lines at this width."""
        return len(break_lines(self._whole_content, width))

    @property
    def _whole_content(self) -> Content:
        content = self.content
        return content if isinstance(content, Content) else Content(str(content))


def break_lines(content: Content, width: int) -> list[Content]:
    """The content wrapped to `width` cells, without a break at a no-break space unless the joined words do not fit."""
    joined = Content(content.plain.replace(NO_BREAK_SPACE, NO_BREAK_STAND_IN), list(content.spans))
    broken = joined.wrap(width) if width > 0 else [joined]
    return [
        Content(line.plain.replace(NO_BREAK_STAND_IN, NO_BREAK_SPACE).rstrip(), list(line.spans)) for line in broken
    ]
