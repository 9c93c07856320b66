"""Reads the items of logical days, as the source of days makes them, and compares them with what a note wants.

A day counts where enough of it was in view, and only from the day on which its goal was written. All times of day are
minutes after the noon of the logical day, so that a time after midnight is later than one before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.topics.outside.rhythm_goals import DayGoal

RECENT_DAYS: Final = 7
"""How many days back are told."""
LATE_GRACE_MINUTES: Final = 15.0
EARLY_GRACE_MINUTES: Final = 20.0
"""How much later than wanted is still as wanted."""
MIN_WATCHED_AFTER_MINUTES: Final = 30
"""How long nobody was active after the last activity, as far as was in view, so that the day is known to have ended."""
MIN_WORKED_MINUTES: Final = 60
"""So long somebody is active on a day that is not off any more."""
MAX_GLANCE_MINUTES: Final = 15
"""So long somebody may be active on a day off."""
LENGTH_GRACE: Final = 0.2
"""The share by which a length may exceed the wanted one."""


class KnownDay(NamedTuple):
    """A day that is over and counts: `began` and `ended` in minutes after its noon, None where nobody was active."""

    item: Note
    day: dt.date
    began: float | None
    ended: float | None
    first_active: str
    last_active: str
    active_minutes: int
    longest_minutes: int
    watched_after_minutes: int


class MetDay(NamedTuple):
    """A day beside a goal: whether it was as wanted (None: that is not known), and what is told of it."""

    known: KnownDay
    kept: bool | None
    told: str


def read_days(items: Iterable[Note], today: dt.date) -> list[KnownDay]:
    """The days of the last week that count, oldest first. An item that is damaged is none."""
    days = (_read_day(item) for item in items)
    recent = [day for day in days if day is not None and 0 <= (today - day.day).days <= RECENT_DAYS]
    return sorted(recent, key=lambda known: known.day)


def _read_day(item: Note) -> KnownDay | None:
    facts = item.properties
    if facts.get("counts") != "yes":
        return None
    try:
        day = dt.date.fromisoformat(facts["day"])
        return KnownDay(
            item=item,
            day=day,
            began=_minutes_after_noon(facts.get("began"), day),
            ended=_minutes_after_noon(facts.get("ended"), day),
            first_active=facts.get("first_active", ""),
            last_active=facts.get("last_active", ""),
            active_minutes=int(facts["active_minutes"]),
            longest_minutes=int(facts.get("longest_stretch_minutes", "0")),
            watched_after_minutes=int(facts.get("watched_after_minutes", "0")),
        )
    except (KeyError, ValueError):
        return None


def _minutes_after_noon(iso: str | None, day: dt.date) -> float | None:
    if not iso:
        return None
    local = dt.datetime.fromisoformat(iso).replace(tzinfo=None)
    return (local - dt.datetime.combine(day, dt.time(12))).total_seconds() / 60


def meet_goal(goal: DayGoal, days: Sequence[KnownDay], written: dt.date) -> list[MetDay]:
    """The days since a goal was written, each beside the goal; those of which nothing is told are left out."""
    meant = [
        known for known in days if known.day >= written and (not goal.weekdays or known.day.weekday() in goal.weekdays)
    ]
    return [met for known in meant if (met := _meet_day(goal, known)).kept is not None]


def _meet_day(goal: DayGoal, known: KnownDay) -> MetDay:
    match goal.measure:
        case "bedtime" | "stop":
            return MetDay(known, _ended_in_time(goal, known), known.last_active)
        case "start":
            return MetDay(known, _began_in_time(goal, known), known.first_active)
        case "breaks":
            return MetDay(known, _is_within(goal, known.longest_minutes, known), say_length(known.longest_minutes))
        case "screen time":
            return MetDay(known, _is_within(goal, known.active_minutes, known), say_length(known.active_minutes))
        case "days off":
            return MetDay(known, _was_off(known), say_length(known.active_minutes))


def _ended_in_time(goal: DayGoal, known: KnownDay) -> bool | None:
    if known.ended is None:
        return None
    if known.ended > goal.limit + LATE_GRACE_MINUTES:
        return False
    return True if known.ended <= goal.limit and known.watched_after_minutes >= MIN_WATCHED_AFTER_MINUTES else None


def _began_in_time(goal: DayGoal, known: KnownDay) -> bool | None:
    if known.began is None or known.day.weekday() >= 5:
        return None
    wanted = goal.limit - 24 * 60 if goal.limit >= 12 * 60 else goal.limit  # in the morning of the day, not after it
    return None if wanted < known.began <= wanted + EARLY_GRACE_MINUTES else known.began <= wanted


def _is_within(goal: DayGoal, minutes: int, known: KnownDay) -> bool | None:
    if minutes > goal.limit * (1 + LENGTH_GRACE):
        return False
    return True if minutes <= goal.limit and known.active_minutes >= MIN_WORKED_MINUTES else None


def _was_off(known: KnownDay) -> bool | None:
    if known.active_minutes >= MIN_WORKED_MINUTES:
        return False
    return True if known.active_minutes <= MAX_GLANCE_MINUTES else None


def quote_day(known: KnownDay, measure: str) -> Evidence:
    """The line of a day's item that tells what a goal of this measure is about."""
    lines = [line for line in classify_lines(known.item) if line.role != "blank"]
    at = {"breaks": 2, "screen time": 1, "days off": 1}.get(measure, 0)
    line = lines[min(at, len(lines) - 1)]
    quoted = quote_lines(lines, line.number, line.number, known.item.path, line.text)
    return Evidence(
        path=quoted.path,
        line_start=quoted.line_start,
        line_end=quoted.line_end,
        text=quoted.text,
        heading=(known.item.title,),
        passage=quoted.passage,
        origin=known.item.origin,
    )


def say_length(minutes: int) -> str:
    """A length of time as items write it: "2 h 35 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
