"""A session bus of its own, and on it a stand-in of the desktop's service for notifications."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

IDENTITY = ["stand-in", "tests", "1", "1.2"]
"""What the service says of itself: name, vendor, version and version of the specification."""


@contextmanager
def session_bus(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus that this process and its children take for their session's; skips where there is no dbus-daemon."""
    if sys.platform != "linux" or shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon here")
    command = ["dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    patch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()


@asynccontextmanager
async def notification_service() -> AsyncIterator[list[tuple[str, str]]]:
    """The service on this process's session bus; the list has the title and the body of what it was told to show."""
    from dbus_fast import Message, MessageType
    from dbus_fast.aio import MessageBus

    shown: list[tuple[str, str]] = []

    def serve(message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if message.member == "GetServerInformation":
            return Message.new_method_return(message, "ssss", IDENTITY)
        if message.member != "Notify":
            return None
        values: list[Any] = list(message.body)
        shown.append((values[3], values[4]))
        return Message.new_method_return(message, "u", [7])

    service = await MessageBus().connect()
    service.add_message_handler(serve)
    await service.request_name("org.freedesktop.Notifications")
    try:
        yield shown
    finally:
        service.disconnect()
