"""What is said to the terminal itself, beside what Textual draws."""

from __future__ import annotations

from proactive_tui.tui.text import one_line

KEEP_TITLE = "\x1b[22;2t"
"""Asks the terminal to remember the title it has (XTWINOPS)."""
GIVE_TITLE_BACK = "\x1b[23;2t"


def title(text: str) -> str:
    """The sequence that sets the terminal's title (OSC 2)."""
    return f"\x1b]2;{one_line(text)}\x07"


def rings(bell: str, *, focused: bool) -> bool:
    """Whether an arriving offer rings the bell, by the config's face.bell."""
    return bell == "always" or (bell == "unfocused" and not focused)
