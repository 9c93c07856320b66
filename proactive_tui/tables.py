"""What the commands print for people: Rich tables on standard output, progress on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from proactive_tui.model import Hit, NotesStatus, Offer, Share, Silence, Status

if TYPE_CHECKING:
    from proactive_tui.brain.doctor import Check
    from proactive_tui.brain.headless import Suggested
    from proactive_tui.brain.hindsight import Estimate, Hindsight, Occasion
    from proactive_tui.brain.stats import Stats
    from proactive_tui.journal.forget import Forgotten

EXCERPT = 240
"""Characters of a passage that are shown."""
MANY = 10
"""Skipped files that are listed one by one; more are counted."""


def _out() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows how far something is: a bar with an estimate; with a total of 0 it is a remark."""
    console = Console(stderr=True, highlight=False, markup=False)
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
    out = _out()
    out.print(f"{now.indexed} notes in {now.folder}: {passages} passages, {vectors} with vectors")
    _unread(out, now)


def hits(found: Sequence[Hit]) -> None:
    """Search results, best first."""
    out = _out()
    if not found:
        out.print("Nothing found.")
    for hit in found:
        passage = hit.passage
        out.print(_place(passage.path, passage.line_start, " › ".join(passage.heading)))
        out.print(Text(_excerpt(passage.prose or passage.text), style="default"), end="\n\n")


def suggestions(made: Sequence[Suggested]) -> None:
    """What it would raise, with its reasons."""
    out = _out()
    if not made:
        out.print("There is nothing to raise now.")
    for number, each in enumerate(made, 1):
        suggestion = each.suggestion
        out.print(Text.assemble((f"{number}. ", "bold"), (each.opener.text, "bold")))
        out.print(Text(f"   {suggestion.topic.kind} · {suggestion.score:.2f} · {'; '.join(each.reasons)}", style="dim"))
        for evidence in suggestion.topic.evidence:
            out.print(Text("   ").append_text(_place(evidence.path, evidence.line_start, "")))
        out.print()


def why(decision: Offer | Silence, reasons: Sequence[str]) -> None:
    """Why it spoke, or did not."""
    out = _out()
    match decision:
        case Offer():
            out.print(Text(f"{_when(decision.at)}  it said: {decision.opener.text}", style="bold"))
            out.print(f"because {decision.reason}" if decision.reason else "")
        case Silence():
            times = f" ({decision.times} times since {_when(decision.at)})" if decision.times > 1 else ""
            out.print(Text(f"{_when(decision.last)}  it kept silent{times}: {decision.reason}", style="bold"))
            out.print(f"It would have raised: {decision.title}" if decision.title else "")
    for reason in reasons:
        out.print(f"  · {reason}")
    for gate in decision.gates:
        out.print(Text(f"  {'✓' if gate.passed else '✗'} {gate.name}: {gate.detail}", style="dim"))


def status(now: Status) -> None:
    """How things stand."""
    out = _out()
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


def checks(done: Sequence[Check]) -> None:
    """What doctor found."""
    out = _out()
    for check in done:
        out.print(
            Text.assemble(
                ("✓ " if check.ok else "✗ ", "green" if check.ok else "bold red"),
                check.check,
                (f"  {check.detail}", "dim"),
            )
        )
        if check.hint:
            out.print(f"    {check.hint}")


def forgotten(gone: Forgotten, still_there: bool) -> None:
    """What was removed, and whether its note is `still_there` to be read again."""
    out = _out()
    out.print(f"{gone.events} events forgotten; what was learned from them is gone as well.")
    if still_there:
        out.print(
            "The notes themselves are untouched and will be read again. To keep some out for good, exclude them in"
        )
        out.print("notes.exclude or a .proactiveignore.")


def _unread(out: Console, now: NotesStatus) -> None:
    for word, files in (("skipped", now.skipped), ("failed", now.failed)):
        if files:
            out.print(f"{len(files)} {word}:")
        for file in files[:MANY]:
            out.print(f"  {file.path}: {file.reason}")
        if len(files) > MANY:
            out.print(f"  and {len(files) - MANY} more (--json lists all)")


def _place(path: str, line: int, heading: str) -> Text:
    return Text.assemble((f"{path}:{line}", "cyan"), (f"  {heading}" if heading else "", "bold"))


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _when(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}"


def stats(found: Stats) -> None:
    """What came of the offers."""
    out = _out()
    if not found.offers:
        out.print("Nothing was offered yet.")
        return
    out.print(f"offers: {found.offers}, {found.offers_a_day:.1f} on a day that had any")
    out.print(f"welcome: {_share(found.welcome)}")
    chance = "too few answers to say" if found.chance is None else f"{found.chance:.1f}"
    out.print(f"reward: {found.reward:.1f}; topics drawn by chance: {chance}")
    for name, groups in found.by.items():
        table = Table.grid(padding=(0, 2))
        for key, each in groups.items():
            table.add_row(f"  {key}", _share(each))
        out.print(Text(f"by {name}", style="bold"))
        out.print(table)
    for effect in found.effects:
        out.print(f"  {effect.framing} for {effect.kind}: {effect.lead:+.2f} of reward, {effect.times} times")
    out.print(Text("What it believes", style="bold"))
    for belief in found.beliefs:
        out.print(f"  · {belief.text}")
    if not found.beliefs:
        out.print("  Too few answers to believe anything yet.")


def _share(each: Share) -> str:
    return f"{each.welcome} of {each.answered} ({each.low:.0%} to {each.high:.0%})"


def again(found: Hindsight) -> None:
    """The journal under other settings."""
    out = _out()
    table = Table("day", "offers made", "offers then")
    for day, (made, would) in found.days.items():
        table.add_row(day, str(made), f"{would:.1f}")
    out.print(table)
    for title, occasions in (("left out", found.left_out), ("said besides", found.said_besides)):
        _occasions(title, occasions)
    out.print(f"welcome, as it was: {_estimated(found.welcome_then)}")
    if found.refused:
        out.print(f"How welcome it would have been cannot be said: {found.refused}.")
        return
    out.print(f"welcome then, reweighted: {_estimated(found.weighted)}")
    out.print(f"welcome then, doubly robust: {_estimated(found.doubly_robust)}")
    out.print(f"effective answers: {found.effective:.1f}")


def _occasions(title: str, occasions: Sequence[Occasion]) -> None:
    out = _out()
    if occasions:
        out.print(Text(f"{title}: {len(occasions)}", style="bold"))
    for each in occasions[:MANY]:
        out.print(f"  {_when(each.at)}  {each.title}")


def _estimated(each: Estimate | None) -> str:
    return "nothing was answered" if each is None else f"{each.rate:.0%} ({each.low:.0%} to {each.high:.0%})"
