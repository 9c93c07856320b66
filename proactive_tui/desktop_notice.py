"""Notifications of the desktop: what an offer is told by, and the session's D-Bus or macOS that shows it.

A terminal's escape sequences are the face's own way (`tui/terminal`).
"""

from __future__ import annotations

import asyncio
import importlib
import shutil
import sys
from typing import Any, Final

from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind
from proactive_tui.text.terminal_safe import one_line

KIND_NOTIFICATIONS: Final[dict[Kind, str]] = {
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

MAX_NOTICE_CHARACTERS: Final = 200
"""The longest title or text of a notification that a desktop is handed."""
DESKTOP_TIMEOUT_SECONDS: Final = 2.0
NOTIFICATION_MILLISECONDS: Final = 10_000
_SERVICE: Final = "org.freedesktop.Notifications"
_SAY_ON_MACOS: Final = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
"""AppleScript that takes both texts as arguments, so that nothing in them is read as a script."""


def word_notification(offer: Offer, *, in_words: bool) -> str:
    """What a notification says of an offer: its kind alone, or its opener `in_words`."""
    return offer.opener.text if in_words else KIND_NOTIFICATIONS[offer.topic.kind]


async def can_notify_desktop() -> bool:
    """Whether a desktop answers that can show notifications; nothing is shown."""
    if sys.platform == "darwin":
        return shutil.which("osascript") is not None
    return await _ask_service("GetServerInformation", "", [])


async def notify_desktop(title: str, text: str) -> bool:
    """Show a notification of the desktop; returns False on any failure."""
    title, text = (_shorten(one_line(words)) for words in (title, text))
    return await (_notify_macos(title, text) if sys.platform == "darwin" else notify_on_bus(title, text))


async def notify_on_bus(title: str, text: str) -> bool:
    """Notify by the session's service org.freedesktop.Notifications; returns False on any failure."""
    title, text = (_shorten(one_line(words)) for words in (title, text))
    # The service may read markup in the body.
    body = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return await _ask_service("Notify", "susssasa{sv}i", [title, 0, "", title, body, [], {}, NOTIFICATION_MILLISECONDS])


async def _notify_macos(title: str, text: str) -> bool:
    script = [word for line in _SAY_ON_MACOS for word in ("-e", line)]
    try:
        async with asyncio.timeout(DESKTOP_TIMEOUT_SECONDS):
            process = await asyncio.create_subprocess_exec(
                "osascript", *script, title, text, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
            )
            return await process.wait() == 0
    except (OSError, TimeoutError):
        return False


async def _ask_service(member: str, signature: str, body: list[Any]) -> bool:
    """Call a method of the service for notifications; returns whether it answered."""
    try:
        async with asyncio.timeout(DESKTOP_TIMEOUT_SECONDS):
            return await _call_service(member, signature, body)
    except Exception:  # noqa: BLE001 - whatever fails in the library or on the bus, nothing was shown
        return False


async def _call_service(member: str, signature: str, body: list[Any]) -> bool:
    # The import takes a tenth of a second; in a thread it does not delay keys.
    bus_of = await asyncio.to_thread(importlib.import_module, "dbus_fast.aio")
    from dbus_fast import Message, MessageType  # noqa: PLC0415 - Linux only, and loaded by now

    bus = await bus_of.MessageBus().connect()
    try:
        answer = await bus.call(
            Message(
                destination=_SERVICE,
                path="/org/freedesktop/Notifications",
                interface=_SERVICE,
                member=member,
                signature=signature,
                body=body,
            )
        )
        return answer is not None and answer.message_type is MessageType.METHOD_RETURN
    finally:
        bus.disconnect()


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_NOTICE_CHARACTERS else text[: MAX_NOTICE_CHARACTERS - 1].rstrip() + "…"
