"""Where the clients of a running brain come in: a Unix socket in its data folder, a port of 127.0.0.1 where it cannot.

A client takes the door that it finds there, and need not know why it is that one.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

from proactive_tui.ipc import local_socket
from proactive_tui.ipc.loopback import DoorTokens, admit_client, connect_to_loopback, listen_on_loopback
from proactive_tui.paths import DataPaths, is_data_folder_held

if TYPE_CHECKING:
    import asyncio


class LocalDoor:
    """An open door: `listener` is its socket, `file` what clients find it by."""

    def __init__(self, listener: socket.socket, file: Path, tokens: DoorTokens | None = None) -> None:
        self.listener, self.file, self._tokens = listener, file, tokens

    async def admit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether a client that has come is the owner's."""
        if self._tokens is None:
            return local_socket.is_same_user(writer.get_extra_info("socket"))
        return await admit_client(reader, writer, self._tokens)

    def close(self) -> None:
        """Let nobody in any more."""
        self.listener.close()
        self.file.unlink(missing_ok=True)


def open_local_door(paths: DataPaths) -> LocalDoor:
    """Listen for clients, in the place of a door that a kill left. The caller holds the lock of the folder.

    Raises OSError.
    """
    for file in (paths.socket_file, paths.port_file):
        file.unlink(missing_ok=True)
    if local_socket.HAS_LOCAL_SOCKETS:
        try:
            return LocalDoor(local_socket.listen_locally(paths.socket_file), paths.socket_file)
        except OSError:  # as on a file system that knows no sockets
            paths.socket_file.unlink(missing_ok=True)
    listener, tokens = listen_on_loopback(paths.port_file)
    return LocalDoor(listener, paths.port_file, tokens)


def has_local_door(paths: DataPaths) -> bool:
    """Whether there is a door, open or left by a kill."""
    return paths.socket_file.exists() or paths.port_file.exists()


def connect_locally(paths: DataPaths) -> socket.socket | None:
    """Connect to the brain of a data folder; None where there is none, or it is not this user's. Blocks."""
    connection = local_socket.connect_to_socket(paths.socket_file)
    if connection is None and paths.port_file.exists() and is_data_folder_held(paths):
        return connect_to_loopback(paths.port_file)  # without a holder, whoever is at the port is no brain
    return connection
