"""Threads: what was just being written, and its next step."""

from __future__ import annotations

import re
from typing import NamedTuple

from proactive_tui.model import Note, Topic
from proactive_tui.text.blocks import blocks, lines, quote, sentences
from proactive_tui.text.people import named
from proactive_tui.text.words import TITLE, WORD, around, normal, plain, shorten
from proactive_tui.topics import cues
from proactive_tui.topics.gist import gist
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.note_kind import is_clipping, is_personal
from proactive_tui.topics.quoting import DAY, day_of, digest, topic_id

FRESH_DAYS = 2.0
NOTES = 4  # threads at a time: nobody holds more
SURE = {"next step": 0.85, "unfinished": 0.8, "task": 0.7, "question": 0.65, "last line": 0.4}


class Step(NamedTuple):
    """The next step of a note: how it was told, its words, and where it stands."""

    told: str
    words: str
    line_start: int
    line_end: int


def mine(library: Library, at: float) -> list[Topic]:
    """The notes that were written in the last two days, newest first, each with its next step."""
    fresh = [
        (touched, note)
        for note in library.own.values()
        if -DAY <= at - (touched := library.touched(note)) <= FRESH_DAYS * DAY
        and (note.date_from != "modified" or library.by_hand(note))
        and not is_clipping(note)
    ]
    fresh.sort(key=lambda each: (-each[0], each[1].path))
    return [topic for place, (_, note) in enumerate(fresh[:NOTES]) if (topic := _thread(note, library, at, place))]


def _thread(note: Note, library: Library, at: float, place: int) -> Topic | None:
    step = _next(note)
    if step is None:
        return None
    evidence = quote(lines(note), step.line_start, step.line_end, note.path, step.words)
    name = shorten(plain(note.title), 44)
    title = f"{name}: {shorten(step.words, TITLE - len(name) - 2)}"
    if step.told == "last line" and not is_personal(note):  # how a write-up ends is no next step
        evidence, title = gist(note) or evidence, shorten(plain(note.title))
    touched = library.touched(note)
    age = max(0.0, at - touched) / DAY
    return Topic(
        id=topic_id("thread", note.title),
        kind="thread",
        title=title,
        evidence=(evidence,),
        at=touched,
        cause=digest(step.told, normal(step.words)),
        salience=round(SURE[step.told] * (1 - 0.15 * age) * 0.95**place * (1.0 if is_personal(note) else 0.8), 4),
        tags=note.tags,
        people=named(step.words, library.people),
        detail={
            "note": shorten(note.title),
            "next": shorten(step.words, 160),
            "told": step.told,
            "last written": day_of(touched, library.utc_offset).isoformat(),
        },
    )


def _next(note: Note) -> Step | None:
    """The next step of a note: said so, a sentence broken off, the first task undone, a question or words to end."""
    done = {item.line for item in note.tasks if item.done}
    text = [block for block in blocks(note) if block.role in ("prose", "item") and block.lines[0].number not in done]
    said = [(block, each) for block in text for each in sentences(block)]
    for _, each in reversed(said):
        words = plain(each.text)
        label = cues.NEXT.match(words)
        if label and len(WORD.findall(words[label.end() :])) >= 2:
            return Step("next step", words[label.end() :], each.line_start, each.line_end)
    if not said:
        return None
    block, end = said[-1]
    words = plain(end.text)
    if block.role == "prose" and _broken_off(words):
        return Step("unfinished", around(words, max(0, len(words) - 70)), end.line_start, end.line_end)
    open_tasks = sorted(
        (item for item in note.tasks if not item.done), key=lambda item: (item.due or "9999", item.line)
    )
    if open_tasks:
        first = open_tasks[0]
        return Step("task", plain(first.text), first.line, first.line)
    if re.search(r"\?\W*$", words):
        return Step("question", words, end.line_start, end.line_end)
    return Step("last line", words, end.line_start, end.line_end) if len(WORD.findall(words)) >= 4 else None


def _broken_off(words: str) -> bool:
    """Whether a last sentence stops without an end: a full stop, a bracket, or a line that never was a sentence."""
    return (
        len(WORD.findall(words)) >= 6
        and bool(re.search(r"[\w,;–-]$", words))
        and not re.search(r"https?:|\.\w{2,4}$", words)
    )
