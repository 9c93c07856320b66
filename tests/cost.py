"""What something costs, without a clock: counted calls, or processor time beside a named alternative.

A bound in seconds says how busy the machine is. A bound in calls, or in times of what an alternative takes in the same
run, says something about the code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def count_calls(run: Callable[[], object]) -> int:
    """How many Python functions and builtins `run` calls in this thread: the same on every machine."""
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
    """What `run` takes of the processor in this thread, however many others want it."""
    began = time.thread_time()
    run()
    return time.thread_time() - began


def cost_ratio(run: Callable[[], object], alternative: Callable[[], object], rounds: int = 3) -> float:
    """The processor time of `run` in times of that of `alternative`: each the least of some rounds, in turn."""
    took = [(processor_seconds(run), processor_seconds(alternative)) for _ in range(rounds)]
    return min(ours for ours, _ in took) / min(theirs for _, theirs in took)
