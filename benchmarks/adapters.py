"""The shipped code as policies for the yardsticks, one factory each; heavy imports wait until one is asked for.

python BENCH/projection.py BENCH/data/jester_dev.npz --policy benchmarks.adapters:replay --policy-path .
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.fatigue_adapter import Fatigue
    from benchmarks.replay_adapter import Replay
    from benchmarks.retrieval_adapter import Retrieval
    from benchmarks.returns_adapter import Returns
    from benchmarks.timing_adapter import Timing
    from proactive_tui.moment.availability import AvailabilityModel


KEEP = "PROACTIVE_BENCH_KEEP"
"""The environment variable with the folder in which the index is kept, so that the next run embeds nothing anew."""


def replay(seed: int) -> Replay:
    """Which item to show one person, learning from each reaction."""
    from benchmarks import replay_adapter  # noqa: PLC0415

    return replay_adapter.replay(seed)


def retrieval(workdir: str) -> Retrieval:
    """Which documents answer a query."""
    from benchmarks import retrieval_adapter  # noqa: PLC0415

    return retrieval_adapter.retrieval(workdir, os.environ.get(KEEP, workdir))


def returns(seed: int) -> Returns:
    """Which resting note the owner comes back to."""
    from benchmarks import returns_adapter  # noqa: PLC0415

    return returns_adapter.returns(seed)


def availability(_seed: int) -> AvailabilityModel:
    """Is the owner about to be active: the model has the yardstick's interface."""
    from proactive_tui.moment.availability import AvailabilityModel  # noqa: PLC0415

    return AvailabilityModel()


def fatigue(seed: int) -> Fatigue:
    """When to stay silent, and which framing to use."""
    from benchmarks import fatigue_adapter  # noqa: PLC0415

    return fatigue_adapter.fatigue(seed)


def timing(seed: int) -> Timing:
    """Would an offer be accepted now."""
    from benchmarks import timing_adapter  # noqa: PLC0415

    return timing_adapter.timing(seed)
