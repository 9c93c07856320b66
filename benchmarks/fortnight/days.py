"""What a persona does, minute by minute, whatever the assistant does: the same days for every policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.fortnight.personas import Persona

MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0
AFTER_BREAK = 5
"""So many minutes after something ended are a break of the task."""
SAVES_EVERY = 4.0
"""Mean minutes between two saves in a spell of writing."""
SPELL = (10.0, 40.0)
NOTES_OF_WEEK = 12
"""So many notes are somebody's work of a week."""


@dataclass(frozen=True)
class Minute:
    """A minute at the machine, as it ends. `busy` is concentration or a call, `pause` a natural break of the task.

    `idle` is seconds since the last key on the machine; `saved` has notes with the time of the save.
    """

    at: float
    idle: float
    busy: bool
    pause: bool
    glance: bool = False
    saved: tuple[tuple[str, float], ...] = ()
    committed: bool = False
    in_meeting: bool = False


Span = tuple[float, float]


def days(persona: Persona, seed: int, monday: float, number: int, notes: Sequence[str]) -> list[list[Minute]]:
    """The minutes at the machine of each of `number` days from a Monday's midnight (unix seconds, UTC) on."""
    rng = np.random.default_rng([seed, persona.number, 2])
    weeks = [_working_set(rng, persona, notes, min(week, 1)) for week in range(-(-number // 7))]
    return [
        list(_day(rng, persona, monday + day * DAY, weeks[day // 7])) if day % 7 in persona.days else []
        for day in range(number)
    ]


def with_meetings(fortnight: Sequence[Sequence[Minute]], meetings: Sequence[Span]) -> list[list[Minute]]:
    """The same days with appointments (unix seconds), in which somebody sits at the machine and is busy; the minutes
    after one are a break.
    """

    def met(minute: Minute) -> Minute:
        if any(start <= minute.at < end for start, end in meetings):
            return replace(minute, busy=True, pause=False, glance=False, in_meeting=True)
        ended = any(0.0 <= minute.at - end < AFTER_BREAK * MINUTE for _, end in meetings)
        return replace(minute, pause=True) if ended and not minute.busy else minute

    return [[met(minute) for minute in day] for day in fortnight]


def _working_set(rng: np.random.Generator, persona: Persona, notes: Sequence[str], week: int) -> list[str]:
    """Notes of the folders that appeal this week, likelier."""
    appeal = persona.tastes[week].folders
    odds = np.exp([appeal.get(folder(path), 0.0) for path in notes])
    chosen = rng.choice(len(notes), min(NOTES_OF_WEEK, len(notes)), replace=False, p=odds / odds.sum())
    return [notes[place] for place in chosen]


def _day(rng: np.random.Generator, persona: Persona, midnight: float, notes: Sequence[str]) -> Iterator[Minute]:
    start = persona.starts + rng.normal(0.0, 0.3)
    end = min(start + persona.works + rng.normal(0.0, 0.5), 23.0)
    focus = [
        (hour, hour + length / 60)
        for at, length in persona.focus
        if rng.random() < persona.focus_likely and (hour := at + rng.normal(0.0, 0.3)) < end
    ]
    calls = [(at, at + rng.choice([0.5, 1.0])) for at in rng.uniform(start, end, rng.poisson(persona.calls))]
    away = [each for each in calls if rng.random() < 0.5]
    at_desk = [each for each in calls if each not in away]
    lunch = 12.5 + rng.normal(0.0, 0.3)
    away.append((lunch, lunch + persona.lunch / 60))
    pauses, at = [], start
    while (at := at + persona.stretch * rng.uniform(0.6, 1.4) / 60) < end:
        length = persona.pause * rng.uniform(0.8, 1.4) / 60
        pauses.append((at, at + length))
        at += length
    busy = focus + at_desk
    gone = away + [each for each in pauses if not any(_meet(each, other) for other in busy)]  # not while concentrating
    spells = [
        (began, min(began + rng.uniform(*SPELL) / 60, end))
        for began in rng.uniform(start, end, max(1, round(persona.works * 60 / persona.stretch)))
        if rng.random() < persona.writes
    ] + [each for each in focus if rng.random() < 0.5]
    saves, commits = _writing(rng, persona, spells, notes)
    ends = [each[1] for each in busy + gone + spells]
    for number in range(round((end - start) * 60)):
        hour = start + number / 60
        if any(low <= hour < high for low, high in gone):
            continue
        moment = midnight + hour * HOUR
        occupied = any(low <= hour < high for low, high in busy)
        paused = any(0.0 <= (hour - each) * 60 < AFTER_BREAK for each in ends)
        yield Minute(
            at=moment,
            idle=float(rng.uniform(60, 240) if rng.random() < 0.15 else rng.uniform(0, 40)),
            busy=occupied,
            pause=paused and not occupied,
            glance=bool(rng.random() < persona.glances / 60) and not occupied,
            saved=tuple((note, midnight + each * HOUR) for each, note in saves if hour - 1 / 60 <= each < hour),
            committed=any(hour - 1 / 60 <= each < hour for each in commits),
        )


def _writing(
    rng: np.random.Generator, persona: Persona, spells: Sequence[Span], notes: Sequence[str]
) -> tuple[list[tuple[float, str]], list[float]]:
    """When which note is saved, and when there is a commit (hours of the day)."""
    saves: list[tuple[float, str]] = []
    commits: list[float] = []
    favour = 1.0 / np.arange(1, len(notes) + 1)  # some notes take most of the writing
    for began, ended in spells:
        note = notes[int(rng.choice(len(notes), p=favour / favour.sum()))]
        at = began
        while (at := at + rng.exponential(SAVES_EVERY) / 60) < ended:
            saves.append((at, note))
        if rng.random() < persona.commits:
            commits.append(ended)
    return saves, commits


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def folder(path: str) -> str:
    """The top folder of a note, empty for one that lies in none."""
    return path.partition("/")[0] if "/" in path else ""
