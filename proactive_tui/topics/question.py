"""Finds open questions: what the owner asked or does not know, and did not answer below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.blocks import Sentence, TextBlock, quote_lines, split_blocks, split_sentences
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
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.open_ends.words.asked_of_others import is_reported, is_rhetorical, speaks_to_somebody
from proactive_tui.topics.open_ends.words.same_line_answers import is_answered_in_line
from proactive_tui.topics.quoting import build_title, hash_parts, naming_share, place_name, section_subject, topic_id

QUESTION_CONFIDENCE = {"label": 0.85, "listed": 0.8, "unknown": 0.7, "asked": 0.7}
"""The confidence that a question is open, by its form: labelled, under such a heading, not known, only asked."""

KEPT_FORMS = ("label", "listed")
"""The forms of questions that somebody wrote down to keep them; others were only asked, in a meeting say."""
KEPT_LASTING_SHARE, ASKED_LASTING_SHARE = 0.5, 0.35
"""The share of its salience that never fades with age: of a question that was kept, and of one only asked."""

FRESH_BONUS, FRESH_HALF_LIFE_DAYS = 0.1, 3.0
"""Added for a question that was asked just now, and the days after which half of that is left."""

QUOTED_SPEECH = re.compile(r"^[\"“„«].*[\"”“»]\W*$|:\s*[\"“„«][^\"”“»]*\?[\"”“»]\W*$")
READER_ADDRESS = re.compile(r"\byou(?:r|'re|'d|'ll)?\b", re.IGNORECASE)
TASK_ITEM_START = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s")
SETTLED_UNCERTAINTY = re.compile(
    r"\bif (?:you|anyone)\b|, but (?:this|it|that|i|we|here|in|for|the)\b|, so (?:i|we)\b"
    r"|\bi don'?t (?:really )?(?:know|understand) it\W*$",
    re.IGNORECASE,
)
MAX_WORDS_AFTER_QUESTION = 14  # words that may follow a question in its paragraph without being taken for its answer
MIN_QUESTION_WORDS, MAX_QUESTION_WORDS = 3, 45  # words of a sentence that can stand as a question


class FoundQuestion(NamedTuple):
    """An open question: its place and its form."""

    sentence: Sentence
    block: TextBlock
    form: str
    start: int


def rescore_question(topic: Topic, context: MiningContext, at: float) -> Topic:
    """The topic with its salience at `at`, which falls with age: half of the variable part is left after 60 days."""
    age = context.age_of_topic(topic, at)
    lasting = KEPT_LASTING_SHARE if topic.detail.told in KEPT_FORMS else ASKED_LASTING_SHARE
    salience = topic.salience * (lasting + (1 - lasting) * 0.5 ** (age / 60))
    salience += FRESH_BONUS * 0.5 ** (age / FRESH_HALF_LIFE_DAYS)
    return replace(topic, salience=round(min(1.0, salience), 4))


def extract_questions(note: Note, context: MiningContext) -> list[Topic]:
    """The open questions of a note, independent of the time."""
    if not any(_may_ask(passage.text) for passage in note.passages):
        return []
    out: dict[str, Topic] = {}
    for found in _find_open_questions(note):
        sentence = found.sentence
        words = strip_markdown(sentence.text[found.start :]) if found.form == "label" else strip_markdown(sentence.text)
        words = (
            words.removeprefix("(").rstrip(")") if words.count("(") != words.count(")") or words[:1] == "(" else words
        )
        if len(words) > MAX_TOPIC_TITLE_CHARACTERS:
            cue = cues.UNCERTAINTY_CUE.search(words)
            words = excerpt_around(words, cue.start() if cue else 0)
        about = section_subject(found.block.heading, note)
        title = build_title(capitalize_first(words) if found.form == "label" else words, about)
        key = topic_id("open question", sentence.text)
        out[key] = Topic(
            id=key,
            kind="open question",
            title=title,
            evidence=(
                quote_lines(found.block.lines, sentence.line_start, sentence.line_end, note.path, sentence.text),
            ),
            at=context.lines_written_at(note, sentence.line_start, sentence.line_end, found.block.heading),
            cause=hash_parts(normalize_text(sentence.text)),
            salience=round(
                QUESTION_CONFIDENCE[found.form] * (1.0 if found.form in KEPT_FORMS else naming_share(words)), 4
            ),
            tags=note.tags,
            people=find_people(sentence.text, context.people_names),
            detail=TopicDetails(told=found.form, note=shorten_text(place_name(note))),
        )
    return list(out.values())


def _find_open_questions(note: Note) -> Iterator[FoundQuestion]:
    every = [block for block in split_blocks(note) if block.role in ("prose", "item", "heading", "code")]
    personal = is_personal(note)
    others, anything = _last_index(every, "prose", "code"), _last_index(every, "prose", "code", "item")
    listing: tuple[int, tuple[str, ...]] | None = None
    before = False
    for index, block in enumerate(every):
        if block.role in ("code", "heading"):
            before = block.role == "heading" and bool(cues.QUESTIONS_HEADING.match(block.lines[0].text))
            continue
        heading = block.heading[-1] if block.heading else ""
        kept_here = bool(cues.QUESTIONS_HEADING.match(heading)) or before
        if block.role == "prose":
            listing = None
            if cues.QUESTIONS_HEADING.match(block.lines[-1].text.rstrip(": ")):
                listing = (index, block.heading)
        listed = kept_here or (listing is not None and block.role == "item" and listing[1] == block.heading)
        if block.role == "item" and TASK_ITEM_START.match(block.lines[0].text):
            continue
        if not listed and not _may_ask("\n".join(line.text for line in block.lines)):
            continue
        every_sentence = split_sentences(block)
        forms = [_classify_sentence(sentence, listed, personal) for sentence in every_sentence]
        if not any(forms):
            continue
        answer = max((at for at, reply in enumerate(every_sentence) if cues.ANSWER_START.match(reply.text)), default=0)
        after = _words_after(every_sentence)
        asked = False
        for place, (sentence, form) in enumerate(zip(every_sentence, forms, strict=True)):
            if form and form[0] == "label" and place and ends_asking(every_sentence[place - 1].masked):
                continue  # "Why is that? To check: …" is about the question before it
            if form is None or (asked and form[0] == "asked"):
                continue
            if place < answer or _is_answered(every[index + 1 : index + 3], block):
                continue
            if form[0] == "asked":
                alone = index >= (others if block.role == "item" else anything)
                if is_answered_in_line(sentence.masked, [later.masked for later in every_sentence[place + 1 :]]):
                    continue
                if not _left_open(after[place], _blocks_below(every, index), block, personal, alone=alone):
                    continue
            asked = True
            yield FoundQuestion(sentence, block, *form)


def _last_index(every: list[TextBlock], *roles: str) -> int:
    """The index of the last block of these roles; -1 without one."""
    return max((index for index, block in enumerate(every) if block.role in roles), default=-1)


def _blocks_below(every: list[TextBlock], index: int) -> list[TextBlock]:
    """The next block, and the next one that is no heading (may be the same); empty at the end."""
    following = next((block for block in islice(every, index + 1, None) if block.role != "heading"), None)
    return [every[index + 1], following] if following is not None else []


def _words_after(every: Sequence[Sentence]) -> list[int]:
    """For each sentence, the number of words in later sentences that ask nothing."""
    words = [
        0 if ends_asking(sentence.masked) else len(WORD_PATTERN.findall(sentence.masked)) for sentence in every[1:]
    ]
    return [*accumulate(reversed(words), initial=0)][::-1]


def _may_ask(text: str) -> bool:
    """Whether the text may ask something: a cheap test before its sentences are parsed."""
    low = text.lower()
    return any(word in low for word in cues.ASKING_WORDS)


def _classify_sentence(sentence: Sentence, listed: bool, personal: bool) -> tuple[str, int] | None:
    """The form in which a sentence leaves something open, and the offset where that begins; None where it does not."""
    text = sentence.masked
    bare = re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[ \]\s+)?", "", text)
    skipped = len(text) - len(bare)
    count = len(WORD_PATTERN.findall(bare))
    if count > MAX_QUESTION_WORDS or "~~" in text:
        return None
    label = cues.QUESTION_LABEL.match(bare)
    if label and len(WORD_PATTERN.findall(bare[label.end() :])) >= MIN_QUESTION_WORDS:
        return "label", skipped + label.end()
    question = ends_asking(bare) and not QUOTED_SPEECH.search(bare)
    if listed and (question or cues.UNCERTAINTY_CUE.search(bare)) and count >= 2:
        return "listed", skipped
    if count < MIN_QUESTION_WORDS or bare.rstrip("*_ ").endswith(":"):
        return None
    plain_text = re.sub(r"[*_]|==", "", bare)
    cue = cues.UNCERTAINTY_CUE.search(plain_text)
    if cue is None and personal:
        cue = cues.TO_LEARN_CUE.search(plain_text)
    reader = not personal and (question or READER_ADDRESS.search(plain_text))
    if (
        cue
        and not reader
        and not cues.READER_OR_PAST_CUE.search(plain_text[: cue.end()])
        and not SETTLED_UNCERTAINTY.search(plain_text, cue.start())
    ):
        return "unknown", skipped
    if (
        question
        and cues.INTERROGATIVE_START.search(plain_text)
        and not is_rhetorical(plain_text)
        and not speaks_to_somebody(plain_text)
        and not is_reported(plain_text)
    ):
        return "asked", skipped
    return None


def _is_answered(later: list[TextBlock], block: TextBlock) -> bool:
    """Whether the blocks right below begin like an answer."""
    for following in later:
        if following.heading != block.heading or following.role == "heading":
            break
        if following.role == "item" and block.role == "item" and following.indent <= block.indent:
            break
        if following.role != "code" and cues.ANSWER_START.match(
            re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", following.lines[0].text)
        ):
            return True
    return False


def _left_open(words: int, below: list[TextBlock], block: TextBlock, personal: bool, *, alone: bool) -> bool:
    """Whether a bare question was left open: nothing long follows. `words` is the number of words after it in its
    block.

    In a write-up it must end a section with no section after it (`alone`); in working notes, a paragraph.
    """
    ordered = (
        block.role == "item" and block.lines[0].text.lstrip()[0].isdigit()
    )  # the steps of a runbook answer themselves
    if words > (MAX_WORDS_AFTER_QUESTION if personal and not ordered else 0):
        return False
    inside = bool(below) and below[0].role == block.role == "item" and below[0].indent > block.indent
    if not personal:
        return alone and not inside
    if not below or below[1].heading != block.heading:
        return True
    following = below[1]
    if block.role == "item":
        return following.role != "code" and not (following.role == "item" and following.indent > block.indent)
    return below[0].role in ("prose", "item")
