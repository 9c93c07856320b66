"""Runs the brain process under a faster clock: `python -m tests.endurance.fast_clock 360 real`."""

from __future__ import annotations

import sys
import time

from proactive_tui.brain import server
from proactive_tui.config import Config
from tests.endurance import brain


def main(speed: float, *, real: bool) -> None:
    """Serve under a clock that runs `speed` times as fast; the intervals of periodic work shrink accordingly."""
    server.configure_process(Config())  # before anything heavy is imported, as the server does it
    from proactive_tui.brain import app
    from proactive_tui.brain.indexing import indexer_loop, retention
    from proactive_tui.brain.offers import scheduler

    began = time.time()

    def clock() -> float:
        return began + speed * (time.time() - began)

    setattr(app.BrainApp.__init__, "__kwdefaults__", {"clock": clock, "rng": None})  # noqa: B010 - for mypy
    scheduler.TICK_SECONDS = 0.1
    indexer_loop.CLOCK_CHECK_SECONDS = 1.0
    retention.RETENTION_INTERVAL_SECONDS = max(1.0, retention.RETENTION_INTERVAL_SECONDS / speed)
    brain.main(real=real)


if __name__ == "__main__":
    main(float(sys.argv[1]), real=sys.argv[2] == "real")
