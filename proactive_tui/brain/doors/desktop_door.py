"""Tells the desktop of an offer while no terminal shows the assistant, where the owner wants that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from proactive_tui.desktop_notice import can_notify_desktop, notify_desktop, word_notification
from proactive_tui.ipc.events import OfferMade, WireEvent
from proactive_tui.paths import APP_NAME

if TYPE_CHECKING:
    from proactive_tui.config import Config
    from proactive_tui.model.offer_values import Offer

REACH_CHECK_SECONDS = 300.0
"""Seconds between two looks at whether the desktop can be told; one that comes later, as after a login, is found so."""


class DesktopDoor:
    """Passes the scheduler's events on to the clients, and tells the desktop of offers that no face hears of.

    `is_open` says whether it can: the owner wants it, no face is there, and the desktop has answered. `on_change` is
    called when it opens or shuts.
    """

    def __init__(
        self,
        send_event: Callable[[WireEvent], None],
        read_config: Callable[[], Config],
        start_task: Callable[[Coroutine[Any, Any, None]], None],
        on_change: Callable[[], None],
    ) -> None:
        self._send_event, self._read_config = send_event, read_config
        self._start_task, self._on_change = start_task, on_change
        self._attended, self._reaches_desktop = True, False
        self._last_told: Offer | None = None
        self._wake = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether an offer that is made now is told to the desktop."""
        return self._is_wanted and self._reaches_desktop

    @property
    def _is_wanted(self) -> bool:
        return not self._attended and self._read_config().brain.notify

    def set_attended(self, attended: bool) -> Offer | None:
        """A face has come, or the last one has gone; returns the last offer that the desktop was told of meanwhile."""
        told, self._last_told = self._last_told, None
        self._attended = attended
        self.look_again()
        return told

    def look_again(self) -> None:
        """Look soon whether the desktop can be told: a face has gone, or the config has changed."""
        self._wake.set()

    def send_event(self, event: WireEvent) -> None:
        """Pass an event on; an offer that no face hears of is told to the desktop."""
        self._send_event(event)
        if isinstance(event, OfferMade) and not event.request and self.is_open:
            self._last_told = event.offer
            self._start_task(self._notify_desktop(event.offer))

    async def run(self) -> None:
        """Look now and then, while it is wanted, whether the desktop can be told; until cancelled."""
        while True:
            self._wake.clear()
            if self._is_wanted:
                self._set_reach(await can_notify_desktop())
            try:
                async with asyncio.timeout(REACH_CHECK_SECONDS if self._is_wanted else None):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _notify_desktop(self, offer: Offer) -> None:
        in_words = self._read_config().face.notify_text == "opener"
        self._set_reach(await notify_desktop(APP_NAME, word_notification(offer, in_words=in_words)))

    def _set_reach(self, reaches: bool) -> None:
        if reaches != self._reaches_desktop:
            self._reaches_desktop = reaches
            self._on_change()
