"""A notification of the desktop when an offer arrives: by the session's bus, or by what the terminal understands."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable

from proactive_tui.model import Kind
from proactive_tui.tui.formatting.text import elide, one_line
from proactive_tui.tui.terminal.escape_sequences import LONGEST, notification, notifier, through

KINDS: dict[Kind, str] = {
    "open question": "There is an open question.",
    "task": "There is a task.",
    "theme": "There is a theme in your notes.",
    "fading": "There is a note that may be fading.",
    "connection": "There is a connection between notes.",
    "thread": "There is a thread to take up again.",
    "goal": "There is a goal or a habit.",
}
"""What is said of an offer outside the program, so that no words of a note are."""

BUS_SECONDS = 2.0
SHOWN_MILLISECONDS = 10_000


async def notify(title: str, text: str, write: Callable[[str], None]) -> None:
    """Show a notification; `write` reaches the terminal. Where the bus does not answer, the terminal is asked."""
    way = notifier(os.environ)
    if way == "bus" and not await on_bus(title, text):
        way = "osc 9"
    if sequence := notification(way, title, text):
        write(through(sequence, os.environ))


async def on_bus(title: str, text: str) -> bool:
    """Ask the desktop's own service (org.freedesktop.Notifications); False where nobody does it."""
    try:
        async with asyncio.timeout(BUS_SECONDS):
            return await _call(one_line(title), elide(one_line(text), LONGEST))
    except Exception:  # noqa: BLE001 - however its library or the bus fails, there is another way
        return False


async def _call(title: str, text: str) -> bool:
    # Importing takes a tenth of a second, in which keys would wait.
    bus_of = await asyncio.to_thread(importlib.import_module, "dbus_fast.aio")
    from dbus_fast import Message, MessageType  # noqa: PLC0415 - Linux only, and loaded by now

    bus = await bus_of.MessageBus().connect()
    try:
        # The service may read markup in the body.
        body = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        answer = await bus.call(
            Message(
                destination="org.freedesktop.Notifications",
                path="/org/freedesktop/Notifications",
                interface="org.freedesktop.Notifications",
                member="Notify",
                signature="susssasa{sv}i",
                body=[title, 0, "", title, body, [], {}, SHOWN_MILLISECONDS],
            )
        )
        return answer is not None and answer.message_type is MessageType.METHOD_RETURN
    finally:
        bus.disconnect()
