"""Fuzzes all parsers with inputs of hypothesis: `python -m tests.fuzz.fuzz --examples 20000`.

A target may raise nothing but its own error, and no input may take long. `tests.fuzz.guided` searches deeper.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, given, settings
from markdown_it import MarkdownIt

from tests.cost import processor_seconds
from tests.fuzz.grammars import strategy
from tests.fuzz.targets import TARGETS

MOST_YARDSTICKS = 250
"""The most CPU time of one input, as a multiple of `yardstick`: about five seconds on a machine of 2020."""
SHARES: Mapping[str, float] = {
    "ignore rules": 0.5,
    "config": 0.5,
    "changed settings": 0.1,
    "openers": 0.3,
    "streams of Ollama": 0.05,
}
"""The share of the examples that a slow target gets; the others get all."""


@functools.cache
def yardstick() -> float:
    """The CPU seconds that markdown-it takes in this process for 10 kB of a plain note."""
    note = "# A heading\n\n- some *text* here\n\n" * 300
    return min(processor_seconds(lambda: MarkdownIt().parse(note)) for _ in range(3))


def run(name: str, examples: int) -> tuple[int, float]:
    """Run a target on its share of `examples`; returns how many it tried, and the CPU seconds of the slowest.

    Raises the error of the target.
    """
    target, tried, longest = TARGETS[name], 0, 0.0

    @settings(
        max_examples=max(10, int(examples * SHARES.get(name, 1.0))),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    @given(strategy(name))
    def once(data: bytes) -> None:
        nonlocal tried, longest
        took = processor_seconds(lambda: target(data))
        tried, longest = tried + 1, max(longest, took if tried else 0.0)

    once()
    return tried, longest


def main() -> None:
    """Fuzz the targets, and print a line for each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=20_000)
    asked.add_argument("--only", default="", help="one target")
    given_ = asked.parse_args()
    total = 0
    for name in [given_.only] if given_.only else TARGETS:
        tried, longest = run(name, given_.examples)
        total += tried
        sys.stdout.write(f"{tried:8} {name}; {1000 * longest:.0f} ms for the slowest\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total:8} in all\n")


if __name__ == "__main__":
    main()
