"""The last step before the terminal: removes control characters and links, and emoji of disputed width."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from proactive_tui.text.terminal_safe import sanitize_text

_EMOJI: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f3fa\U0001f400-\U0001faff0-9#*]"
)
_EMOJI_MODIFIER: Final = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
"""Modifiers of the emoji before them: emoji presentation, keycap, and skin tones."""
JOINED_EMOJI: Final = re.compile(f"({_EMOJI})({_EMOJI_MODIFIER}*(?:\u200d{_EMOJI}{_EMOJI_MODIFIER}*)*)")


class TextOnlyFilter(LineFilter):
    """Removes control characters, and links, which a terminal would open without asking.

    Most widgets show sanitized text already; the filter covers the others. A line keeps its width.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's interface
        """The filtered segments; the same list where nothing has to be removed."""
        if all(_is_plain(segment) for segment in segments):
            return segments
        return [
            Segment(_drawable_text(text), style and style.update_link(None))
            if not control
            else Segment(text, style, control)
            for text, style, control in segments
        ]


TEXT_ONLY_FILTER = TextOnlyFilter()


def _is_plain(segment: Segment) -> bool:
    text, style, _ = segment
    return text.isascii() and text.isprintable() and (style is None or not style.link)


def _drawable_text(text: str) -> str:
    width = cell_len(text)
    # Twice: removing a line end may join combining marks that it kept apart.
    shown = simplify_emoji(sanitize_text(sanitize_text(text.replace("\n", "").replace("\t", "")).replace("\n", "")))
    while cell_len(shown) < width:  # the first blank after a zero-width joiner has no width
        shown += " "
    return shown


def simplify_emoji(text: str) -> str:
    """The text with each joined or modified emoji reduced to its first character, in as many cells as before.

    Terminals disagree on the width of such emoji: tmux 3.3 draws a thumb with a skin tone in four cells, and a red
    heart in one. The rest of the line, up to a border, would be out of place.
    """
    return JOINED_EMOJI.sub(_first_emoji, text)


def _first_emoji(emoji: re.Match[str]) -> str:
    first, more = emoji.groups()
    if not more:
        return str(first)
    shown = first + ("\u20e3" if "\u20e3" in more else "")
    return str(shown + " " * (cell_len(emoji.group()) - cell_len(shown)))
