"""The shipped code as policies for the yardsticks: one factory for each, with lazy imports.

python BENCH/projection.py BENCH/data/jester_dev.npz --policy benchmarks.adapters:replay --policy-path .
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.answers_adapter import Answers
    from benchmarks.fatigue_adapter import Fatigue
    from benchmarks.raising_adapter import Raising
    from benchmarks.replay_adapter import Replay
    from benchmarks.retrieval_adapter import Retrieval
    from benchmarks.returns_adapter import Returns
    from benchmarks.timing_adapter import Timing
    from proactive_tui.moment.availability import AvailabilityModel


KEEP = "PROACTIVE_BENCH_KEEP"
"""The environment variable with the folder of the index, which later runs reuse without embedding again."""


def replay(seed: int) -> Replay:
    """A policy that picks the item to show one person, and learns from each reaction."""
    from benchmarks import replay_adapter  # noqa: PLC0415

    return replay_adapter.replay(seed)


def retrieval(workdir: str) -> Retrieval:
    """A policy that finds the documents for a query."""
    from benchmarks import retrieval_adapter  # noqa: PLC0415

    return retrieval_adapter.retrieval(workdir, os.environ.get(KEEP, workdir))


def returns(seed: int) -> Returns:
    """A policy that predicts which resting note the owner comes back to."""
    from benchmarks import returns_adapter  # noqa: PLC0415

    return returns_adapter.returns(seed)


def availability(_seed: int) -> AvailabilityModel:
    """The shipped model of whether the owner is about to be active, which has the interface of the yardstick."""
    from proactive_tui.moment.availability import AvailabilityModel  # noqa: PLC0415

    return AvailabilityModel()


def fatigue(seed: int) -> Fatigue:
    """A policy that decides when to stay silent, and which framing to use."""
    from benchmarks import fatigue_adapter  # noqa: PLC0415

    return fatigue_adapter.fatigue(seed)


def timing(seed: int) -> Timing:
    """A policy that predicts whether an offer would be accepted now."""
    from benchmarks import timing_adapter  # noqa: PLC0415

    return timing_adapter.timing(seed)


def raising(workdir: str) -> Raising:
    """A policy that finds what notes leave open."""
    from benchmarks import raising_adapter  # noqa: PLC0415

    return raising_adapter.raising(workdir)


def answers(workdir: str) -> Answers:
    """A policy that replies from notes, with the model of PROACTIVE_GGUF or of Ollama where there is one."""
    from benchmarks import answers_adapter  # noqa: PLC0415

    return answers_adapter.answers(workdir, os.environ.get(KEEP, workdir), speaks=True)


def answers_extractive(workdir: str) -> Answers:
    """A policy that replies from notes without a language model."""
    from benchmarks import answers_adapter  # noqa: PLC0415

    return answers_adapter.answers(workdir, os.environ.get(KEEP, workdir), speaks=False)
