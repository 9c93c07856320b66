"""How the C library hands out memory to this process, as glibc lets one ask (mallopt(3)); others ignore it."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_PERTURB, _M_ARENA_MAX = -6, -8


def overwrite_freed_memory() -> None:
    """Have freed memory overwritten from now on.

    Chroma's graph writes memory into its file that it was given and has not used, and so what was there before: pieces
    of notes, also of those that were forgotten.
    """
    _set_malloc_option(_M_PERTURB, 0xFF)


def limit_malloc_arenas() -> None:
    """Have all threads take memory from one place; call it before there are any.

    By itself each of Chroma's, SQLite's and Python's threads has its own, and what one of them freed the others cannot
    have: a process that runs for days grows by that.
    """
    _set_malloc_option(_M_ARENA_MAX, 1)


def release_free_memory() -> None:
    """Give memory that is free back to the system, which takes milliseconds: after a burst of work there is much."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _set_malloc_option(parameter: int, value: int) -> None:
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(parameter, value)
