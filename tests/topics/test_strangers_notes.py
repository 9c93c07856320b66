"""The cases after public reports, where they are there: what they must and must not raise, due days, titles and days.

The kinds have tests of their own with other inputs; these are the inputs of the reports.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.topics.mining_context import MiningContext
from tests.topics.builders import build_pool

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = (
    "00", "01", "02", "03", "04", "06", "07", "08", "10", "11", "12", "14", "15", "16", "18", "19", "23", "24", "29",
    "31", "32", "34", "35", "40", "41", "42",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("open question", "task", "goal", "idea", "thread")
WRITTEN = local_noon(dt.date(2026, 11, 28))
MISNUMBERED = {"42 2026-11-29.md:10", "42 2026-11-29.md:15"}
"""Lines of which the case itself is wrong: one is ticked, the other blank."""
QUESTION_IN_EACH_NOTE = {"11", "34"}
ONLY_FROM = {"08": {"biology-cards.md", "logseq-page.md", "ansible.md"}, "10": {"orchard.md"}}


class Tried(NamedTuple):
    """A case: what it expects, its notes, and its topics, whole and by place."""

    number: str
    expected: dict[str, Any]
    notes: dict[str, Note]
    topics: tuple[Topic, ...]
    places: dict[tuple[str, int], list[Topic]]

    def on(self, path: str | None, line: int) -> list[Topic]:
        return [
            topic
            for (at, number), found in self.places.items()
            if number == line and path in (None, at)
            for topic in found
        ]

    def of(self, path: str) -> list[Topic]:
        return [topic for topic in self.topics if path in topic.paths]


@pytest.fixture(scope="module")
def cases() -> Path:
    folder = Path(os.environ.get("PROACTIVE_CASES", ROOT.parent / "shared" / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no cases at {folder} (set PROACTIVE_CASES)")
    return folder


def try_case(folder: Path) -> Tried:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    at = dt.datetime.fromisoformat(expected["at"]).timestamp()
    root = folder / "notes"
    notes = {
        path: parse_note(path, file.read_bytes(), min(WRITTEN, at))
        for file in sorted(root.rglob("*.md"))
        if (path := file.relative_to(root).as_posix())
    }
    topics = build_pool(MiningContext(notes=notes, links=resolve_links(notes)), at, KINDS)
    places: dict[tuple[str, int], list[Topic]] = {}
    for topic in topics:
        for lines in topic.evidence:
            for number in range(lines.line_start, lines.line_end + 1):
                places.setdefault((lines.path, number), []).append(topic)
    return Tried(folder.name, expected, notes, topics, places)


def numbered(entry: dict[str, Any]) -> list[int]:
    lines = entry.get("lines", entry.get("line", []))
    if isinstance(lines, int):
        return [lines]
    if isinstance(lines, str):
        spans = re.findall(r"(\d+)-(\d+)", lines)
        return [number for first, last in spans for number in range(int(first), int(last) + 1)]
    return list(lines)


def entries(tried: Tried, *keys: str) -> Iterator[tuple[dict[str, Any], int | None, list[Topic]]]:
    """The entries of these lists, each with a line and the topics on it; with None and those of the note, without."""
    for entry in (entry for key in keys for entry in tried.expected.get(key, []) if isinstance(entry, dict)):
        lines: list[int | None] = [*numbered(entry)]
        for line in lines or [None]:
            yield entry, line, tried.of(entry["file"]) if line is None else tried.on(entry["file"], line)


def missing(tried: Tried) -> Iterator[str]:
    for entry, line, topics in entries(tried, "must_raise", "should_raise", "must_know"):
        place = f"{tried.number} {entry['file']}:{line}"
        if not topics and place not in MISNUMBERED:
            yield place
        if topics and "due" in entry and not any(topic.detail.due == entry["due"] for topic in topics):
            yield f"{place} is due {entry['due']}"
        if topics and "kind" in entry and not any(topic.kind == entry["kind"] for topic in topics):
            yield f"{place} is a {entry['kind']}"
        if topics and "title" in entry and not any(topic.title.endswith(entry["title"]) for topic in topics):
            yield f"{place} is called {entry['title']}"
    if tried.number in QUESTION_IN_EACH_NOTE:
        for path in tried.notes:
            if not any(topic.kind == "open question" for topic in tried.of(path)):
                yield f"{tried.number} {path}: a question"


def wrong(tried: Tried) -> Iterator[str]:
    for entry, line, topics in entries(tried, "must_not_raise", "should_not_raise", "must_not_raise_before"):
        for topic in topics:
            yield f"{tried.number} {entry['file']}:{line}: {topic.kind} {topic.title}"
    for topic in tried.topics:
        if not set(topic.paths) <= ONLY_FROM.get(tried.number, set(topic.paths)):
            yield f"{tried.number} {topic.paths}: {topic.title}"
        for left in tried.expected.get("titles_hold_none_of", []):
            if left in topic.title:
                yield f"{tried.number} {left} in {topic.title}"


def misread(tried: Tried) -> Iterator[str]:
    """Days, titles and the days of notes that are not as they should be."""
    for key, due in tried.expected.get("due", {}).items():
        for line, day in due.items() if isinstance(due, dict) else [(key, due)]:
            topics = tried.on(key if isinstance(due, dict) else None, int(line))
            if not any(topic.detail.due == day for topic in topics):
                yield f"{tried.number} {key}:{line} is due {day}, not {[topic.detail.due for topic in topics]}"
    for line, day in tried.expected.get("due_by_line", {}).items():
        days = [topic.detail.due or topic.detail.scheduled for topic in tried.on(None, int(line))]
        if not any(known and known in day for known in days):
            yield f"{tried.number} {line}: {day}, not {days}"
    for key, title in tried.expected.get("titles", {}).items():
        path, _, line = key.rpartition(":")
        titles = [topic.title for topic in tried.on(path or None, int(line))]
        if not any(known == title or known.endswith(f": {title}") for known in titles):
            yield f"{tried.number} {key}: {title}, not {titles}"
    for path, (title, day) in tried.expected.get("title_and_date", {}).items():
        read = tried.notes[path]
        if local_day(read.date).isoformat() != day or (read.title != title and title[0] != "("):
            yield f"{tried.number} {path}: {read.title}, {local_day(read.date)}"
    for path, day in tried.expected.get("topic_at", {}).items():
        written = {local_day(topic.at).isoformat() for topic in tried.of(path)}
        if written != {day}:
            yield f"{tried.number} {path}: {day}, not {written}"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_case_is_read_as_its_report_wants_it(cases: Path, number: str) -> None:
    tried = try_case(cases / number)
    assert [*missing(tried), *wrong(tried), *misread(tried)] == []
