"""Bootstrap intervals over persons, and learning curves as small, reproducible SVG files.

Drawing needs matplotlib (the extra `bench`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COLOURS: Final = ("#1f77b4", "#d62728", "#7f7f7f", "#bcbd22", "#9467bd")


DRAWS: Final = 4000


def interval(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean and bounds of its 95 % bootstrap interval over persons, the first axis (Efron and Tibshirani 1993).

    Each is of the shape of the other axes.
    """
    drawn = np.random.default_rng(0).integers(len(values), size=(DRAWS, len(values)))
    means = values[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return values.mean(axis=0), low, high


class Curve(NamedTuple):
    """Means along an axis and the interval around each; no interval where `low` is empty."""

    mean: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


class Panel(NamedTuple):
    """A diagram: its curves by name, over the points `along`."""

    title: str
    along: Sequence[float]
    curves: Mapping[str, Curve]


def draw(panels: Sequence[Panel], axis: str, file: Path, *, mark: float | None = None, said: str = "") -> None:
    """Draw the panels side by side into an SVG; `mark` is a point on the x axis, `said` its label."""
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "proactive-tui", "svg.fonttype": "none", "font.size": 9.0}):
        figure = Figure(figsize=(4.6 * len(panels), 3.2), layout="constrained")
        for number, panel in enumerate(panels):
            axes = figure.add_subplot(1, len(panels), number + 1)
            for (name, curve), colour in zip(panel.curves.items(), COLOURS, strict=False):
                axes.plot(panel.along, curve.mean, color=colour, label=name, linewidth=1.4)
                if curve.low:
                    axes.fill_between(panel.along, curve.low, curve.high, color=colour, alpha=0.12, linewidth=0)
            if mark is not None:
                axes.axvline(mark, color="#444444", linestyle=":", linewidth=1.0)
                axes.annotate(
                    said, (mark, 1.0), (3, -10), xycoords=("data", "axes fraction"), textcoords="offset points"
                )
            axes.set(title=panel.title, xlabel=axis)
            axes.spines[["top", "right"]].set_visible(False)
            if not number:
                axes.legend(frameon=False, fontsize=8.0)
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
