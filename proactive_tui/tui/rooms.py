"""The rooms that have a key of their own: entering them, and the menu that lists all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from proactive_tui.tui.commands import COMMANDS, keys_of
from proactive_tui.tui.tones import ACCENT

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp
    from proactive_tui.tui.screens.room import Room

MENU = (
    "app.search",
    "app.why",
    "app.conversations",
    "app.index",
    "app.learned",
    "app.data",
    "app.settings",
    "app.help",
)
"""The ids of the commands that lead into a room, in the order of the menu."""


def menu(remapped: Mapping[str, str]) -> list[tuple[str, Content]]:
    """The rooms there are, by the ids of their commands, each with its key."""
    known = {each.id: each for each in COMMANDS}
    found = [known[each] for each in MENU if each in known]
    return [
        (each.id, Content.assemble((f"{(keys_of(each, remapped) or ('',))[0]:<4}", ACCENT), each.name))
        for each in found
    ]


async def enter(app: ProactiveApp, name: str) -> None:
    """Enter a room, or leave it when it is the one in sight; from another such room, take its place."""
    # Rooms are loaded when they are entered, and not on the loop: the plots alone take a fifth of a second.
    kind = await asyncio.to_thread(ROOMS[name])
    if isinstance(app.screen, kind):
        await app.pop_screen()
    elif getattr(app.screen, "side", False):
        await app.switch_screen(kind())
    else:
        await app.push_screen(kind())


def _index() -> type[Room]:
    from proactive_tui.tui.screens.index import IndexScreen

    return IndexScreen


def _learned() -> type[Room]:
    from proactive_tui.tui.screens.learned import LearnedScreen

    return LearnedScreen


def _data() -> type[Room]:
    from proactive_tui.tui.screens.data import DataScreen

    return DataScreen


def _settings() -> type[Room]:
    from proactive_tui.tui.screens.settings import SettingsScreen

    return SettingsScreen


ROOMS: Mapping[str, Callable[[], type[Room]]] = {
    "index": _index,
    "learned": _learned,
    "data": _data,
    "settings": _settings,
}
