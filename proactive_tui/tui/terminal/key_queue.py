"""Keys in order: a key is dispatched only when the command of the key before it has run.

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
    """The command of the key before this message has run."""


class KeyQueue:
    """The queue of waiting keys; `release_keys` dispatches them."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._timer: Timer | None = None

    def hold_key(self, key: Key) -> bool:
        """Queue this key if an earlier command has not run yet; returns whether it was queued."""
        if self._timer is not None:
            self._waiting.append(key)
        return self._timer is not None

    def hold_until_handled(self, node: DOMNode) -> None:
        """A command key was dispatched to `node`: queue the next keys until its command has run."""
        if node.post_message(KeyHandled()):
            self._timer = self._app.set_timer(MAX_KEY_WAIT_SECONDS, lambda: self._app.post_message(KeyHandled()))

    async def release_keys(self) -> None:
        """Dispatch waiting keys, up to the next command key."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        while self._waiting and self._timer is None:
            await self._app.on_event(self._waiting.popleft())
