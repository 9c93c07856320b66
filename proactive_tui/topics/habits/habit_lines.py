"""Tells habits from tasks among the boxes that daily notes repeat: the one rule for it.

A task is done once and then gone, or it is carried from day to day until it is. The box of a habit is ticked, and on
the next day it stands open again. A box that was ticked and came back now and then, or that notes repeat for months, is
no task either, though no list of habits tells of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from proactive_tui.model.note_values import Note, TaskItem
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.written_days import find_written_day
from proactive_tui.text.words import WORD_PATTERN, strip_markdown
from proactive_tui.topics import cues
from proactive_tui.topics.habits.day_log import note_day

HABITS_HEADING = re.compile(
    r"^\W*(?:(?:my |daily |morning |evening |night )?(?:habits?|routines?|rituals?)(?: tracker| list)?|habit tracking"
    r"|gewohnheiten|(?:morgen|abend|tages)?routinen?|rituale|habitudes?|routine du (?:matin|soir)|rituels?|hábitos"
    r"|rutinas?|abitudini|rotinas?|gewoontes?|gewoonten|nawyki|習慣|习惯)\W*$",
    re.IGNORECASE,
)
"""A heading of boxes that are habits in every note."""
_PERIOD_FOLDER = re.compile(r"^\W*\d{2,4}(?:[-_ .].*|年|月)?$|^q[1-4]$|^w\d\d$", re.IGNORECASE)
_VARIABLE_PART = re.compile(
    r"\[[\w ]+::[^\]]*\]|\([\w ]+::[^)]*\)|\([^()]*\)|(?<=\w)\s*[:=]\s*[\d_.,/]*\s*\w{0,3}$|\d{4}-\d\d-\d\d"
    r"|\d{1,2}[:.]\d\d(?:\s*(?:h|am|pm|uhr))?|\d+(?:[.,]\d+)?\s*(?:min(?:ute[ns]?|s)?|hours?|hrs?|h|stunden?|km|k|ml?|l"
    r"|liter|pages?|seiten|págin?as?|pagine|%|x|mal|reps?|steps)\b",
    re.IGNORECASE,
)
"""What differs from day to day in a box: amounts, times, days, remarks in brackets."""
MIN_BOX_DAYS = 3
MIN_NEVER_TICKED_DAYS = 5  # a box that was never ticked is a habit only in the list of habits, and only for so long
MIN_DAY_SHARE = 0.5  # of the days of its series, from its first to its last, on which a habit has its box
MIN_LIST_SHARE = 0.8  # of the days of its list on which a box stands that was never ticked and opened again
MAX_CADENCE_WORDS = 7  # "eat breakfast 5 times a week" is a habit, "check if it works if data is updated daily" none
MAX_DAYS_APART = 4  # days between two notes of a series of daily notes (their median)


MIN_REPEATED_DAYS, MIN_REPEATED_SPAN_DAYS = 6, 45
"""Days with a box, and from the first to the last of them, from which it is no task although nobody ticked it."""


class HabitBox(NamedTuple):
    """The box of a habit on one day, and whether it is ticked."""

    day: dt.date
    path: str
    line: int
    ticked: bool


class TickedHabit(NamedTuple):
    """A habit in the words of its newest box, with one box a day, oldest first."""

    words: str
    boxes: tuple[HabitBox, ...]


class HabitList(NamedTuple):
    """The habits that the same days keep under one heading, in the order of the newest note."""

    heading: str
    habits: tuple[TickedHabit, ...]


class _DatedBox(NamedTuple):
    box: HabitBox
    words: str
    headed: bool


_BoxKey = tuple[str, str, str]
"""Where boxes repeat: the folder of the series, the last heading, and the words without what differs."""
_NoteBoxes = tuple[tuple[_BoxKey, _DatedBox], ...]


class FoundHabits(NamedTuple):
    """The habits of all notes: by list, and in each note, by its path, the lines of all boxes that are no tasks."""

    lists: tuple[HabitList, ...] = ()
    lines: Mapping[str, frozenset[int]] = MappingProxyType({})


class HabitIndex:
    """The boxes of daily notes, brought in step note by note; only series with a note that changed are judged anew."""

    def __init__(self) -> None:
        self._boxes: dict[str, _NoteBoxes] = {}
        self._series: defaultdict[str, set[str]] = defaultdict(set)
        self._found: dict[str, FoundHabits] = {}
        self._habits: FoundHabits | None = None

    def replace(self, path: str, boxes: _NoteBoxes) -> None:
        """Take the boxes of a note instead of those that it had before; none where it is gone."""
        before = self._boxes.pop(path, ())
        if boxes:
            self._boxes[path] = boxes
        if before == boxes:
            return
        folder = series_folder(path)
        self._found.pop(folder, None)
        self._habits = None
        if boxes:
            self._series[folder].add(path)
        else:
            self._series[folder].discard(path)
            if not self._series[folder]:
                del self._series[folder]

    @property
    def habits(self) -> FoundHabits:
        """The habits that daily notes keep as boxes; a list has those with a box on at least two days."""
        if self._habits is None:
            for folder in self._series.keys() - self._found.keys():
                repeated: defaultdict[_BoxKey, list[_DatedBox]] = defaultdict(list)
                for path in sorted(self._series[folder]):
                    for key, dated in self._boxes[path]:
                        repeated[key].append(dated)
                self._found[folder] = _judge_boxes(repeated)
            every = [self._found[folder] for folder in sorted(self._series)]
            self._habits = FoundHabits(
                tuple(kept for found in every for kept in found.lists),
                {path: numbers for found in every for path, numbers in found.lines.items()},
            )
        return self._habits


def _judge_boxes(repeated: Mapping[_BoxKey, list[_DatedBox]]) -> FoundHabits:
    """The habits among the boxes of one series."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    lists: defaultdict[tuple[str, str], list[TickedHabit]] = defaultdict(list)
    for key in _habit_keys(repeated):
        by_day: dict[dt.date, _DatedBox] = {}
        for dated in sorted(repeated[key], key=lambda dated: (dated.box.day, dated.box.ticked, dated.box.line)):
            by_day[dated.box.day] = dated
            lines[dated.box.path].add(dated.box.line)
        if len(by_day) >= 2:
            newest = by_day[max(by_day)]
            lists[key[:2]].append(TickedHabit(newest.words, tuple(by_day[day].box for day in sorted(by_day))))
    for boxes in repeated.values():
        for same in _by_words(boxes):
            if came_back(_ticks_by_day(same)):
                for dated in same:
                    lines[dated.box.path].add(dated.box.line)
    return FoundHabits(
        tuple(
            HabitList(heading, tuple(sorted(kept, key=_newest_place))) for (_, heading), kept in sorted(lists.items())
        ),
        {path: frozenset(numbers) for path, numbers in lines.items()},
    )


def _newest_place(habit: TickedHabit) -> tuple[float, int]:
    newest = habit.boxes[-1]
    return -newest.day.toordinal(), newest.line


def read_dated_boxes(note: Note) -> _NoteBoxes:
    """All boxes of a dated note or its dated sections, and those under a heading of habits, each with what repeats."""
    if not note.tasks:
        return ()
    found: list[tuple[_BoxKey, _DatedBox]] = []
    own_day, near = note_day(note), local_day(note.date)
    headings: dict[tuple[str, ...], tuple[bool, dt.date | None, str]] = {}
    for item in note.tasks:
        if item.heading not in headings:
            heading = item.heading[-1] if item.heading else ""
            shown = "" if find_written_day(heading, near) or heading == note.title else heading
            headings[item.heading] = bool(HABITS_HEADING.match(heading)), _section_day(item, near), shown
        headed, section, shown = headings[item.heading]
        day = section or own_day or (near if headed else None)
        key = box_key(item.text)
        if day is not None and key and item.state not in ("moved", "cancelled"):
            box = HabitBox(day, note.path, item.line, item.done)
            found.append(((series_folder(note.path), shown, key), _DatedBox(box, _shown_words(item.text), headed)))
    return tuple(found)


def _section_day(item: TaskItem, near: dt.date) -> dt.date | None:
    """The day that a heading above the item names."""
    days = (find_written_day(heading, near) for heading in reversed(item.heading))
    return next((day for day in days if day is not None), None)


def series_folder(path: str) -> str:
    """The folder of a note without the folders of years and months: the days of one journal have the same."""
    parts = path.split("/")[:-1]
    while parts and _PERIOD_FOLDER.match(parts[-1]):
        parts.pop()
    return "/".join(parts)


def box_key(text: str) -> str:
    """The words of a box without what differs from day to day, in lower case."""
    words = " ".join(WORD_PATTERN.findall(_VARIABLE_PART.sub(" ", strip_markdown(text)).lower()))
    return words if any(map(str.isalpha, words)) else ""


def _shown_words(text: str) -> str:
    return re.sub(
        r"\s*\[[\w ]+::[^\]]*\]|\s*\([\w ]+::[^)]*\)|\s*[➕🛫⏳✅📅🔁⏫🔼🔽][^\w]*[\d-]*", "", strip_markdown(text)
    ).strip()


def _habit_keys(repeated: Mapping[_BoxKey, list[_DatedBox]]) -> list[_BoxKey]:
    """The keys of habits: what proves to be one by itself, then what stands beside those on nearly all days."""
    series_days: defaultdict[str, set[dt.date]] = defaultdict(set)
    for (folder, _, _), boxes in repeated.items():
        series_days[folder].update(dated.box.day for dated in boxes)
    daily = {folder for folder, days in series_days.items() if _is_daily(days)}
    sure = [key for key, boxes in repeated.items() if _is_habit(key, boxes, series_days[key[0]], key[0] in daily)]
    list_days: defaultdict[tuple[str, str], set[dt.date]] = defaultdict(set)
    for key in sure:
        list_days[key[:2]].update(dated.box.day for dated in repeated[key])
    beside = [
        key
        for key, boxes in repeated.items()
        if key[:2] in list_days and key not in set(sure) and _stands_beside(boxes, list_days[key[:2]])
    ]
    return [*sure, *beside]


def _is_daily(days: set[dt.date]) -> bool:
    order = sorted(days)
    gaps = sorted((later - sooner).days for sooner, later in pairwise(order))
    return len(order) >= MIN_BOX_DAYS and gaps[len(gaps) // 2] <= MAX_DAYS_APART


def _is_habit(key: _BoxKey, boxes: list[_DatedBox], series: set[dt.date], daily: bool) -> bool:
    """Whether boxes are a habit by themselves: they stand under such a heading, name a cadence and repeat, or are
    ticked and open again on later days.
    """
    if any(dated.headed for dated in boxes):
        return True
    ticked = _ticks_by_day(boxes)
    days = sorted(ticked)
    if len(days) < MIN_BOX_DAYS:
        return False
    if len(key[2].split()) <= MAX_CADENCE_WORDS and any(
        found.start() == 0 or found.end() == len(key[2]) for found in cues.CADENCE_PHRASE.finditer(key[2])
    ):
        return True
    again = sum(ticked[day] for day in days[:-1])
    reopened = sum(ticked[day] and not ticked[after] for day, after in pairwise(days))
    span = sum(days[0] <= day <= days[-1] for day in series)
    return daily and reopened >= 1 and again >= 2 and len(days) >= MIN_DAY_SHARE * span


def came_back(ticked: Mapping[dt.date, bool]) -> bool:
    """Whether a box, by the days on which it stands and whether it is ticked then, was ticked and stands open on a
    later day, or was repeated for months: no task, whatever heading it is under.
    """
    days = sorted(ticked)
    if len(days) < MIN_BOX_DAYS:
        return False
    if len(days) >= MIN_REPEATED_DAYS and (days[-1] - days[0]).days >= MIN_REPEATED_SPAN_DAYS:
        return True
    done = next((day for day in days if ticked[day]), None)
    return done is not None and any(not ticked[day] for day in days if day > done)


def _by_words(boxes: list[_DatedBox]) -> list[list[_DatedBox]]:
    """The boxes with the same words, whatever their case: "recitation (week 3)" and "(week 4)" are two tasks."""
    same: defaultdict[str, list[_DatedBox]] = defaultdict(list)
    for dated in boxes:
        same[dated.words.lower()].append(dated)
    return list(same.values())


def _ticks_by_day(boxes: list[_DatedBox]) -> dict[dt.date, bool]:
    ticked: dict[dt.date, bool] = {}
    for dated in boxes:
        ticked[dated.box.day] = ticked.get(dated.box.day, False) or dated.box.ticked
    return ticked


def _stands_beside(boxes: list[_DatedBox], days: set[dt.date]) -> bool:
    """Whether a box belongs to a list of habits: it is there on nearly all of its days, ticked again and again or, for
    long, never. What was ticked and is gone since was a task.
    """
    ticked = _ticks_by_day(boxes)
    common = sorted(set(ticked) & days)
    needed = MIN_BOX_DAYS if sum(ticked[day] for day in common[:-1]) else MIN_NEVER_TICKED_DAYS
    return len(common) >= needed and len(common) >= MIN_LIST_SHARE * len(days) and max(ticked) >= max(days)
