"""Rows of results for the tests with long lines."""

from __future__ import annotations

import resource
from typing import NamedTuple


class Row(NamedTuple):
    """The result of one case: time, memory and what was seen."""

    case: str
    seconds: float
    megabytes: int
    seen: str
    slower: float = 1.0
    """The delay of a key, divided by its delay at rest."""


def memory() -> int:
    """The peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
