"""Trackers, habits and the log of a goal, found among notes at once; the miners bring them in step note by note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from proactive_tui.model.note_values import Note
from proactive_tui.topics.habits.day_log import LogEntry, TrackerIndex, read_note_fields, read_note_log
from proactive_tui.topics.habits.goal_log import find_habit_stems, find_kept_log
from proactive_tui.topics.habits.habit_lines import FoundHabits, HabitIndex, HabitList, read_dated_boxes


def collect_trackers(notes: Iterable[Note]) -> Mapping[str, tuple[LogEntry, ...]]:
    """The fields of dated notes that hold values of a log on several days."""
    index = TrackerIndex()
    for note in notes:
        index.replace(note.path, read_note_fields(note))
    return index.trackers


def find_habits(notes: Iterable[Note]) -> FoundHabits:
    """The habits that daily notes keep as boxes."""
    index = HabitIndex()
    for note in notes:
        index.replace(note.path, read_dated_boxes(note))
    return index.habits


def find_goal_log(
    words: str, note: Note, trackers: Mapping[str, Sequence[LogEntry]], habits: Collection[HabitList], latest: dt.date
) -> tuple[LogEntry, ...]:
    """The log of a goal, given by its words, oldest first; () without one.

    It is the rows of its own note where that is about the goal, else the tracker of dated notes, else the box that
    daily notes repeat, whose name shares a word with the goal.
    """
    return read_note_log(note, latest) or find_kept_log(words, note, trackers, habits, latest, find_habit_stems)
