"""Makes a topic of each list of habits that daily notes keep, and adds to a goal how it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.words import shorten_text
from proactive_tui.topics.habits.day_log import LogEntry
from proactive_tui.topics.habits.goal_log import (
    GoalCourse,
    GoalTarget,
    log_of_boxes,
    read_course,
    read_target,
)
from proactive_tui.topics.habits.habit_lines import HabitList, TickedHabit
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.quoting import hash_parts

HABIT_LIST_SALIENCE = 0.45
TURNED_BONUS = 0.3  # added where a habit goes worse, or better, than before
RUN_BONUS = 0.15  # added for a run worth a word
MIN_TOLD_RUN = 5  # entries kept in a row
MIN_TOLD_LAPSE = 3  # entries missed in a row
MAX_LIST_REST_DAYS = 45  # a list without a note for so long was given up
MAX_TURNED_DAYS = 30  # a turn longer ago is no news
MAX_NAMED_HABITS = 4


def mine_habit_lists(context: MiningContext, at: float) -> list[Topic]:
    """A topic for each list of habits that the last weeks kept, with the habit of which there is most to say."""
    today = local_day(at, context.utc_offset)
    every = (
        context.failures.attempt(
            "goal", kept.habits[0].boxes[-1].path, None, _habit_list_topic, kept, context, at, today
        )
        for kept in context.habits.lists
    )
    return [topic for topic in every if topic is not None]


def _habit_list_topic(kept: HabitList, context: MiningContext, at: float, today: dt.date) -> Topic | None:
    newest = max(habit.boxes[-1].day for habit in kept.habits)
    current = [habit for habit in kept.habits if habit.boxes[-1].day == newest]
    if not 0 <= (today - newest).days <= MAX_LIST_REST_DAYS or not any(
        box.ticked for habit in current for box in habit.boxes
    ):
        return None
    path = current[0].boxes[-1].path
    lines = [habit.boxes[-1].line for habit in current if habit.boxes[-1].path == path]
    names = ", ".join(habit.words for habit in current[:MAX_NAMED_HABITS])
    told = max(
        ((_remark_order(course), habit, course) for habit, course in _courses(current, today)),
        key=lambda found: found[0],
        default=None,
    )
    note = context.notes[path]
    detail = TopicDetails(note=shorten_text(note.title), words=names, last_entry=newest.isoformat())
    salience = HABIT_LIST_SALIENCE * 0.5 ** ((today - newest).days / 14)
    if told is not None and told[0] > 0:
        detail = replace(add_course(detail, told[2], today), habit=told[1].words)
        salience += course_bonus(told[2], today)
    return Topic(
        id=hash_parts("goal", "habit list", kept.heading, *sorted(habit.words.lower() for habit in current)[:2]),
        kind="goal",
        title=shorten_text(f"{kept.heading}: {names}" if kept.heading else names),
        evidence=(quote_lines(classify_lines(note), min(lines), max(lines), path),),
        at=min(at, local_noon(newest)),
        cause=hash_parts(detail.habit or "", detail.turned or "", detail.course or ""),
        salience=round(min(1.0, salience), 4),
        tags=note.tags,
        detail=detail,
    )


def _courses(habits: Sequence[TickedHabit], today: dt.date) -> list[tuple[TickedHabit, GoalCourse]]:
    courses = ((habit, read_course(log_of_boxes(habit, today), GoalTarget(), today)) for habit in habits)
    return [(habit, course) for habit, course in courses if course is not None]


def _remark_order(course: GoalCourse) -> float:
    """How much there is to say of a course: a turn most, then a run; 0 for nothing."""
    if course.turned is not None:
        return 100.0 + max(course.run, course.lapse)
    return float(course.run) if course.run >= MIN_TOLD_RUN else 0.0


def goal_entries(words: str, path: str, context: MiningContext, today: dt.date) -> tuple[LogEntry, ...]:
    """The log of the goal that the note at `path` states in these words; () without one."""
    nothing: tuple[LogEntry, ...] = ()
    return context.failures.attempt("goal", path, nothing, context.read_goal_log, words, path, today)


def follow_goal(topic: Topic, entries: Sequence[LogEntry], context: MiningContext, at: float) -> Topic:
    """A goal with how it goes by its log, the newest entry as further evidence where it stands in another note."""
    today = local_day(at, context.utc_offset)
    first = topic.evidence[0]
    course = read_course(entries, read_target(f"{topic.title} {first.text}"), today)
    if course is None:
        return topic
    evidence = topic.evidence
    last = entries[-1]
    if last.path != first.path and last.line > 1:
        evidence = (*evidence, quote_lines(classify_lines(context.notes[last.path]), last.line, last.line, last.path))
    return replace(
        topic,
        evidence=evidence,
        detail=add_course(topic.detail, course, today),
        salience=round(min(1.0, topic.salience + course_bonus(course, today)), 4),
    )


def add_course(detail: TopicDetails, course: GoalCourse, today: dt.date) -> TopicDetails:
    """The details with what is worth saying of a course."""
    recent = course.turned is not None and (today - course.turned).days <= MAX_TURNED_DAYS
    return replace(
        detail,
        last_entry=course.last_entry.isoformat(),
        run=str(course.run) if course.run >= MIN_TOLD_RUN else None,
        lapse=str(course.lapse) if course.lapse >= MIN_TOLD_LAPSE else None,
        turned=course.turned.isoformat() if recent and course.turned else None,
        course=("better" if course.better else "worse") if recent and course.better is not None else None,
    )


def course_bonus(course: GoalCourse, today: dt.date) -> float:
    """What a course adds to the salience of its goal; a turn is news for two weeks."""
    if course.turned is not None:
        return float(TURNED_BONUS * 0.5 ** ((today - course.turned).days / 14))
    return RUN_BONUS if course.run >= MIN_TOLD_RUN else 0.0
