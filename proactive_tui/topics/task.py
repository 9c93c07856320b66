"""Tasks: what is undone, when it falls due, and to whom it was promised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model import Note, Topic
from proactive_tui.text import dates
from proactive_tui.text.blocks import Block, Line, blocks, lines, quote, sentences
from proactive_tui.text.people import named
from proactive_tui.text.words import LEAD, WORD, normal, plain, shorten
from proactive_tui.topics import cues
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.note_kind import is_clipping, is_personal
from proactive_tui.topics.quoting import DAY, ISO, day_of, digest, end_of_day, said, subject, topic_id, written

UNDONE = 0.5
PROMISED = 0.15  # a promise to somebody counts so much more
DUE_SOON = 0.4  # what is due today counts so much more; half of that three days before
LATE_DAYS = 45.0  # and so many days after it was due half of it is gone: it was given up

DUE_WORDS = re.compile(
    r"[\s,;–(-]*(?:\b(?:due|by|until|before|deadline|bis|avant le|antes del)\b:?:?\s*(?:on |the )?|📅\s*|@due\()"
    r"(?:\d{4}-\d\d-\d\d)\)?(?:,? \d{1,2}:\d\d)?",
    re.IGNORECASE,
)
EMOJI_DATES = re.compile(r"[➕🛫⏳✅📅🔁⏫🔼🔽]\ufe0f?\s*(?:\d{4}-\d\d-\d\d)?")
SEE = re.compile(r"\s*(?:→|->|⇒|\(see|\bsee)\s*(?:\[{1,2}[^\]]*\]{1,2}(?:\([^)]*\))?|[\w/.-]+)\)?\s*\.?$")
FIELD = re.compile(r"\[\w+::[^\]]*\]|\(\w+::[^)]*\)")
EMPTY = re.compile(r"^\W*(?:do (?:this|that)|task|item|foo|bar|example|lorem)\W*\d*\W*$", re.IGNORECASE)
DONE = re.compile(r"(?:^|[\s(])(?:✅|✔|☑)|~~|\b(?:done|sent|answered)\b[.!)]*$", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:him|her|them|they|she|he)\b")


class Found(NamedTuple):
    """Something to do: its words, where it stands, how it was told, and the lines around it, where those are known."""

    text: str
    line_start: int
    line_end: int
    heading: tuple[str, ...]
    due: str | None
    promised: bool
    lines: tuple[Line, ...] = ()


def mine(library: Library, at: float) -> list[Topic]:
    """The tasks of all notes."""
    return [weigh(topic, library, at) for note in library.own.values() for topic in from_note(note, library)]


def weigh(topic: Topic, library: Library, at: float) -> Topic:
    """The topic as it is worth raising at `at`: due and promised things first, what was left for long last.

    When it falls overdue that is news, so its cause changes.
    """
    age = max(0.0, at - topic.at) / DAY
    salience = UNDONE * (0.5 + 0.5 * 0.5 ** (age / 45))
    detail = dict(topic.detail)
    cause = topic.cause
    if topic.due is not None:
        days = (topic.due - at) / DAY
        salience = UNDONE + DUE_SOON * (0.5 ** (max(0.0, days) / 3) if days >= 0 else 0.5 ** (-days / LATE_DAYS))
        if days > 30:
            salience -= 0.15
        elif days < -3 * LATE_DAYS:
            salience -= 0.25
        if days < 0:
            detail["overdue"] = _late(topic.due, at, library.utc_offset)
            cause = digest(topic.cause, "overdue")
    if "promised to" in detail:
        salience += PROMISED * (1.0 if topic.due is not None else 0.5 ** (age / 60))
    return replace(topic, salience=round(min(1.0, max(0.0, salience)), 4), cause=cause, detail=detail)


def _late(due: float, at: float, utc_offset: int) -> str:
    days = (day_of(at, utc_offset) - day_of(due, utc_offset)).days
    return f"{days} day{'s' if days != 1 else ''}"


def from_note(note: Note, library: Library) -> list[Topic]:
    """What is to be done according to a note, whatever the time is."""
    if is_clipping(note):
        return []
    whole = None
    out: dict[str, Topic] = {}
    for found in [*_items(note), *_lines(note)]:
        words = plain(_undated(found.text))
        if len(WORD.findall(words)) < 2 or EMPTY.match(words) or DONE.search(words):
            continue
        people = named(found.text, library.people)
        key = topic_id("task", words)
        detail = {"note": shorten(note.title)}
        if found.due:
            detail["due"] = found.due
        if found.promised:
            detail["promised to"] = ", ".join(people) or _whom(note, found.text, library) or "somebody"
            people = people or tuple(filter(None, [_whom(note, found.text, library)]))
        whole = lines(note) if whole is None and not found.lines else whole
        evidence = quote(found.lines or whole or (), found.line_start, found.line_end, note.path, found.text)
        if "~~" in evidence.text:
            continue
        out.setdefault(
            key,
            Topic(
                id=key,
                kind="task",
                title=said(words[:1].upper() + words[1:], subject(found.heading, note)),
                evidence=(evidence,),
                at=written(found.heading, library.touched(note)),
                cause=digest(normal(words), found.due or ""),
                due=end_of_day(found.due, library.utc_offset) if found.due else None,
                salience=UNDONE,
                tags=note.tags,
                people=people,
                detail=detail,
            ),
        )
    return list(out.values())


def _undated(text: str) -> str:
    return FIELD.sub("", EMOJI_DATES.sub("", DUE_WORDS.sub("", SEE.sub("", LEAD.sub("", text))))).strip(" ,;–-")


def _whom(note: Note, text: str, library: Library) -> str:
    """The person a note is about, where the text says "her" or "him"."""
    about = note.title.split("(")[0].strip()
    return about if PRONOUN.search(text) and about in library.people else ""


def _items(note: Note) -> Iterator[Found]:
    """Task items that are not ticked. A due day in words counts from the day that the heading names, if it does."""
    for item in note.tasks:
        if item.done:
            continue
        due = item.due
        if due is None or not ISO.search(item.text):
            due = dates.due(item.text, written(item.heading, note.date)) or _end_of(item.text, note.date) or due
        promised = bool(cues.PROMISE.search(item.text))
        yield Found(item.text, item.line, item.line, item.heading, due, promised)


def _lines(note: Note) -> Iterator[Found]:
    """Lines that begin with "TODO:", and promises in prose."""
    if not any(_may_promise(passage.text) for passage in note.passages):
        return
    every = [block for block in blocks(note) if block.role in ("prose", "item")]
    personal = is_personal(note)
    for index, block in enumerate(every):
        if re.match(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s", block.lines[0].text):
            continue
        if _may_promise("\n".join(line.text for line in block.lines)):
            yield from _said(block, every[index + 1 : index + 2], note, personal)


def _may_promise(text: str) -> bool:
    """Whether a look at every sentence is worth its time."""
    low = text.lower()
    return any(word in low for word in cues.TASK_WORDS)


def _said(block: Block, later: list[Block], note: Note, personal: bool) -> Iterator[Found]:
    every = sentences(block)
    for place, sentence in enumerate(every):
        bare = re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", sentence.masked)
        label = cues.TO_DO.match(bare)
        promise = None if label else cues.PROMISE.search(bare)
        if not (label or promise) or (label and not personal and re.search(r"\byour?\b", bare, re.IGNORECASE)):
            continue
        rest = [each.text for each in every[place + 1 : place + 3]]
        if later and later[0].heading == block.heading and later[0].role == "prose":
            rest.append(later[0].lines[0].text)
        if any(cues.ANSWER.match(text) or DONE.search(text) for text in rest[:2]) or "~~" in sentence.text:
            continue
        text = sentence.text[len(sentence.masked) - len(bare) :]
        due = dates.due(text, written(block.heading, note.date)) or _end_of(text, note.date)
        if label:
            text = text[label.end() :]
        elif not _meant(bare, due) or len(WORD.findall(text)) > 40:
            continue
        yield Found(text, sentence.line_start, sentence.line_end, block.heading, due, bool(promise), block.lines)


def _meant(text: str, due: str | None) -> bool:
    """Whether a promise in prose is one: to somebody or by a day, and not in a story about the past or the reader."""
    if cues.OTHERS.search(text) or re.search(r"\byou\b|\?\W*$", text, re.IGNORECASE):
        return False
    return due is not None or bool(named(text)) or bool(PRONOUN.search(text))


END_OF = re.compile(
    r"\b(?:by |before |until |at )?(?:the )?end of (?:the |this )?(?P<what>month|year|quarter)\b", re.IGNORECASE
)


def _end_of(text: str, date: float) -> str | None:
    """The last day of the month, quarter or year in which a note was written, where the text says "end of month"."""
    found = END_OF.search(text)
    if not found:
        return None
    day = dates.local_day(date)
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[found["what"].lower()]
    after = dt.date(day.year + month // 12, month % 12 + 1, 1)
    return (after - dt.timedelta(days=1)).isoformat()
