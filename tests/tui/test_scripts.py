"""Text that takes two cells a letter, none, or runs from right to left: every line is as wide as the screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from tests.tui.host import Stage, stage
from tests.tui.scripts import CHINESE, HEBREW, OFFER, STANDING, answers


def crooked(it: Stage) -> list[str]:
    """The lines that are not as wide as the screen."""
    width = it.app.screen.size.width
    return [strip.text for strip in it.app.screen._compositor.render_strips() if cell_len(strip.text) != width]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_the_rooms_stay_straight(size: tuple[int, int]) -> None:
    async with stage(size=size, answer=answers, standing=STANDING, notes=f"/home/{HEBREW}/{CHINESE}") as it:
        assert crooked(it) == []
        await it.offer(OFFER)
        assert crooked(it) == []
        for keys in (("slash", *"lease"), ("c",), ("w",), ("i",), ("l",), ("d",)):
            await it.press(*keys)
            await it.pilot.pause(0.1)
            assert crooked(it) == [], keys
            await it.press("escape")
            await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.pilot.pause(0.1)
        for keys in (("f3",), ("enter",), ("escape", "escape"), ("pageup",), ("pageup",)):
            await it.press(*keys)
            assert crooked(it) == [], keys
