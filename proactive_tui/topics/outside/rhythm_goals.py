"""Finds what the owner's notes want their days to be like: in bed before a time, off work, with pauses, days off.

A line holds such a goal where it says what is wanted *and* that it is wanted: by a wish, a resolution, a rhythm, or by
the heading it stands under. What is meant once, asked, done, or about somebody else is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import Sentence, TextBlock, split_blocks, split_sentences
from proactive_tui.text.words import strip_markdown
from proactive_tui.topics import cues
from proactive_tui.topics.goal import GOAL_TAGS
from proactive_tui.topics.habits.day_log import minutes_after_noon
from proactive_tui.topics.outside import rhythm_words as words_for
from proactive_tui.topics.outside.rhythm_times import NAMED_CLOCK, read_clock, read_every, read_length, say_minutes
from proactive_tui.topics.outside.rhythm_words import DayMeasure

MAX_GOAL_CHARACTERS: Final = 220
"""A longer sentence is a story, and no goal."""
_CLOSED_BOX = re.compile(r"^\s*(?:[-*+]\s+)?\[[xX/>-]\]")


class DayGoal(NamedTuple):
    """What a line of a note wants the days to be like.

    `limit` is a time of day in minutes after noon (`bedtime`, `stop`, `start`) or a number of minutes (`breaks`: the
    longest stretch, `screen time`); `stated` is the limit in words that every language shares: "23:00", "90 min"; ""
    for days off. `weekdays` are the days off, or the only days that are meant (Monday is 0); all days where empty.
    """

    measure: DayMeasure
    words: str
    line_start: int
    line_end: int
    heading: tuple[str, ...]
    limit: float = 0.0
    stated: str = ""
    weekdays: frozenset[int] = frozenset()


def find_day_goals(note: Note) -> tuple[DayGoal, ...]:
    """The goals about the days that a note holds, in its order; the first of each measure."""
    if not any(_may_hold_goal(passage.text) for passage in note.passages):
        return ()
    found: dict[DayMeasure, DayGoal] = {}
    about_goals = bool(GOAL_TAGS & set(note.tags)) or bool(words_for.GOAL_HEADING.match(strip_markdown(note.title)))
    for block in split_blocks(note):
        if block.role not in ("prose", "item") or not _may_hold_goal(block.text) or _CLOSED_BOX.match(block.text):
            continue
        for sentence in split_sentences(block):
            goal = _read_sentence(sentence, block, about_goals=about_goals)
            if goal is not None:
                found.setdefault(goal.measure, goal)
    return tuple(found.values())


def _may_hold_goal(text: str) -> bool:
    """Whether a text has a word of a goal about the days, as most have not."""
    low = text.lower()
    return any(stem in low for stem in words_for.STEMS_OF_GOALS)


def _read_sentence(sentence: Sentence, block: TextBlock, *, about_goals: bool) -> DayGoal | None:
    masked = strip_markdown(sentence.masked).replace("’", "'").strip()
    if len(masked) > MAX_GOAL_CHARACTERS or not _is_wanted(masked, block, about_goals=about_goals):
        return None
    for measured in _wanted_goals(masked):
        is_off = measured.measure == "days off"
        return measured._replace(
            weekdays=measured.weekdays if is_off else _meant_days(masked, measured.measure),
            words=strip_markdown(sentence.text),
            line_start=sentence.line_start,
            line_end=sentence.line_end,
            heading=block.heading,
        )
    return None


def _is_wanted(masked: str, block: TextBlock, *, about_goals: bool) -> bool:
    """Whether a sentence wants something for good, for the one who writes."""
    if (
        masked.endswith("?")
        or words_for.OTHERS_OR_OTHER_WORDS.search(masked)
        or words_for.ONE_TIME_WORDS.search(masked)
        or words_for.UNWANTED_WISH.search(masked)
        or _names_one_day(masked)
        or cues.READER_OR_PAST_CUE.search(masked)
    ):
        return False
    if cues.GOAL_LABEL.match(masked) or cues.WISH_CUE.search(masked) or words_for.RESOLVE_CUE.search(masked):
        return True
    under = about_goals or any(words_for.GOAL_HEADING.match(strip_markdown(title)) for title in block.heading[-2:])
    return block.role == "item" and (under or bool(cues.CADENCE_PHRASE.search(masked) or read_every(masked)))


def _names_one_day(masked: str) -> bool:
    """Whether a sentence is about one day, "on Friday", and not about all of its name."""
    recurring = (words_for.RECURRING_DAY, words_for.SUNDAY_WORDS, words_for.SATURDAY_WORDS)
    named = any(name.search(masked) for name in words_for.DAY_NAMES)
    return named and not any(words.search(masked) for words in recurring)


def _wanted_goals(masked: str) -> Iterator[DayGoal]:
    """What a sentence wants, the most certain first; its words and place are still missing."""
    weekdays = _days_off(masked)
    if weekdays and words_for.OFF_WORDS.search(masked) and not NAMED_CLOCK.search(masked):
        yield DayGoal("days off", "", 0, 0, (), weekdays=weekdays)
    if words_for.BED_WORDS.search(masked) and (clock := read_clock(masked, evening=True)) is not None:
        yield _clock_goal("bedtime", clock)
    if words_for.STOP_WORDS.search(masked) and (clock := read_clock(masked, evening=True)) is not None:
        yield _clock_goal("stop", clock)
    if words_for.START_WORDS.search(masked) and (clock := read_clock(masked, evening=False)) is not None:
        yield _clock_goal("start", clock)
    if words_for.BREAK_WORDS.search(masked) and (minutes := read_every(masked) or read_length(masked)):
        yield DayGoal("breaks", "", 0, 0, (), minutes, say_minutes(minutes))
    if words_for.SCREEN_WORDS.search(masked) and (minutes := read_length(masked)):
        yield DayGoal("screen time", "", 0, 0, (), minutes, say_minutes(minutes))


def _days_off(masked: str) -> frozenset[int]:
    days = {5, 6} if words_for.WEEKEND_WORDS.search(masked) else set()
    days |= {6} if words_for.SUNDAY_WORDS.search(masked) else set()
    days |= {5} if words_for.SATURDAY_WORDS.search(masked) else set()
    return frozenset(days)


def _meant_days(masked: str, measure: DayMeasure) -> frozenset[int]:
    """The days of the week for which a goal is meant; none for all. Of evenings before a day of work, those are taken
    that are so in any reading.
    """
    if words_for.WORKDAY_WORDS.search(masked):
        return frozenset(range(4)) if measure == "bedtime" else frozenset(range(5))
    named = frozenset(day for day, name in enumerate(words_for.DAY_NAMES) if name.search(masked))
    return named or _days_off(masked)


def _clock_goal(measure: DayMeasure, clock: tuple[int, int]) -> DayGoal:
    hour, minute = clock
    return DayGoal(measure, "", 0, 0, (), minutes_after_noon(hour % 24, minute), f"{hour % 24:02d}:{minute:02d}")
