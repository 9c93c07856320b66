"""Options of glibc's malloc (mallopt(3)); other C libraries ignore them."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD, _M_PERTURB, _M_ARENA_MAX = -3, -6, -8
_LARGE_BLOCK = 1 << 20
"""Bytes from which memory is asked of the system, to which it goes back when it is freed."""


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


def return_large_blocks() -> None:
    """Return blocks of a megabyte and more to the system as soon as they are freed.

    By default glibc does so only with blocks that are larger than all that were freed before, at most 32 MB: what comes
    after a first large array stays between smaller blocks, and so does its memory.
    """
    _set_malloc_option(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


def release_free_memory() -> None:
    """Return free memory to the system, which takes milliseconds; worth it after a burst of work."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _set_malloc_option(parameter: int, value: int) -> None:
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(parameter, value)
