"""Finds tasks: what is not done, when it is due, and to whom it was promised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import count as count_from
from itertools import takewhile
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note, TaskItem
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.blocks import SourceLine, TextBlock, classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.dates.local_days import end_of_day, local_day
from proactive_tui.text.dates.text_days import TextDays, cut_days, find_days
from proactive_tui.text.outline.list_parents import find_list_parents
from proactive_tui.text.people import find_people
from proactive_tui.text.words import (
    LEADING_MARKERS,
    WORD_PATTERN,
    capitalize_first,
    normalize_text,
    shorten_text,
    strip_markdown,
)
from proactive_tui.topics import cues
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.quoting import (
    GENERIC_HEADING,
    build_title,
    hash_parts,
    place_name,
    section_subject,
    topic_id,
)
from proactive_tui.units import SECONDS_PER_DAY

OPEN_TASK_SALIENCE = 0.5
PROMISE_BONUS = 0.15  # added to the salience of a promise to somebody
DUE_TODAY_BONUS = 0.4  # added on the due day; half of it three days before
PLANNED_TODAY_BONUS = 0.35  # added on the day for which a task is scheduled or on which it starts
PLANNED_HALF_LIFE_DAYS = 14.0  # days after that day in which half of it is lost
OVERDUE_HALF_LIFE_DAYS = 45.0  # days after the due day in which half of that is lost: the task was given up

LASTING_SHARE = 0.5
"""The share of its salience that an undated task keeps however old it is."""
FRESH_BONUS, FRESH_HALF_LIFE_DAYS = 0.2, 3.0
"""Added for an undated task that was written just now, and the days after which half of that is left: what somebody
planned for these days is on their mind.
"""
MIN_TASK_LETTERS = 4
"""Letters of a task of one word: "Laundry", "牛乳を買う"."""
TASK_BOX = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s+")
SLASHED_DAY = re.compile(r"\d[/-]\d")
EMOJI_DATES = re.compile(r"[➕🛫⏳✅📅🔁⏫🔼🔽]\ufe0f?\s*(?:\d{4}-\d\d-\d\d)?")
SEE_ALSO_END = re.compile(r"\s*(?:→|->|⇒|\(see|\bsee)\s*(?:\[{1,2}[^\]]*\]{1,2}(?:\([^)]*\))?|[\w/.-]+)\)?\s*\.?$")
INLINE_FIELD = re.compile(r"\[\w+::[^\]]*\]|\(\w+::[^)]*\)")
PLACEHOLDER_TASK = re.compile(r"^\W*(?:do (?:this|that)|task|item|foo|bar|example|lorem)\W*\d*\W*$", re.IGNORECASE)
DONE_MARK = re.compile(r"(?:^|[\s(])(?:✅|✔|☑)|~~|\b(?:done|sent|answered)\b[.!)]*$", re.IGNORECASE)
PERSON_PRONOUN = re.compile(r"\b(?:him|her|them|they|she|he)\b")


class FoundTask(NamedTuple):
    """A task: its words, its place, its form, and the lines around it, where known."""

    text: str
    line_start: int
    line_end: int
    heading: tuple[str, ...]
    days: TextDays
    promised: bool
    lines: tuple[SourceLine, ...] = ()


def rescore_task(topic: Topic, context: MiningContext, at: float) -> Topic | None:
    """The topic with its salience at `at`: due, planned and promised tasks first, long neglected ones last.

    A task that becomes overdue is news, so its cause changes. None where the task starts on a later day.
    """
    today = local_day(at, context.utc_offset)
    if topic.detail.start is not None and dt.date.fromisoformat(topic.detail.start) > today:
        return None
    age = context.age_of_topic(topic, at)
    salience = topic.salience * (LASTING_SHARE + (1 - LASTING_SHARE) * 0.5 ** (age / 45))
    salience += FRESH_BONUS * 0.5 ** (age / FRESH_HALF_LIFE_DAYS)
    detail = topic.detail
    cause = topic.cause
    if topic.due is not None:
        days = (topic.due - at) / SECONDS_PER_DAY
        salience = topic.salience + DUE_TODAY_BONUS * (
            0.5 ** (max(0.0, days) / 3) if days >= 0 else 0.5 ** (-days / OVERDUE_HALF_LIFE_DAYS)
        )
        if days > 30:
            salience -= 0.15
        elif days < -3 * OVERDUE_HALF_LIFE_DAYS:
            salience -= 0.25
        if days < 0:
            detail = replace(detail, overdue=_format_overdue(topic.due, at, context.utc_offset))
            cause = hash_parts(topic.cause, "overdue")
    if (planned := _days_since_planned(detail, today)) is not None:
        if planned >= 0:
            bonus = PLANNED_TODAY_BONUS * 0.5 ** (planned / PLANNED_HALF_LIFE_DAYS)
            salience = max(salience, topic.salience + bonus)
            detail = replace(detail, planned="today" if planned == 0 else None)
        elif topic.due is None:
            salience = topic.salience * 0.5
    if detail.promised_to is not None:
        salience += PROMISE_BONUS * (1.0 if topic.due is not None else 0.5 ** (age / 60))
    return replace(topic, salience=round(min(1.0, max(0.0, salience)), 4), cause=cause, detail=detail)


def _days_since_planned(detail: TopicDetails, today: dt.date) -> int | None:
    """Days since the day for which a task is scheduled, else since its start; negative before it."""
    planned = detail.scheduled or detail.start
    return None if planned is None else (today - dt.date.fromisoformat(planned)).days


def _format_overdue(due: float, at: float, utc_offset: int) -> str:
    days = (local_day(at, utc_offset) - local_day(due, utc_offset)).days
    return f"{days} day{'s' if days != 1 else ''}"


def extract_tasks(note: Note, context: MiningContext) -> list[Topic]:
    """The tasks of a note, independent of the time."""
    whole = None
    parents = find_list_parents(note) if any(not item.done for item in note.tasks) else {}
    out: dict[str, Topic] = {}
    for found in [*_find_open_items(note, context), *_find_prose_tasks(note, context)]:
        due = found.days.due
        if found.days.done:
            continue
        words = strip_markdown(_strip_marks(cut_days(found.text, found.days)))
        if not _says_what(words, found) or PLACEHOLDER_TASK.match(words):
            continue
        if found.lines and DONE_MARK.search(words):
            continue
        people = find_people(found.text, context.people_names)
        key = topic_id("task", words)
        detail = TopicDetails(
            note=shorten_text(place_name(note)),
            due=due,
            scheduled=found.days.scheduled,
            start=found.days.start,
            part_of=_named_parent(parents.get(found.line_start, ""), found),
        )
        if found.promised:
            somebody = ", ".join(people) or _note_person(note, found.text, context) or "somebody"
            detail = replace(detail, promised_to=somebody)
            people = people or tuple(filter(None, [_note_person(note, found.text, context)]))
        whole = classify_lines(note) if whole is None and not found.lines else whole
        evidence = quote_lines(found.lines or whole or (), found.line_start, found.line_end, note.path, found.text)
        if found.lines and "~~" in evidence.text:
            continue
        out.setdefault(
            key,
            Topic(
                id=key,
                kind="task",
                title=build_title(
                    capitalize_first(words), section_subject(found.heading, note) or detail.part_of or ""
                ),
                evidence=(evidence,),
                at=context.lines_written_at(note, found.line_start, found.line_end, found.heading),
                cause=hash_parts(normalize_text(words), due or "", *filter(None, [found.days.scheduled])),
                due=end_of_day(due, context.utc_offset) if due else None,
                salience=OPEN_TASK_SALIENCE,
                tags=note.tags,
                people=people,
                detail=detail,
            ),
        )
    return list(out.values())


def _named_parent(parent: str, found: FoundTask) -> str | None:
    """What an item of a list is a part of; None where that names nothing ("To do:"), and for a task in prose."""
    generic = GENERIC_HEADING.match(parent) or GENERIC_HEADING.match(parent.replace(" ", "-"))
    return None if found.lines or not parent or generic else parent


def _says_what(words: str, found: FoundTask) -> bool:
    """Whether the words say what is to be done: in a box one word may, and one run of letters in Chinese or Thai."""
    count = len(WORD_PATTERN.findall(words))
    return count > 1 or (count == 1 and not found.lines and len(re.findall(r"[^\W\d_]", words)) >= MIN_TASK_LETTERS)


def _strip_marks(text: str) -> str:
    text = EMOJI_DATES.sub("", SEE_ALSO_END.sub("", LEADING_MARKERS.sub("", text)))
    return INLINE_FIELD.sub("", text).strip(" ,;–-")


def _note_person(note: Note, text: str, context: MiningContext) -> str:
    """The person whom a note is about, where the text says "her" or "him"."""
    about = note.title.split("(")[0].strip()
    return about if PERSON_PRONOUN.search(text) and about in context.people_names else ""


def _find_open_items(note: Note, context: MiningContext) -> Iterator[FoundTask]:
    """Items that are marked as tasks and not closed. A day in words is relative to the day that the heading names."""
    lines = {line.number: line for line in reversed(classify_lines(note))} if note.tasks else {}
    for item in note.tasks:
        if item.done or (item.state == "question" and ends_asking(item.text)):
            continue
        text = _note_days_text(note) if item.whole_note else _item_text(item, lines)
        days = _read_days(text, item.line, item.heading, note, context)
        shown = _read_days(item.text, item.line, item.heading, note, context)
        promised = bool(cues.PROMISE_CUE.search(item.text))
        due = days.due or item.due
        yield FoundTask(
            item.text, item.line, item.line, item.heading, days._replace(due=due, spans=shown.spans), promised
        )


def _note_days_text(note: Note) -> str:
    """The days of a note that is a task as a whole, in the signs of tasks."""
    days = {key.lower(): value for key, value in note.properties.items()}
    return " ".join(
        f"{sign} {days[key][:10]}"
        for key, sign in (("due", "📅"), ("scheduled", "⏳"), ("start", "🛫"))
        if days.get(key)
    )


def _item_text(item: TaskItem, lines: Mapping[int, SourceLine]) -> str:
    """The line of a task without its box, and the lines of time stamps and properties below it."""
    if item.line not in lines:
        return item.text
    below = takewhile(lambda number: number in lines and lines[number].role == "hidden", count_from(item.line + 1))
    return "\n".join((TASK_BOX.sub("", lines[item.line].text), *(lines[number].text for number in below)))


def _read_days(
    text: str, line: int, heading: tuple[str, ...], note: Note, context: MiningContext, *, bare_is_due: bool = True
) -> TextDays:
    """The days of a line, counted from the day that its heading names, else from the day of its note or of itself."""
    order = context.day_order if SLASHED_DAY.search(text) else "day first"
    written = context.days_counted_from(note, line, line, heading)
    return find_days(text, written, order, bare_is_due=bare_is_due)


def _find_prose_tasks(note: Note, context: MiningContext) -> Iterator[FoundTask]:
    """Lines that begin with "TODO:", and promises in prose."""
    if not any(_may_promise(passage.text) for passage in note.passages):
        return
    every = [block for block in split_blocks(note) if block.role in ("prose", "item")]
    personal = is_personal(note)
    marked = {item.line for item in note.tasks}
    for index, block in enumerate(every):
        if block.lines[0].number in marked:
            continue
        if _may_promise("\n".join(line.text for line in block.lines)):
            yield from _find_block_tasks(block, every[index + 1 : index + 2], note, personal, context)


def _may_promise(text: str) -> bool:
    """Whether the text may hold a task: a cheap test before its sentences are parsed."""
    low = text.lower()
    return any(word in low for word in cues.TASK_WORDS)


def _find_block_tasks(
    block: TextBlock, later: list[TextBlock], note: Note, personal: bool, context: MiningContext
) -> Iterator[FoundTask]:
    every = split_sentences(block)
    for place, sentence in enumerate(every):
        bare = re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", sentence.masked)
        label = cues.TASK_LABEL.match(bare)
        promise = None if label else cues.PROMISE_CUE.search(bare)
        if not (label or promise) or (label and not personal and re.search(r"\byour?\b", bare, re.IGNORECASE)):
            continue
        rest = [following.text for following in every[place + 1 : place + 3]]
        if later and later[0].heading == block.heading and later[0].role == "prose":
            rest.append(later[0].lines[0].text)
        if any(cues.ANSWER_START.match(text) or DONE_MARK.search(text) for text in rest[:2]) or "~~" in sentence.text:
            continue
        text = sentence.text[len(sentence.masked) - len(bare) :]
        text = text[label.end() :] if label else text
        days = _read_days(text, sentence.line_start, block.heading, note, context, bare_is_due=label is not None)
        if not label and (not _is_real_promise(bare, days.due) or len(WORD_PATTERN.findall(text)) > 40):
            continue
        yield FoundTask(text, sentence.line_start, sentence.line_end, block.heading, days, bool(promise), block.lines)


def _is_real_promise(text: str, due: str | None) -> bool:
    """Whether a promise in prose is real: to somebody or by a day, and not told about the past or the reader."""
    if cues.READER_OR_PAST_CUE.search(text) or re.search(r"\byou\b|\?\W*$", text, re.IGNORECASE):
        return False
    return due is not None or bool(find_people(text)) or bool(PERSON_PRONOUN.search(text))
