"""Finds threads: notes written just now, each with its next step."""

from __future__ import annotations

import re
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.blocks import Sentence, classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.people import find_people
from proactive_tui.text.words import (
    MAX_TOPIC_TITLE_CHARACTERS,
    WORD_PATTERN,
    excerpt_around,
    normalize_text,
    shorten_text,
    strip_markdown,
)
from proactive_tui.topics import cues
from proactive_tui.topics.gist import find_gist
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.open_ends.words.same_line_answers import is_answered_in_line
from proactive_tui.topics.quoting import hash_parts, name_note, topic_id
from proactive_tui.units import SECONDS_PER_DAY

THREAD_FRESH_DAYS = 2.0
LIST_LINES, WORDS_OF_LIST_LINE = 3, 5
"""Lines from which a paragraph of so few words each is a list, of names say, and breaks off nowhere."""
MAX_THREADS = 4  # nobody follows more at a time
NEXT_STEP_CONFIDENCE = {"next step": 0.85, "unfinished": 0.8, "task": 0.7, "question": 0.65, "last line": 0.4}


class NextStep(NamedTuple):
    """The next step of a note: its form, its words, and its lines."""

    form: str
    words: str
    line_start: int
    line_end: int


def mine_threads(context: MiningContext, at: float) -> list[Topic]:
    """The notes of the last two days, newest first, each with its next step."""
    own = context.own_notes
    fresh = [
        (touched, own[path])
        for path, touched in context.written_between(at - THREAD_FRESH_DAYS * SECONDS_PER_DAY, at + SECONDS_PER_DAY)
        if path in own and (own[path].date_from != "modified" or context.is_written_by_hand(own[path]))
    ]
    fresh.sort(key=lambda pair: (-pair[0], pair[1].path))
    every = (
        context.failures.attempt("thread", note.path, None, _thread_topic, note, context, at, place)
        for place, (_, note) in enumerate(fresh[:MAX_THREADS])
    )
    return [topic for topic in every if topic is not None]


def _thread_topic(note: Note, context: MiningContext, at: float, place: int) -> Topic | None:
    found = context.recall_of_note(_quote_next_step, note)
    if found is None:
        return None
    step, evidence = found
    name = shorten_text(name_note(note), 44)
    title = f"{name}: {shorten_text(step.words, MAX_TOPIC_TITLE_CHARACTERS - len(name) - 2)}"
    if step.form == "last line" and not is_personal(note):  # how a write-up ends is no next step
        evidence, title = context.recall_of_note(find_gist, note) or evidence, shorten_text(name_note(note))
    touched = context.last_written_at(note)
    age = max(0.0, at - touched) / SECONDS_PER_DAY
    return Topic(
        id=topic_id("thread", note.title),
        kind="thread",
        title=title,
        evidence=(evidence,),
        at=touched,
        cause=hash_parts(step.form, normalize_text(step.words)),
        salience=round(
            NEXT_STEP_CONFIDENCE[step.form] * (1 - 0.15 * age) * 0.95**place * (1.0 if is_personal(note) else 0.8), 4
        ),
        tags=note.tags,
        people=find_people(step.words, context.people_names),
        detail=TopicDetails(
            note=shorten_text(note.title),
            next=shorten_text(step.words, 160),
            told=step.form,
            last_written=local_day(touched, context.utc_offset).isoformat(),
        ),
    )


def _quote_next_step(note: Note) -> tuple[NextStep, Evidence] | None:
    step = _find_next_step(note)
    if step is None:
        return None
    return step, quote_lines(classify_lines(note), step.line_start, step.line_end, note.path, step.words)


def _find_next_step(note: Note) -> NextStep | None:
    """The next step of a note: a labelled one, a sentence broken off, the first open task, or a final question or
    sentence.
    """
    done = {item.line for item in note.tasks if item.done}
    text = [
        block for block in split_blocks(note) if block.role in ("prose", "item") and block.lines[0].number not in done
    ]
    sentences = [(block, sentence) for block in text for sentence in split_sentences(block)]
    for _, sentence in reversed(sentences):
        words = strip_markdown(sentence.text)
        label = cues.NEXT_STEP_LABEL.match(words)
        if label and len(WORD_PATTERN.findall(words[label.end() :])) >= 2:
            return NextStep("next step", words[label.end() :], sentence.line_start, sentence.line_end)
    if not sentences:
        return None
    block, end = sentences[-1]
    words = strip_markdown(end.text)
    if block.role == "prose" and not _is_listing(end, words) and _is_broken_off(words):
        return NextStep("unfinished", excerpt_around(words, max(0, len(words) - 70)), end.line_start, end.line_end)
    open_tasks = sorted(
        (item for item in note.tasks if not item.done), key=lambda item: (item.due or "9999", item.line)
    )
    if open_tasks:
        first = open_tasks[0]
        return NextStep("task", strip_markdown(first.text), first.line, first.line)
    if ends_asking(words):
        return NextStep("question", words, end.line_start, end.line_end)
    before = [sentence.masked for other, sentence in sentences if other is block][-2:-1]
    if before and ends_asking(before[0]) and is_answered_in_line(before[0], [end.masked]):
        return None
    return NextStep("last line", words, end.line_start, end.line_end) if len(WORD_PATTERN.findall(words)) >= 4 else None


def _is_listing(sentence: Sentence, words: str) -> bool:
    lines = sentence.line_end - sentence.line_start + 1
    return lines >= LIST_LINES and len(WORD_PATTERN.findall(words)) <= WORDS_OF_LIST_LINE * lines


def _is_broken_off(words: str) -> bool:
    """Whether the last sentence breaks off: it ends without a full stop or a closing bracket."""
    return (
        len(WORD_PATTERN.findall(words)) >= 6
        and bool(re.search(r"[\w,;–-]$", words))
        and not re.search(r"https?:|\.\w{2,4}$", words)
    )
