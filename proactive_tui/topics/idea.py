"""Finds ideas: what the owner thought of, may want to return to, and has not made a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.blocks import CALLOUT_TITLE, Sentence, TextBlock, quote_lines, split_blocks, split_sentences
from proactive_tui.text.item_marks import read_item_marks
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.text.outline.placeholders import has_placeholder
from proactive_tui.text.people import find_people
from proactive_tui.text.words import WORD_PATTERN, capitalize_first, normalize_text, shorten_text, strip_markdown
from proactive_tui.topics import cues
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.idea_cues import (
    BARE_IDEA,
    EXPLANATION,
    IDEA_BOX,
    IDEA_CALLOUTS,
    IDEA_LABEL,
    IDEA_OUTCOME,
    IDEA_TAG,
    IDEAS_HEADING,
    MAY_HOLD_IDEAS,
    WHAT_IF_WE,
)
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.quoting import build_title, hash_parts, place_name, section_subject, topic_id

IDEA_CONFIDENCE = {"label": 0.65, "tagged": 0.6, "listed": 0.5, "what if": 0.5}
"""The salience of an idea in its best days, by its form: labelled, tagged, in a list of ideas, asked."""

RIPE_FROM_DAYS, RIPE_UNTIL_DAYS = 3.0, 21.0
"""Days after it was written between which an idea is worth most: it has rested, and is not yet cold."""
FRESH_SHARE = 0.6
"""Share of its worth that an idea has on the day it was written, when its owner still has it in mind."""
HALF_GONE_DAYS = 90.0
"""Days after it was written at which half of what fades of its worth is gone."""
LASTING_IDEA_SHARE = 0.15
"""Share of its worth that an idea keeps however old it is."""

MIN_IDEA_LETTERS = 4  # of an idea of one run of letters, as in Chinese and Japanese
MAX_IDEA_WORDS = 60  # more are an essay, not an idea


class FoundIdea(NamedTuple):
    """An idea: its place, its form, and its words without label, tag and markup."""

    sentence: Sentence
    block: TextBlock
    form: str
    words: str


def rescore_idea(topic: Topic, context: MiningContext, at: float) -> Topic:
    """The topic with its salience at `at`: highest from three days to three weeks after it was written, half after 90
    days.
    """
    return replace(topic, salience=round(topic.salience * _ripeness(context.age_of_topic(topic, at)), 4))


def _ripeness(days: float) -> float:
    """How much (0..1) of its best worth an idea has so many days after it was written."""
    if days < RIPE_FROM_DAYS:
        return FRESH_SHARE + (1.0 - FRESH_SHARE) * days / RIPE_FROM_DAYS
    left = 0.5 ** (max(0.0, days - RIPE_UNTIL_DAYS) / (HALF_GONE_DAYS - RIPE_UNTIL_DAYS))
    return float(LASTING_IDEA_SHARE + (1.0 - LASTING_IDEA_SHARE) * left)


def extract_ideas(note: Note, context: MiningContext) -> list[Topic]:
    """The ideas of a note that stand in an unmistakable form, independent of the time."""
    if not _may_hold_ideas(note):
        return []
    out: dict[str, Topic] = {}
    for found in _find_ideas(note):
        sentence, block = found.sentence, found.block
        key = topic_id("idea", found.words)
        if key in out:
            continue
        out[key] = Topic(
            id=key,
            kind="idea",
            title=build_title(capitalize_first(found.words), _subject(block.heading, note)),
            evidence=(quote_lines(block.lines, sentence.line_start, sentence.line_end, note.path, sentence.text),),
            at=context.lines_written_at(note, sentence.line_start, sentence.line_end, block.heading),
            cause=hash_parts(normalize_text(found.words)),
            salience=IDEA_CONFIDENCE[found.form],
            tags=note.tags,
            people=find_people(sentence.text, context.people_names),
            detail=TopicDetails(told=found.form, note=shorten_text(place_name(note))),
        )
    return list(out.values())


def _subject(heading: tuple[str, ...], note: Note) -> str:
    """The subject of lines under `heading`; "Ideas" in whatever language is none."""
    about = section_subject(tuple(title for title in heading if not BARE_IDEA.match(title)), note)
    return "" if BARE_IDEA.match(about) or IDEA_LABEL.match(about) else about


def _may_hold_ideas(note: Note) -> bool:
    if MAY_HOLD_IDEAS.search(note.title):
        return True
    return any(
        MAY_HOLD_IDEAS.search(passage.text) or any(map(MAY_HOLD_IDEAS.search, passage.heading))
        for passage in note.passages
    )


def _find_ideas(note: Note) -> Iterator[FoundIdea]:
    every = split_blocks(note)
    personal = is_personal(note)
    introduced: str | None = None
    place, before = note.title, ""
    for index, (block, nearest) in enumerate(zip(every, _nearest_headings(every, note), strict=True)):
        if block.role in ("heading", "prose"):
            introduced = nearest if block.role == "prose" and _introduces_ideas(block) else None
        before, place = place, nearest
        if block.role not in ("prose", "item") or _is_closed_block(block) or _is_settled_below(every, index):
            continue
        if place != before and (words := _labelled_words(place)):
            yield FoundIdea(split_sentences(block)[0], block, "label", words)
            continue
        listed = _is_listed(every, block, "ideas" if introduced == place else place)
        forms = _block_ideas(block, listed, personal)
        yield from (found for found in forms if found.form != "label" or not EXPLANATION.search(place))


def _nearest_headings(every: Sequence[TextBlock], note: Note) -> Iterator[str]:
    """The words of the nearest heading above each block, or the title of the note: a passage may hold several."""
    path: tuple[str, ...] = ()
    nearest = note.title
    for block in every:
        if block.heading != path:
            path = block.heading
            nearest = strip_markdown(path[-1]) if path else note.title
        yield nearest
        if block.role == "heading":
            nearest = strip_markdown(block.lines[0].text)


def _introduces_ideas(block: TextBlock) -> bool:
    """Whether a paragraph introduces a list of ideas by its last line."""
    last = strip_markdown(block.lines[-1].text)
    return last.endswith((":", "：")) and bool(IDEAS_HEADING.match(last.rstrip(":： ")))


def _is_listed(every: Sequence[TextBlock], block: TextBlock, place: str) -> bool:
    """Whether a block is one of a list of ideas that `place` names: what is below an idea explains it, and is none."""
    above = every[block.parent] if block.parent is not None else None
    if block.callout in IDEA_CALLOUTS:
        return bool(_without_callout(block)) if above is None else not _without_callout(above)
    if block.role != "item":
        return False
    if above is not None and above.role == "item":
        return bool(IDEAS_HEADING.match(strip_markdown(above.text).rstrip(":： ")))
    return bool(IDEAS_HEADING.match(place))


def _without_callout(block: TextBlock) -> str:
    return CALLOUT_TITLE.sub("", block.lines[0].text).strip()


def _labelled_words(title: str) -> str:
    """The idea that a heading names after a label; empty without one."""
    label = IDEA_LABEL.match(title)
    words = strip_markdown(title[label.end() :]) if label else ""
    return words if _says_something(words) and not IDEA_OUTCOME.search(title) else ""


def _is_closed_block(block: TextBlock) -> bool:
    return read_item_marks(block.text, is_item=block.role == "item").state in CLOSED_STATES


def _is_settled_below(every: Sequence[TextBlock], index: int) -> bool:
    """Whether what follows an idea, in the item or below the paragraph, answers it, or says what became of it."""
    block = every[index]
    for following in every[index + 1 : index + 4]:
        if following.heading != block.heading or following.role == "heading":
            return False
        if block.role == "item" and following.indent <= block.indent:
            return False
        words = strip_markdown(following.text)
        if cues.ANSWER_START.match(words) or IDEA_OUTCOME.match(words):
            return True
        if block.role != "item":
            return False
    return False


def _block_ideas(block: TextBlock, listed: bool, personal: bool) -> Iterator[FoundIdea]:
    """The ideas of one paragraph or item."""
    every = split_sentences(block)
    marked = listed or read_item_marks(block.text, is_item=block.role == "item").box == IDEA_BOX
    for place, sentence in enumerate(every):
        first = place == 0
        if IDEA_OUTCOME.search(sentence.masked) or any(
            cues.ANSWER_START.match(later.text) or IDEA_OUTCOME.match(later.text.strip())
            for later in every[place + 1 : place + 3]
        ):
            continue
        form, text = _read_form(sentence, block.role == "item" and first, marked and first, personal)
        if form == "label" and EXPLANATION.search(sentence.text):
            continue
        words = strip_markdown(IDEA_TAG.sub("", text)) if form else ""
        if form and _says_something(words) and not has_placeholder(text):
            yield FoundIdea(sentence, block, form, words)


def _read_form(sentence: Sentence, is_item: bool, marked: bool, personal: bool) -> tuple[str, str]:
    """The form in which a sentence holds an idea, and its text without label; two empty texts where it holds none."""
    marks = read_item_marks(sentence.text, is_item=is_item)
    text = sentence.text[marks.start :] if marks.start < len(sentence.text) else ""
    if label := IDEA_LABEL.match(text):
        return "label", text[label.end() :]
    if IDEA_TAG.search(sentence.masked):
        return "tagged", text
    if marked:
        return "listed", text
    if personal and WHAT_IF_WE.match(strip_markdown(sentence.masked)):
        return "what if", text
    return "", ""


def _says_something(words: str) -> bool:
    """Whether the words say what the idea is: two words or, in Chinese and Japanese, a few letters."""
    count = len(WORD_PATTERN.findall(words))
    if BARE_IDEA.match(words) or count > MAX_IDEA_WORDS:
        return False
    return count > 1 or len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", words)) >= MIN_IDEA_LETTERS
