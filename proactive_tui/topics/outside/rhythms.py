"""Raises what days were like beside what the owner's notes want of them, for better or worse.

What is said is when somebody was active, by the day. It is said only where a note wants it otherwise, or better so, or
where the owner asked to hear it without; and not at the hour itself, but on the next day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import shorten_text
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.voices import OWN_FROM
from proactive_tui.topics.outside.rhythm_days import KnownDay, MetDay, meet_goal, quote_day, read_days, say_length
from proactive_tui.topics.outside.rhythm_goals import DayGoal, find_day_goals
from proactive_tui.topics.outside.rhythm_words import DayMeasure
from proactive_tui.topics.quoting import hash_parts, topic_id
from proactive_tui.units import SECONDS_PER_DAY

MAX_GOAL_AGE_DAYS: Final = 400.0
"""A goal that was written longer ago may not be one any more."""
MAX_TOLD_DAYS: Final = 4
"""Days that one topic tells of at the most: the latest."""
LATE_MARGIN_MINUTES: Final = 60.0
LATE_HOURS: Final = 9 * 60.0
"""Nothing is said of a time of day from an hour before it until the night is over (minutes)."""
LATE_WITHOUT_GOAL_MINUTES: Final = 12 * 60.0
"""Minutes after noon from which an evening is late where no note says: midnight."""
NOON_TO_MIDNIGHT_MINUTES: Final = 12 * 60.0
QUIET_WITHOUT_GOAL_MINUTES: Final = LATE_WITHOUT_GOAL_MINUTES - 3 * LATE_MARGIN_MINUTES
LONG_WITHOUT_GOAL_MINUTES: Final = 180
MIN_DAYS_WITHOUT_GOAL: Final = 3
SALIENCE_OF_MISSED, SALIENCE_OF_KEPT, SALIENCE_WITHOUT_GOAL = 0.5, 0.42, 0.4
GOAL_TIE_STRENGTH: Final = 0.8
"""How well days meet a note that says how they are wanted."""
SALIENCE_OF_A_DAY: Final = 0.05  # added for each day beyond the fewest
_FEWEST_MISSED: Final[dict[DayMeasure, int]] = {"days off": 1, "start": 3}
_FEWEST = (2, 3)  # missed, kept: of other measures
MOST_MISSED_BESIDE_KEPT: Final = 1
TOLD_SEPARATOR: Final = ", "


class NotedGoal(NamedTuple):
    """A goal with the note that holds it and when it was written (unix seconds)."""

    goal: DayGoal
    note: Note
    written: float


def mine_rhythms(context: MiningContext, at: float) -> list[Topic]:
    """How the days of the last week went beside what the notes want of them, at most one topic for each measure."""
    today = local_day(at, context.utc_offset)
    days = read_days(context.items_of("activity").items.values(), today)
    if not days:
        return []
    goals = _newest_goals(context, at)
    topics = [
        topic
        for noted in goals
        if not _is_hour_itself(noted.goal, at, context.utc_offset)
        and (topic := _compare_with_goal(noted, days, context)) is not None
    ]
    if context.rhythms_without_goal:
        topics += _without_goal({noted.goal.measure for noted in goals}, days, at, context)
    return topics


def next_rhythm_change(context: MiningContext, at: float) -> float | None:
    """When an hour begins or ends at which nothing is said, or another day begins (unix seconds)."""
    edges = {NOON_TO_MIDNIGHT_MINUTES}
    for noted in _newest_goals(context, at):
        if noted.goal.measure in ("bedtime", "stop"):
            begin = noted.goal.limit - LATE_MARGIN_MINUTES
            edges |= {begin, begin + LATE_HOURS}
    if context.rhythms_without_goal:
        edges |= {QUIET_WITHOUT_GOAL_MINUTES, QUIET_WITHOUT_GOAL_MINUTES + LATE_HOURS}
    past = (_minutes_since(edge, at, context.utc_offset) for edge in edges)
    return at + 60 * min(24 * 60 - minutes for minutes in past)


def _newest_goals(context: MiningContext, at: float) -> list[NotedGoal]:
    """The goal of each measure that was written last, in the owner's own words."""
    newest: dict[DayMeasure, NotedGoal] = {}
    for path in sorted(context.own_notes):
        note = context.own_notes[path]
        nothing: tuple[DayGoal, ...] = ()
        for goal in context.failures.attempt("rhythm", path, nothing, context.recall_of_note, find_day_goals, note):
            if context.provenances[path].own_at(goal.line_start, goal.line_end) < OWN_FROM:
                continue
            written = _written_at(goal, note, context)
            known = newest.get(goal.measure)
            if 0.0 <= at - written <= MAX_GOAL_AGE_DAYS * SECONDS_PER_DAY and (
                known is None or known.written < written
            ):
                newest[goal.measure] = NotedGoal(goal, note, written)
    return list(newest.values())


def _written_at(goal: DayGoal, note: Note, context: MiningContext) -> float:
    """When a goal was written (unix seconds): when its lines were seen to change, else the day of its heading or note,
    which may have been edited elsewhere since.
    """
    seen = [run.at for run in note.line_times if run.first <= goal.line_end and goal.line_start <= run.last]
    return max(seen) if seen else context.days_counted_from(note, goal.line_start, goal.line_end, goal.heading)


def _is_hour_itself(goal: DayGoal, at: float, utc_offset: int) -> bool:
    """Whether now is the time that a goal is about: nobody is told at midnight that it is late, or on a day off that
    they work.
    """
    match goal.measure:
        case "bedtime" | "stop":
            return _minutes_since(goal.limit - LATE_MARGIN_MINUTES, at, utc_offset) < LATE_HOURS
        case "days off":
            return local_day(at, utc_offset).weekday() in goal.weekdays
        case "start" | "breaks" | "screen time":
            return False


def _minutes_since(minutes_after_noon: float, at: float, utc_offset: int) -> float:
    """Minutes since it was that time of day last."""
    return ((at + utc_offset) / 60 - 12 * 60 - minutes_after_noon) % (24 * 60)


def _compare_with_goal(noted: NotedGoal, days: Sequence[KnownDay], context: MiningContext) -> Topic | None:
    goal, _, written = noted
    met = meet_goal(goal, days, local_day(written, context.utc_offset))
    missed, kept = ([day for day in met if day.kept is was_kept] for was_kept in (False, True))
    fewest_missed, fewest_kept = _FEWEST_MISSED.get(goal.measure, _FEWEST[0]), _FEWEST[1]
    if goal.weekdays:  # of so many days in a week
        fewest_missed, fewest_kept = min(fewest_missed, len(goal.weekdays)), min(fewest_kept, len(goal.weekdays))
    if len(missed) >= fewest_missed:
        worth = SALIENCE_OF_MISSED + SALIENCE_OF_A_DAY * (len(missed) - fewest_missed)
        return _make_topic(noted, missed, "missed", worth, context)
    if (
        len(kept) >= fewest_kept
        and len(missed) <= MOST_MISSED_BESIDE_KEPT
        and not (missed and goal.measure == "days off")
    ):
        return _make_topic(noted, kept, "kept", SALIENCE_OF_KEPT, context)
    return None


def _make_topic(noted: NotedGoal, met: Sequence[MetDay], course: str, salience: float, context: MiningContext) -> Topic:
    goal, note, written = noted
    told = met[-MAX_TOLD_DAYS:]
    line = quote_lines(classify_lines(note), goal.line_start, goal.line_end, note.path, goal.words)
    return Topic(
        id=topic_id("rhythm", f"{goal.measure} {course} {goal.words}"),
        kind="rhythm",
        title=shorten_text(goal.words),
        evidence=(line, *(quote_day(day.known, goal.measure) for day in reversed(told))),
        at=_told_at(told),
        cause=hash_parts("rhythm", goal.measure, course),  # another late evening is no news: once a week is enough
        salience=round(min(0.75, salience), 4),
        tags=note.tags,
        detail=TopicDetails(
            note=shorten_text(note.title),
            told=goal.measure,
            wanted=goal.stated or None,
            course=course,
            since=local_day(written, context.utc_offset).isoformat(),
            times=TOLD_SEPARATOR.join(day.told for day in told if day.told),
            days=TOLD_SEPARATOR.join(day.known.day.isoformat() for day in told),
            amount=str(len(met)),
            tie_strength=f"{GOAL_TIE_STRENGTH:.2f}",
        ),
    )


def _without_goal(
    wanted: set[DayMeasure], days: Sequence[KnownDay], at: float, context: MiningContext
) -> Iterator[Topic]:
    """Late evenings and long stretches of the last week, where no note says how they are wanted."""
    late = [day for day in days if day.ended is not None and day.ended > LATE_WITHOUT_GOAL_MINUTES]
    quiet = _minutes_since(QUIET_WITHOUT_GOAL_MINUTES, at, context.utc_offset) < LATE_HOURS
    if len(late) >= MIN_DAYS_WITHOUT_GOAL and not wanted & {"bedtime", "stop"} and not quiet:
        yield _goalless_topic("stop", "Active after midnight", [MetDay(day, None, day.last_active) for day in late])
    long = [day for day in days if day.longest_minutes >= LONG_WITHOUT_GOAL_MINUTES]
    if len(long) >= MIN_DAYS_WITHOUT_GOAL and "breaks" not in wanted:
        met = [MetDay(day, None, say_length(day.longest_minutes)) for day in long]
        yield _goalless_topic("breaks", "Long without a break", met)


def _goalless_topic(measure: DayMeasure, title: str, met: Sequence[MetDay]) -> Topic:
    told = met[-MAX_TOLD_DAYS:]
    return Topic(
        id=topic_id("rhythm", f"{measure} without a goal"),
        kind="rhythm",
        title=title,
        evidence=tuple(quote_day(day.known, measure) for day in reversed(told)),
        at=_told_at(told),
        cause=hash_parts("rhythm", measure),
        salience=SALIENCE_WITHOUT_GOAL,
        detail=TopicDetails(
            told=measure,
            course="noticed",
            times=TOLD_SEPARATOR.join(day.told for day in told),
            days=TOLD_SEPARATOR.join(day.known.day.isoformat() for day in told),
            amount=str(len(met)),
        ),
    )


def _told_at(told: Sequence[MetDay]) -> float:
    return max(day.known.item.date for day in told)
