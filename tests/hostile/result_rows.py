"""What a case took and showed."""

from __future__ import annotations

import resource
from typing import NamedTuple


class Row(NamedTuple):
    """What one case took and showed."""

    case: str
    seconds: float
    megabytes: int
    seen: str
    slower: float = 1.0
    """What a key takes, by what it takes at rest."""


def memory() -> int:
    """The most that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
