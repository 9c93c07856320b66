"""The colours of text. Textual's $text-muted depends on the background, which a span of text does not know.

With 16 colours there is none between text and background: muted text is dim there.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color

MUTED_COLOR = "$muted"
FAINT_COLOR = "$faint"
ACCENT_COLOR = "$text-accent"
SUCCESS_COLOR = "$text-success"
WARNING_COLOR = "$text-warning"


def color_variables(theme: Mapping[str, str], *, ansi: bool) -> dict[str, str]:
    """CSS variables added to the theme: colours for spans of text, and the text style of muted widgets."""
    if ansi:
        return {"muted": "ansi_default dim", "faint": "ansi_default dim", "muted-style": "dim"}
    text = Color.parse(theme["foreground"])
    return {"muted": text.multiply_alpha(0.6).hex, "faint": text.multiply_alpha(0.2).hex, "muted-style": "none"}
