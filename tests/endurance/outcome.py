"""How a run of kills ends: its counts in one line, and the status that says whether anything was lost."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Collection


def list_counts(counts: Counter[str]) -> str:
    """Counts as words, by name."""
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def tell_outcome(counted: str, troubles: Collection[str], what_they_are: str, began: float) -> int:
    """Print what was counted, how many troubles there were and how long it took; returns the exit status."""
    sys.stdout.write(f"{counted}; {len(troubles)} {what_they_are}; {time.monotonic() - began:.0f} s\n")
    return 1 if troubles else 0
