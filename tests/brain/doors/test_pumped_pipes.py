"""Pipes that threads carry: everything arrives, in both directions, and both ends are told."""

from __future__ import annotations

import asyncio
import os

import pytest

from proactive_tui.brain.doors import client_connection
from proactive_tui.brain.doors.client_connection import ClientConnection, open_pipes
from proactive_tui.config import Config
from proactive_tui.ipc import codec
from proactive_tui.ipc.events import OwnerNotice
from proactive_tui.ipc.requests import ClientHello, SearchNotes


@pytest.fixture(autouse=True)
def without_watching(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the loop takes no inherited pipes."""
    monkeypatch.setattr(client_connection, "CAN_WATCH_PIPES", False)


async def opened() -> tuple[ClientConnection, int, int]:
    """The connection of a process, and the descriptors of who started it: to write into, and to read from."""
    (source, into), (back, sink) = os.pipe(), os.pipe()
    return await open_pipes(os.fdopen(source, "rb"), os.fdopen(sink, "wb", buffering=0)), into, back


async def test_what_is_said_is_heard_until_the_end() -> None:
    connection, into, back = await opened()
    hello = ClientHello(notes="/notes", data="", config=Config())
    os.write(into, codec.encode_message(hello) + codec.encode_message(SearchNotes(query="x")))
    assert await connection.read_hello() == hello
    assert await connection.read_request() == SearchNotes(query="x")
    os.close(into)
    assert await connection.read_request() is None
    await connection.close()
    os.close(back)


async def test_what_was_sent_before_the_end_arrives_whole() -> None:
    connection, into, back = await opened()
    sent = OwnerNotice(title="long", message="x" * 1_000_000)
    connection.send_event(sent)

    def read_all() -> bytes:
        with os.fdopen(back, "rb") as pipe:
            return pipe.readline()

    reading = asyncio.create_task(asyncio.to_thread(read_all))
    await connection.close()
    assert codec.decode_wire_event(await reading) == sent
    os.close(into)


async def test_a_reader_that_is_gone_ends_the_connection() -> None:
    connection, into, back = await opened()
    os.close(back)
    connection.send_event(OwnerNotice(title="to nobody"))
    assert await connection.read_request() is None
    await connection.close()
    os.close(into)
