"""A notification of the desktop when an offer arrives: by the session's bus, or by what the terminal understands."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable

from proactive_tui.model import Kind
from proactive_tui.tui.formatting.text import elide_text, one_line
from proactive_tui.tui.terminal.escape_sequences import (
    MAX_NOTIFICATION_CELLS,
    detect_notifier,
    notification_sequence,
    wrap_for_multiplexer,
)

KIND_NOTIFICATIONS: dict[Kind, str] = {
    "open question": "There is an open question.",
    "task": "There is a task.",
    "theme": "There is a theme in your notes.",
    "fading": "There is a note that may be fading.",
    "connection": "There is a connection between notes.",
    "thread": "There is a thread to take up again.",
    "goal": "There is a goal or a habit.",
}
"""What is said of an offer outside the program, so that no words of a note are."""

BUS_TIMEOUT_SECONDS = 2.0
NOTIFICATION_MILLISECONDS = 10_000


async def send_notification(title: str, text: str, write: Callable[[str], None]) -> None:
    """Show a notification; `write` reaches the terminal. Where the bus does not answer, the terminal is asked."""
    way = detect_notifier(os.environ)
    if way == "bus" and not await on_bus(title, text):
        way = "osc 9"
    if sequence := notification_sequence(way, title, text):
        write(wrap_for_multiplexer(sequence, os.environ))


async def on_bus(title: str, text: str) -> bool:
    """Ask the desktop's own service (org.freedesktop.Notifications); False where nobody does it."""
    try:
        async with asyncio.timeout(BUS_TIMEOUT_SECONDS):
            return await _call_bus(one_line(title), elide_text(one_line(text), MAX_NOTIFICATION_CELLS))
    except Exception:  # noqa: BLE001 - however its library or the bus fails, there is another way
        return False


async def _call_bus(title: str, text: str) -> bool:
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
                body=[title, 0, "", title, body, [], {}, NOTIFICATION_MILLISECONDS],
            )
        )
        return answer is not None and answer.message_type is MessageType.METHOD_RETURN
    finally:
        bus.disconnect()
