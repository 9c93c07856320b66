"""Reads the lines that are typed, on a thread of its own: a file, a pipe and a terminal are all waited for alike."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import Callable

MAX_TYPED_CHARACTERS = 100_000
"""Characters of the longest line; the rest of a longer one is left out."""


class LineReader:
    """Calls `on_line` in the event loop with each line of a descriptor, at last with None for its end.

    The descriptor is read directly: a buffered reader has a lock that would be held when the process ends.
    """

    def __init__(self, descriptor: int, encoding: str, on_line: Callable[[str | None], None]) -> None:
        self._descriptor, self._on_line = descriptor, on_line
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._loop = asyncio.get_running_loop()

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, name="typed lines", daemon=True).start()

    def _read(self) -> None:
        rest = ""
        try:
            while data := os.read(self._descriptor, 1 << 16):
                *lines, rest = (rest + self._decoder.decode(data)).split("\n")
                for line in lines:
                    self._hand_on(line)
                rest = rest[:MAX_TYPED_CHARACTERS]
        except OSError:
            pass  # the terminal is gone: that is the end of what is typed
        if rest:
            self._hand_on(rest)
        self._hand_on(None)

    def _hand_on(self, line: str | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._on_line, line if line is None else line[:MAX_TYPED_CHARACTERS])
        except RuntimeError:
            return  # the loop has ended
