"""The footer with keys: only those that fit whole, the most useful first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from proactive_tui.tui.terminal.textual_workarounds import remove_dead_watchers

GLOBAL_ACTIONS: Final = (
    "enter('help')",
    "rooms",
    "enter('search')",
    "enter('why')",
    "command_palette",
    "speak_now",
    "quiet",
)
"""Actions that work on every screen, by falling importance; a screen's own actions come before them."""


class KeyBar(Footer):
    """A footer that shows a key with its whole name or not at all; Textual's would cut it off."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._drawn_for = 0

    def compose(self) -> ComposeResult:
        """Yield the keys that fit, in their usual order."""
        self._drawn_for = self.app.size.width
        keys = [widget for widget in super().compose() if isinstance(widget, FooterKey)]
        fit = select_fitting_keys(
            [(_action_rank(footer_key.action), _key_cells(footer_key)) for footer_key in keys], self._drawn_for + 1
        )
        yield from (key for number, key in enumerate(keys) if number in fit)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Show the keys from the start: Textual waits for the focus, which a browser's page does not have at first."""
        super().bindings_changed(screen)
        if not self.app.app_focus and not self.children and self.is_attached and screen is self.screen:
            self.call_after_refresh(self.recompose)

    async def recompose(self) -> None:
        """Replace the keys, and drop the watchers of the removed ones."""
        await super().recompose()
        remove_dead_watchers(self)

    async def on_resize(self, event: Resize) -> None:
        """Show as many keys as fit the new width."""
        if event.size.width != self._drawn_for:
            await self.recompose()


def select_fitting_keys(keys: Sequence[tuple[int, int]], room: int) -> set[int]:
    """The positions of the keys (rank, cells) that fit into `room` cells together: lower ranks first, then in order."""
    chosen: set[int] = set()
    for number in sorted(range(len(keys)), key=lambda number: keys[number][0]):
        if keys[number][1] <= room:
            chosen.add(number)
            room -= keys[number][1]
    return chosen


def _key_cells(key: FooterKey) -> int:
    """The width of a key with the gap behind it, and the border of the palette's key. The last key has no gap."""
    return cell_len(f"{key.key_display} {key.description} ") + key.has_class("-command-palette")


def _action_rank(action: str) -> int:
    return GLOBAL_ACTIONS.index(action) if action in GLOBAL_ACTIONS else -1
