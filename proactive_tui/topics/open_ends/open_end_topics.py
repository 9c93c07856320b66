"""Makes topics of the open ends that the classifier found in a note."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.blocks import quote_lines
from proactive_tui.text.dates.local_days import end_of_day
from proactive_tui.text.dates.text_days import TextDays, cut_days, find_days
from proactive_tui.text.item_marks.reading import read_item_marks
from proactive_tui.text.language import detect_language
from proactive_tui.text.people import find_people
from proactive_tui.text.words import (
    MAX_TOPIC_TITLE_CHARACTERS,
    WORD_PATTERN,
    capitalize_first,
    excerpt_around,
    normalize_text,
    shorten_text,
    strip_markdown,
)
from proactive_tui.topics import cues
from proactive_tui.topics.open_ends.describing.entry_form import OPEN_STATES
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.finding import OpenEnd
from proactive_tui.topics.open_ends.guides import is_guide_step
from proactive_tui.topics.open_ends.words.done_forms import tells_deed
from proactive_tui.topics.quoting import (
    build_title,
    hash_parts,
    place_name,
    section_subject,
    topic_id,
)
from proactive_tui.topics.weighing.worth import estimate_worth, salience_of_worth

if TYPE_CHECKING:
    from proactive_tui.topics.mining_context import MiningContext

MIN_LETTERS = 4
"""Letters that the words of an open end have at least."""
TAG = re.compile(r"(?<!\S)#[\w/-]+")
CODE_END = " .*_·`"
"""What may stand after a label at the end of a line whose code and addresses are masked."""
FORMULA = re.compile(r"\\(?:frac|d?cdot|left|right|begin|end|sum|int|sqrt|partial|mathbb|mathrm|text|vec)\b|&=")
"""What only formulas have, where a line of one was cut off by a minus or plus at its beginning."""
SAYS_WHAT_TO_DO = re.compile(
    r"\b(?:(?:i|we) (?:still |really |also )?(?:should|need to|must|have to|want to|will|would like to)"
    r"|ich (?:muss|sollte|will|möchte)|wir (?:müssen|sollten|wollen)|je (?:dois|devrais|veux|voudrais)"
    r"|(?:tengo|tenemos) que|debería(?:mos)?|quiero|dovrei|devo|vorrei|preciso|tenho de|ik (?:moet|wil)|muszę|chcę)\b",
    re.IGNORECASE,
)
"""Where a long line comes to what its owner means to do; its title is cut around it."""
NO_DAYS = TextDays()
TOLD_FORM = "read"
"""The form of what the classifier found: no marker and no phrase says it."""


def open_end_topics(kind: Kind, note: Note, context: MiningContext, known: Collection[Topic] = ()) -> list[Topic]:
    """The topics of `kind` that the classifier finds in a note, but on lines of the `known` ones."""
    taken = {
        line
        for topic in known
        for evidence in topic.evidence
        if evidence.path == note.path
        for line in range(evidence.line_start, evidence.line_end + 1)
    }
    found: dict[str, Topic] = {}
    for end in context.read_open_ends(note).ends:
        if (
            end.kind == kind
            and not is_guide_step(end.entry, note)
            and not _is_told_deed(end, note, context)
            and not taken & set(range(end.entry.line_start, end.entry.line_end + 1))
        ):
            for topic in _make_topic(end, note, context):
                found.setdefault(topic.id, topic)
    return list(found.values())


def _is_told_deed(end: OpenEnd, note: Note, context: MiningContext) -> bool:
    """Whether an entry without a mark only tells what was done ("mailed Anna", "Heizkörper entlüftet")."""
    if end.kind == "open question" or end.entry.marks.state != "none":
        return False
    words = strip_markdown(read_item_marks(end.entry.text, is_item=end.entry.role == "item").words)
    if cues.PROMISE_CUE.search(words):
        return False
    return tells_deed(words, detect_language(words) or context.recall_of_note(_language_of, note))


def _language_of(note: Note) -> str:
    """The language of a note; empty where it is unknown."""
    return next(filter(None, (detect_language(passage.prose) for passage in note.passages[:2])), "")


def _make_topic(end: OpenEnd, note: Note, context: MiningContext) -> Iterator[Topic]:
    entry = end.entry
    text = read_item_marks(entry.text, is_item=entry.role == "item").words
    days = _read_days(text, end, note, context) if end.kind == "task" else NO_DAYS
    words = strip_markdown(cut_days(text, days) if end.kind == "task" else text).strip(" ,;–-")
    if min(_letters(words), _letters(TAG.sub("", entry.marks.words))) < MIN_LETTERS or days.done or _labels_code(entry):
        return
    if entry.marks.state == "none" and FORMULA.search(entry.text):
        return
    cue = SAYS_WHAT_TO_DO.search(words)
    title = words if len(words) <= MAX_TOPIC_TITLE_CHARACTERS else excerpt_around(words, cue.start() if cue else 0)
    people = find_people(entry.text, context.people_names)
    promised = end.kind == "task" and cues.PROMISE_CUE.search(text) is not None
    yield Topic(
        id=topic_id(end.kind, words),
        kind=end.kind,
        title=build_title(capitalize_first(title), _subject(end, note)),
        evidence=(quote_lines(entry.block.lines, entry.line_start, entry.line_end, note.path, entry.text),),
        at=context.lines_written_at(note, entry.line_start, entry.line_end, entry.headings),
        cause=hash_parts(normalize_text(words), *filter(None, (days.due, days.scheduled))),
        due=end_of_day(days.due, context.utc_offset) if days.due else None,
        salience=salience_of_worth(_worth(end, words)),
        tags=note.tags,
        people=people,
        detail=TopicDetails(
            note=shorten_text(place_name(note)),
            due=days.due,
            scheduled=days.scheduled,
            start=days.start,
            told=TOLD_FORM if end.kind == "open question" else None,
            promised_to=(", ".join(people) or "somebody") if promised else None,
        ),
    )


def _worth(end: OpenEnd, words: str) -> float:
    boxed = end.entry.marks.state in OPEN_STATES
    answered = end.has_below and ends_asking(end.entry.masked)
    return estimate_worth(
        end.kind, words, end.probability, form=TOLD_FORM, boxed=boxed, answered=answered, standing=end.standing
    )


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _labels_code(entry: Entry) -> bool:
    """Whether an entry without a mark is a label and the code that it names: "Expression: `a contains b`"."""
    bare = entry.masked.rstrip(CODE_END)
    return entry.marks.state == "none" and "·" in entry.masked and bare.endswith((":", "=", "→"))


def _read_days(text: str, end: OpenEnd, note: Note, context: MiningContext) -> TextDays:
    entry = end.entry
    written = context.days_counted_from(note, entry.line_start, entry.line_end, entry.headings)
    below = "\n".join(line.text for line in entry.block.hidden)
    text = f"{text}\n{below}" if below else text
    return find_days(text, written, context.day_order, bare_is_due=entry.marks.state in ("open", "doing", "waiting"))


def _subject(end: OpenEnd, note: Note) -> str:
    """What an open end is about: the line above it where that has words, else the heading, else the note."""
    if end.above is not None:
        whole = read_item_marks(end.above.text, is_item=end.above.role == "item").words  # `marks` has code masked
        above = strip_markdown(whole).rstrip(" :：")
        if 1 < len(WORD_PATTERN.findall(above)) <= 8:
            return above
    return section_subject(end.entry.headings, note)
