"""Words for topics: titles without markup, stop words, and stems for comparing."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from proactive_tui.text.inline import MAY_BE_EMPHASIS, strip_inline
from proactive_tui.text.language import DEFAULT_LANGUAGE, language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.sentences import find_sentence_ends

MAX_TOPIC_TITLE_CHARACTERS = 110
"""Maximum characters of a title: most sentences are shorter, and are whole."""

WORD_PATTERN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
IMAGE_TAG_OR_FOOTNOTE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]|<[a-zA-Z/!][^<>]*>|\[\^[^\]]+\]")
WEB_ADDRESS = re.compile(r"<?https?://([^\s/>)]+)[^\s>)]*>?")
EMPHASIS_MARK = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|[`]|\*\*|==|~~")
TRAILING_TAGS = re.compile(r"(?:\s+#[^\W\d][\w/-]*)+\s*$")
LEADING_MARKERS = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)*(?:\[[ xX/-]\]\s+)?")


_CLAUSE_END = re.compile(r"[,;:] | [–—-] | \(")
_CLAUSE_MARK = re.compile(r"[,;:] | [–-] | \(")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("„", "“"), ("«", "»"))


def word_set(text: str) -> frozenset[str]:
    """The set of words in a string."""
    return frozenset(text.split())


DULL_WORDS = word_set(
    "minute minutes hour hours day days week weeks month months year years morning evening night today "
    "tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat "
    "sun january february march april june july august september october november december jan feb mar "
    "apr jun jul aug sep oct nov dec time times log body plan daily thing things something anything "
    "nothing everything good better best bad worse long short next last second third once twice every "
    "each many little lot case point part right left really maybe perhaps again look looks looking find "
    "found take takes took goes going went come comes said say says tell told ask asked need needs keep "
    "kept give gave run runs running start started stop stopped done read write written wrote since "
    "around still even well back here example following first note notes page today's answer question "
    "number numbers name names file files line lines code using used like actually without instead "
    "different same able"
)
"""Words that name no subject; a theme is not named by them."""


@lru_cache(maxsize=8)
def language_stop_words(language: str) -> frozenset[str]:
    """The stop words of a language (by its code) and of English."""
    return LEXICONS[language].stop_words | LEXICONS[DEFAULT_LANGUAGE].stop_words


def stop_words_of(text: str) -> frozenset[str]:
    """The stop words of the language of `text`, and of English.

    Not those of every language: *door* is a stop word in Dutch and not in English.
    """
    return language_stop_words(language_or_default(text))


@lru_cache(maxsize=65536)
def stem_word(word: str, algorithm: str = "english") -> str:
    """The stem of a word in lower case (Snowball: Porter, 2001)."""
    return str(_snowball_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=8)
def _snowball_stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)


def content_stems(text: str) -> list[str]:
    """The stems of the words of `text` that are no stop words, in order."""
    language = language_or_default(text)
    stop_words = language_stop_words(language)
    return [
        stem_word(word, LEXICONS[language].algorithm)
        for word in WORD_PATTERN.findall(text.lower().replace("’", "'"))
        if word not in stop_words and (len(word) > 1 or word.isdigit())
    ]


def normalize_text(text: str) -> str:
    """`text` for hashing: lower case, no markup, single blanks."""
    return " ".join(WORD_PATTERN.findall(strip_markdown(text).lower().replace("’", "'")))


def strip_markdown(text: str) -> str:
    """The words of Markdown lines: no markup, no tags at the end, links by their text, addresses by their host."""
    if "[" in text or "<" in text:
        text = IMAGE_TAG_OR_FOOTNOTE.sub(" ", text)
    markers = LEADING_MARKERS.match(text)
    text = strip_inline(text[markers.end() :] if markers else text)
    if "://" in text:
        text = WEB_ADDRESS.sub(lambda found: found[1], text)
    if MAY_BE_EMPHASIS.search(text):
        text = EMPHASIS_MARK.sub("", text)
    if "#" in text:
        text = TRAILING_TAGS.sub("", text)
    return " ".join(text.replace("[[", "").replace("]]", "").split())


def without_addresses(text: str) -> str:
    """`text` with web addresses and link targets blanked: they are not words of the owner."""
    return re.sub(r"\]\([^)\s]*\)|https?://\S+", " ", text) if "](" in text or "://" in text else text


def shorten_text(text: str, limit: int = MAX_TOPIC_TITLE_CHARACTERS) -> str:
    """`text`, or where it is longer than `limit` characters its beginning: whole sentences, else up to the end of a
    clause or word, with an ellipsis.
    """
    if len(text) <= limit:
        return text
    whole = max((found.end for found in find_sentence_ends(text, 0, limit) if text[found.end].isspace()), default=0)
    if whole > limit // 3:
        return text[:whole].rstrip()
    cut = text[: limit - 1]
    clause = max((match.start() for match in _CLAUSE_END.finditer(cut)), default=0)
    blank = cut.rfind(" ")
    cut = cut[:clause] if clause > limit * 0.6 else cut[:blank] if blank > limit // 2 else cut
    return close_pairs(cut.rstrip(" ,;:.–-(")) + "…"


def close_pairs(text: str) -> str:
    """`text` with each bracket and quotation mark in a pair: a single one at an end goes, an open one is closed."""
    for opening, closing in _PAIRS:
        missing = text.count(opening) - text.count(closing)
        if missing < 0 and text.endswith(closing):
            text = text[:-1].rstrip()
        elif missing > 0 and text.startswith(opening) and closing not in text:
            text = text[1:].lstrip()
        elif missing == 1:
            text += closing
    if text.count('"') % 2:
        text = text.strip('"') if text[:1] == '"' or text[-1:] == '"' else f'{text}"'
    return text


def capitalize_first(text: str) -> str:
    """`text` with a capital at its beginning, unless its first word has a spelling of its own (iPhone, me@x.org)."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    own = any(letter.isupper() for letter in first[1:]) or any(sign in first for sign in "@/_") or "." in first[:-1]
    return text if own else text[:1].upper() + text[1:]


def excerpt_around(text: str, start: int, limit: int = MAX_TOPIC_TITLE_CHARACTERS) -> str:
    """At most `limit` characters of a long `text`, from the beginning of the clause that contains `start`.

    Where little text follows the clause, the end of `text` is returned instead.
    """
    if len(text) <= limit:
        return text
    clause = _clause_start(text, start)
    clause = start if start - clause > limit // 2 else clause
    rest = text[clause:].lstrip(" (")
    if len(rest) >= limit // 2:
        return shorten_text(rest[:1].upper() + rest[1:], limit)
    tail = text[-(limit - 1) :]
    return "…" + tail[tail.find(" ") + 1 :]


def _clause_start(text: str, start: int) -> int:
    """Where the clause that contains `start` begins: after a mark that stands in no bracket that is closed by then."""
    ends = [found.end() for found in _CLAUSE_MARK.finditer(text, 0, start + 1)]
    return next((end for end in reversed(ends) if text.count(")", end, start) <= text.count("(", end, start)), 0)
