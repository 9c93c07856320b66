"""Where a line stands says something of its worth that the line itself does not."""

from __future__ import annotations

from proactive_tui.index.markdown import parse_note
from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.features import describe_entries
from proactive_tui.topics.open_ends.voices import NoteProvenance
from proactive_tui.topics.weighing.standing import measure_standings

LINE = "- write to the gardener about the hedge"


def standing_of_line(path: str, text: str) -> float:
    note = parse_note(path, text.encode(), 1.79e9)
    entries = read_entries(note)
    standings = measure_standings(describe_entries(note, entries, NoteProvenance()))
    [found] = [float(standings[place]) for place, entry in enumerate(entries) if LINE in entry.text]
    return found


def test_a_line_among_orders_below_tasks_stands_higher() -> None:
    alone = standing_of_line("hedge.md", f"# Hedge\n\nIt is a yew.\n\n{LINE}\n")
    among = standing_of_line("hedge.md", f"# Tasks\n\n- buy the string\n{LINE}\n- sharpen the shears\n")
    assert among > alone + 0.5


def test_a_note_without_entries_has_no_standings() -> None:
    note = parse_note("empty.md", b"\n", 1.79e9)
    assert not len(measure_standings(describe_entries(note, read_entries(note), NoteProvenance())))
