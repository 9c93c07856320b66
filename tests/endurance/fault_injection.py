"""A brain that dies in the middle of its writing: at a statement of its databases, or beside a change of its vectors.

Times and messages seldom fall between two statements of one transaction, which is where most could be torn.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

from proactive_tui.index.chroma_store import ChromaCollection

WRITING = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "VACUUM")
"""How statements begin that write, or end writing."""


def mortal(left: int) -> None:
    """Let this process end by SIGKILL before the statement of this number, counted from now on."""

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
