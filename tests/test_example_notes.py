"""The notes a new user meets first keep what they promise: dates, links that lead somewhere, things to raise."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.text.dates.local_days import local_day

FIRST, LAST = date(2026, 9, 21), date(2026, 11, 22)
NOT_WRITTEN_YET = {"adr-010-slow-lane"}
"""Links that lead nowhere on purpose: the engineer means to write that note."""

UNLINKED_PAIRS = [
    ("work/2026-09-28-retry-storm.md", "course/2026-11-03-backpressure.md"),
    ("work/2026-10-08-billing-export-ran-twice.md", "course/2026-10-27-leases.md"),
    ("home/2026-10-03-sourdough.md", "home/2026-11-08-pizza-dough.md"),
    ("work/outbox.md", "course/2026-11-17-exactly-once.md"),
    ("reading/2026-10-11-tail-at-scale.md", "work/2026-11-18-slow-lane.md"),
]
"""Notes that belong together and do not know of each other: what a connection is to be found between."""

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
WIKILINK = re.compile(r"\[\[([^]|#]+)")
LINK = re.compile(r"\[[^]]*\]\(([^)#]+)")


@cache
def read(folder: Path) -> dict[str, str]:
    """Path and text of every note that may be read."""
    files = (each for each in sorted(folder.rglob("*")) if each.suffix in {".md", ".txt"})
    notes = {each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8") for each in files}
    return {path: text for path, text in notes.items() if not path.startswith("private/")}


@pytest.fixture
def notes(example_notes: Path) -> dict[str, str]:
    return read(example_notes)


def front_matter(text: str) -> dict[str, Any]:
    if found := re.match(r"---\n(.*?)\n---\n", text, re.DOTALL):
        return dict(yaml.safe_load(found[1]))
    if found := re.match(r"\+\+\+\n(.*?)\n\+\+\+\n", text, re.DOTALL):
        return tomllib.loads(found[1])
    return {}


def dated(path: str, text: str) -> date | None:
    written = front_matter(text).get("date")
    in_name = re.search(r"\d{4}-\d\d-\d\d", Path(path).name)
    return written or (date.fromisoformat(in_name[0]) if in_name else None)


def targets(path: str, text: str) -> set[str]:
    """Names of the notes that a note links to."""
    prose = FENCE.sub("", text)
    return {*WIKILINK.findall(prose), *(Path(each).stem for each in LINK.findall(prose) if "://" not in each)}


def undone(notes: dict[str, str]) -> list[tuple[str, date]]:
    """Path and due date of every open task that has one."""
    found = (
        (path, re.findall(r"^- \[ \] .*?due (\d{4}-\d\d-\d\d)", text, re.MULTILINE)) for path, text in notes.items()
    )
    return [(path, date.fromisoformat(each)) for path, dues in found for each in dues]


def test_there_are_enough_and_they_are_short(notes: dict[str, str]) -> None:
    assert 48 <= len(notes) <= 60
    assert {path: len(text.split()) for path, text in notes.items() if not 50 <= len(text.split()) <= 350} == {}
    folders = {"daily", "course", "work", "people", "home", "trip", "reading"}
    assert {Path(path).parent.as_posix() for path in notes} >= folders


def test_every_note_has_a_date_that_survives_a_clone(notes: dict[str, str]) -> None:
    dates = {path: dated(path, text) for path, text in notes.items()}
    assert [path for path, each in dates.items() if each is None] == []
    known = [each for each in dates.values() if each]
    assert (min(known), max(known)) == (FIRST, LAST)
    assert sum((LAST - each).days <= 14 for each in known) >= 12  # a theme has something to be about
    assert sum((LAST - each).days > 30 for each in known) >= 12  # and something has had time to fade


def test_a_heading_of_a_daily_note_names_its_day(notes: dict[str, str]) -> None:
    for path, text in notes.items():
        if path.startswith("daily/"):
            day = date.fromisoformat(Path(path).stem)
            assert f"# {day:%a} {day.day} {day:%B}\n" in text


def test_links_lead_to_notes(notes: dict[str, str], example_notes: Path) -> None:
    names = {Path(path).stem for path in notes}
    assert len(names) == len(notes)  # so that a bare name means one note
    wanted = {name for path, text in notes.items() for name in targets(path, text)}
    assert wanted - names == NOT_WRITTEN_YET
    for path, text in notes.items():
        for each in LINK.findall(FENCE.sub("", text)):
            assert (example_notes / path).parent.joinpath(each).is_file(), f"{path}: {each}"


def test_what_belongs_together_is_not_linked(notes: dict[str, str]) -> None:
    for one, other in UNLINKED_PAIRS:
        assert Path(other).stem not in targets(one, notes[one])
        assert Path(one).stem not in targets(other, notes[other])


def test_old_notes_that_others_lean_on(notes: dict[str, str]) -> None:
    for name in ("notifier", "oncall"):
        path = f"work/{name}.md"
        written = dated(path, notes[path])
        assert written
        assert (LAST - written).days > 45
        assert sum(name in targets(other, text) for other, text in notes.items()) >= 3


def test_tasks_promises_and_what_is_overdue(notes: dict[str, str]) -> None:
    tasks = undone(notes)
    assert len(tasks) >= 20
    assert sum(due <= LAST for _, due in tasks) >= 3
    assert sum(LAST < due <= date(2026, 11, 30) for _, due in tasks) >= 10
    assert sum(text.count("- [x] ") for text in notes.values()) >= 30
    assert "Promised Mara the load-test numbers by 2026-11-27" in notes["work/load-test.md"]
    assert sum("romised" in text for text in notes.values()) >= 5


def test_questions_open_and_answered(notes: dict[str, str]) -> None:
    asked = [path for path, text in notes.items() if re.search(r"\w\?(\s|$)", FENCE.sub("", text))]
    answered = [path for path, text in notes.items() if re.search(r"\?\n *Update\b", text)]
    assert len(asked) >= 25
    assert len(answered) >= 4


def test_every_form_of_note_occurs(notes: dict[str, str]) -> None:
    front = {path: front_matter(text) for path, text in notes.items()}
    assert sum(map(bool, front.values())) >= 30
    assert any(text.startswith("+++\n") for text in notes.values())
    assert any(not each for each in front.values())
    assert any(path.endswith(".txt") for path in notes)
    assert any(re.match(r"# .*\n#\w+ #\w+", text) for text in notes.values())  # tags in the text
    assert sum("```" in text for text in notes.values()) >= 5
    assert sum("| --- |" in text for text in notes.values()) >= 5
    assert "Heizung" in notes["home/heizung.md"]
    assert "Todavía" in notes["people/pilar.md"]


def test_the_note_just_being_written_stops_in_the_middle(notes: dict[str, str]) -> None:
    newest = {path for path, text in notes.items() if dated(path, text) == LAST}
    assert newest == {"work/lag-budget.md", "daily/2026-11-22.md"}
    assert "Next step:" in notes["work/lag-budget.md"]
    assert notes["work/lag-budget.md"].rstrip()[-1] not in ".?!"


def test_one_folder_is_closed(example_notes: Path) -> None:
    rules = (example_notes / ".proactiveignore").read_text(encoding="utf-8").splitlines()
    assert [each for each in rules if each and not each.startswith("#")] == ["private/"]
    assert [each for each in (example_notes / "private").iterdir() if each.suffix == ".md"]


def test_the_index_reads_them_the_same_way(notes: dict[str, str]) -> None:
    parsed = {path: parse_note(path, text.encode(), 0.0) for path, text in notes.items()}
    assert {path: each.date_from for path, each in parsed.items() if each.date_from == "modified"} == {}
    for path, note in parsed.items():
        assert local_day(note.date) == dated(path, notes[path]), path
        assert note.passages, path
    due = [(path, task.due) for path, note in parsed.items() for task in note.tasks if task.due and not task.done]
    assert set(due) >= {(path, day.isoformat()) for path, day in undone(notes)}
    linked = resolve_links(parsed)
    assert "work/load-test.md" in linked["work/peak.md"]
    for one, other in UNLINKED_PAIRS:
        assert other not in linked.get(one, ())
        assert one not in linked.get(other, ())
