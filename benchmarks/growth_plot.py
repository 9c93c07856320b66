"""Draws how costs grow with the notes: `python -m benchmarks.growth_plot GROWTH.json FILE.svg`.

GROWTH.json is what `python -m benchmarks.growth SIZES --json GROWTH.json` writes. Both axes are logarithmic: a cost
that grows with the notes is a line of the slope of the grey one. Drawing needs matplotlib (the extra `bench`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.plots import COLOURS

Costs = Mapping[str, Mapping[str, float]]


class Curve(NamedTuple):
    """A figure of `growth`, the name it is drawn with, and whether it is told for each note."""

    figure: str
    name: str
    for_each_note: bool = False


TIMES: Final = (
    Curve("index pass, ms a note", "index pass", for_each_note=True),
    Curve("mining everything, ms a note", "mining everything", for_each_note=True),
    Curve("start with nothing changed, ms", "start, nothing changed"),
    Curve("mining with nothing changed, ms", "mining, nothing changed"),
    Curve("an edit until the pool, ms, median", "an edit"),
    Curve("a decision, ms", "a decision"),
    Curve("a search by words, ms", "a search by words"),
)
SPACES: Final = (
    Curve("memory, kB a note", "memory of the index", for_each_note=True),
    Curve("memory that mining keeps, kB a note", "memory of mining", for_each_note=True),
    Curve("on the disk, kB a note", "on the disk", for_each_note=True),
)


def totals(costs: Costs, curve: Curve) -> tuple[list[int], list[float]]:
    """The sizes (notes) in order, and the whole cost at each."""
    values = {int(size): value for size, value in costs.get(curve.figure, {}).items()}
    return sorted(values), [values[size] * (size if curve.for_each_note else 1) for size in sorted(values)]


def draw_growth(costs: Costs, file: Path) -> None:
    """Draw times (ms of the processor) and space (kB) against the number of notes."""
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "proactive-tui", "svg.fonttype": "none", "font.size": 9.0}):
        figure = Figure(figsize=(9.6, 3.6), layout="constrained")
        for place, (title, curves) in enumerate({"ms of the processor": TIMES, "kB": SPACES}.items(), 1):
            axes = figure.add_subplot(1, 2, place)
            for number, curve in enumerate(curves):
                sizes, values = totals(costs, curve)
                line = ("-", "--")[number // len(COLOURS)]
                axes.plot(sizes, values, line, marker="o", color=COLOURS[number % len(COLOURS)], label=curve.name)
            sizes, values = totals(costs, curves[0])
            axes.plot(sizes, [values[0] * 2 * size / sizes[0] for size in sizes], ":", color="#999999")
            axes.set(xscale="log", yscale="log", xlabel="notes", title=title)
            axes.legend(fontsize=7)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def main(arguments: Sequence[str]) -> int:
    """Draw; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth_plot", description=__doc__)
    parser.add_argument("costs", type=Path)
    parser.add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    draw_growth(json.loads(given.costs.read_text("utf-8")), given.file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
