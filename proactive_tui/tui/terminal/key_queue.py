"""Keys in order: a key is dispatched only when the command of the key before it has run.

Textual runs a command when its key has bubbled from the focused widget up to the app, queue by queue. Meanwhile the
next key still goes to the old screen: text typed after a slash would be lost, and an n in it would answer an offer. So
each command key is followed by a message on the same way; further keys wait here until that message arrives.
"""

from __future__ import annotations

from collections import deque

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message import Message
from textual.timer import Timer

MAX_KEY_WAIT_SECONDS = 0.5
"""Seconds after which the next key is dispatched in any case: the message is lost if its widget was removed."""


class KeyHandled(Message):
    """Sent behind a command key: when it arrives, the command has run."""


class KeyQueue:
    """The queue of waiting keys; `release_keys` dispatches them."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._timer: Timer | None = None

    def hold_key(self, key: Key) -> bool:
        """Queue this key if an earlier command has not run yet; returns whether the key was queued."""
        if self._timer is not None:
            self._waiting.append(key)
        return self._timer is not None

    def hold_until_handled(self, node: DOMNode) -> None:
        """Queue the next keys until the command of the key just dispatched to `node` has run."""
        if node.post_message(KeyHandled()):
            self._timer = self._app.set_timer(MAX_KEY_WAIT_SECONDS, lambda: self._app.post_message(KeyHandled()))

    async def release_keys(self) -> None:
        """Dispatch waiting keys, up to the next command key."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        while self._waiting and self._timer is None:
            await self._app.on_event(self._waiting.popleft())
