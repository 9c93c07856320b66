"""Words settings, beliefs, captures, the shelf and the agenda for the ear. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from proactive_tui.config import Config
from proactive_tui.config_reading import ConfigSetting, list_settings, setting_value
from proactive_tui.ipc.events import LearningStatistics
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.model.offer_values import AgendaLine, ShelfLine
from proactive_tui.plain.role_lines import spoken_words
from proactive_tui.plain.spoken_things import spoken_place, spoken_sentence
from proactive_tui.settings import format_setting
from proactive_tui.text.terminal_safe import one_line
from proactive_tui.tui.formatting.room_words import (
    SHELF_TITLES,
    SORT_WORDS,
    describe_evidence,
    describe_shelf_time,
    format_day,
)


def spoken_belief(number: int, belief: Belief, learned: LearningStatistics) -> str:
    """A belief, and what it rests on."""
    rests = describe_evidence(belief, learned) or "forget and its number lets it be raised again"
    return " ".join((f"{number}:", *spoken_sentence(belief.text), *spoken_sentence(rests)))


def spoken_capture(plan: CapturePlan) -> Sequence[str]:
    """The note, the place and the line that is to be written."""
    place = f"line {plan.line}" if plan.digest else "a new note"
    before = (f"After: {one_line(plan.before)}",) if plan.before.strip() else ()
    return (f"{spoken_words(plan.path)}, {place}.", *before, f"It will read: {one_line(plan.text)}")


def spoken_shelf_line(number: int, line: ShelfLine, now: float) -> str:
    """A line of the shelf: which part of it, the topic, when, and why."""
    said = (f"{SHELF_TITLES[line.group]}: {line.topic.title}", describe_shelf_time(line, now), line.reason)
    return " ".join((f"{number}:", *(sentence for part in said for sentence in spoken_sentence(part))))


def spoken_agenda_line(number: int, line: AgendaLine, today: dt.date) -> str:
    """A line of the agenda: its day and time, its words, the person, why it stands there, and its place."""
    if not line.day:
        when = "without a day"
    else:
        day = dt.date.fromisoformat(line.day)
        when = f"overdue since {format_day(day, today)}" if day < today else format_day(day, today)
    about = ", ".join(filter(None, (line.time, line.person, SORT_WORDS[line.sort])))
    said = (*spoken_sentence(f"{when}: {line.words}"), *spoken_sentence(about))
    return " ".join((f"{number}:", *said, f"{spoken_place(line.source)}."))


def match_settings(config: Config, words: str) -> list[ConfigSetting]:
    """The settings whose name is or ends in the words, else those that say them; without words, those that the owner
    has changed.
    """
    if not words:
        return [setting for setting in list_settings() if setting_value(config, setting.key) != setting.default]
    wanted = words.casefold()
    named = [setting for setting in list_settings() if wanted in {setting.key, setting.key.partition(".")[2]}]
    return named or [setting for setting in list_settings() if wanted in f"{setting.key} {setting.what}".casefold()]


def spoken_setting(setting: ConfigSetting, value: Any) -> Iterator[str]:
    """A setting: its value, what it is, what it may be, and when a change of it counts."""
    yield f"{setting.key} is {_spoken_value(value)}."
    yield from spoken_sentence(setting.what)
    choices = f"one of {', '.join(setting.choices)}" if setting.choices else setting.kind
    yield f"May be {spoken_words(choices)}; {_spoken_value(setting.default)} by default."
    if not setting.live:
        yield "A change counts from the next start."


def spoken_setting_names(config: Config, settings: Iterable[ConfigSetting]) -> Iterator[str]:
    """Settings with their values alone."""
    for setting in settings:
        yield f"{setting.key} is {_spoken_value(setting_value(config, setting.key))}."


def _spoken_value(value: Any) -> str:
    return spoken_words(format_setting(value)) or "empty"
