"""What is quieter than text, and what is chosen, can be told without colour in the 16-colour themes."""

from __future__ import annotations

import pytest
from rich.segment import Segment

from tests.screenshots import themed
from tests.tui.host import Stage, stage
from tests.tui.sample import STANDING
from tests.tui.scenes import ROOMS


def style_of(it: Stage, text: str) -> Segment:
    """The first piece on the screen that holds this text."""
    for strip in it.app.screen._compositor.render_strips():
        for segment in strip:
            if text in segment.text and segment.style:
                return segment
    raise AssertionError(f"not on screen: {text}")


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_muted_is_dim_and_the_chosen_is_underlined(theme: str) -> None:
    async with stage(config=themed(theme), standing=STANDING) as it:
        assert style_of(it, "412 notes").style.dim, "a span"  # type: ignore[union-attr]
        assert style_of(it, "Notes").style.dim, "a widget"  # type: ignore[union-attr]
        assert not style_of(it, "up to date").style.dim  # type: ignore[union-attr]
        await ROOMS["data"](it)
        chosen, other = style_of(it, "keys").style, style_of(it, "edits").style
        assert chosen is not None
        assert other is not None
        assert (chosen.underline, other.underline) == (True, None)
        assert chosen.bgcolor == other.bgcolor, "a full colour behind it would hide text in the same one"


@pytest.mark.slow
async def test_trouble_can_be_read() -> None:
    async with stage(config=themed("ansi-dark"), standing=STANDING) as it:
        it.brain.be("restarting")
        await it.until(lambda: it.seen("BrainBar"))
        style = style_of(it, "The brain stopped").style
        assert style is not None
        assert style.color != style.bgcolor
