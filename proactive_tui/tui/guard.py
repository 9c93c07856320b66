"""The last step before the terminal: whatever a widget draws is text and nothing else."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from proactive_tui.harmless import clean


class OnlyText(LineFilter):
    """Leaves out what a terminal would obey, and links, which the terminal would open without a word.

    Widgets show clean text already (`tui.text`); this holds for those that do not. A line keeps its width.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's interface
        """The segments, or the same list where there is nothing to do."""
        if all(_plain(each) for each in segments):
            return segments
        return [
            Segment(_drawn(text), style and style.update_link(None)) if not control else Segment(text, style, control)
            for text, style, control in segments
        ]


ONLY_TEXT = OnlyText()


def _plain(segment: Segment) -> bool:
    text, style, _ = segment
    return text.isascii() and text.isprintable() and (style is None or not style.link)


def _drawn(text: str) -> str:
    shown, width = clean(text.replace("\n", "").replace("\t", "")).replace("\n", ""), cell_len(text)
    while cell_len(shown) < width:  # the first blank after a joiner has no width
        shown += " "
    return shown
