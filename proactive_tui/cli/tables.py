"""What the commands print for people: Rich tables on standard output, progress on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from proactive_tui.console import OnlyText
from proactive_tui.model import Hit, NotesStatus, Offer, Share, Silence, Status
from proactive_tui.text.terminal_safe import one_line

if TYPE_CHECKING:
    from proactive_tui.brain.insight.offpolicy.estimate import Estimate, Hindsight
    from proactive_tui.brain.insight.offpolicy.simulate import Occasion
    from proactive_tui.brain.insight.stats import Point, Stats
    from proactive_tui.cli.actions import Suggested
    from proactive_tui.cli.doctor import Check
    from proactive_tui.cli.licences import Licence
    from proactive_tui.journal.forget import Forgotten

EXCERPT = 240
"""Characters of a passage that are shown."""
MANY = 10
"""Skipped files that are listed one by one; more are counted."""
LINES = 40
"""Offers under other settings that are listed one by one,"""
DAYS = 14
"""and days, before they are put together as weeks."""
ROUND = 0.05
FEW = 3
"""Offers that a belief names on screen,"""
SPARKS = 26
"""days or weeks of a sparkline,"""
STEPS = 6
"""and steps of the sums that are written out."""
SPARK = "▁▂▃▄▅▆▇█"
BAR = 10


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows how far something is: a bar with an estimate; with a total of 0 it is a remark."""
    console = OnlyText(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            if not total:
                console.print(what)
                return
            if what not in tasks:
                tasks[what] = bars.add_task(what)
            bars.update(tasks[what], completed=done, total=total)

        yield report


def index(now: NotesStatus, passages: int, vectors: int) -> None:
    """What one pass came to."""
    out = OnlyText()
    out.print(f"{now.indexed} notes in {now.folder}: {passages} passages, {vectors} with vectors")
    _unread(out, now)


def hits(found: Sequence[Hit]) -> None:
    """Search results, best first."""
    out = OnlyText()
    if not found:
        out.print("Nothing found.")
    for hit in found:
        passage = hit.passage
        out.print(_place(passage.path, passage.line_start, " › ".join(passage.heading)))
        out.print(Text(_excerpt(passage.prose or passage.text), style="default"), end="\n\n")


def suggestions(made: Sequence[Suggested]) -> None:
    """What it would raise, with its reasons."""
    out = OnlyText()
    if not made:
        out.print("There is nothing to raise now.")
    for number, each in enumerate(made, 1):
        suggestion = each.suggestion
        out.print(Text.assemble((f"{number}. ", "bold"), (one_line(each.opener.text), "bold")))
        out.print(
            Text(
                f"   {suggestion.topic.kind} · {suggestion.score:.2f} · {one_line('; '.join(each.reasons))}",
                style="dim",
            )
        )
        for evidence in suggestion.topic.evidence:
            out.print(Text("   ").append_text(_place(evidence.path, evidence.line_start, "")))
        out.print()


def why(decision: Offer | Silence, reasons: Sequence[str]) -> None:
    """Why it spoke, or did not."""
    out = OnlyText()
    match decision:
        case Offer():
            out.print(Text(f"{_when(decision.at)}  it said: {one_line(decision.opener.text)}", style="bold"))
            out.print(f"because {one_line(decision.reason)}" if decision.reason else "")
        case Silence():
            times = f" ({decision.times} times since {_when(decision.at)})" if decision.times > 1 else ""
            out.print(Text(f"{_when(decision.last)}  it kept silent{times}: {one_line(decision.reason)}", style="bold"))
            out.print(f"It would have raised: {one_line(decision.title)}" if decision.title else "")
    for reason in reasons:
        out.print(f"  · {one_line(reason)}")
    for gate in decision.gates:
        out.print(Text(f"  {'✓' if gate.passed else '✗'} {gate.name}: {one_line(gate.detail)}", style="dim"))


def status(now: Status) -> None:
    """How things stand."""
    out = OnlyText()
    table = Table.grid(padding=(0, 2))
    notes = now.notes
    table.add_row("notes", f"{notes.folder}: {notes.indexed} of {notes.watched} indexed, {notes.mode}")
    table.add_row("passages", f"{now.passages}, {now.vectors} with vectors")
    table.add_row("topics", ", ".join(f"{count} {kind}" for kind, count in now.topics.items() if count) or "none yet")
    llm = now.llm
    table.add_row(
        "speaks", f"{llm.model or llm.backend}{'' if llm.reachable else ' (not reachable)'} {llm.detail}".strip()
    )
    table.add_row(
        "journal", f"{now.journal.events} events, {now.journal.offers} offers, {now.journal.reactions} reactions"
    )
    table.add_row("embedding", f"{now.embedding.model}, {now.embedding.dimensions} dimensions")
    if now.rhythm.budget:
        table.add_row(
            "today", f"{now.rhythm.made} of {now.rhythm.budget} offers; {now.rhythm.why_silent or 'may speak'}"
        )
    out.print(table)
    _unread(out, notes)


def kept(found: Mapping[str, Any]) -> None:
    """What is kept, what is noticed, and what leaves."""
    out = OnlyText()
    events = ", ".join(f"{count} {kind}" for kind, count in found["events"].items()) or "none yet"
    out.print(Text.assemble(("Kept in ", "bold"), (one_line(found["folder"]), "bold")))
    days, deleted = found["keep_days"], found["keep_deleted_days"]
    _rows(out, [(store["name"], f"{store['bytes'] / 1e6:.1f} MB", store["holds"]) for store in found["stores"]])
    out.print(Text(f"  events: {events}"))
    for_long = f"for {days:g} days" if days else "until you forget it"
    out.print(Text(f"  kept {for_long}, of a deleted note for {deleted:g} days"))
    out.print(Text("\nNoticed", style="bold"))
    _rows(out, [("✓" if each["on"] else "✗", each["name"], each["what"]) for each in found["signals"]])
    out.print(Text("\nLeaves this program", style="bold"))
    here = {True: "on this machine", False: "on another machine"}
    told = [(each["name"], f"{one_line(each['to'])}, {here[each['local']]}", each["what"]) for each in found["leaving"]]
    _rows(out, told)
    if not found["leaving"]:
        out.print(Text("  nothing"))


def _rows(out: OnlyText, rows: Iterable[Sequence[str]]) -> None:
    table = Table.grid(padding=(0, 2))
    for row in rows:
        table.add_row(*("  " + cell if at == 0 else cell for at, cell in enumerate(row)))
    out.print(table)


def checks(done: Sequence[Check]) -> None:
    """What doctor found."""
    out = OnlyText()
    for check in done:
        out.print(
            Text.assemble(
                ("✓ " if check.ok else "✗ ", "green" if check.ok else "bold red"),
                check.check,
                (f"  {one_line(check.detail)}", "dim"),
            )
        )
        if check.hint:
            out.print(f"    {one_line(check.hint)}")


def licences(found: Sequence[Licence]) -> None:
    """Packages and what they say of their licence."""
    table = Table("package", "version", "licence", box=None, pad_edge=False)
    for each in found:
        table.add_row(each.name, each.version, each.licence or "not stated")
    OnlyText().print(table)


def forgotten(gone: Forgotten, still_there: bool) -> None:
    """What was removed, and whether its note is `still_there` to be read again."""
    out = OnlyText()
    out.print(f"{gone.events} events forgotten; what was learned from them is gone as well.")
    if still_there:
        out.print(
            "The notes themselves are untouched and will be read again. To keep some out for good, exclude them in"
        )
        out.print("notes.exclude or a .proactiveignore.")


def _unread(out: OnlyText, now: NotesStatus) -> None:
    for word, files in (("skipped", now.skipped), ("failed", now.failed)):
        if files:
            out.print(f"{len(files)} {word}:")
        for file in files[:MANY]:
            out.print(f"  {one_line(file.path)}: {one_line(file.reason)}")
        if len(files) > MANY:
            out.print(f"  and {len(files) - MANY} more (--json lists all)")


def _place(path: str, line: int, heading: str) -> Text:
    heading = one_line(heading)
    return Text.assemble((f"{one_line(path)}:{line}", "cyan"), (f"  {heading}" if heading else "", "bold"))


def _excerpt(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _when(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}"


def stats(found: Stats) -> None:
    """What came of the offers."""
    out = OnlyText()
    if not found.offers:
        out.print("Nothing was offered yet.")
        return
    out.print(f"offers: {found.offers}, {found.offers_a_day:.1f} on a day that had any")
    out.print(f"welcome: {_share(found.welcome)}")
    if found.moments.answered:
        out.print(f"good moments, when asked: {_share(found.moments)}")
    chance = "too few answers to say" if found.chance is None else f"{found.chance:.1f}"
    out.print(f"reward: {found.reward:.1f}; topics drawn by chance: {chance}")
    _growth(out, found.curve)
    for name, groups in found.by.items():
        if groups:
            table = Table.grid(padding=(0, 2))
            for key, each in groups.items():
                rate = each.welcome / each.answered
                table.add_row(f"  {key}", Text(_bar(rate), style="cyan"), _share(each))
            out.print(Text(f"by {name}", style="bold"))
            out.print(table)
    for effect in found.effects:
        out.print(f"  {effect.framing} for {effect.kind}: {effect.lead:+.2f} of reward, {effect.times} times")
    out.print(Text("What it believes", style="bold"))
    for belief in found.beliefs:
        out.print(f"  · {one_line(belief.text)}")
        if belief.offers:
            more = f" and {len(belief.offers) - FEW} more" if len(belief.offers) > FEW else ""
            out.print(Text(f"    offers {', '.join(belief.offers[-FEW:])}{more}", style="dim"))
    if not found.beliefs:
        out.print("  Too few answers to believe anything yet.")


def _growth(out: OnlyText, curve: Sequence[Point]) -> None:
    """What an offer earned by day, or by week where there are many, and how both sums grew."""
    dates = [datetime.fromtimestamp(point.at).astimezone().date() for point in curve]
    weekly = len(set(dates)) > DAYS
    ends: dict[str, int] = {}  # how many offers there were by then
    for number, date in enumerate(dates, 1):
        start = date - timedelta(days=date.weekday()) if weekly else date
        ends[f"{start:%m-%d}"] = number
    if len(ends) < 2:
        return
    sums, counts = [0.0, *(curve[number - 1].reward for number in ends.values())], [0, *ends.values()]
    rates = [(sums[n + 1] - sums[n]) / (counts[n + 1] - counts[n]) for n in range(len(ends))][-SPARKS:]
    low, high = min(rates), max(rates)
    steps = [(rate - low) / (high - low) if high > low else 0.5 for rate in rates]
    sparks = "".join(SPARK[round(step * (len(SPARK) - 1))] for step in steps)
    names = list(ends)[-SPARKS:]
    out.print(f"an offer earned, by {'week' if weekly else 'day'} from {names[0]} to {names[-1]}: {sparks}", end="  ")
    out.print(f"{rates[0]:.2f} at first, {rates[-1]:.2f} at last, {low:.2f} to {high:.2f}")
    known = [(name, curve[number - 1]) for name, number in ends.items() if curve[number - 1].chance is not None]
    told = known if len(known) <= STEPS else [known[n * (len(known) - 1) // (STEPS - 1)] for n in range(STEPS)]
    if told:
        sums_so_far = ", ".join(f"{name} {point.reward:.1f} ({point.chance:.1f})" for name, point in told)
        out.print(f"reward by then (and by chance): {sums_so_far}")


def _bar(rate: float) -> str:
    return ("█" * round(rate * BAR)).ljust(BAR, "·")


def _share(each: Share) -> str:
    return f"{each.welcome} of {each.answered} ({each.low:.0%} to {each.high:.0%})"


def again(found: Hindsight) -> None:
    """The journal under other settings."""
    out = OnlyText()
    if not found.days:
        out.print("It has decided nothing by itself in this time.")
        return
    days = Table("", "offers made", "would have been made", box=None, pad_edge=False)
    for name, (made, would) in _spans(found.days).items():
        days.add_row(name, str(made), f"{would:.0f}" if abs(would - round(would)) < ROUND else f"{would:.1f}")
    out.print(days)
    out.print(Text("\nWhat would have been offered", style="bold"))
    lines = _changes(found)
    if len(lines) > LINES:
        out.print(f"  ({len(lines) - LINES} earlier lines: --json has all)")
    for line in lines[-LINES:]:
        out.print(line)
    if not found.left_out and not found.said_besides:
        out.print("  The same as then.")
    out.print(Text("\nHow welcome", style="bold"))
    table = Table.grid(padding=(0, 2))
    table.add_row("  as it was", _estimated(found.welcome_then))
    if not found.refused:
        table.add_row("  under these settings, answers reweighted", _estimated(found.weighted))
        table.add_row("  the same, doubly robust", _estimated(found.doubly_robust))
        table.add_row("  effective answers", f"{found.effective:.1f}")
    out.print(table)
    if found.refused:
        out.print(f"  Under these settings it cannot be said: {found.refused}.")
    for caveat in found.caveats:
        out.print(f"  Note: {caveat}.")


def _spans(days: dict[str, tuple[int, float]]) -> dict[str, tuple[int, float]]:
    """By day, or by week where there are many, and all together."""
    found: dict[str, tuple[int, float]] = {}
    for day, (made, would) in days.items():
        date = datetime.fromisoformat(day)
        name = day if len(days) <= DAYS else f"week of {date - timedelta(days=date.weekday()):%Y-%m-%d}"
        before, likely = found.get(name, (0, 0.0))
        found[name] = before + made, likely + would
    return {**found, "together": (sum(made for made, _ in days.values()), sum(would for _, would in days.values()))}


def _changes(found: Hindsight) -> list[Text]:
    """One line an occasion: what stays, what goes and what comes, oldest first."""
    lines = {each.at: each for each in (*found.offered, *found.left_out)}
    return [_change(each) for _, each in sorted(lines.items())]


def _change(each: Occasion) -> Text:
    if each.made and each.instead and each.spoke:
        return Text.assemble(
            f"  {_when(each.at)}  ",
            ("~ ", "yellow"),
            one_line(each.instead),
            (f"  for “{one_line(each.title)}”", "dim"),
        )
    mark, style = ("+", "green") if not each.spoke else ("=", "dim") if each.made else ("−", "red")
    return Text.assemble(f"  {_when(each.at)}  ", (f"{mark} ", style), (one_line(each.instead or each.title), style))


def _estimated(each: Estimate | None) -> str:
    return "nothing was answered" if each is None else f"{each.rate:.0%} ({each.low:.0%} to {each.high:.0%})"
