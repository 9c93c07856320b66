"""Open questions: what the owner asked or said they do not know, and did not answer below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model import Note, Topic
from proactive_tui.topics import cues
from proactive_tui.topics.boilerplate import is_clipping, is_personal
from proactive_tui.topics.library import Library
from proactive_tui.topics.lines import Block, Sentence, blocks, lines, quote, sentences
from proactive_tui.topics.people import named
from proactive_tui.topics.quoting import DAY, digest, said, subject, topic_id, written
from proactive_tui.topics.words import TITLE, WORD, around, normal, plain, shorten

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
    whole = lines(note)
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
            evidence=(quote(whole, sentence.line_start, sentence.line_end, note.path, sentence.text),),
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
        asked = False
        for place, sentence in enumerate(every_sentence):
            told = _told(sentence, listed, personal)
            if told and told[0] == "label" and place and ASKS.search(every_sentence[place - 1].masked):
                continue  # "Why is that? To check: …" is about the question before it
            if told is None or (asked and told[0] == "asked"):
                continue
            rest = every_sentence[place + 1 :]
            if _answered(rest, every[index + 1 :], block):
                continue
            if told[0] == "asked" and not _left_open(rest, every[index + 1 :], block, personal):
                continue
            asked = True
            yield Found(sentence, block, *told)


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


def _answered(rest: list[Sentence], later: list[Block], block: Block) -> bool:
    """Whether what comes next, in the block or right below it, begins as an answer does."""
    if any(cues.ANSWER.match(sentence.text) for sentence in rest):
        return True
    for following in later[:2]:
        if following.heading != block.heading or following.role == "heading":
            break
        if following.role == "item" and block.role == "item" and following.indent <= block.indent:
            break
        if following.role != "code" and cues.ANSWER.match(
            re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", following.lines[0].text)
        ):
            return True
    return False


def _left_open(rest: list[Sentence], later: list[Block], block: Block, personal: bool) -> bool:
    """Whether a bare question was left standing: nothing of length comes after it.

    In a write-up it must be the end of a section with no section to follow, in working notes the end of a paragraph.
    """
    questions = [sentence for sentence in rest if ASKS.search(sentence.masked)]
    words = sum(len(WORD.findall(sentence.masked)) for sentence in rest if sentence not in questions)
    ordered = (
        block.role == "item" and block.lines[0].text.lstrip()[0].isdigit()
    )  # the steps of a runbook answer themselves
    if words > (AFTER if personal and not ordered else 0):
        return False
    below = [each for each in later if each.role != "heading"]
    if not personal:
        return not below or (block.role == "item" and all(each.role == "item" for each in below))
    following = below[0] if below else None
    if following is None or following.heading != block.heading:
        return True
    if block.role == "item":
        return following.role != "code" and not (following.role == "item" and following.indent > block.indent)
    return later[0].role in ("prose", "item")
