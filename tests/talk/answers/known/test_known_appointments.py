"""When somebody is met, and what a day holds, is told from the calendar, whole and with its lines."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec import structs

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import NAME_SEPARATOR, ItemOrigin, Note
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.known.known_facts import find_known
from proactive_tui.talk.answers.known.known_list import KnownList
from proactive_tui.talk.answers.known.known_words import word_known
from proactive_tui.text.dates.local_days import local_datetime, local_day
from tests.talk.topics import NOW

TODAY = local_day(NOW)


def appointment(name: str, day: int, hour: int, *people: str, **facts: str) -> Note:
    begins = local_datetime(NOW).replace(hour=hour, minute=30, second=0) + dt.timedelta(days=day)
    path = f"calendar://{name}"
    known = {
        "start": f"{begins.timestamp():.0f}",
        "end": f"{begins.timestamp() + 3600:.0f}",
        "people": NAME_SEPARATOR.join(people),
    }
    note = parse_note(path, f"# {name}\n\nWhen: soon\n".encode(), NOW)
    return structs.replace(
        note, title=name, properties=known | facts, origin=ItemOrigin(source="calendar", form="appointment", own=True)
    )


CALENDAR = {
    note.path: note
    for note in (
        appointment("Choir board", 1, 18, "Ines", "Ruben"),
        appointment("Dentist", 9, 8),
        appointment("Lunch with Paula", -6, 12, "Paula"),
        appointment("Lunch with Paula again", 3, 12, "Paula"),
        appointment("Bee fair", 1, 9, answer="declined"),
    )
}
TASKS = parse_note("choir.md", f"# Choir\n\n- [ ] copy parts, due {TODAY + dt.timedelta(days=1)}\n".encode(), NOW)


def known(text: str, notes: dict[str, Note]) -> KnownList | None:
    return find_known(read_question(text, (), NOW), notes, (), NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("when do I meet Ruben?", ["Choir board"]),
        ("when is my dentist appointment?", ["Dentist"]),
        ("when did I meet Paula?", ["Lunch with Paula"]),
        ("when do I meet Paula?", ["Lunch with Paula again"]),
        ("Wann treffe ich Ines?", ["Choir board"]),
        ("which appointments do I have tomorrow?", ["Choir board"]),
        ("what's on tomorrow?", ["Choir board", "copy parts"]),
        ("was steht morgen an?", ["Choir board", "copy parts"]),
        ("what meetings are there on 2027-03-01?", []),
    ],
)
def test_appointments_are_told_in_their_order(text: str, expected: list[str]) -> None:
    found = known(text, CALENDAR | {TASKS.path: TASKS})
    assert found is not None
    assert [entry.words.split(", due")[0] for entry in found.entries] == expected


@pytest.mark.parametrize("text", ["when do I meet Marta?", "when is the choir's board elected?"])
def test_what_is_in_no_calendar_is_left_to_the_lines(text: str) -> None:
    assert known(text, CALENDAR) is None


def test_without_a_calendar_nothing_is_said_of_one() -> None:
    assert known("which appointments do I have tomorrow?", {TASKS.path: TASKS}) is None


def test_the_reply_names_day_time_and_company() -> None:
    found = known("when do I meet Ruben?", CALENDAR)
    assert found is not None
    day = (TODAY + dt.timedelta(days=1)).isoformat()
    assert word_known(found, "en", TODAY).splitlines()[-1] == (
        f"- {day} (tomorrow) 18:30–19:30: Choir board (Ines, Ruben) [1]"
    )
