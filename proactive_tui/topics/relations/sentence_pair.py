"""Chooses the sentences by which two passages belong together, and says what they have to do with each other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from proactive_tui.model import Note, Passage
from proactive_tui.text.blocks import split_blocks, split_sentences
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.plain import quotable_fragment
from proactive_tui.text.words import DULL_WORDS, WORD_PATTERN, language_stop_words, stem_word, strip_markdown
from proactive_tui.topics.open_ends.note_voice import is_personal

SentenceRelation = Literal["answers", "differs", "both claim"]
"""What two sentences have to do with each other: one asks what the other says, one denies or counts otherwise, or both
say something about the same."""

MAX_QUOTED_CHARACTERS = 170
MAX_PAIR_CHARACTERS = 250  # of both sentences, so that an opener can quote them whole
MIN_SENTENCE_WORDS = 6
MIN_SHARED_STEMS = 2
MIN_SHARED_WEIGHT = 0.28
"""Share of the weight of the lighter sentence's stems that stand in both, from which they are about one thing."""
MAX_RARE_SHARE = 0.08  # of all notes, at the most, that contain the rarest stem two sentences share
MIN_RARE_NOTES = 3.0  # or so many, where notes are few
MIN_DENIED_STEMS = 3  # stems that two sentences share where one denies what the other says
MIN_SMALL_WORD_SHARE = 0.2  # of the words of a sentence; what has fewer is a list of names
MAX_COMPARED_SENTENCES = 40  # of a passage, its first
_TOLD_OF_THE_PAGE = re.compile(
    r"\b(?:see|docs?|documentation|source|link|credit|thanks|via|siehe|voir|ver)\b\W", re.IGNORECASE
)
_PRONOUN_START = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|he|she|here|there|es|das|dies\w*|sie|er|cela|ça|ce|c'est|il|elle|ils|elles"
    r"|esto|eso|ella|ellos|questo|quello|isto|isso|dit|dat|to)\b",
    re.IGNORECASE,
)
"""The beginning of a sentence that is not understood alone."""
_CUT_OFF = re.compile(r"…$")
_QUESTION_END = re.compile(r"[?？][\s*_)\"'”’]*$")
_NUMBER_AND_NOUN = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)?)\s*(%|[^\W\d_]{1,})")


class QuotedSentence(NamedTuple):
    """A sentence of a passage: its words without markup, its text and lines, its stems with the words that they stand
    for, and whether it asks or denies something.
    """

    words: str
    text: str
    line_start: int
    line_end: int
    stems: frozenset[str]
    forms: Mapping[str, str]
    asks: bool
    denies: bool


class SentencePair(NamedTuple):
    """A sentence of each passage, and what they have to do with each other; `weight` (0..1) is how much they share."""

    one: QuotedSentence
    other: QuotedSentence
    relation: SentenceRelation
    shared: tuple[str, ...]
    weight: float


def list_sentences(note: Note, passage: Passage) -> list[QuotedSentence]:
    """The sentences of a passage that say or ask something and are short enough to be quoted whole."""
    language = language_or_default(passage.prose)
    lexicon, stop_words = LEXICONS[language], language_stop_words(language)
    out: list[QuotedSentence] = []
    personal = is_personal(note)
    for block in split_blocks(note):
        if block.role not in ("prose", "item") or all(line.passage != passage.id for line in block.lines):
            continue
        if not passage.line_start <= block.lines[0].number <= passage.line_end:
            continue
        for sentence in split_sentences(block):
            words = quotable_fragment(strip_markdown(sentence.text), MAX_QUOTED_CHARACTERS + 1)
            tokens = WORD_PATTERN.findall(strip_markdown(sentence.masked).lower())
            small = sum(token in stop_words for token in tokens)
            if (
                len(tokens) < MIN_SENTENCE_WORDS
                or len(words) > MAX_QUOTED_CHARACTERS
                or _CUT_OFF.search(words)
                or sentence.masked.rstrip("*_ ").endswith(":")
                or small < MIN_SMALL_WORD_SHARE * len(tokens)
                or "·" * 12 in sentence.masked
                or _TOLD_OF_THE_PAGE.match(words)
                or _PRONOUN_START.match(words)
                or re.match(r"\s*[-*+]\s+\[[xX-]\]", sentence.text)
            ):
                continue
            forms = {
                stem_word(token, lexicon.algorithm): token
                for token in tokens
                if token not in stop_words and token not in DULL_WORDS and len(token) > 2 and not token[0].isdigit()
            }
            denies = any(token in lexicon.negations for token in lexicon.split_words(words))
            asks = bool(_QUESTION_END.search(sentence.masked))
            if asks and not (personal and sentence.last):
                continue  # in a write-up, and within a paragraph, a question leads to its answer
            out.append(
                QuotedSentence(
                    words, sentence.text, sentence.line_start, sentence.line_end, frozenset(forms), forms, asks, denies
                )
            )
    return out[:MAX_COMPARED_SENTENCES]


def stem_frequency(passages: Iterable[Passage]) -> Counter[str]:
    """The number of notes in which each stem stands."""
    notes: dict[str, set[str]] = {}
    for passage in passages:
        algorithm = LEXICONS[language_or_default(passage.prose)].algorithm
        here = notes.setdefault(passage.path, set())
        here.update(stem_word(word, algorithm) for word in set(WORD_PATTERN.findall(passage.prose.lower())))
    return Counter(stem for stems in notes.values() for stem in stems)


def find_sentence_pair(
    first: Sequence[QuotedSentence], second: Sequence[QuotedSentence], frequency: Counter[str], notes: int
) -> SentencePair | None:
    """The pair of sentences that share most by their rare stems; None where no pair shares two stems that tell.

    The weight of a stem is its inverse document frequency; two sentences share the part of the lighter one's weight
    that stands in both.
    """
    best: SentencePair | None = None
    rare = max(MIN_RARE_NOTES, MAX_RARE_SHARE * notes)
    for one in first:
        for other in second:
            shared = one.stems & other.stems
            if (
                len(shared) < MIN_SHARED_STEMS
                or one.words == other.words
                or (one.asks and other.asks)
                or len(one.words) + len(other.words) > MAX_PAIR_CHARACTERS
                or min(frequency[stem] for stem in shared) > rare
            ):
                continue
            weight = _weigh(shared, frequency, notes) / max(
                1e-9, min(_weigh(one.stems, frequency, notes), _weigh(other.stems, frequency, notes))
            )
            order = weight * math.log2(1 + len(shared))
            asked = next((side for side in (one, other) if side.asks), None)
            if weight < MIN_SHARED_WEIGHT or (asked and 2 * len(shared) < len(asked.stems)):
                continue
            if best is not None and order <= best.weight:
                continue
            if _says_the_same(one, other):
                continue
            by_rarity = tuple(one.forms[stem] for stem in sorted(shared, key=lambda stem: (frequency[stem], stem)))
            best = SentencePair(one, other, _relate(one, other), by_rarity, order)
    return best


def _says_the_same(one: QuotedSentence, other: QuotedSentence) -> bool:
    """Whether two sentences are one, with a word or two changed."""
    alike = len(one.stems & other.stems) >= 0.8 * min(len(one.stems), len(other.stems))
    near = alike and len(one.stems ^ other.stems) <= 2
    return near and one.denies == other.denies and not _count_otherwise(one, other)


def _weigh(stems: Iterable[str], frequency: Counter[str], notes: int) -> float:
    return sum(math.log(1 + notes / max(1, frequency[stem])) for stem in stems)


def _relate(one: QuotedSentence, other: QuotedSentence) -> SentenceRelation:
    if one.asks != other.asks:
        return "answers"
    shared = one.stems & other.stems
    denied = one.denies != other.denies and len(shared) >= MIN_DENIED_STEMS
    much = 2 * len(shared) >= min(len(one.stems), len(other.stems))
    return "differs" if much and (denied or _count_otherwise(one, other)) else "both claim"


def _count_otherwise(one: QuotedSentence, other: QuotedSentence) -> bool:
    """Whether both count the same thing and come to different numbers."""
    counts = [{noun.lower(): number for number, noun in _NUMBER_AND_NOUN.findall(side.words)} for side in (one, other)]
    return any(counts[1].get(noun, number) != number for noun, number in counts[0].items())
