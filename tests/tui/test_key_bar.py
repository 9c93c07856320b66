"""The keys at the bottom are there whole or not at all, at any width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual.app import App
from textual.widgets._footer import FooterKey

from proactive_tui.tui.app import ProactiveApp
from proactive_tui.tui.widgets.key_bar import KeyBar, select_fitting_keys
from tests.tui.fakes import FakeBrain
from tests.tui.host import PATIENT, Clock, Stage, stage


def test_lower_ranks_first_and_a_smaller_one_where_a_larger_does_not_fit() -> None:
    assert select_fitting_keys([(1, 8), (-1, 10), (2, 30), (3, 6)], 25) == {0, 1, 3}
    assert select_fitting_keys([(0, 5)], 5) == {0}
    assert select_fitting_keys([(0, 5)], 4) == set()


def whole(it: Stage, width: int) -> bool:
    """Whether there are keys and none is cut or covered."""
    spans = sorted((key.region.x, key.region.right) for key in it.one(KeyBar).query(FooterKey))
    apart = all(right <= left for (_, right), (left, _) in pairwise(spans))
    return bool(spans) and apart and spans[0][0] >= 0 and spans[-1][1] <= width


async def test_the_keys_are_there_before_the_focus_is() -> None:
    app = ProactiveApp(FakeBrain(), PATIENT, "/home/mara/notes")
    app.set_reactive(App.app_focus, False)
    async with app.run_test() as pilot:
        it = Stage(app, FakeBrain(), pilot, Clock())
        await it.until(lambda: app.screen.query(FooterKey), seconds=5)


@pytest.mark.slow
@pytest.mark.parametrize("room", ["", "slash", "c", "l", "comma"])
async def test_no_key_is_cut_off(room: str) -> None:
    async with stage(size=(150, 24)) as it:
        await it.press(*room.split())
        for width in (120, 80, 79, 71, 60, 40, 30, 110):
            await it.pilot.resize_terminal(width, 24)
            await it.until(lambda width=width: whole(it, width), seconds=5)  # type: ignore[misc]
        await it.until(lambda: {"F1", "F9", "^p"} <= {key.key_display for key in it.one(KeyBar).query(FooterKey)})
