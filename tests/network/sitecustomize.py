"""Python loads this before anything else in every process that has this folder on its path: whatever reaches for
another machine is written into the file CONTACTS, and refused unless it is for the port CONTACTS_ALLOWED of this one.
"""

from __future__ import annotations

import os
import sys
from typing import Any

OUT = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
    "socket.bind": 1,
    "urllib.Request": 0,
    "ftplib.connect": 1,
    "smtplib.connect": 1,
    "webbrowser.open": 0,
}
"""Audit events of what goes out, and which of their arguments says where to."""


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event not in OUT:
        return
    where = args[1] if event == "socket.getaddrinfo" else args[OUT[event]]
    name = args[0] if event == "socket.getaddrinfo" else where[0] if isinstance(where, tuple) else where
    port = where if event == "socket.getaddrinfo" else where[1] if isinstance(where, tuple) else "unix"
    name, port = (each.decode() if isinstance(each, bytes) else str(each) for each in (name, port))
    allowed = port == "unix" or (name, port) == ("127.0.0.1", os.environ["CONTACTS_ALLOWED"])
    with open(os.environ["CONTACTS"], "a", encoding="utf-8") as file:  # noqa: PTH123  pathlib is not loaded yet
        file.write(f"{'met' if allowed else 'refused'}\t{event}\t{name}\t{port}\n")
    if not allowed:
        raise ConnectionRefusedError(f"{event}: {name} {port}")


if os.environ.get("CONTACTS"):
    sys.addaudithook(_hook)
