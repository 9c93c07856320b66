"""Takes the face through many offers, conversations and screens: widgets, objects, tasks and memory may not grow.

`python -m tests.endurance.screen --rounds 100` ends with status 1 when any did. The brain is the fake one; a full
garbage collection runs before each sample, since the app itself collects seldom on purpose.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
import time
from collections.abc import Callable

import psutil
from msgspec import structs
from textual import _wait
from textual._styles_cache import StylesCache
from textual.widget import Widget

from proactive_tui.tui.screens.home import HomeScreen
from tests.endurance.growth import MEGABYTE, Bound, Sample, grown, measured, table
from tests.tui import scenes
from tests.tui.host import Stage, stage
from tests.tui.sample import OFFER

SCENES = (
    scenes.conversation,
    scenes.search,
    scenes.why,
    scenes.conversations,
    scenes.index,
    scenes.learned,
    scenes.data,
    scenes.settings,
)
ANSWERS = ("n", "x")
BOUNDS = {
    "own memory": Bound(flat=10 * MEGABYTE),
    "file handles": Bound(flat=0.5),
    "threads": Bound(flat=0.5),
    "children": Bound(flat=0),
    "widgets": Bound(flat=5),
    "tasks": Bound(flat=5),
    "objects": Bound(flat=5_000),
    "blocks": Bound(flat=15_000),
}


async def a_round(it: Stage, number: int) -> None:
    """Decline two offers, talk about a third, and open and leave every screen."""
    for key in ANSWERS:
        await it.offer(structs.replace(OFFER, id=f"{number}{key}"))
        await it.press(key)
        await it.until(lambda: it.app.offer is None)
    for scene in SCENES:
        await scene(it)
        await home(it)
    it.brain.asks.clear()  # the record of the fake brain itself


async def home(it: Stage) -> None:
    """Go back to the home screen, without an offer."""
    while not isinstance(it.app.screen, HomeScreen):
        await it.press("escape")
    if it.app.offer:
        await it.press("n")
        await it.until(lambda: it.app.offer is None)


def held() -> dict[str, float]:
    """The quantities that the process holds after a full collection, without Textual's cache of 1,024 widgets."""
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
    objects = gc.get_objects()
    found = {
        "widgets": float(sum(isinstance(each, Widget) for each in objects)),
        "tasks": float(len(asyncio.all_tasks())),
        "objects": float(len(objects)),
        "blocks": float(sys.getallocatedblocks()),
    }
    del objects
    return measured(psutil.Process()) | found


async def soak(rounds: int, samples: int, report: Callable[[str], None]) -> list[str]:
    """Run `rounds` rounds; returns what grew, in words."""
    taken = list[Sample]()
    async with stage(size=(100, 34)) as it:
        for number in range(1, rounds + 1):
            await a_round(it, number)
            if number % max(1, rounds // samples) == 0:
                things = number * (len(SCENES) + len(ANSWERS))
                taken.append(Sample(hours=number, things=things, events=0, said=0, held=held()))
    for line in table(taken):
        report(line)
    return grown(taken, BOUNDS)


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds and judge; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.screen")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--samples", type=int, default=20)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.002, 0.0004  # as in the face's tests

    def report(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    found = asyncio.run(soak(given.rounds, given.samples, report))
    for each in found:
        report(each)
    report(f"{given.rounds} rounds in {time.monotonic() - began:.0f} s; {len(found)} things grew")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
