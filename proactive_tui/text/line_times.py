"""Keeps when each line of a note was written: a saved line is new, and the lines around it are as old as before."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from proactive_tui.model.note_values import LineRun, Note


def carry_line_times(before: Note, now: Note) -> Note:
    """`now` with the times of its lines: those that `before` had keep theirs, wherever they stand, others are new.

    Both are the same note at two readings. Where none of the lines was there before, the note is a new one.
    """
    if before.digest == now.digest:
        return replace(now, line_times=before.line_times, first_seen=before.first_seen)
    known: dict[str, float | None] = {}
    seen = seen_times(before)
    for number, text in _written_lines(before):
        known[text] = None if text in known and known[text] is None else seen.get(number)
    runs: list[LineRun] = []
    kept = False
    for number, text in _written_lines(now):
        at = known.get(text, now.modified)
        kept |= text in known
        if at is None:
            continue
        if runs and runs[-1].last == number - 1 and runs[-1].at == at:
            runs[-1] = LineRun(runs[-1].first, number, at)
        else:
            runs.append(LineRun(number, number, at))
    if not kept:
        return now
    return replace(now, line_times=tuple(runs), first_seen=before.first_seen or (before.date, before.modified))


def seen_times(note: Note) -> dict[int, float]:
    """Unix seconds by line number, of the lines whose writing was seen."""
    return {number: run.at for run in note.line_times for number in range(run.first, run.last + 1)}


def _written_lines(note: Note) -> Iterator[tuple[int, str]]:
    for passage in note.passages:
        for number, text in enumerate(passage.text.split("\n"), passage.line_start):
            if stripped := text.strip():
                yield number, stripped
