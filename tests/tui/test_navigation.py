from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.config import Config, FaceConfig
from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import GetInventory, GetStatistics, WireRequest
from proactive_tui.tui.screens.data import DataScreen
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.index import IndexScreen
from proactive_tui.tui.screens.learned import LearnedScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.screens.settings import SettingsScreen
from proactive_tui.tui.widgets.lists import PlainList
from tests.tui.host import stage
from tests.tui.sample import LEARNED, STOCK

KEYS = [("i", IndexScreen), ("l", LearnedScreen), ("d", DataScreen), ("comma", SettingsScreen)]
SIZES = [(200, 50), (120, 36), (80, 24), (40, 20)]


@pytest.mark.parametrize(("key", "room"), KEYS)
@pytest.mark.slow
async def test_a_room_by_its_key_and_back(key: str, room: type) -> None:
    async with stage() as it:
        await it.press(key)
        await it.until(lambda: isinstance(it.app.screen, room))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


async def test_a_room_takes_the_place_of_another_and_its_key_leaves_it() -> None:
    async with stage() as it:
        await it.press("d")
        await it.until(lambda: isinstance(it.app.screen, DataScreen))
        await it.press("l")
        await it.until(lambda: isinstance(it.app.screen, LearnedScreen))
        assert len(it.app.screen_stack) == 2
        await it.press("l")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_the_menu_lists_all_rooms_and_leads_into_them_while_one_types() -> None:
    async with stage() as it:
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.press("f9")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        listed = it.app.screen.query_one(PlainList)
        names = [str(option.prompt).split() for option in listed.options]
        assert ["i", "Index"] in names
        assert [",", "Settings"] in names
        assert ["F1", "Help"] in names
        places = [option.id for option in listed.options]
        await it.press(*["j"] * places.index("settings"), "enter")
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
        await it.press("f9")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        await it.press("f9")
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))


async def test_every_room_is_in_the_palette_and_follows_its_own_key() -> None:
    config = Config(face=FaceConfig(keys={"app.index": "y"}))
    async with stage(config=config) as it:
        names = {each.title for each in it.app.get_system_commands(it.app.screen)}
        assert {"Index", "Learned", "Data", "Settings", "Rooms", "Search", "Why", "Help"} <= names
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, IndexScreen))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("key", "room"), KEYS)
async def test_an_offer_can_be_answered_in_every_room_at_every_size(
    key: str, room: type, size: tuple[int, int]
) -> None:
    def answer(ask: WireRequest) -> list[WireEvent]:
        match ask:
            case GetStatistics(request=request):
                return [structs.replace(LEARNED, request=request)]
            case GetInventory(request=request):
                return [structs.replace(STOCK, request=request)]
        return []

    async with stage(size=size, answer=answer) as it:
        await it.press(key)
        await it.until(lambda: isinstance(it.app.screen, room))
        await it.offer()
        keys = it.app.screen.query_one("OfferCard .keys")
        await it.until(lambda: keys.region.height > 0 and keys.region.right <= size[0])  # it has slid in
        assert keys.region.bottom <= size[1] - 1, "the keys that answer it are in sight, above the footer"
