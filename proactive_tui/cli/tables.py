"""Prints the results of commands for people: Rich tables on standard output, progress on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from proactive_tui.console import PlainTextConsole
from proactive_tui.model.note_values import ItemOrigin, SearchHit
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.status_values import (
    BrainProcess,
    BrainStatus,
    NotesStatus,
    SourceStatus,
    WordedSuggestion,
)
from proactive_tui.text.dates.local_days import format_local_minute
from proactive_tui.text.quantities import format_bytes, format_count, format_kind_count
from proactive_tui.text.spans import excerpt_line, split_spans
from proactive_tui.text.terminal_safe import one_line, sanitize_text

if TYPE_CHECKING:
    from proactive_tui.cli.doctor import DoctorCheck
    from proactive_tui.cli.licences import PackageLicence
    from proactive_tui.journal.forget import ForgottenCounts

MAX_EXCERPT_CHARACTERS = 240
"""Characters that are shown of a passage."""
MAX_SKIPPED_LISTED = 10
"""Skipped files that are listed one by one; more are counted."""


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress (what, done, total) as a bar with an estimate; total 0 makes it a remark."""
    console = PlainTextConsole(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def update_bar(what: str, done: int, total: int) -> None:
            if not total:
                console.print(what)
                return
            if what not in tasks:
                tasks[what] = bars.add_task(what)
            bars.update(tasks[what], completed=done, total=total)

        yield update_bar


def print_index(now: NotesStatus, passages: int, vectors: int) -> None:
    """Print what one pass over the notes did."""
    out = PlainTextConsole()
    found = f"{format_count(now.indexed, 'note')} in {now.folder}: {format_count(passages, 'passage')}"
    out.print(f"{found}, {vectors:,} with vectors")
    _print_unread(out, now)


def print_hits(found: Sequence[SearchHit]) -> None:
    """Print search results, best first."""
    out = PlainTextConsole()
    if not found:
        out.print("Your notes say nothing of it: no passage has these words or means them.")
    for hit in found:
        heading = " › ".join(hit.passage.heading)
        out.print(_format_place(hit.passage.path, hit.best_line, heading, hit.origin))
        out.print(_format_excerpt(hit), end="\n\n")


def print_suggestions(made: Sequence[WordedSuggestion]) -> None:
    """Print the topics that would be raised, with the reasons."""
    out = PlainTextConsole()
    if not made:
        out.print("There is nothing to raise now.")
    for number, worded in enumerate(made, 1):
        suggestion = worded.suggestion
        out.print(Text.assemble((f"{number}. ", "bold"), (one_line(worded.opener.text), "bold")))
        out.print(
            Text(
                f"   {suggestion.topic.kind} · {suggestion.score:.2f} · {one_line('; '.join(worded.reasons))}",
                style="dim",
            )
        )
        if suggestion.weak:
            below = f"   below the {suggestion.floor:.2f} that it takes: it is not raised by itself"
            out.print(Text(below, style="dim"))
        for evidence in suggestion.topic.evidence:
            out.print(Text("   ").append_text(_format_place(evidence.path, evidence.line_start, "", evidence.origin)))
        out.print()


def print_decision(decision: Offer | Silence, reasons: Sequence[str]) -> None:
    """Print a decision to make an offer or to keep silent, with its reasons and gates."""
    out = PlainTextConsole()
    match decision:
        case Offer():
            out.print(
                Text(f"{format_local_minute(decision.at)}  it said: {one_line(decision.opener.text)}", style="bold")
            )
            out.print(f"because {one_line(decision.reason)}" if decision.reason else "")
        case Silence():
            times = f" ({decision.times} times since {format_local_minute(decision.at)})" if decision.times > 1 else ""
            out.print(
                Text(
                    f"{format_local_minute(decision.last)}  it kept silent{times}: {one_line(decision.reason)}",
                    style="bold",
                )
            )
            out.print(f"It would have raised: {one_line(decision.title)}" if decision.title else "")
    for reason in reasons:
        out.print(f"  · {one_line(reason)}")
    for gate in decision.gates:
        out.print(Text(f"  {'✓' if gate.passed else '✗'} {gate.name}: {one_line(gate.detail)}", style="dim"))


def print_status(now: BrainStatus, process: BrainProcess | None = None, data: str = "") -> None:
    """Print the status, which process tells it, where one runs, and the data folder."""
    out = PlainTextConsole()
    table = Table.grid(padding=(0, 2))
    notes = now.notes
    table.add_row("notes", f"{notes.folder}: {notes.indexed} of {notes.watched} indexed, {notes.mode}")
    if data:
        table.add_row("data", one_line(data))
    table.add_row("passages", f"{now.passages:,}, {now.vectors:,} with vectors")
    table.add_row("topics", _describe_topics(now, is_running=process is not None))
    if now.held_back:
        table.add_row("held back", f"{format_count(now.held_back, 'topic')} that touch on what hurts, never raised")
    llm = now.llm
    table.add_row(
        "speaks", f"{llm.model or llm.backend}{'' if llm.reachable else ' (not reachable)'} {llm.detail}".strip()
    )
    table.add_row(
        "journal",
        ", ".join(
            (
                format_count(now.journal.events, "event"),
                format_count(now.journal.offers, "offer"),
                format_count(now.journal.reactions, "reaction"),
            )
        ),
    )
    table.add_row("embedding", f"{now.embedding.model}, {now.embedding.dimensions} dimensions")
    if now.rhythm.budget:
        table.add_row(
            "today",
            f"{now.rhythm.made} of {format_count(now.rhythm.budget, 'offer')}; {now.rhythm.why_silent or 'may speak'}",
        )
    for source in now.sources:
        table.add_row(source.name, _describe_source(source))
    if process:
        faces = format_count(process.faces, "face") if process.faces else "no face"
        table.add_row("brain", f"process {process.pid}, since {format_local_minute(process.since)}, with {faces}")
    out.print(table)
    _print_unread(out, notes)


def print_sources(found: Sequence[SourceStatus], reads: Mapping[str, str], asked: Mapping[str, Sequence[str]]) -> None:
    """Print every source: its switch, what it reads, whom it asks, and how its last poll went."""
    out = PlainTextConsole()
    if not found:
        out.print("There are no other sources than your notes.")
    for source in found:
        mark = ("✓ ", "green") if source.enabled else ("✗ ", "dim")
        out.print(Text.assemble(mark, (source.name, "bold"), (f"  {reads[source.name]}", "default")))
        if source.enabled or source.items:
            out.print(f"    {_describe_source(source)}")
        for origin in asked[source.name]:
            out.print(f"    asks {one_line(origin)}")


def print_test(name: str, count: int, first: Sequence[tuple[str, str]], trouble: str) -> None:
    """Print what a source brought when it was tried: the titles and authors of its first items."""
    out = PlainTextConsole()
    out.print(f"{name} answers, with {format_count(count, 'item')}. Nothing of it is kept.")
    for title, author in first:
        out.print(f"  {one_line(title)}" + (f" ({one_line(author)})" if author else ""))
    if trouble:
        out.print(f"Not all could be read: {one_line(trouble)}")


def print_poll(name: str, changed: int, gone: int, trouble: str) -> None:
    """Print what a poll changed."""
    out = PlainTextConsole()
    out.print(f"{name}: {format_count(changed, 'item')} new or changed, {gone} gone")
    if trouble:
        out.print(f"Not all could be read: {one_line(trouble)}")


def _describe_topics(now: BrainStatus, *, is_running: bool) -> str:
    """How many topics of each kind there are, and since when that is so where no brain finds new ones."""
    counts = ", ".join(format_kind_count(count, kind) for kind, count in now.topics.items() if count)
    if is_running:
        return counts or "none yet"
    if now.mined_at is None:
        return "not looked for yet: that is done while the assistant runs"
    return f"{counts or 'none'}, as found {format_local_minute(now.mined_at)}"


def _describe_source(source: SourceStatus) -> str:
    held = format_count(source.items, "item") + ("" if source.enabled else ", switched off")
    asked = f", asked {format_local_minute(source.polled_at)}" if source.polled_at is not None else ", not asked yet"
    return held + asked + (f"; {one_line(source.trouble)}" if source.trouble else "")


def print_kept_data(found: Mapping[str, Any]) -> None:
    """Print what is stored, what is sensed, and what leaves this machine."""
    out = PlainTextConsole()
    events = ", ".join(f"{count} {kind}" for kind, count in found["events"].items()) or "none yet"
    whose = f", of {one_line(found['notes'])}" if found["notes"] else ""
    out.print(Text.assemble(("Kept in ", "bold"), (one_line(found["folder"]) + whose, "bold")))
    days, deleted = found["keep_days"], found["keep_deleted_days"]
    _print_rows(out, [(store["name"], format_bytes(store["bytes"]), store["holds"]) for store in found["stores"]])
    out.print(Text(f"  events: {events}"))
    for other in found["others"]:
        out.print(Text(f"  what is kept of {one_line(other['notes'])} is in {one_line(other['folder'])}"))
    for_long = f"for {days:g} days" if days else "until you forget it"
    out.print(Text(f"  kept {for_long}, of a deleted note for {deleted:g} days"))
    out.print(Text("\nNoticed", style="bold"))
    _print_rows(out, [("✓" if signal["on"] else "✗", signal["name"], signal["what"]) for signal in found["signals"]])
    out.print(Text("\nLeaves this program", style="bold"))
    here = {True: "on this machine", False: "on another machine"}
    recipients = [
        (recipient["name"], f"{one_line(recipient['to'])}, {here[recipient['local']]}", recipient["what"])
        for recipient in found["leaving"]
    ]
    _print_rows(out, recipients)
    if not found["leaving"]:
        out.print(Text("  nothing"))


def _print_rows(out: PlainTextConsole, rows: Iterable[Sequence[str]]) -> None:
    table = Table.grid(padding=(0, 2))
    for row in rows:
        table.add_row(*("  " + cell if at == 0 else cell for at, cell in enumerate(row)))
    out.print(table)


def print_checks(done: Sequence[DoctorCheck]) -> None:
    """Print the results of doctor's checks."""
    out = PlainTextConsole()
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


def print_licences(found: Sequence[PackageLicence]) -> None:
    """Print packages with their licences."""
    table = Table("package", "version", "licence", box=None, pad_edge=False)
    for licence in found:
        table.add_row(licence.name, licence.version, licence.licence or "not stated")
    PlainTextConsole().print(table)


def print_forgotten(gone: ForgottenCounts, still_there: bool) -> None:
    """Print what was removed, and whether its note is `still_there` to be read again."""
    out = PlainTextConsole()
    out.print(f"{format_count(gone.events, 'event')} forgotten; what was learned from them is gone as well.")
    if still_there:
        out.print(
            "The notes themselves are untouched and will be read again. To keep some out for good, exclude them in"
        )
        out.print("notes.exclude or a .proactiveignore.")


def _print_unread(out: PlainTextConsole, now: NotesStatus) -> None:
    lists = (
        ("skipped", now.skipped),
        ("failed", now.failed),
        ("read, but for a part that failed", now.troubled),
        ("read, but never raised", now.unraised),
    )
    for word, files in lists:
        if files:
            out.print(f"{len(files)} {word}:")
        for file in files[:MAX_SKIPPED_LISTED]:
            out.print(f"  {one_line(file.path)}: {one_line(file.reason)}")
        if len(files) > MAX_SKIPPED_LISTED:
            out.print(f"  and {len(files) - MAX_SKIPPED_LISTED} more (--json lists all)")


def _format_place(path: str, line: int, heading: str, origin: ItemOrigin | None = None) -> Text:
    """A note with its line and heading; an item as what it is there, with its author and address."""
    if origin is not None:
        said = one_line(origin.describe())
        if not origin.place:
            return Text(said, style="cyan")
        return Text.assemble((one_line(origin.place), "cyan"), (f"  {said}", "bold"))
    heading = one_line(heading)
    return Text.assemble((f"{one_line(path)}:{line}", "cyan"), (f"  {heading}" if heading else "", "bold"))


def _format_excerpt(hit: SearchHit) -> Text:
    """The passage from the line that matches on, with the matches marked."""
    text, spans = excerpt_line(
        hit.passage.text, hit.matches, hit.best_line - hit.passage.line_start, MAX_EXCERPT_CHARACTERS
    )
    marked = (
        (sanitize_text(piece), "bold yellow" if is_match else "default") for piece, is_match in split_spans(text, spans)
    )
    return Text.assemble(*marked)
