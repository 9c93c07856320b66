"""Shows a desktop notification when an offer arrives: by the session's D-Bus, or by an escape sequence."""

from __future__ import annotations

import os
from collections.abc import Callable

from proactive_tui.desktop_notice import notify_on_bus
from proactive_tui.tui.terminal.escape_sequences import detect_notifier, notification_sequence, wrap_for_multiplexer


async def send_notification(title: str, text: str, write: Callable[[str], None]) -> None:
    """Show a notification; `write` writes to the terminal, which is used where D-Bus does not answer."""
    notifier = detect_notifier(os.environ)
    if notifier == "bus" and not await notify_on_bus(title, text):
        notifier = "osc 9"
    if sequence := notification_sequence(notifier, title, text):
        write(wrap_for_multiplexer(sequence, os.environ))
