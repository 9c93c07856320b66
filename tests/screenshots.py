"""Takes screenshots of the app on the example notes: `python -m tests.screenshots docs/screens`.

They show every scene and every step of the guide, with `--all-sizes` at three sizes; `--theme NAME` sets another theme,
and names after the folder select scenes. The brain is the fake one of the face's tests and the clock is stopped, so the
same program draws the same files.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import App
from textual.pilot import Pilot

from proactive_tui.config import Config
from tests.setup.wizard.scenes import STEPS, at_mara
from tests.tui.host import PATIENT, stage
from tests.tui.sample import STANDING
from tests.tui.scenes import ROOMS

Size = tuple[int, int]
"""Columns and rows."""

WIDE, USUAL, NARROW = (120, 36), (80, 24), (40, 20)
THEME = PATIENT.face.theme


async def picture(scene: str, size: Size, theme: str = THEME) -> str:
    """The screenshot of the scene with this name as SVG, the same at every run."""
    if scene in STEPS:
        async with at_mara(size) as guide:
            guide.app.theme = theme
            await STEPS[scene](guide)
            return await _drawn(guide.app, guide.pilot)
    async with stage(config=themed(theme), size=size, standing=STANDING, notes="~/notes") as it:
        await ROOMS[scene](it)
        return await _drawn(it.app, it.pilot)


async def _drawn(app: App[Any], pilot: Pilot[Any]) -> str:
    await pilot.wait_for_scheduled_animations()
    return still(app.export_screenshot())


def themed(theme: str) -> Config:
    """The config of the face's tests in this theme."""
    return replace(PATIENT, face=replace(PATIENT.face, theme=theme))


def still(svg: str) -> str:
    """The SVG without the id that differs between runs, and without the fonts that a viewer would fetch."""
    svg = re.sub(r"terminal-\d+", "screen", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.split("\n") if line.strip()) + "\n"


def pictures(sizes: Iterable[Size] = (WIDE,)) -> dict[str, tuple[str, Size]]:
    """Scene and size of every screenshot, by the name of its file; the file of a wide one has no size in its name."""
    return {
        f"{name}.svg" if size == WIDE else f"{name}-{size[0]}x{size[1]}.svg": (name, size)
        for name in (*ROOMS, *STEPS)
        for size in sizes
    }


def main() -> None:
    """Draw the screenshots into the folder."""
    parser = argparse.ArgumentParser(prog="tests.screenshots", description="Pictures of the screens.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("scenes", nargs="*", help="only these")
    parser.add_argument("--theme", default=THEME)
    parser.add_argument("--all-sizes", action="store_true", help="also 80x24 and 40x20")
    options = parser.parse_args()
    os.environ["TZ"] = "UTC"
    time.tzset()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, (scene, size) in pictures((WIDE, USUAL, NARROW) if options.all_sizes else (WIDE,)).items():
        if scene in options.scenes or not options.scenes:
            drawn = asyncio.run(picture(scene, size, options.theme))
            (options.folder / name).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
