"""System idle time over D-Bus: GNOME's compositor, or a desktop with the freedesktop screen saver."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

DBUS_TIMEOUT_SECONDS = 1.0
"""Seconds for connecting and for the answer together."""


class IdleService(Struct, frozen=True, kw_only=True):
    """A D-Bus method without arguments that returns the idle time in units of 1 / `per_second` seconds."""

    title: str
    name: str
    path: str
    interface: str
    method: str
    per_second: float


GNOME, SCREEN_SAVER = (
    IdleService(
        title="GNOME (D-Bus)",
        name="org.gnome.Mutter.IdleMonitor",
        path="/org/gnome/Mutter/IdleMonitor/Core",
        interface="org.gnome.Mutter.IdleMonitor",
        method="GetIdletime",
        per_second=1000,
    ),
    # Its draft specification says seconds; KDE, which answers it, gives milliseconds. With a desktop that gives
    # seconds, the owner would look present for ever, which is the harmless mistake.
    IdleService(
        title="the screen saver (D-Bus)",
        name="org.freedesktop.ScreenSaver",
        path="/org/freedesktop/ScreenSaver",
        interface="org.freedesktop.ScreenSaver",
        method="GetSessionIdleTime",
        per_second=1000,
    ),
)


def read_dbus_idle(service: IdleService) -> float | None:
    """Seconds since the last input, or None without an answer within a second."""
    # A thread of its own, because the caller may be inside an event loop, and reading has to stay a plain call.
    with ThreadPoolExecutor(1, thread_name_prefix="idle") as thread:
        return thread.submit(lambda: asyncio.run(_query_idle(service))).result()


async def _query_idle(service: IdleService) -> float | None:
    try:
        async with asyncio.timeout(DBUS_TIMEOUT_SECONDS):
            value = await _call_service(service)
    except Exception:  # noqa: BLE001 - a sensor that fails, however its library or the bus fails, is a sensor that is absent
        return None
    return value / service.per_second if isinstance(value, int | float) and value >= 0 else None


async def _call_service(service: IdleService) -> object:
    from dbus_fast import Message, MessageType  # noqa: PLC0415 - Linux only
    from dbus_fast.aio import MessageBus  # noqa: PLC0415

    bus = await MessageBus().connect()
    try:
        answer = await bus.call(
            Message(destination=service.name, path=service.path, interface=service.interface, member=service.method)
        )
        return answer.body[0] if answer and answer.message_type is MessageType.METHOD_RETURN else None
    finally:
        bus.disconnect()
