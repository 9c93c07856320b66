"""Takes the code of libraries out of this process's memory where it is not used at rest (Linux; elsewhere nothing)."""

from __future__ import annotations

import ctypes
import re
import time
from pathlib import Path
from typing import Final

MADV_DONTNEED: Final = 4
"""Of Linux, for madvise(2): the pages leave the process, and those of a file are mapped again when they are used."""
REMAPPING_SECONDS: Final = 0.05
"""A library that is being loaded is mapped otherwise after that."""
_MAPPED_MEMORY: Final = Path("/proc/self/smaps")
_UNWRITTEN_LIBRARY: Final = re.compile(
    rb"^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [^\n]*\.so[^\n]*\n(?:[A-Z][^\n]*\n)*?Anonymous: +0 kB$", re.MULTILINE
)
"""Of a private mapping (its first and its last address) none of whose pages was changed since it was mapped."""


def release_mapped_code() -> None:
    """Take what is mapped of libraries out of this process's memory; whatever is used again comes back in microseconds.

    Starting runs through 70 MB of code and tables, of which a tenth is used afterwards. The system keeps them in its
    cache of files as long as it has room. Takes 0.1 s, most of it asleep.
    """
    try:
        seen = _find_unwritten_libraries()
        time.sleep(REMAPPING_SECONDS)
        settled = seen & _find_unwritten_libraries()
        madvise = ctypes.CDLL(None).madvise
    except (OSError, AttributeError, TypeError):
        return
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for start, end in settled:
        madvise(start, end - start, MADV_DONTNEED)


def _find_unwritten_libraries() -> set[tuple[int, int]]:
    """First address and end of what is mapped of libraries and the same as in their files. Raises OSError."""
    return {(int(start, 16), int(end, 16)) for start, end in _UNWRITTEN_LIBRARY.findall(_MAPPED_MEMORY.read_bytes())}
