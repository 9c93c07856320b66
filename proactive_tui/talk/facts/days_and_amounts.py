"""The days and amounts of a topic in words."""

from __future__ import annotations

import datetime as dt

from proactive_tui.model.topic_values import UNKNOWN_DAY, Topic
from proactive_tui.talk.phrases.counted_words import count_in_words
from proactive_tui.talk.relative_time import (
    count_word,
    describe_day_offset,
    describe_minutes_ahead,
    describe_relative_day,
    describe_unknown_day,
)
from proactive_tui.text.dates.local_days import local_day

MIN_SPAN_DAYS = 4
"""Days for which a theme has gone on before that is worth a word."""
_QUESTION_COUNTS = {
    "en": ("a question in your notes is about it", "{} questions in your notes are about it"),
    "de": ("eine Frage in deinen Notizen handelt davon", "{} Fragen in deinen Notizen handeln davon"),
    "fr": ("une question de tes notes en parle", "{} questions de tes notes en parlent"),
    "es": ("una pregunta de tus notas trata de ello", "{} preguntas de tus notas tratan de ello"),
}


def describe_writing(topic: Topic, now: float, language: str, utc_offset: int) -> str:
    """When a topic was last written, in words."""
    if topic.detail.day_written == UNKNOWN_DAY:
        return describe_unknown_day(language)
    return describe_relative_day(min(topic.at, now), now, language, utc_offset)


def describe_iso_day(day: str | None, now: float, language: str, utc_offset: int) -> str:
    """An ISO date in words, seen from `now`; empty where it is none."""
    date = read_iso_day(day)
    return (
        "" if date is None else describe_day_offset((date - local_day(now, utc_offset)).days, language, date.weekday())
    )


def describe_planned_days(topic: Topic, now: float, language: str, utc_offset: int) -> tuple[str, str, str]:
    """The day for which a topic is planned, in words, from today on; that day where it is past; the day it began."""
    detail, today = topic.detail, local_day(now, utc_offset)

    def say(day: dt.date) -> str:
        return describe_day_offset((day - today).days, language, day.weekday())

    scheduled = read_iso_day(detail.scheduled) or (today if detail.planned and not detail.start else None)
    start = read_iso_day(detail.start)
    return (
        say(scheduled) if scheduled and scheduled >= today else "",
        say(scheduled) if scheduled and scheduled < today else "",
        say(start) if start and start <= today else "",
    )


def read_iso_day(text: str | None) -> dt.date | None:
    """The day of an ISO date; None where it is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def days_of_theme(topic: Topic, now: float, utc_offset: int) -> int:
    """For how many days a theme has gone on; 0 where that is not known."""
    since = read_iso_day(topic.detail.since)
    return 0 if since is None else (local_day(now, utc_offset) - since).days


def describe_beginning(topic: Topic, now: float, language: str) -> str:
    """How soon an appointment begins; "" for other topics, and where it has begun."""
    begins = topic.due if topic.detail.starts else None
    return "" if begins is None or now >= begins else describe_minutes_ahead(begins - now, language)


def count_questions(count: str | None, language: str) -> str:
    """That so many questions of the notes are about a topic; "" where there are none."""
    if count is None or not count.isdecimal() or int(count) < 1:
        return ""
    one, many = _QUESTION_COUNTS[language]
    return one if int(count) == 1 else many.format(count_word(int(count), language))


def describe_work_amount(topic: Topic, language: str) -> str:
    """How many commits or files unfinished work has, in words; empty where it is unknown."""
    amount = topic.detail.amount or ""
    if not amount.isdecimal():
        return ""
    return count_in_words(int(amount), "files" if topic.detail.told == "uncommitted" else "commits", language)
