"""Prints what offers have taught, and what they would have been under other settings: for people, as Rich tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from proactive_tui.console import PlainTextConsole
from proactive_tui.model.learned_values import WelcomeShare
from proactive_tui.model.status_values import OfferStatistics, RewardPoint
from proactive_tui.text.dates.local_days import format_local_minute, local_day
from proactive_tui.text.terminal_safe import one_line

if TYPE_CHECKING:
    from proactive_tui.brain.insight.offpolicy.estimate import OffPolicyReport, RateEstimate
    from proactive_tui.brain.insight.offpolicy.simulate import DecisionPoint

MAX_CHANGE_LINES = 40
"""The most offers under other settings that are listed one by one."""
MAX_DAILY_ROWS = 14
"""The most days that are listed; more are grouped by week."""
ROUNDING_TOLERANCE = 0.05
MAX_BELIEF_OFFERS = 3
"""The most offers that a belief names."""
MAX_SPARKLINE_POINTS = 26
"""The most days or weeks of a sparkline."""
MAX_SUM_STEPS = 6
"""The most steps of running sums that are written out."""
SPARKLINE_BLOCKS = "▁▂▃▄▅▆▇█"
RATE_BAR_CELLS = 10


def print_statistics(found: OfferStatistics) -> None:
    """Print how offers were answered."""
    out = PlainTextConsole()
    if not found.offers:
        out.print("Nothing was offered yet.")
        return
    out.print(f"offers: {found.offers}, {found.offers_a_day:.1f} on a day that had any")
    out.print(f"welcome: {_format_share(found.welcome)}")
    if found.moments.answered:
        out.print(f"good moments, when asked: {_format_share(found.moments)}")
    chance = "too few answers to say" if found.chance is None else f"{found.chance:.1f}"
    out.print(f"reward: {found.reward:.1f}; topics drawn by chance: {chance}")
    _print_growth(out, found.curve)
    for name, groups in found.by.items():
        if groups:
            table = Table.grid(padding=(0, 2))
            for key, share in groups.items():
                rate = share.welcome / share.answered
                table.add_row(f"  {key}", Text(_format_rate_bar(rate), style="cyan"), _format_share(share))
            out.print(Text(f"by {name}", style="bold"))
            out.print(table)
    for effect in found.effects:
        out.print(f"  {effect.framing} for {effect.kind}: {effect.lead:+.2f} of reward, {effect.times} times")
    out.print(Text("What it believes", style="bold"))
    for belief in found.beliefs:
        out.print(f"  · {one_line(belief.text)}")
        if belief.offers:
            more = (
                f" and {len(belief.offers) - MAX_BELIEF_OFFERS} more" if len(belief.offers) > MAX_BELIEF_OFFERS else ""
            )
            out.print(Text(f"    offers {', '.join(belief.offers[-MAX_BELIEF_OFFERS:])}{more}", style="dim"))
    if not found.beliefs:
        out.print("  Too few answers to believe anything yet.")


def _print_growth(out: PlainTextConsole, curve: Sequence[RewardPoint]) -> None:
    """Print the reward of offers by day, or by week where there are many, and how both sums grew."""
    dates = [local_day(point.at) for point in curve]
    weekly = len(set(dates)) > MAX_DAILY_ROWS
    ends: dict[str, int] = {}  # how many offers there were by then
    for number, date in enumerate(dates, 1):
        start = date - timedelta(days=date.weekday()) if weekly else date
        ends[f"{start:%m-%d}"] = number
    if len(ends) < 2:
        return
    sums, counts = [0.0, *(curve[number - 1].reward for number in ends.values())], [0, *ends.values()]
    rates = [(sums[n + 1] - sums[n]) / (counts[n + 1] - counts[n]) for n in range(len(ends))][-MAX_SPARKLINE_POINTS:]
    low, high = min(rates), max(rates)
    steps = [(rate - low) / (high - low) if high > low else 0.5 for rate in rates]
    sparks = "".join(SPARKLINE_BLOCKS[round(step * (len(SPARKLINE_BLOCKS) - 1))] for step in steps)
    names = list(ends)[-MAX_SPARKLINE_POINTS:]
    out.print(f"an offer earned, by {'week' if weekly else 'day'} from {names[0]} to {names[-1]}: {sparks}", end="  ")
    out.print(f"{rates[0]:.2f} at first, {rates[-1]:.2f} at last, {low:.2f} to {high:.2f}")
    known = [(name, curve[number - 1]) for name, number in ends.items() if curve[number - 1].chance is not None]
    shown = (
        known
        if len(known) <= MAX_SUM_STEPS
        else [known[n * (len(known) - 1) // (MAX_SUM_STEPS - 1)] for n in range(MAX_SUM_STEPS)]
    )
    if shown:
        sums_so_far = ", ".join(f"{name} {point.reward:.1f} ({point.chance:.1f})" for name, point in shown)
        out.print(f"reward by then (and by chance): {sums_so_far}")


def _format_rate_bar(rate: float) -> str:
    return ("█" * round(rate * RATE_BAR_CELLS)).ljust(RATE_BAR_CELLS, "·")


def _format_share(share: WelcomeShare) -> str:
    return f"{share.welcome} of {share.answered} ({share.low:.0%} to {share.high:.0%})"


def print_evaluation(found: OffPolicyReport) -> None:
    """Print the journal's replay under other settings."""
    out = PlainTextConsole()
    if not found.days:
        out.print("It has decided nothing by itself in this time.")
        return
    days = Table("", "offers made", "would have been made", box=None, pad_edge=False)
    for name, (made, would) in _group_days(found.days).items():
        days.add_row(
            name, str(made), f"{would:.0f}" if abs(would - round(would)) < ROUNDING_TOLERANCE else f"{would:.1f}"
        )
    out.print(days)
    out.print(Text("\nWhat would have been offered", style="bold"))
    lines = _format_changes(found)
    if len(lines) > MAX_CHANGE_LINES:
        out.print(f"  ({len(lines) - MAX_CHANGE_LINES} earlier lines: --json has all)")
    for line in lines[-MAX_CHANGE_LINES:]:
        out.print(line)
    if not found.left_out and not found.said_besides:
        out.print("  The same as then.")
    out.print(Text("\nHow welcome", style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_row("  as it was", _format_estimate(found.welcome_then))
    if not found.refused:
        table.add_row("  under these settings, answers reweighted", _format_estimate(found.weighted))
        table.add_row("  the same, doubly robust", _format_estimate(found.doubly_robust))
        table.add_row("  effective answers", f"{found.effective:.1f}")
    out.print(table)
    if found.refused:
        out.print(f"  Under these settings it cannot be said: {found.refused}.")
    for caveat in found.caveats:
        out.print(f"  Note: {caveat}.")


def _group_days(days: dict[str, tuple[int, float]]) -> dict[str, tuple[int, float]]:
    """Offers made and expected, by day, or by week where there are many days, and in total."""
    found: dict[str, tuple[int, float]] = {}
    for day, (made, would) in days.items():
        date = datetime.fromisoformat(day)
        name = day if len(days) <= MAX_DAILY_ROWS else f"week of {date - timedelta(days=date.weekday()):%Y-%m-%d}"
        before, likely = found.get(name, (0, 0.0))
        found[name] = before + made, likely + would
    return {**found, "together": (sum(made for made, _ in days.values()), sum(would for _, would in days.values()))}


def _format_changes(found: OffPolicyReport) -> list[Text]:
    """A line for each decision, oldest first: the offers that stay, go and come."""
    lines = {point.at: point for point in (*found.offered, *found.left_out)}
    return [_format_change(change) for _, change in sorted(lines.items())]


def _format_change(point: DecisionPoint) -> Text:
    if point.would_offer and point.instead and point.spoke:
        return Text.assemble(
            f"  {format_local_minute(point.at)}  ",
            ("~ ", "yellow"),
            one_line(point.instead),
            (f"  for “{one_line(point.title)}”", "dim"),
        )
    mark, style = ("+", "green") if not point.spoke else ("=", "dim") if point.would_offer else ("−", "red")
    return Text.assemble(
        f"  {format_local_minute(point.at)}  ", (f"{mark} ", style), (one_line(point.instead or point.title), style)
    )


def _format_estimate(estimate: RateEstimate | None) -> str:
    if estimate is None:
        return "nothing was answered"
    return f"{estimate.rate:.0%} ({estimate.low:.0%} to {estimate.high:.0%})"
