"""Kills the brain in the middle of a write: before a statement of its databases, or around a change of its vectors.

A kill by time or by message seldom falls between two statements of one transaction, where most could be torn.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

from proactive_tui.index.vectors.chroma_store import ChromaCollection

WRITING = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "VACUUM")
"""The first words of statements that write, or that begin or end a transaction."""


def mortal(left: int) -> None:
    """Make this process kill itself (SIGKILL) before writing statement number `left`, counted from now on."""

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*arguments: Any, **named: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = opened(*arguments, **named)
        database.set_trace_callback(lambda statement: count() if statement.startswith(WRITING) else None)
        return database

    def counted(call: Callable[..., None]) -> Callable[..., None]:
        def called(*arguments: Any) -> None:
            count()
            call(*arguments)
            count()

        return called

    opened = sqlite3.connect
    for owner, name, call in (
        (sqlite3, "connect", connect),
        (ChromaCollection, "add", counted(ChromaCollection.add)),
        (ChromaCollection, "remove", counted(ChromaCollection.remove)),
    ):
        setattr(owner, name, call)
