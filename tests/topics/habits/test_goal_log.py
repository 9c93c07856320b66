"""The log of a goal and how it goes, from rows, trackers and boxes."""

from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.topics.habits.day_log import LogEntry, LogValue, read_note_log, read_value
from proactive_tui.topics.habits.goal_log import GoalTarget, read_course, read_target
from tests.topics.builders import TODAY, note
from tests.topics.habits.whole_notes import collect_trackers, find_goal_log, find_habits

NOON = 12 * 60.0


def days_before(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def daily(values: list[str], field: str = "sleep: {}") -> list[Note]:
    """A note a day up to yesterday with a field in its front matter, or an inline field where that has "::"."""
    inline = "::" in field
    texts = [
        f"# Day\n\n{field.format(value)}\n" if inline else f"---\n{field.format(value)}\n---\nDay\n" for value in values
    ]
    return [note(text, f"daily/{days_before(len(values) - number)}.md") for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("7", LogValue(amount=7)),
        ("7.5 h", LogValue(amount=7.5)),
        ("7,5 Stunden", LogValue(amount=7.5)),
        ("3/5", LogValue(amount=3)),
        ("true", LogValue(kept=True)),
        ("✅", LogValue(kept=True)),
        ("nein", LogValue(kept=False)),
        ("22:45", LogValue(clock=645)),
        ("0:30", LogValue(clock=750)),
        ("11:15 pm", LogValue(clock=675)),
        ("at the lake", None),
        ("2026-11-20", None),
        ("[[2026-11-20]]", None),
    ],
)
def test_the_value_of_an_entry(words: str, value: LogValue | None) -> None:
    assert read_value(words) == value


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("in bed before 23:00 on weekdays", GoalTarget(latest=660)),
        ("um 23 Uhr im Bett", GoalTarget(latest=660)),
        ("in bed by 10", GoalTarget(latest=600)),
        ("up by 6:30", GoalTarget(latest=1110)),
        ("the 10 km before 6 December", GoalTarget(least=10)),
        ("read 20 pages", GoalTarget(least=20)),
        ("8 Stunden schlafen", GoalTarget(least=8)),
        ("no more than 2 coffees", GoalTarget(most=2, less_is_better=True)),
        ("run three times a week", GoalTarget(times=3, per_week=True)),
        ("dreimal die Woche laufen", GoalTarget(times=3, per_week=True)),
        ("zwei mal pro Woche laufen", GoalTarget(times=2, per_week=True)),
        ("courir trois fois par semaine", GoalTarget(times=3, per_week=True)),
        ("correr tres veces por semana", GoalTarget(times=3, per_week=True)),
        ("stretch three times a day", GoalTarget(times=3)),
        ("five nights of seven", GoalTarget(times=5, per_week=True)),
        ("less sugar this month", GoalTarget(less_is_better=True)),
        ("weniger Zucker", GoalTarget(less_is_better=True)),
        ("get better at chess", GoalTarget()),
    ],
)
def test_what_the_words_of_a_goal_ask(words: str, target: GoalTarget) -> None:
    assert read_target(words) == target


@pytest.mark.parametrize("field", ["sleep: {}", "- sleep:: {}", "**Sleep**:: {}", "schlaf:: {}", "sommeil: {}"])
def test_a_tracker_of_daily_notes_is_the_log_of_its_goal(field: str) -> None:
    plan = note("# Plans\n\n- sleep eight hours\n\n## Other\n\nx\n", "plans.md")
    entries = find_goal_log("sleep eight hours", plan, collect_trackers(daily(["7", "8", "6"], field)), (), TODAY)
    assert [entry.amount for entry in entries] == [7, 8, 6]
    assert entries[-1].day == days_before(1)


def test_fields_that_describe_a_note_are_no_trackers() -> None:
    assert collect_trackers(daily(["1", "2", "3"], "version: {}")) == {}
    assert collect_trackers(daily(["at home", "in Rome", "abroad"], "place: {}")) == {}
    assert collect_trackers(daily(["1", "2"], "sleep: {}")) == {}
    assert collect_trackers([note("---\nsleep: 7\n---\nx\n", f"n{number}.md") for number in range(5)]) == {}


def test_zeros_and_ones_are_ticks() -> None:
    (entries,) = collect_trackers(daily(["1", "0", "1"], "exercise:: {}")).values()
    assert [entry.kept for entry in entries] == [True, False, True]


def test_what_is_to_be_avoided_is_kept_where_it_did_not_happen() -> None:
    goal = note("# Me\n\nx\n\n## More\n\nx\n", "me.md")
    trackers = collect_trackers(daily(["true", "false", "false"], "sugar: {}"))
    entries = find_goal_log("less sugar this month", goal, trackers, (), TODAY)
    assert [entry.kept for entry in entries] == [False, True, True]


def test_a_repeated_box_is_the_log_of_its_goal() -> None:
    notes = [
        note(f"# Day\n\n## Habits\n\n- [{state}] 20 Seiten lesen\n", f"daily/{days_before(4 - number)}.md")
        for number, state in enumerate("xx x")
    ]
    plan = note("# Plan\n\nMehr lesen.\n\n## B\n\nx\n", "plan.md")
    entries = find_goal_log("Mehr lesen", plan, {}, find_habits(notes).lists, TODAY)
    assert [entry.kept for entry in entries] == [True, True, False, True]


def test_rows_of_the_goals_own_note_come_first() -> None:
    rows = "| day | bed |\n| --- | --- |\n| 2026-11-19 | 22:40 |\n| 2026-11-20 | 23:50 |\n| 2026-11-21 | 0:20 |\n"
    own = note(f"# In bed by 23:00\n\n{rows}", "sleep.md")
    assert [entry.clock for entry in read_note_log(own, TODAY)] == [640, 710, 740]
    found = find_goal_log("In bed by 23:00", own, collect_trackers(daily(["7", "8", "6"])), (), TODAY)
    assert [entry.day.day for entry in found] == [19, 20, 21]


def log(values: str, step: int = 1, end: int = 1) -> list[LogEntry]:
    """Entries `step` days apart, the last `end` days ago: x kept, a point missed, a digit an amount."""
    last = len(values) - 1
    return [
        LogEntry(
            days_before(end + (last - number) * step), "",
            amount=float(value) if value.isdigit() else None,
            kept=None if value.isdigit() else value == "x",
        )
        for number, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "run", "lapse", "turned", "better"),
    [
        ("xxxxx", 5, 0, None, None),
        ("x.xxx", 3, 0, None, None),
        ("...xxxx", 4, 0, 4, True),
        ("xxxx...", 0, 3, 3, False),
        ("xxxx.", 0, 1, None, None),
        (".....", 0, 5, None, None),
    ],
)
def test_a_run_a_lapse_and_a_turn(values: str, run: int, lapse: int, turned: int | None, better: bool | None) -> None:
    course = read_course(log(values), GoalTarget(), TODAY)
    assert course is not None
    assert (course.run, course.lapse, course.better) == (run, lapse, better)
    assert course.turned == (None if turned is None else days_before(turned))


def test_a_log_of_weeks_counts_how_often() -> None:
    course = read_course(log("4565321", step=7, end=2), GoalTarget(times=5), TODAY)
    assert course is not None
    assert (course.lapse, course.better) == (3, False)
    assert course.turned == days_before(2 + 14)


def runs(*weeks: str) -> list[LogEntry]:
    """The runs of weeks in a row, the last of which ended before this week; each week has the numbers of its days."""
    monday = TODAY - dt.timedelta(days=TODAY.weekday() + 7 * len(weeks))
    days = (monday + dt.timedelta(days=7 * number + int(day)) for number, week in enumerate(weeks) for day in week)
    return [LogEntry(day, "5 km") for day in days]


@pytest.mark.parametrize(
    ("weeks", "run", "lapse", "better"),
    [
        (("024", "135", "0246", "135", "024"), 5, 0, None),
        (("024", "135", "024", "13", "5"), 0, 2, False),
        (("0", "13", "", "024", "135"), 2, 0, True),
        (("024", "135", "024", "", ""), 0, 2, False),
    ],
)
def test_a_log_of_days_is_counted_by_the_week_where_the_goal_asks_for_times_a_week(
    weeks: tuple[str, ...], run: int, lapse: int, better: bool | None
) -> None:
    course = read_course(runs(*weeks), read_target("run three times a week"), TODAY)
    assert course is not None
    assert (course.run, course.lapse, course.better) == (run, lapse, better)
    assert course.last_entry == runs(*weeks)[-1].day


def test_this_week_which_is_not_over_breaks_no_run() -> None:
    entries = [*runs("024", "135", "024"), LogEntry(TODAY, "3 km")]
    course = read_course(entries, read_target("run three times a week"), TODAY)
    assert course is not None
    assert (course.run, course.lapse, course.days_since) == (3, 0, 0)


def test_amounts_are_compared_where_the_goal_names_none() -> None:
    less = read_course(log("6565656121212"), read_target("less sugar"), TODAY)
    more = read_course(log("6565656121212"), GoalTarget(), TODAY)
    steady = read_course(log("5656565656565"), GoalTarget(), TODAY)
    assert less is not None
    assert more is not None
    assert steady is not None
    assert (less.better, more.better, steady.better) == (True, False, None)


def test_the_days_since_the_last_time_are_counted_from_the_last_that_was_kept() -> None:
    course = read_course(log("xx..."), GoalTarget(), TODAY)
    assert course is not None
    assert course.days_since == 4
    assert read_course([], GoalTarget(), TODAY) is None
