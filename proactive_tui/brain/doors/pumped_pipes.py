"""Pipes that the event loop cannot watch, as those of Windows that a process inherits: two threads carry their bytes
from and to a socket that it can.
"""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import IO, Any

_PIECE_BYTES = 1 << 16


class PipePump:
    """Carries bytes from `source` to `near`, and from there to `sink`, until they end; closes both then."""

    def __init__(self, source: IO[Any], sink: IO[Any]) -> None:
        self.near, self._far = socket.socketpair()
        self._source, self._sink = source, sink
        threading.Thread(target=self._carry_in, name="pipe in", daemon=True).start()
        self._out = threading.Thread(target=self._carry_out, name="pipe out", daemon=True)
        self._out.start()

    def wait_flushed(self, seconds: float) -> None:
        """Wait until all that was sent to `near` before it was closed is in the pipe. Blocks."""
        self._out.join(seconds)

    def _carry_in(self) -> None:
        with suppress(OSError), self._source:  # either end is gone
            while piece := os.read(self._source.fileno(), _PIECE_BYTES):
                self._far.sendall(piece)
        with suppress(OSError):
            self._far.shutdown(socket.SHUT_WR)

    def _carry_out(self) -> None:
        with suppress(OSError), self._far, self._sink:
            while piece := self._far.recv(_PIECE_BYTES):
                while piece:
                    piece = piece[os.write(self._sink.fileno(), piece) :]
