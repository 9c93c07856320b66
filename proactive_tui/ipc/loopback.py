"""The door of a running brain where the system has no Unix sockets: a port of 127.0.0.1, and tokens in a private file.

Every user of the machine can reach the port, so each side has to know what only the owner may read: the first line of a
client is one token of the file, the brain's answer the other. Whoever says another line is cut off without a word, and
a program that has taken the port of a killed brain is no brain, whatever it answers.
"""

from __future__ import annotations

import hmac
import os
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from proactive_tui.ipc.local_socket import BACKLOG_CLIENTS
from proactive_tui.paths import write_atomically

if TYPE_CHECKING:
    import asyncio

DOOR_HOST = "127.0.0.1"
DOOR_TOKEN_BYTES = 32
"""Random bytes of a token."""
ADMISSION_SECONDS = 30.0
"""Seconds for which a brain that is starting is waited for."""
_LINE_BYTES = 2 * DOOR_TOKEN_BYTES + 1


class DoorTokens(NamedTuple):
    """What a client has to say first, and what the brain has to answer; lines of hexadecimal digits."""

    client: bytes
    brain: bytes


def listen_on_loopback(file: Path) -> tuple[socket.socket, DoorTokens]:
    """Listen at a port that the system chooses, and write it into `file` with new tokens. Raises OSError."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # else another program of Windows may listen at the same port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        listener.bind((DOOR_HOST, 0))
        listener.listen(BACKLOG_CLIENTS)
        tokens = DoorTokens(*(b"%s\n" % os.urandom(DOOR_TOKEN_BYTES).hex().encode() for _ in range(2)))
        file.unlink(missing_ok=True)  # a file that is replaced would keep its mode
        write_atomically(file, b"%d\n" % listener.getsockname()[1] + tokens.client + tokens.brain, durable=False)
    except BaseException:
        listener.close()
        raise
    return listener, tokens


def connect_to_loopback(file: Path, seconds: float = ADMISSION_SECONDS) -> socket.socket | None:
    """Connect to the brain that wrote `file`; None where nobody, or somebody else, is at its port. Blocks."""
    try:
        port, *lines = file.read_bytes().splitlines(keepends=True)
        tokens, deadline = DoorTokens(*lines), time.monotonic() + seconds
        connection = socket.create_connection((DOOR_HOST, int(port)), timeout=seconds)
    except (OSError, ValueError, TypeError, OverflowError):  # no file, or half of one
        return None
    answer = b""
    try:
        connection.sendall(tokens.client)
        while len(answer) < _LINE_BYTES and (left := deadline - time.monotonic()) > 0:
            connection.settimeout(left)
            if not (piece := connection.recv(_LINE_BYTES - len(answer))):
                break
            answer += piece
    except OSError:
        answer = b""
    if not hmac.compare_digest(answer, tokens.brain):
        connection.close()
        return None
    connection.settimeout(None)
    return connection


async def admit_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tokens: DoorTokens) -> bool:
    """Whether the first line of a client is the token, which is answered with the brain's; else nothing is said."""
    from asyncio import IncompleteReadError, LimitOverrunError  # noqa: PLC0415  (a command has no event loop)

    try:
        line = await reader.readuntil(b"\n")
    except (OSError, IncompleteReadError, LimitOverrunError):
        return False
    if not hmac.compare_digest(line, tokens.client):
        return False
    writer.write(tokens.brain)
    return True
