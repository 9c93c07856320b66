from __future__ import annotations

from proactive_tui.index.catalogs import boilerplate_lines
from proactive_tui.index.catalogs.boilerplate_lines import (
    count_notes_by_key,
    find_recurring_keys,
    least_notes,
    line_key,
    note_line_keys,
    strip_boilerplate,
)
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note

TEMPLATE = "# Day {day}\n\n## Mood\n\n- Created: 2026-11-0{day}\n- [ ] Plan the day\n\n{own}\n"


def day(number: int) -> Note:
    text = TEMPLATE.format(day=number, own=f"something that only happened on day {chr(96 + number)}")
    return parse_note(f"{number}.md", text.encode(), 0.0)


def test_a_line_is_the_same_whatever_its_marks_case_and_digits() -> None:
    assert line_key("- [ ] Plan   the DAY 12") == line_key("* plan the day 34") == "plan the day 00"
    assert line_key("1. ab") == line_key("---") == line_key("") == line_key("```python") == ""


def test_the_template_recurs_and_what_is_written_does_not() -> None:
    notes = [day(number) for number in range(1, 8)]
    found = find_recurring_keys(count_notes_by_key(map(note_line_keys, notes)), least_notes(len(notes)))
    assert found == {"day 0", "mood", "created: 0000-00-00", "plan the day"}
    heading, text = strip_boilerplate(notes[0].passages[0], found)
    assert heading == ()
    assert text == "something that only happened on day a"


def test_a_passage_of_boilerplate_alone_is_kept_whole() -> None:
    note = parse_note("x.md", b"# Day 1\n\nPlan the day\n", 0.0)
    assert strip_boilerplate(note.passages[0], frozenset({"plan the day"})) == (("Day 1",), "Plan the day")


def test_a_few_notes_have_no_boilerplate() -> None:
    few = [day(number) for number in range(1, boilerplate_lines.MIN_BOILERPLATE_NOTES)]
    assert find_recurring_keys(count_notes_by_key(map(note_line_keys, few)), least_notes(len(few))) == frozenset()


def test_in_many_notes_a_line_must_recur_in_a_share_of_them() -> None:
    counts = {"rare": 9, "often": 20}
    assert find_recurring_keys(counts, least_notes(1000)) == {"often"}


def test_a_line_counts_once_in_a_note() -> None:
    note = parse_note("x.md", b"again\n\nagain\n", 0.0)
    assert count_notes_by_key([note_line_keys(note)])["again"] == 1
    assert "again" in note_line_keys(note)
