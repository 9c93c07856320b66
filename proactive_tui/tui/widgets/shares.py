"""Plots of shares with their intervals, vertical (over time) or horizontal (by name)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual.app import RenderResult
from textual.color import Color
from textual_plotext import PlotextPlot

from proactive_tui.model.learned_values import WelcomeShare
from proactive_tui.tui.formatting.text import elide_text, one_line

MIN_PLOT_POINTS = 2
"""Points that a plot needs at least; fewer are no better than a sentence."""

PLOTEXT_COLOR_NAMES = frozenset({"red", "green", "blue", "cyan", "magenta"})
"""Colours that have the same name in Textual's 16-colour themes and in plotext."""

COLUMNS_PER_TICK = 9
"""Columns that a tick of the horizontal axis gets at least. plotext places labels in the order of a set and moves those
that are near one another: near labels would stand elsewhere in the next process."""


class SharePlot(PlotextPlot):
    """Shares of welcome offers: a point for each share, a line for its 95 % interval (0 to 100 %).

    `line` is the share of all offers, drawn across. Shares of fewer than `fewest` answers are left out; where too few
    shares are left, a sentence replaces the plot.
    """

    def __init__(self, title: str, *, upright: bool) -> None:
        super().__init__()
        self.border_title = title
        self._upright = upright
        self._shares: Mapping[str, WelcomeShare] = {}
        self._left_out = 0
        self._fewest = 0
        self._line = 0.0

    def on_unmount(self) -> None:
        """Unsubscribe from the theme's signal, which would keep the plot alive until the theme changes."""
        self.app.theme_changed_signal.unsubscribe(self)

    def show_shares(self, shares: Mapping[str, WelcomeShare], fewest: int, line: float) -> None:
        """Draw these shares in their order; `line` is 0..1."""
        self._shares = {name: share for name, share in shares.items() if share.answered >= fewest}
        self._left_out, self._fewest, self._line = len(shares) - len(self._shares), fewest, line
        self.border_subtitle = f"{self._left_out} with fewer than {fewest} answers" if self._left_out else ""
        self.refresh()

    @property
    def no_plot_reason(self) -> str:
        """The reason why there is no plot, or ""."""
        if len(self._shares) >= MIN_PLOT_POINTS or not self._fewest:
            return ""
        wanted = f"it takes {MIN_PLOT_POINTS} points of {self._fewest} answers each"
        return f"Too little to draw: {wanted}, and there {_count_phrase(len(self._shares))}."

    def render(self) -> RenderResult:
        """The plot in the colours of the theme, on the background of the screen."""
        if not self._shares or self.no_plot_reason:
            return Text(self.no_plot_reason, style="dim")
        plot = self.plt
        plot.clear_figure()
        plot.plotsize(self.size.width, self.size.height)
        # textual-plotext makes this private call too: resizing does not work without it.
        plot._set_size(self.size.width, self.size.height)
        plot.theme("clear")
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        if self._upright:
            self._draw_vertical(plot)
        else:
            self._draw_horizontal(plot)
        return Text.from_ansi(plot.build())

    def _draw_vertical(self, plot: Any) -> None:
        accent, faint = self._plot_color("text-accent"), self._plot_color("foreground", 0.45)
        places = list(range(len(self._shares)))
        plot.plot([-0.5, len(places) - 0.5], [100 * self._line] * 2, marker="·", color=faint)
        for place, share in zip(places, self._shares.values(), strict=True):
            plot.plot([place, place], [100 * share.low, 100 * share.high], marker="│", color=faint)
        plot.scatter(places, [100 * _welcome_rate(share) for share in self._shares.values()], marker="●", color=accent)
        room = max((self.size.width - 8) // COLUMNS_PER_TICK, 1)
        step = -(-len(places) // room)
        plot.xticks(places[::step], list(self._shares)[::step])
        plot.xlim(-0.5, len(places) - 0.5)
        plot.ylim(0, 100)
        plot.yticks([0, 50, 100], ["0 %", "50 %", "100 %"])

    def _draw_horizontal(self, plot: Any) -> None:
        accent, faint = self._plot_color("text-accent"), self._plot_color("foreground", 0.45)
        room = max(self.size.height - 3, 1)
        rows = sorted(self._shares.items(), key=lambda row: -row[1].answered)[:room]
        rows.sort(key=lambda row: _welcome_rate(row[1]))
        places = list(range(len(rows)))
        plot.plot([100 * self._line] * 2, [-0.5, len(rows) - 0.5], marker="┊", color=faint)
        for place, (_, share) in zip(places, rows, strict=True):
            plot.plot([100 * share.low, 100 * share.high], [place, place], marker="─", color=faint)
        plot.scatter([100 * _welcome_rate(share) for _, share in rows], places, marker="●", color=accent)
        label = max(min(28, self.size.width // 2), 8)
        names = [elide_text(one_line(name), label - 6) for name, _ in rows]
        counts = [f"{share.welcome}/{share.answered}" for _, share in rows]
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

    def _plot_color(self, name: str, strength: float = 1.0) -> tuple[int, int, int] | str:
        """A colour of the theme for plotext: RGB blended with the background, or the name in a 16-colour theme."""
        colour = self.app.theme_variables.get(name, "")
        if colour.startswith("ansi_"):
            plain = colour.removeprefix("ansi_")
            return plain if plain in PLOTEXT_COLOR_NAMES else "default"
        return self.background_colors[1].blend(Color.parse(colour), strength).rgb


def _welcome_rate(share: WelcomeShare) -> float:
    return share.welcome / share.answered if share.answered else 0.0


def _count_phrase(number: int) -> str:
    return "is 1" if number == 1 else "are none" if not number else f"are {number}"
