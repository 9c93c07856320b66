"""Finds goals and habits: what the owner wanted to do regularly, how often, and since when notes are silent on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.blocks import Sentence, TextBlock, classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.dates.calendar_words import canonical_words
from proactive_tui.text.dates.day_words import read_day
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.people import find_people
from proactive_tui.text.words import WORD_PATTERN, normalize_text, shorten_text, stop_words_of, strip_markdown
from proactive_tui.topics import cues
from proactive_tui.topics.habits.habit_topics import follow_goal, goal_entries
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.quoting import (
    ISO_DATE,
    build_title,
    hash_parts,
    place_name,
    section_subject,
    topic_id,
)
from proactive_tui.units import SECONDS_PER_DAY

GOAL_TAGS = {
    "habit",
    "habits",
    "goal",
    "goals",
    "resolution",
    "resolutions",
    "gewohnheit",
    "ziel",
    "ziele",
    "objectif",
    "hábito",
    "meta",
}
LOG_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d\d-\d\d(?!\d)|\d{1,2}(?:\.|st|nd|rd|th)? [^\W\d_]{3,10}\b)")
CADENCE_NUMBERS = {"one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
LAPSED_GOAL_BONUS = 0.3  # added to the salience after two periods or more without an entry
FIRST_PERSON = re.compile(
    r"\b(?:i|i'?d|i'?m|my|me|we|our|ich|mein\w*|je|j'|mon|ma|mes|mi|quiero|quisiera)\b", re.IGNORECASE
)


class FoundGoal(NamedTuple):
    """A goal: its words, its place, its cadence, and the day of the last entry of its log."""

    title: str
    sentence: Sentence
    heading: tuple[str, ...]
    cadence: str
    last_entry: dt.date | None
    confidence: float


def prepare_goals(topics: Sequence[Topic], context: MiningContext) -> None:
    """Look for the mentions of all goals together, before each is weighed."""
    told = (context.recall_wording(_telling_words, topic.title) for topic in topics)
    context.watch_mentions({words[0] for words in told if words})


def last_heard_at(topic: Topic, context: MiningContext) -> float | None:
    """When a note other than its own mentioned a goal last; None where none did."""
    words = context.recall_wording(_telling_words, topic.title)
    return context.last_mention_at(words[:1], topic.evidence[0].path) if words else None


def kept_logs(context: MiningContext) -> tuple[object, ...]:
    """What logs of goals there are."""
    return context.trackers, context.habits


def rescore_goal(topic: Topic, context: MiningContext, at: float) -> Topic | None:
    """The topic with its salience at `at`: more after a gap in its log, less after months of silence."""
    heard = topic.at
    if mention := last_heard_at(topic, context):
        heard = max(heard, min(mention, at))
    detail = replace(topic.detail, last_mention=local_day(heard, context.utc_offset).isoformat())
    salience = topic.salience * (0.4 + 0.6 * 0.5 ** (max(0.0, context.aged_until(at) - heard) / SECONDS_PER_DAY / 90))
    today = local_day(at, context.utc_offset)
    entries = goal_entries(topic.title, topic.evidence[0].path, context, today)
    if entries:
        detail = replace(detail, last_entry=entries[-1].day.isoformat())
    if detail.last_entry:
        since = (today - dt.date.fromisoformat(detail.last_entry)).days
        if since >= 2 * _period_days(detail.cadence or ""):
            salience += LAPSED_GOAL_BONUS * 0.5 ** (since / 60)
            detail = replace(detail, gap=f"{since} days")
    weighed = replace(topic, salience=round(min(1.0, salience), 4), detail=detail)
    return follow_goal(weighed, entries, context, at) if entries else weighed


def _telling_words(title: str) -> list[str]:
    """The words of a goal that tell it from others, in lower case."""
    stop_words = stop_words_of(title)
    return [
        word
        for word in WORD_PATTERN.findall(title.lower())
        if len(word) > 3
        and word not in stop_words
        and not cues.CADENCE_PHRASE.search(f"every {word}")
        and word not in ("every", "times", "week", "daily")
    ]


def _period_days(cadence: str) -> float:
    """Days between two times of a cadence; a week where its words do not say."""
    low = cadence.lower()
    count = next((n for word, n in CADENCE_NUMBERS.items() if re.search(rf"\b{word}\b", low)), 1)
    digits = re.match(r"(\d+)", low)
    count = int(digits[1]) if digits else count
    days = 1.0
    if re.search(r"month|monat|\bmois\b|\bmes\b", low):
        days = 30.0
    elif (
        re.search(r"week|woche|semaine|semana|weekend|seven|[a-z]+day\b|tag\b", low)
        and not re.search(r"every (?:single )?day|täglich|jeden tag", low)
    ) or not low:
        days = 7.0
    return days / max(1, count)


def extract_goals(note: Note, context: MiningContext) -> list[Topic]:
    """The goals and habits of a note, independent of the time."""
    if not is_personal(note):
        return []
    found = _find_habit(note) or next(_find_wishes(note), None)
    if found is None:
        return []
    whole = classify_lines(note)
    key = topic_id("goal", found.title)
    since = re.search(
        r"\b[Ss]ince (\d{1,2} \w+|\w+ \d{1,2}|\d{4}-\d\d-\d\d)", "\n".join(passage.prose for passage in note.passages)
    )
    detail = TopicDetails(
        note=shorten_text(place_name(note)),
        cadence=found.cadence or None,
        last_entry=found.last_entry.isoformat() if found.last_entry else None,
        since=since[1] if since else None,
    )
    return [
        Topic(
            id=key,
            kind="goal",
            title=build_title(found.title, section_subject(found.heading, note)),
            evidence=(
                quote_lines(whole, found.sentence.line_start, found.sentence.line_end, note.path, found.sentence.text),
            ),
            at=context.lines_written_at(note, found.sentence.line_start, found.sentence.line_end, found.heading),
            cause=hash_parts(normalize_text(found.sentence.text), detail.last_entry or ""),
            salience=found.confidence,
            tags=note.tags,
            people=find_people(found.sentence.text, context.people_names),
            detail=detail,
        )
    ]


def _find_habit(note: Note) -> FoundGoal | None:
    """The goal of a note that is about one: tagged so, or with a cadence in its title."""
    in_title = cues.CADENCE_PHRASE.search(note.title)
    if not (GOAL_TAGS & set(note.tags) or (in_title and not ISO_DATE.search(note.title) and _last_log_day(note))):
        return None
    every = [
        (block, candidate)
        for block in split_blocks(note)
        if block.role in ("prose", "item")
        for candidate in split_sentences(block)
    ]
    if not every:
        return None
    ranked = [
        *(pair for pair in every if cues.GOAL_LABEL.match(pair[1].text)),
        *(pair for pair in every if cues.CADENCE_PHRASE.search(pair[1].masked)),
        *(pair for pair in every if cues.WISH_CUE.search(pair[1].masked)),
        every[0],
    ]
    block, sentence = ranked[0]
    cadence = in_title or next(
        (hit for _, candidate in every if (hit := cues.CADENCE_PHRASE.search(candidate.masked))), None
    )
    return FoundGoal(
        strip_markdown(note.title), sentence, block.heading, cadence[0] if cadence else "", _last_log_day(note), 0.65
    )


def _find_wishes(note: Note) -> Iterator[FoundGoal]:
    """Sentences that wish for something regular, or that stand under a label or heading of goals."""
    text = "\n".join(" ".join((*passage.heading, passage.text)) for passage in note.passages).lower()
    if not (cues.CADENCE_PHRASE.search(text) or any(word in text for word in cues.GOAL_WORDS)):
        return
    for block in split_blocks(note):
        if block.role not in ("prose", "item"):
            continue
        under = bool(block.heading and cues.GOAL_LABEL.match(block.heading[-1]) and block.role == "item")
        for sentence in split_sentences(block):
            yield from _sentence_goals(block, sentence, under)


def _sentence_goals(block: TextBlock, sentence: Sentence, under: bool) -> Iterator[FoundGoal]:
    words = strip_markdown(sentence.text)
    label = cues.GOAL_LABEL.match(words)
    wishes = _wishes_for_regular(sentence.masked)
    if not (label or under or wishes):
        return
    if (
        cues.READER_OR_PAST_CUE.search(sentence.masked)
        or sentence.masked.endswith("?")
        or re.match(r"^\[[xX]\]", words)
    ):
        return
    cadence = cues.CADENCE_PHRASE.search(sentence.masked)
    if label and len(WORD_PATTERN.findall(words[label.end() :])) >= 3:
        yield FoundGoal(words[label.end() :], sentence, block.heading, cadence[0] if cadence else "", None, 0.6)
    elif wishes or (under and len(WORD_PATTERN.findall(words)) >= 2):
        yield FoundGoal(words, sentence, block.heading, cadence[0] if cadence else "", None, 0.5)


def _wishes_for_regular(masked: str) -> bool:
    """Whether somebody wishes for something of their own that has a cadence; the cheapest test first."""
    return bool(FIRST_PERSON.search(masked) and cues.CADENCE_PHRASE.search(masked) and cues.WISH_CUE.search(masked))


def _last_log_day(note: Note) -> dt.date | None:
    """The day of the newest dated row or item of a note's log; None where it keeps none."""
    last = local_day(note.date, 0) + dt.timedelta(days=7)
    days: list[dt.date] = []
    for line in classify_lines(note):
        if line.role in ("table", "item") and not re.search(r"\[ \]|:\s*[–-]\W*$", line.text):
            found = (_read_log_day(match[0], last) for match in LOG_DATE.finditer(line.text))
            days += [day for day in found if day is not None and day <= last][:1]
    return max(days) if len(days) >= 2 else None


def _read_log_day(words: str, last: dt.date) -> dt.date | None:
    """The day that a log entry names, the latest one up to `last`; None where it names none."""
    try:
        return read_day(canonical_words(words), last, past=True, whole_names=True)
    except ValueError:
        return None
