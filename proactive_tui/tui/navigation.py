"""Opens and leaves screens, and shows the menu of them. A screen is imported when it is opened, or shortly after the
first frame.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.content import Content
from textual.screen import Screen

from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.commands import command_keys, find_command
from proactive_tui.tui.formatting.colors import ACCENT_COLOR

if TYPE_CHECKING:
    from proactive_tui.tui.screens.conversation import ConversationScreen

SCREEN_CLASSES: Mapping[str, str] = {
    "search": "SearchScreen",
    "why": "WhyScreen",
    "digest": "DigestScreen",
    "shelf": "ShelfScreen",
    "agenda": "AgendaScreen",
    "conversations": "ConversationsScreen",
    "index": "IndexScreen",
    "learned": "LearnedScreen",
    "data": "DataScreen",
    "settings": "SettingsScreen",
    "help": "HelpScreen",
}
"""The screens that have a key, in the order of the menu: module of `screens` to class name."""

PRELOADED_SCREENS = (
    "conversation",
    "search",
    "why",
    "conversations",
    "preview",
    "help",
    "dialogs.menu",
    "dialogs.snooze",
)
"""Modules of `screens` to import right after the first frame; the others are slow to import and seldom opened."""


def menu_options(remapped: Mapping[str, str]) -> list[tuple[str, Content]]:
    """The options of the menu: the module name of every screen, and its label with the key."""
    found = [(name, find_command(f"app.{name}")) for name in SCREEN_CLASSES]
    return [
        (name, Content.assemble((f"{(command_keys(entry, remapped) or ('',))[0]:<4}", ACCENT_COLOR), entry.name))
        for name, entry in found
    ]


async def toggle_screen(app: App[None], name: str, *about: str) -> None:
    """Open a screen, or leave it when it is visible; `about` are its arguments. A side screen replaces another one."""
    kind = await _load_screen(name)
    if not isinstance(app.screen, kind):
        if getattr(kind, "side", False) and getattr(app.screen, "side", False):
            await app.switch_screen(kind(*about))
        else:
            await app.push_screen(kind(*about))
    elif name != "search":  # its key is a letter there
        await app.pop_screen()


def open_at_rest(app: App[None], name: str, open_screen: Callable[[str], None]) -> None:
    """Open a screen over the resting one; whoever is in a room or a conversation is left where they are."""
    if len(app.screen_stack) == 1:
        open_screen(name)


def show_screen_menu(app: App[None], remapped: Mapping[str, str], open_screen: Callable[[str], None]) -> None:
    """Show a menu of all screens; its key leaves it again."""
    from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu

    if isinstance(app.screen, ChoiceMenu):
        app.screen.dismiss(None)
        return

    def open_chosen(room: str | None) -> None:
        if room is not None:
            open_screen(room)

    app.push_screen(ChoiceMenu("Rooms", menu_options(remapped)), open_chosen)


def show_source(app: App[None], evidence: Evidence) -> None:
    """Show a passage among the lines around it."""
    from proactive_tui.tui.screens.preview import PreviewScreen

    app.push_screen(PreviewScreen(evidence))


def start_jump(app: App[None]) -> None:
    """Label what can be focused on the visible screen."""
    from proactive_tui.tui.screens.dialogs import jump

    jump.start_jump(app)


def build_pane(title: str, draft: str, opener: Turn | None = None) -> ConversationScreen:
    """Build a conversation pane; its module is imported after the first frame."""
    from proactive_tui.tui.screens.conversation import ConversationScreen

    return ConversationScreen(title, draft, opener)


async def enter_pane(app: App[None], pane: Screen[None]) -> None:
    """Show this pane in the place of another one and of the screens above that."""
    while any(isinstance(screen, type(pane)) for screen in app.screen_stack):
        await app.pop_screen()
    await app.push_screen(pane)


async def close_pane(app: App[None], pane: Screen[None]) -> None:
    """Remove this pane, and the screens above it, from the screen stack."""
    while pane in app.screen_stack:
        await app.pop_screen()


def is_screen_active(app: App[None], name: str) -> bool:
    """Whether this screen is visible."""
    kind = getattr(sys.modules.get(_module_name(name)), SCREEN_CLASSES[name], None)
    return kind is not None and isinstance(app.screen, kind)


async def preload_screens() -> None:
    """Import the screens of PRELOADED_SCREENS in a thread."""
    for name in PRELOADED_SCREENS:
        await asyncio.to_thread(import_module, _module_name(name))


async def _load_screen(name: str) -> type[Screen[Any]]:
    kind: type[Screen[Any]] | None = getattr(sys.modules.get(_module_name(name)), SCREEN_CLASSES[name], None)
    if kind is None:  # or only half imported, by `preload_screens`
        kind = getattr(await asyncio.to_thread(import_module, _module_name(name)), SCREEN_CLASSES[name])
    return kind


def _module_name(name: str) -> str:
    return f"proactive_tui.tui.screens.{name}"
