"""Runs a module of the program without what asyncio and Python lack on Windows, as far as that can be taken away here.

`python -m tests.ipc.poor_system proactive_tui.brain.server`: no Unix sockets, no handlers of signals in the loop, no
pipes that the loop watches, no priorities. What packages of this system import is left.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import signal
import sys
from typing import Any, Never

from proactive_tui.brain.doors import client_connection
from proactive_tui.ipc import local_socket


def _refuse(*_: Any, **__: Any) -> Never:
    raise NotImplementedError


def take_away() -> None:
    """Take away from this process what Windows has not."""
    local_socket.HAS_LOCAL_SOCKETS = client_connection.CAN_WATCH_PIPES = False
    for name in ("add_signal_handler", "connect_read_pipe", "connect_write_pipe", "create_unix_server"):
        setattr(asyncio.SelectorEventLoop, name, _refuse)
    for name in ("start_unix_server", "open_unix_connection"):
        delattr(asyncio, name)
    for name in ("nice", "getpgrp", "killpg"):
        delattr(os, name)
    for name in ("SIGHUP", "SIGUSR1", "SIGTSTP"):
        delattr(signal, name)


if __name__ == "__main__":
    take_away()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
