"""Text whose no-break spaces hold: Textual breaks a line at them as at any other space."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

NO_BREAK = "\N{NO-BREAK SPACE}"
STAND_IN = "\ue000"
"""A letter that no text of ours has, to stand for a no-break space while lines are broken."""


class Unbroken(Static):
    """A Static that keeps together what no-break spaces join."""

    def render(self) -> Content:
        """The lines that fit the present width."""
        return Content("\n").join(lines(self._text, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual has it
        """Lines at this width."""
        return len(lines(self._text, width))

    @property
    def _text(self) -> Content:
        content = self.content
        return content if isinstance(content, Content) else Content(str(content))


def lines(content: Content, width: int) -> list[Content]:
    """The content in lines of at most `width` cells, where what is joined fits into one."""
    joined = Content(content.plain.replace(NO_BREAK, STAND_IN), list(content.spans))
    broken = joined.wrap(width) if width > 0 else [joined]
    return [Content(line.plain.replace(STAND_IN, NO_BREAK).rstrip(), list(line.spans)) for line in broken]
