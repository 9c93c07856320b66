"""Which phrases about its dates and amounts are true of a topic: what a checker lets a sentence say."""

from __future__ import annotations

from collections.abc import Collection

from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.facts.days_and_amounts import (
    MIN_SPAN_DAYS,
    count_questions,
    days_of_theme,
    describe_beginning,
    describe_iso_day,
    describe_planned_days,
    describe_work_amount,
    describe_writing,
)
from proactive_tui.talk.phrases.counted_words import count_in_words
from proactive_tui.talk.phrases.review_words import name_concern
from proactive_tui.talk.phrases.rhythm_phrases import true_rhythm_phrases
from proactive_tui.talk.relative_time import RELATIVE_DATE_PHRASES, describe_relative_day, describe_run, describe_span
from proactive_tui.text.dates.local_days import local_day


def true_date_phrases(topic: Topic, *, now: float | None, language: str, utc_offset: int = 0) -> str:
    """All true phrases for the dates of a topic: the dates that the checker allows."""
    said = [name for at in (topic.at, topic.due) if at is not None for name in _calendar_names(at, utc_offset)]
    if now is not None:
        languages = {language, "en"} & RELATIVE_DATE_PHRASES.keys()
        said += [describe_writing(topic, now, code, utc_offset) for code in languages]
        times = [instant for instant in (min(topic.at, now), topic.due) if instant is not None]
        said += [describe_relative_day(at, now, code, utc_offset) for at in times for code in languages]
        said += [day for code in languages for day in describe_planned_days(topic, now, code, utc_offset) if day]
        told = [topic.detail.turned, topic.detail.last_entry, topic.detail.opened]
        told += [topic.detail.last_written] if topic.kind == "review" else []
        said += [words for code in languages for words in _review_counts(topic, code)]
        said += [describe_iso_day(day, now, code, utc_offset) for code in languages for day in told]
        said += _true_spans(topic, now, languages, utc_offset)
        said += [words for code in languages if (words := describe_beginning(topic, now, code))]
        said += [words for code in languages if (words := count_questions(topic.detail.questions, code))]
    return ". ".join(said)


def _true_spans(topic: Topic, now: float, languages: Collection[str], utc_offset: int) -> list[str]:
    """How long a theme has gone on, how often in a row a goal was kept, and how much work is unfinished."""
    said: list[str] = []
    if topic.kind == "theme" and (days := days_of_theme(topic, now, utc_offset)) >= MIN_SPAN_DAYS:
        said += [describe_span(days, code) for code in languages]
    if topic.detail.run and topic.detail.run.isdecimal():
        said += [describe_run(int(topic.detail.run), code) for code in languages]
    if topic.kind == "unfinished work":
        said += filter(None, (describe_work_amount(topic, code) for code in languages))
    if topic.kind == "rhythm":
        for code in languages:
            said += true_rhythm_phrases(topic, now=now, language=code, utc_offset=utc_offset)
    return said


def _review_counts(topic: Topic, language: str) -> list[str]:
    """How many comments are new and how many checks failed, in words, and what the one that blocks is about."""
    remarks, checks = topic.detail.new_comments or "", topic.detail.failed_checks or ""
    return [
        *([count_in_words(int(remarks), "new comments", language)] if remarks.isdecimal() else []),
        *([count_in_words(int(checks), "failed checks", language)] if checks.isdecimal() else []),
        *filter(None, [name_concern(topic.detail.concern, language)]),
    ]


def _calendar_names(at: float, utc_offset: int) -> tuple[str, ...]:
    day = local_day(at, utc_offset)
    return (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%A}")
