"""The socket in the data folder at which a running brain takes requests, and who may connect to it.

The folder is private (0700), the socket too (0600), and where the system tells whose process is at the other end, it
has to be the same user's. A socket that was left behind by a killed brain refuses at once: nobody listens. Python has
no such sockets on Windows; see `loopback.py`.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HAS_LOCAL_SOCKETS = hasattr(socket, "AF_UNIX") and os.name == "posix"
MAX_ADDRESS_BYTES = 100
"""Bytes of the longest path that an address takes on every system (Linux has room for 107, macOS for 103)."""
BACKLOG_CLIENTS = 64
"""Clients that may wait while the brain starts."""


def listen_locally(path: Path) -> socket.socket:
    """Listen at `path`, in the place of a socket that was left there. The caller holds the lock of the folder.

    Raises OSError.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        with _short_address(path) as address:
            listener.bind(address)
        path.chmod(0o600)
        listener.listen(BACKLOG_CLIENTS)
    except BaseException:
        listener.close()
        raise
    return listener


def connect_to_socket(path: Path) -> socket.socket | None:
    """Connect to the brain that listens at `path`; None where there is none, or it is not this user's."""
    if not HAS_LOCAL_SOCKETS or not path.exists():
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short_address(path) as address:
            connection.connect(address)
    except OSError:
        connection.close()
        return None
    if not is_same_user(connection):
        connection.close()
        return None
    return connection


def is_same_user(connection: socket.socket) -> bool:
    """Whether the process at the other end is this user's; where the system does not tell, the private folder does."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.geteuid())


@contextmanager
def _short_address(path: Path) -> Iterator[str]:
    """The path of a socket as an address: a long one by way of a link in a private temporary folder."""
    if len(os.fsencode(path)) <= MAX_ADDRESS_BYTES:
        yield str(path)
        return
    import tempfile  # noqa: PLC0415  (5 ms that a command would wait for)

    with tempfile.TemporaryDirectory(prefix="ptui") as folder:
        link = Path(folder) / "d"
        link.symlink_to(path.parent, target_is_directory=True)
        yield str(link / path.name)
