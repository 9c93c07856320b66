"""Everything that parses, given what hypothesis makes up: `python -m tests.fuzz.fuzz --examples 20000`.

Each target may raise its own error and nothing else, and no input may take long. `tests.fuzz.guided` looks for what
this does not find.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.grammars import strategy
from tests.fuzz.targets import TARGETS

SECONDS = 5.0
SHARES: Mapping[str, float] = {
    "ignore rules": 0.5,
    "config": 0.5,
    "changed settings": 0.1,
    "openers": 0.3,
    "streams of Ollama": 0.05,
}
"""Of the examples, what the slow ones get."""


def run(name: str, examples: int) -> tuple[int, float]:
    """Give a target so many inputs; how many it took, and the longest time for one. Raises what the target raised."""
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
        start = time.perf_counter()
        target(data)
        took = time.perf_counter() - start
        tried, longest = tried + 1, max(longest, took if tried else 0.0)

    once()
    return tried, longest


def main() -> None:
    """All targets, one line each."""
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
