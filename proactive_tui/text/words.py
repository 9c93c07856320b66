"""Words of the owner: titles without marks, and stems for comparing."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from proactive_tui.text.inline import strip_inline
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS

MAX_TOPIC_TITLE_CHARACTERS = 80
"""Characters of a title at the most."""

WORD_PATTERN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
IMAGE_TAG_OR_FOOTNOTE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]|<[a-zA-Z/!][^<>]*>|\[\^[^\]]+\]")
WEB_ADDRESS = re.compile(r"<?https?://([^\s/>)]+)[^\s>)]*>?")
EMPHASIS_MARK = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|[`]|\*\*|==|~~")
TRAILING_TAGS = re.compile(r"(?:\s+#[^\W\d][\w/-]*)+\s*$")
LEADING_MARKERS = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)*(?:\[[ xX/-]\]\s+)?")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


# Words that carry no meaning of their own, by language.
STOP_WORDS_BY_LANGUAGE: dict[str, frozenset[str]] = {
    "english": word_set(
        "a about after again all also am an and any are as at be because been before being between both but "
        "by can could did do does doing don't for from get go had has have having he her here him his how i "
        "i'd i'll i'm i've if in into is isn't it it's its just let like me more most my need no not now of "
        "off on one only or other our out over own really same she should so some still such than that that's "
        "the their them then there these they this those through to too under until up us use used using very "
        "was we were what when where whether which while who why will with without would yet you your sure "
        "know what's doesn't didn't can't won't there's thing things much many new first two make made want "
        "see way work works"
    ),
    "german": word_set(
        "aber alle als am an auch auf aus bei bin bis da das dass dem den der des die dies doch du durch ein "
        "eine einem einen einer es für hat haben hatte ich ihr im in ist ja kann kein keine man mein mich mir "
        "mit muss nach nicht noch nur ob oder schon sein sich sie sind so soll über um und uns unter von vor "
        "war warum was weil wenn wer wie wir wird wo zu zum zur"
    ),
    "french": word_set(
        "à au aux avec ce ces cette comme dans de des du elle en encore est et être fait il ils je la le les "
        "leur lui ma mais me mes moi mon ne nos nous on ou où par pas pour pourquoi qu que quel quelle qui sa "
        "sans se ses si son sont sur ta te tu un une vous y"
    ),
    "spanish": word_set(
        "al algo como con cómo cuando cuándo de del donde dónde el ella ellos en entre era es esta está este "
        "esto la las le lo los más me mi mis muy no nos o para pero por porque qué que quien se si sí sin "
        "sobre son su sus también te tiene tu un una uno y ya yo"
    ),
}
ALL_STOP_WORDS = frozenset().union(*STOP_WORDS_BY_LANGUAGE.values())

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
"""Words that name no subject."""


@lru_cache(maxsize=65536)
def stem_word(word: str, algorithm: str = "english") -> str:
    """The stem of a word in lower case (Snowball: Porter, 2001)."""
    return str(_snowball_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=8)
def _snowball_stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    algorithm = LEXICONS[language_or_default(text)].algorithm
    return [
        stem_word(word, algorithm)
        for word in WORD_PATTERN.findall(text.lower().replace("’", "'"))
        if word not in ALL_STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]


def normalize_text(text: str) -> str:
    """A text reduced to what it says, for hashing: lower case, no marks, single blanks."""
    return " ".join(WORD_PATTERN.findall(strip_markdown(text).lower().replace("’", "'")))


def strip_markdown(text: str) -> str:
    """The words of lines of Markdown: no marks, no tags at the end, links by their text, addresses by their host."""
    text = LEADING_MARKERS.sub("", IMAGE_TAG_OR_FOOTNOTE.sub(" ", text))
    text = strip_inline(text)
    text = WEB_ADDRESS.sub(lambda found: found[1], text)
    return " ".join(TRAILING_TAGS.sub("", EMPHASIS_MARK.sub("", text)).replace("[[", "").replace("]]", "").split())


def without_addresses(text: str) -> str:
    """`text` with web addresses and the targets of links blanked: they are no words of the owner's."""
    return re.sub(r"\]\([^)\s]*\)|https?://\S+", " ", text) if "](" in text or "://" in text else text


def shorten_text(text: str, limit: int = MAX_TOPIC_TITLE_CHARACTERS) -> str:
    """`text` cut at a word, with an ellipsis, when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit // 2 else cut).rstrip(" ,;:.–-(") + "…"


def excerpt_around(text: str, start: int, limit: int = MAX_TOPIC_TITLE_CHARACTERS) -> str:
    """The part of a long `text` that begins with the clause in which `start` lies, at most `limit` characters.

    Where little comes after it, the words before it are kept instead.
    """
    if len(text) <= limit:
        return text
    clause = max(
        (
            text.rfind(mark, 0, start + 1) + len(mark)
            for mark in (", ", "; ", ": ", " - ", " – ", " (")
            if mark in text[: start + 1]
        ),
        default=0,
    )
    clause = start if start - clause > limit // 2 else clause
    rest = text[clause:].lstrip(" (")
    if len(rest) >= limit // 2:
        return shorten_text(rest[:1].upper() + rest[1:], limit)
    tail = text[-(limit - 1) :]
    return "…" + tail[tail.find(" ") + 1 :]
