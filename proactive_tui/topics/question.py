"""Open questions: what the owner asked or said they do not know, and did not answer below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model import Note, Topic
from proactive_tui.text.blocks import Block, Sentence, blocks, quote, sentences
from proactive_tui.text.people import named
from proactive_tui.text.words import TITLE, WORD, around, normal, plain, shorten
from proactive_tui.topics import cues
from proactive_tui.topics.mining_context import Library
from proactive_tui.topics.note_kind import is_clipping, is_personal
from proactive_tui.topics.quoting import DAY, digest, said, subject, topic_id, written

SURE = {"label": 0.85, "listed": 0.8, "unknown": 0.7, "asked": 0.6}
"""How sure it is that a question is open, by how it was told: said so, under such a heading, not known, only asked."""

ASKS = re.compile(r"\?+[\"'”’»)*_]*$")
SAID_ALOUD = re.compile(r"^[\"“„«].*[\"”“»]\W*$|:\s*[\"“„«][^\"”“»]*\?[\"”“»]\W*$")
RHETORICAL = re.compile(
    r"^(?:so |but |and )?(?:why not|what else|how about|what if|who knows|who cares|what could go wrong)\b",
    re.IGNORECASE,
)
READER = re.compile(r"\byou(?:r|'re|'d|'ll)?\b", re.IGNORECASE)
TASK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s")
HOPELESS = re.compile(
    r"\bif (?:you|anyone)\b|, but (?:this|it|that|i|we|here|in|for|the)\b|, so (?:i|we)\b"
    r"|\bi don'?t (?:really )?(?:know|understand) it\W*$",
    re.IGNORECASE,
)
AFTER = 14  # words that may follow a question in its paragraph without being taken for its answer
SHORT, LONG = 3, 45  # words of a sentence that can stand as a question


class Found(NamedTuple):
    """An open question: where it stands and how it was told."""

    sentence: Sentence
    block: Block
    told: str
    start: int


def mine(library: Library, at: float) -> list[Topic]:
    """The open questions of all notes."""
    return [weigh(topic, library, at) for note in library.own.values() for topic in from_note(note, library)]


def weigh(topic: Topic, library: Library, at: float) -> Topic:  # noqa: ARG001 (all kinds are weighed alike)
    """The topic as it is worth raising at `at`: what was asked lately matters more, by half after 60 days."""
    age = max(0.0, at - topic.at) / DAY
    return replace(topic, salience=round(SURE[topic.detail["told"]] * (0.55 + 0.45 * 0.5 ** (age / 60)), 4))


def from_note(note: Note, library: Library) -> list[Topic]:
    """The open questions of a note, whatever the time is."""
    if is_clipping(note) or not any(_may_ask(passage.text) for passage in note.passages):
        return []
    out: dict[str, Topic] = {}
    for found in _open(note):
        sentence = found.sentence
        words = plain(sentence.text[found.start :]) if found.told == "label" else plain(sentence.text)
        words = (
            words.removeprefix("(").rstrip(")") if words.count("(") != words.count(")") or words[:1] == "(" else words
        )
        if len(words) > TITLE:
            cue = cues.NOT_KNOWN.search(words)
            words = around(words, cue.start() if cue else 0)
        about = subject(found.block.heading, note)
        title = said(words[:1].upper() + words[1:] if found.told == "label" else words, about)
        key = topic_id("open question", sentence.text)
        out[key] = Topic(
            id=key,
            kind="open question",
            title=title,
            evidence=(quote(found.block.lines, sentence.line_start, sentence.line_end, note.path, sentence.text),),
            at=written(found.block.heading, library.touched(note)),
            cause=digest(normal(sentence.text)),
            salience=SURE[found.told],
            tags=note.tags,
            people=named(sentence.text, library.people),
            detail={"told": found.told, "note": shorten(note.title)},
        )
    return list(out.values())


def _open(note: Note) -> Iterator[Found]:
    every = [block for block in blocks(note) if block.role in ("prose", "item", "heading", "code")]
    personal = is_personal(note)
    others, anything = _last(every, "prose", "code"), _last(every, "prose", "code", "item")
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
        if block.role == "item" and TASK.match(block.lines[0].text):
            continue
        if not listed and not _may_ask("\n".join(line.text for line in block.lines)):
            continue
        every_sentence = sentences(block)
        how = [_told(sentence, listed, personal) for sentence in every_sentence]
        if not any(how):
            continue
        answer = max((at for at, each in enumerate(every_sentence) if cues.ANSWER.match(each.text)), default=0)
        after = _words_after(every_sentence)
        asked = False
        for place, (sentence, told) in enumerate(zip(every_sentence, how, strict=True)):
            if told and told[0] == "label" and place and ASKS.search(every_sentence[place - 1].masked):
                continue  # "Why is that? To check: …" is about the question before it
            if told is None or (asked and told[0] == "asked"):
                continue
            if place < answer or _answered(every[index + 1 : index + 3], block):
                continue
            if told[0] == "asked":
                alone = index >= (others if block.role == "item" else anything)
                if not _left_open(after[place], _below(every, index), block, personal, alone=alone):
                    continue
            asked = True
            yield Found(sentence, block, *told)


def _last(every: list[Block], *roles: str) -> int:
    """Where the last block of these roles is."""
    return max((index for index, block in enumerate(every) if block.role in roles), default=-1)


def _below(every: list[Block], index: int) -> list[Block]:
    """The next block, and the next that is no heading, which may be the same; fewer at the end."""
    following = next((each for each in islice(every, index + 1, None) if each.role != "heading"), None)
    return [every[index + 1], following] if following is not None else []


def _words_after(every: Sequence[Sentence]) -> list[int]:
    """For each sentence how many words those after it have that ask nothing."""
    words = [0 if ASKS.search(each.masked) else len(WORD.findall(each.masked)) for each in every[1:]]
    return [*accumulate(reversed(words), initial=0)][::-1]


def _may_ask(text: str) -> bool:
    """Whether a look at every sentence is worth its time."""
    low = text.lower()
    return any(word in low for word in cues.ASKING_WORDS)


def _told(sentence: Sentence, listed: bool, personal: bool) -> tuple[str, int] | None:
    """How a sentence says that something is open, and where that begins; None where it does not."""
    text = sentence.masked
    bare = re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[ \]\s+)?", "", text)
    skipped = len(text) - len(bare)
    count = len(WORD.findall(bare))
    if count > LONG or "~~" in text:
        return None
    label = cues.LABEL.match(bare)
    if label and len(WORD.findall(bare[label.end() :])) >= SHORT:
        return "label", skipped + label.end()
    question = bool(ASKS.search(bare)) and not SAID_ALOUD.search(bare)
    if listed and (question or cues.NOT_KNOWN.search(bare)) and count >= 2:
        return "listed", skipped
    if count < SHORT or bare.rstrip("*_ ").endswith(":"):
        return None
    plain_text = re.sub(r"[*_]", "", bare)
    cue = cues.NOT_KNOWN.search(plain_text)
    if cue is None and personal:
        cue = cues.TO_LEARN.search(plain_text)
    reader = not personal and (question or READER.search(plain_text))
    if (
        cue
        and not reader
        and not cues.OTHERS.search(plain_text[: cue.end()])
        and not HOPELESS.search(plain_text, cue.start())
    ):
        return "unknown", skipped
    if (
        question
        and cues.INTERROGATIVE.search(plain_text)
        and not RHETORICAL.search(plain_text)
        and not READER.search(plain_text)
    ):
        return "asked", skipped
    return None


def _answered(later: list[Block], block: Block) -> bool:
    """Whether what comes right below a block begins as an answer does."""
    for following in later:
        if following.heading != block.heading or following.role == "heading":
            break
        if following.role == "item" and block.role == "item" and following.indent <= block.indent:
            break
        if following.role != "code" and cues.ANSWER.match(
            re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", following.lines[0].text)
        ):
            return True
    return False


def _left_open(words: int, below: list[Block], block: Block, personal: bool, *, alone: bool) -> bool:
    """Whether a bare question was left standing: nothing of length comes after it. `words` follow it in its block.

    In a write-up it must be the end of a section with no section to follow (`alone`), in working notes the end of a
    paragraph.
    """
    ordered = (
        block.role == "item" and block.lines[0].text.lstrip()[0].isdigit()
    )  # the steps of a runbook answer themselves
    if words > (AFTER if personal and not ordered else 0):
        return False
    if not personal:
        return alone
    if not below or below[1].heading != block.heading:
        return True
    following = below[1]
    if block.role == "item":
        return following.role != "code" and not (following.role == "item" and following.indent > block.indent)
    return below[0].role in ("prose", "item")
