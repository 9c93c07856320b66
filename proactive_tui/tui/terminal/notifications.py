"""Shows a desktop notification when an offer arrives: by the session's D-Bus, or by an escape sequence."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable

from proactive_tui.model.shared_words import Kind
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
    "idea": "There is an idea to return to.",
    "review": "There is something about a pull request.",
    "unfinished work": "There is unfinished work.",
    "meeting": "There is something about an appointment.",
    "rhythm": "There is something about your days.",
    "news": "There is a story that meets your notes.",
}
"""The text of a notification by the offer's kind, so that no words of a note leave the app."""

BUS_TIMEOUT_SECONDS = 2.0
NOTIFICATION_MILLISECONDS = 10_000


async def send_notification(title: str, text: str, write: Callable[[str], None]) -> None:
    """Show a notification; `write` writes to the terminal, which is used where D-Bus does not answer."""
    notifier = detect_notifier(os.environ)
    if notifier == "bus" and not await on_bus(title, text):
        notifier = "osc 9"
    if sequence := notification_sequence(notifier, title, text):
        write(wrap_for_multiplexer(sequence, os.environ))


async def on_bus(title: str, text: str) -> bool:
    """Notify by the desktop's service org.freedesktop.Notifications; returns False on any failure."""
    try:
        async with asyncio.timeout(BUS_TIMEOUT_SECONDS):
            return await _call_bus(one_line(title), elide_text(one_line(text), MAX_NOTIFICATION_CELLS))
    except Exception:  # noqa: BLE001 - whatever fails in the library or on the bus, the terminal is the fallback
        return False


async def _call_bus(title: str, text: str) -> bool:
    # The import takes a tenth of a second; in a thread it does not delay keys.
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
