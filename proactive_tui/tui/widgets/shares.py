"""Plots of shares with their intervals, upright (over time) or lying (by name)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual.app import RenderResult
from textual.color import Color
from textual_plotext import PlotextPlot

from proactive_tui.model import Share
from proactive_tui.tui.formatting.text import elide, one_line

LEAST = 2
"""A plot of fewer points than this shows nothing that a sentence does not."""

PLAIN = frozenset({"red", "green", "blue", "cyan", "magenta"})
"""Colours that have the same name in Textual's 16-colour themes and in plotext."""


class Shares(PlotextPlot):
    """How welcome offers were: a point for each share, a line for its 95 % interval (0 to 100 %).

    `line` is drawn across: the share of all. Shares of fewer than `fewest` answers are left out; where too few are
    left, it says so in words.
    """

    def __init__(self, title: str, *, upright: bool) -> None:
        super().__init__()
        self.border_title = title
        self._upright = upright
        self._shares: Mapping[str, Share] = {}
        self._left_out = 0
        self._fewest = 0
        self._line = 0.0

    def on_unmount(self) -> None:
        """The signal that it listens to holds on to it until the theme changes."""
        self.app.theme_changed_signal.unsubscribe(self)

    def show(self, shares: Mapping[str, Share], fewest: int, line: float) -> None:
        """Draw these, in their order. `line` is 0..1."""
        self._shares = {name: each for name, each in shares.items() if each.answered >= fewest}
        self._left_out, self._fewest, self._line = len(shares) - len(self._shares), fewest, line
        self.border_subtitle = f"{self._left_out} with fewer than {fewest} answers" if self._left_out else ""
        self.refresh()

    @property
    def too_little(self) -> str:
        """Why there is no plot, or nothing."""
        if len(self._shares) >= LEAST or not self._fewest:
            return ""
        wanted = f"it takes {LEAST} points of {self._fewest} answers each"
        return f"Too little to draw: {wanted}, and there {_are(len(self._shares))}."

    def render(self) -> RenderResult:
        """The plot in the colours of the theme, on the background of the screen."""
        if not self._shares or self.too_little:
            return Text(self.too_little, style="dim")
        plot = self.plt
        plot.clear_figure()
        plot.plotsize(self.size.width, self.size.height)
        # What textual-plotext itself does besides: resizing does not work without it.
        plot._set_size(self.size.width, self.size.height)
        plot.theme("clear")
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        if self._upright:
            self._draw_upright(plot)
        else:
            self._draw_lying(plot)
        return Text.from_ansi(plot.build())

    def _draw_upright(self, plot: Any) -> None:
        accent, faint = self._colour("text-accent"), self._colour("foreground", 0.45)
        places = list(range(len(self._shares)))
        plot.plot([-0.5, len(places) - 0.5], [100 * self._line] * 2, marker="·", color=faint)
        for place, each in zip(places, self._shares.values(), strict=True):
            plot.plot([place, place], [100 * each.low, 100 * each.high], marker="│", color=faint)
        plot.scatter(places, [100 * _rate(each) for each in self._shares.values()], marker="●", color=accent)
        room = max((self.size.width - 8) // 7, 1)
        step = -(-len(places) // room)
        plot.xticks(places[::step], list(self._shares)[::step])
        plot.xlim(-0.5, len(places) - 0.5)
        plot.ylim(0, 100)
        plot.yticks([0, 50, 100], ["0 %", "50 %", "100 %"])

    def _draw_lying(self, plot: Any) -> None:
        accent, faint = self._colour("text-accent"), self._colour("foreground", 0.45)
        room = max(self.size.height - 3, 1)
        rows = sorted(self._shares.items(), key=lambda row: -row[1].answered)[:room]
        rows.sort(key=lambda row: _rate(row[1]))
        places = list(range(len(rows)))
        plot.plot([100 * self._line] * 2, [-0.5, len(rows) - 0.5], marker="┊", color=faint)
        for place, (_, each) in zip(places, rows, strict=True):
            plot.plot([100 * each.low, 100 * each.high], [place, place], marker="─", color=faint)
        plot.scatter([100 * _rate(each) for _, each in rows], places, marker="●", color=accent)
        label = max(min(28, self.size.width // 2), 8)
        names = [elide(one_line(name), label - 6) for name, _ in rows]
        counts = [f"{each.welcome}/{each.answered}" for _, each in rows]
        widest = max(map(cell_len, names))
        plot.yticks(
            places,
            [
                f"{name}{' ' * (widest - cell_len(name))} {number:>5}"
                for name, number in zip(names, counts, strict=True)
            ],
        )
        plot.ylim(-0.5, len(rows) - 0.5)
        plot.xlim(0, 100)
        plot.xticks([0, 50, 100], ["0 %", "50 %", "100 %"])

    def _colour(self, name: str, strength: float = 1.0) -> tuple[int, int, int] | str:
        """A colour of the theme as plotext takes it, mixed with what is behind; of a 16-colour theme, its name."""
        colour = self.app.theme_variables.get(name, "")
        if colour.startswith("ansi_"):
            plain = colour.removeprefix("ansi_")
            return plain if plain in PLAIN else "default"
        return self.background_colors[1].blend(Color.parse(colour), strength).rgb


def _rate(share: Share) -> float:
    return share.welcome / share.answered if share.answered else 0.0


def _are(number: int) -> str:
    return "is 1" if number == 1 else "are none" if not number else f"are {number}"
