"""What was typed in conversations and not said yet: it waits there, also over a restart or a crash."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from proactive_tui.paths import make_private

SECONDS: Final = 1.0
"""Text that was typed is on the disk after so long."""
LONGEST: Final = 100_000
"""Characters of a text that a prompt can hold, some messages that waited among them; nothing of ours is longer."""
LARGEST: Final = 16 << 20
"""Bytes of the file at the most."""


class Drafts:
    """Unsent text by the id of its conversation, or by what a new one would be about.

    Kept in `file`, if there is one and `kept` is set; `later` calls something after some seconds. A file that cannot be
    taken up whole is put `aside`, and no draft of it is lost.
    """

    def __init__(self, file: Path | None, later: Callable[[float, Callable[[], None]], object], *, kept: bool) -> None:
        self._file, self._later, self.kept = file, later, kept
        self._due = False
        self.texts: dict[str, str] = {}
        self.aside: Path | None = None
        if file is not None and kept:
            with suppress(OSError):
                self._read(file)

    def _read(self, file: Path) -> None:
        found: dict[str, str] = {}
        if (size := file.stat().st_size) <= LARGEST:
            with suppress(msgspec.DecodeError):
                found = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
        self.texts = {name: text for name, text in found.items() if len(text) <= LONGEST}
        if size and (not found or len(self.texts) < len(found)):
            self.aside = file.replace(file.with_name(f"drafts.{int(time.time())}.json"))

    def keep(self, name: str, text: str) -> None:
        """This is unsent; nothing but blanks is nothing."""
        if text.strip():
            self.texts[name] = text
        elif self.texts.pop(name, None) is None:
            return
        if not self._due:
            self._due = True
            self._later(SECONDS, self.write)

    def take(self, name: str) -> str:
        """What is unsent there, which then is not kept here any more."""
        text = self.texts.get(name, "")
        self.keep(name, "")
        return text

    def clear(self) -> None:
        """Forget them all, now."""
        self.texts.clear()
        self.write()

    def write(self) -> None:
        """Have it on the disk. A disk that refuses that loses it at the end and not before."""
        self._due = False
        if self._file is None:
            return
        with suppress(OSError):
            if not self.texts or not self.kept:
                self._file.unlink(missing_ok=True)
                return
            part = self._file.with_name(f"{self._file.name}.part")
            make_private(part)
            part.write_bytes(msgspec.json.encode(self.texts))
            part.replace(self._file)
