"""Keys in order: the next key is given to anybody only once the one before it has led where it leads.

Textual runs a command when its key has bubbled from the focused widget up to the app, queue by queue. A key that was
typed right behind it is given to the old screen meanwhile: what follows a slash would be lost, and an n in it would
answer an offer. So after each command key a message follows it on the same way; until that has arrived, further keys
wait here.
"""

from __future__ import annotations

from collections import deque

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message import Message
from textual.timer import Timer

MAX_KEY_WAIT_SECONDS = 0.5
"""Seconds after which the next key is let through in any case: the widget may have gone, and the message with it."""


class KeyHandled(Message):
    """The key before this message has led where it leads."""


class KeyQueue:
    """The keys that wait. `release_keys` gives the next one out."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._timer: Timer | None = None

    def hold_key(self, key: Key) -> bool:
        """Whether this key has to wait, which it then does."""
        if self._timer is not None:
            self._waiting.append(key)
        return self._timer is not None

    def hold_until_handled(self, node: DOMNode) -> None:
        """A command key was given to `node`: the next ones wait until it has led where it leads."""
        if node.post_message(KeyHandled()):
            self._timer = self._app.set_timer(MAX_KEY_WAIT_SECONDS, lambda: self._app.post_message(KeyHandled()))

    async def release_keys(self) -> None:
        """Give out the keys that wait, up to the next one that others have to wait for."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        while self._waiting and self._timer is None:
            await self._app.on_event(self._waiting.popleft())
