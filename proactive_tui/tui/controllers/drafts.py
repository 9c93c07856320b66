"""Keeps text that was typed in a conversation and not sent, also over a restart or a crash."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from proactive_tui.paths import part_file, write_atomically

DRAFT_WRITE_SECONDS: Final = 1.0
"""Seconds after which typed text is on the disk."""
NEW_DRAFT: Final = "new"
"""The name of the draft of a conversation without a topic in which nothing was said yet."""
MAX_DRAFT_CHARACTERS: Final = 100_000
"""Length of the longest draft that is read: more than a full prompt with the messages queued behind it."""
MAX_DRAFT_FILE_BYTES: Final = 16 << 20
"""The largest file that is read, in bytes."""


class DraftStore:
    """Unsent text by the id of its conversation, or by the name of the topic of a new one.

    Drafts are saved to `file`, if there is one and `persistent` is set; `schedule` calls a function after some seconds.
    A file that cannot be read whole is moved to `rejected_file`, so that no draft is lost.
    """

    def __init__(
        self, file: Path | None, schedule: Callable[[float, Callable[[], None]], object], *, persistent: bool
    ) -> None:
        self._file, self._schedule, self.persistent = file, schedule, persistent
        self._write_scheduled = False
        self.texts: dict[str, str] = {}
        self.rejected_file: Path | None = None
        if file is not None and persistent:
            with suppress(OSError):
                self._read_file(file)

    def _read_file(self, file: Path) -> None:
        found: dict[str, str] = {}
        if (size := file.stat().st_size) <= MAX_DRAFT_FILE_BYTES:
            with suppress(msgspec.DecodeError):
                found = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
        self.texts = {name: text for name, text in found.items() if len(text) <= MAX_DRAFT_CHARACTERS}
        if size and (not found or len(self.texts) < len(found)):
            self.rejected_file = file.replace(file.with_name(f"drafts.{int(time.time())}.json"))

    def save_draft(self, name: str, text: str) -> None:
        """Keep unsent text; blank text deletes the draft."""
        if text.strip():
            self.texts[name] = text
        elif self.texts.pop(name, None) is None:
            return
        if not self._write_scheduled:
            self._write_scheduled = True
            self._schedule(DRAFT_WRITE_SECONDS, self.write_file)

    def take_draft(self, name: str) -> str:
        """Return the draft of this name, or "", and delete it."""
        text = self.texts.get(name, "")
        self.save_draft(name, "")
        return text

    def clear(self) -> None:
        """Delete all drafts, now."""
        self.texts.clear()
        self.write_file()

    def write_file(self) -> None:
        """Write the file now. If the disk fails, the drafts stay in memory until the app ends."""
        self._write_scheduled = False
        if self._file is None:
            return
        with suppress(OSError):
            if self.texts and self.persistent:  # not durable: flushing while somebody types would freeze the screen
                write_atomically(self._file, msgspec.json.encode(self.texts), durable=False)
                return
            self._file.unlink(missing_ok=True)
            part_file(self._file).unlink(missing_ok=True)
