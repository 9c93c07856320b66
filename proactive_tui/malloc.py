"""Options of glibc's malloc (mallopt(3)); other C libraries ignore them."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_PERTURB, _M_ARENA_MAX = -6, -8


def overwrite_freed_memory() -> None:
    """Overwrite memory when it is freed, from now on.

    Chroma writes uninitialised memory into the file of its graph; without this, the file may hold pieces of notes,
    forgotten ones among them.
    """
    _set_malloc_option(_M_PERTURB, 0xFF)


def limit_malloc_arenas() -> None:
    """Let all threads allocate from one arena; call it before there are other threads.

    By default each thread has its own arena and cannot reuse what others freed, so that a process grows for days.
    """
    _set_malloc_option(_M_ARENA_MAX, 1)


def release_free_memory() -> None:
    """Return free memory to the system, which takes milliseconds; worth it after a burst of work."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _set_malloc_option(parameter: int, value: int) -> None:
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(parameter, value)
