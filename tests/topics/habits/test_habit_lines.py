"""Habits and tasks among the boxes that daily notes repeat, in several languages and forms."""

from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.topics.habits.habit_lines import box_key, series_folder
from tests.topics.builders import note
from tests.topics.habits.whole_notes import find_habits

FIRST = dt.date(2026, 11, 9)


def day_notes(days: list[str], folder: str = "daily", heading: str = "") -> list[Note]:
    """A note for each text, on days in a row."""
    above = f"## {heading}\n\n" if heading else ""
    return [
        note(f"# Day\n\n{above}{text}\n", f"{folder}/{FIRST + dt.timedelta(days=number)}.md")
        for number, text in enumerate(days)
    ]


def habit_words(notes: list[Note]) -> set[str]:
    found = find_habits(notes).lines
    return {item.text for each in notes for item in each.tasks if item.line in found.get(each.path, ())}


def boxes(words: str, states: str) -> list[str]:
    return [f"- [{state}] {words}" for state in states.replace(".", " ")]


@pytest.mark.parametrize(
    "words", ["meditate", "20 Minuten lesen", "courir", "sin azúcar", "不吃糖", "bere acqua", "🏃 run"]
)
@pytest.mark.parametrize("states", ["x.x.xx", "xx.x", ".x.x.", "xxxxx.x."])
def test_a_box_that_is_ticked_and_open_again_is_a_habit(words: str, states: str) -> None:
    assert habit_words(day_notes(boxes(words, states))) == {words}


@pytest.mark.parametrize("states", ["......", ".....x", "....", "..x", "x", "xxxx", "."])
def test_a_box_that_is_carried_until_it_is_done_is_a_task(states: str) -> None:
    assert habit_words(day_notes(boxes("send Priya the numbers", states))) == set()


@pytest.mark.parametrize("states", ["x..", ".x.", ".x..x."])
def test_a_box_that_was_ticked_and_came_back_is_no_task(states: str) -> None:
    assert habit_words(day_notes(boxes("water the plants", states))) == {"water the plants"}


def test_what_differs_from_week_to_week_is_another_task() -> None:
    days = [f"- [{'x' if number == 1 else ' '}] exercise sheet (week {number})" for number in range(1, 5)]
    assert habit_words(day_notes(days)) == set()


def test_a_box_that_notes_repeat_for_months_is_no_task_and_in_no_list() -> None:
    weeks = [FIRST + dt.timedelta(weeks=number) for number in range(8)]
    notes = [note("# Week\n\n- [ ] look at the budget\n", f"weekly/{week}.md") for week in weeks]
    assert len(find_habits(notes).lines) == 8
    assert find_habits(notes).lists == ()


def test_a_backlog_beside_habits_stays_tasks() -> None:
    carried = boxes("file the tax return", "........x")
    meditated = boxes("meditate", "x.x.xx.x.xx")
    days = [f"{one}\n{other}" for one, other in zip(meditated, [*carried, "", ""], strict=True)]
    assert habit_words(day_notes(days)) == {"meditate"}


def test_a_box_that_was_never_ticked_in_a_list_of_habits_is_one() -> None:
    days = [f"{one}\n- [ ] vitamins" for one in boxes("meditate", "x.x.xx.x")]
    assert habit_words(day_notes(days)) == {"meditate", "vitamins"}


def test_a_chore_now_and_then_is_none() -> None:
    days = ["- [x] do laundry" if number in (0, 9, 19, 29) else f"- [ ] job {number}" for number in range(30)]
    assert habit_words(day_notes(days)) == set()


@pytest.mark.parametrize(
    "heading", ["Habits", "Daily habits", "Gewohnheiten", "Morgenroutine", "Routine du matin", "Hábitos", "Abitudini"]
)
def test_boxes_under_a_heading_of_habits_are_habits_on_the_first_day(heading: str) -> None:
    assert habit_words(day_notes(["- [ ] meditate\n- [x] read"], heading=heading)) == {"meditate", "read"}


@pytest.mark.parametrize("words", ["eat breakfast 5 times a week", "daily planning", "Spanisch jeden Tag"])
def test_a_box_that_names_a_cadence_and_repeats_is_a_habit(words: str) -> None:
    assert habit_words(day_notes(boxes(words, "...."))) == {words}


def test_a_cadence_within_a_long_task_makes_no_habit() -> None:
    words = "check whether the sync still breaks if the data is updated daily by them"
    assert habit_words(day_notes(boxes(words, "....."))) == set()


def test_sections_of_one_note_are_days_as_well() -> None:
    text = "\n\n".join(f"## 2026-11-{10 + number}\n\n{box}" for number, box in enumerate(boxes("stretch", "x.x.x")))
    assert habit_words([note(f"# Log\n\n{text}\n", "log.md")]) == {"stretch"}


def test_days_in_folders_of_years_and_months_are_one_series() -> None:
    assert series_folder("Journal/2026/11/2026-11-20.md") == "Journal" == series_folder("Journal/2025/2025-11-20.md")
    assert series_folder("2026/2026-11-20.md") == "" == series_folder("2026-11-20.md")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("water: 1.5 l", "water: 2 l"),
        ("read (20 pages)", "read (35 pages)"),
        ("run 5 km", "run 7.5 km"),
        ("up at 6:30", "up at 7:15"),
        ("meditate [time:: 10]", "meditate [time:: 12]"),
    ],
)
def test_amounts_that_differ_from_day_to_day_are_one_habit(one: str, other: str) -> None:
    assert box_key(one) == box_key(other) != ""


def test_numbers_that_tell_tasks_apart_stay() -> None:
    assert box_key("tutorial 3") != box_key("tutorial 4")


def test_a_list_has_its_habits_in_the_order_of_the_newest_note_with_a_box_a_day() -> None:
    days = [f"{one}\n{other}" for one, other in zip(boxes("read", "x.xx"), boxes("run", ".x.x"), strict=True)]
    (kept,) = find_habits(day_notes(days, heading="Habits")).lists
    assert kept.heading == "Habits"
    assert [habit.words for habit in kept.habits] == ["read", "run"]
    assert [box.ticked for box in kept.habits[0].boxes] == [True, False, True, True]
    assert [box.day.day for box in kept.habits[0].boxes] == [9, 10, 11, 12]
