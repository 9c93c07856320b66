"""Measures cost without wall-clock time: by counted calls, or by CPU time relative to an alternative.

A bound in seconds depends on how busy the machine is. A bound in calls, or relative to an alternative in the same run,
depends on the code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def count_calls(run: Callable[[], object]) -> int:
    """The number of Python functions and builtins that `run` calls in this thread: the same on every machine."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return calls


def processor_seconds(run: Callable[[], object]) -> float:
    """The CPU seconds of `run` in this thread, whatever else the machine does."""
    began = time.thread_time()
    run()
    return time.thread_time() - began


def cost_ratio(run: Callable[[], object], alternative: Callable[[], object], rounds: int = 3) -> float:
    """The CPU time of `run` divided by that of `alternative`: each is the least of some rounds, run in turn."""
    took = [(processor_seconds(run), processor_seconds(alternative)) for _ in range(rounds)]
    return min(ours for ours, _ in took) / min(theirs for _, theirs in took)
