"""Reads the sentences of a note that can be quoted alone: whole, short, and neither a box nor about the page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import Sentence, TextBlock, split_blocks, split_sentences
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.plain import quotable_fragment
from proactive_tui.text.words import DULL_WORDS, WORD_PATTERN, language_stop_words, stem_word, strip_markdown
from proactive_tui.topics.open_ends.note_voice import is_personal

MAX_QUOTED_CHARACTERS = 170
MIN_SENTENCE_WORDS = 6
MIN_CONTENT_STEMS = 3
MIN_SMALL_WORD_SHARE = 0.15  # of the words of a sentence; what has fewer is a list of names
MAX_PASSAGE_SENTENCES = 24  # of a passage, its first
_TOLD_OF_THE_PAGE = re.compile(
    r"\W*(?:see|docs?|documentation|source|link|credit|thanks|via|siehe|voir|ver|here(?:['’]s| is| are)|below|above"
    r"|the (?:following|above|below)|hier (?:ist|sind)|voici|aquí)\b",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(
    r"\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[.\]"
    r"|\W*(?:TODO|DOING|DONE|NOW|LATER|WAITING|CANCELL?ED|FIXME|todo|next(?: steps?)?|update)\b\s*[\w-]{0,12}\s*[:-]"
    r"|\W*(?:TODO|DOING|DONE|LATER|WAITING|CANCELL?ED|FIXME)\b"
)
_CONNECTIVE = re.compile(
    r"(?:(?:and|but|so|then|thus|also|however|hence|therefore|otherwise|anyway|finally|besides|und|aber|also|dann"
    r"|sonst|deshalb|daher|trotzdem|et|mais|donc|alors|puis|y|pero|entonces|luego|además|e|ma|quindi|poi|inoltre|mas"
    r"|então|en|maar|dus|daarom|ale|więc|potem)\b[,:]?\s+)+",
    re.IGNORECASE,
)
"""What ties a sentence to the one before it; the sentence is quoted without it."""
_PRONOUN_START = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|them|he|she|his|her|here|there|such|same|both|another|neither|es|das"
    r"|dies\w*|sie|er|ihn|cela|ça|ce|cette|c['’]est|il|elle|ils|elles|esto|eso|ella|ellos|este|questo|quello|isto|isso"
    r"|dit|dat|deze|die|to|ten)\b",
    re.IGNORECASE,
)
"""The beginning of a sentence that is not understood alone."""
_CREDENTIAL = re.compile(r"[\w.+-]+@[\w-]+\.\w|\d{8,}|passwor[dt]|contraseña|mot de passe", re.IGNORECASE)
"""An address of a person, a long number or a password: never said aloud."""
_CUT_OFF = re.compile(r"…$")
_WORD_START = re.compile(r"['\"“„«‘¿¡]?\w")
_QUESTION_END = re.compile(r"[?？][\s*_)\"'”’]*$")


class QuotedSentence(NamedTuple):
    """A sentence of a passage: its words without markup, its text and lines, the stems of what it names, those of them
    that are written as names, and whether it asks or denies something.
    """

    words: str
    text: str
    line_start: int
    line_end: int
    stems: frozenset[str]
    names: frozenset[str]
    asks: bool
    denies: bool


NoteSentences = Mapping[str, tuple[QuotedSentence, ...]]
"""The sentences of a note that can be quoted alone, by the id of their passage."""


def read_sentences(note: Note) -> NoteSentences:
    """The sentences of a note that say or ask something and are understood alone, by the id of their passage."""
    prose = {passage.id: passage.prose for passage in note.passages}
    personal = is_personal(note)
    found: dict[str, list[QuotedSentence]] = {}
    for block in split_blocks(note):
        passage = block.lines[0].passage if block.lines else ""
        if block.role not in ("prose", "item") or passage not in prose or _TO_BE_DONE.match(block.lines[0].text):
            continue
        here = found.setdefault(passage, [])
        if len(here) < MAX_PASSAGE_SENTENCES:
            here.extend(_read_block(block, language_or_default(prose[passage]), personal=personal))
    return {passage: tuple(here[:MAX_PASSAGE_SENTENCES]) for passage, here in found.items() if here}


def _read_block(block: TextBlock, language: str, *, personal: bool) -> Iterator[QuotedSentence]:
    for sentence in split_sentences(block):
        told = _read_sentence(sentence, language)
        if told is None or (told.asks and not (personal and sentence.last)):
            continue  # in a write-up, and within a paragraph, a question leads to its answer
        yield told


def _read_sentence(sentence: Sentence, language: str) -> QuotedSentence | None:
    lexicon, stop_words = LEXICONS[language], language_stop_words(language)
    words = quotable_fragment(strip_markdown(sentence.text), 2 * MAX_QUOTED_CHARACTERS)
    if tie := _CONNECTIVE.match(words):
        words = words[tie.end() :]
    written = WORD_PATTERN.findall(strip_markdown(sentence.masked))
    tokens = [token.lower() for token in written]
    small = sum(token in stop_words for token in tokens)
    if (
        len(tokens) < MIN_SENTENCE_WORDS
        or len(words) > MAX_QUOTED_CHARACTERS
        or _CUT_OFF.search(words)
        or sentence.masked.rstrip("*_ ").endswith(":")
        or small < MIN_SMALL_WORD_SHARE * len(tokens)
        or "·" * 12 in sentence.masked
        or _CREDENTIAL.search(words)
        or not _WORD_START.match(words)
        or _TOLD_OF_THE_PAGE.match(words)
        or _PRONOUN_START.match(words)
        or _TO_BE_DONE.match(sentence.text)
    ):
        return None
    stems = frozenset(_content_stems(tokens, stop_words, lexicon))
    plain = stems if language == "de" else frozenset(_content_stems(filter(str.islower, written), stop_words, lexicon))
    if len(stems) < MIN_CONTENT_STEMS:
        return None
    return QuotedSentence(
        words,
        sentence.text,
        sentence.line_start,
        sentence.line_end,
        stems,
        stems - plain,
        bool(_QUESTION_END.search(sentence.masked)),
        any(token in lexicon.negations for token in lexicon.split_words(words)),
    )


def _content_stems(tokens: Iterable[str], stop_words: frozenset[str], lexicon: Lexicon) -> Iterator[str]:
    for token in tokens:
        if token not in stop_words and token not in DULL_WORDS and len(token) > 2 and not token[0].isdigit():
            yield stem_word(token, lexicon.algorithm)


def leans_on_context(words: str) -> bool:
    """Whether a sentence begins with a word for something that was named before it, or only tells of the page."""
    return bool(_PRONOUN_START.match(words) or _TOLD_OF_THE_PAGE.match(words))


def words_of_stems(words: str, stems: Iterable[str]) -> tuple[str, ...]:
    """The words of a sentence that have these stems, in the order of the stems."""
    forms = _forms_of_stems(words)
    return tuple(forms[stem] for stem in stems if stem in forms)


@lru_cache(maxsize=1024)
def _forms_of_stems(words: str) -> Mapping[str, str]:
    """The words of a sentence by their stems."""
    algorithm = LEXICONS[language_or_default(words)].algorithm
    return {
        stem_word(word.lower(), name): word for word in WORD_PATTERN.findall(words) for name in {algorithm, "english"}
    }


def note_stem_hashes(note: Note) -> frozenset[int]:
    """The hashes of all stems of a note."""
    found: set[int] = set()
    for passage in note.passages:
        algorithm = LEXICONS[language_or_default(passage.prose)].algorithm
        words = set(WORD_PATTERN.findall(passage.prose.lower()))
        found |= {hash_stem(stem_word(word, algorithm)) for word in words}
    return frozenset(found)


def hash_stem(stem: str) -> int:
    """The hash by which stems are counted across notes."""
    return zlib.crc32(stem.encode())
