"""The pictures in the documentation are what the program looks like, and drawing them again changes nothing."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.screenshots import WIDE, picture, pictures, still

KEPT = ("offer.svg", "conversation.svg", "why.svg", "home.svg", "learned.svg", "guide-3-model.svg")
"""So many are drawn again here; `make screenshots` draws all."""


@pytest.mark.slow
@pytest.mark.parametrize("name", KEPT)
async def test_the_kept_pictures_are_the_present_ones(name: str) -> None:
    scene, size = pictures()[name]
    assert await picture(scene, size) == (ROOT / "docs" / "screens" / name).read_text(), "run make screenshots"


def test_every_room_and_step_is_there() -> None:
    there = {each.name for each in (ROOT / "docs" / "screens").glob("*.svg")}
    assert there == {*pictures(), "first-offer.svg"}, "run make screenshots, and make recording"


@pytest.mark.slow
async def test_twice_the_same() -> None:
    first, second = await picture("why", WIDE), await picture("why", WIDE)
    assert first == second
    assert str(ROOT) not in first


def test_what_differs_and_what_would_be_fetched_is_left_out() -> None:
    svg = "<svg>\n<style>\n@font-face {\n src: url(https://example.org/f)\n}\n.terminal-12-r1 { }\n</style>  \n</svg>"
    assert still(svg) == "<svg>\n<style>\n.screen-r1 { }\n</style>\n</svg>\n"
