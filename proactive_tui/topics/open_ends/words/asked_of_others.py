"""Tells questions that are asked of nobody, or of somebody else, in the languages of the lexicon."""

from __future__ import annotations

import re

_RHETORICAL = re.compile(
    r"^\W*(?:so |but |and |und |aber |et |mais |y |pero |e |ma |en |maar )?(?:why not|what else|how about|what if"
    r"|who (?:knows|cares)|what could go wrong|isn't it|warum (?:auch |denn |eigentlich )?nicht|wer weiß|was soll'?s"
    r"|wen kümmert|pourquoi pas|qui sait|et alors|por qué no|quién sabe|y qué|por que não|quem sabe|perché no"
    r"|chi (?:lo )?sa|waarom niet|wie weet|dlaczego nie|kto wie)\b"
    r"|,\s*(?:right|isn't it|isn't he|don't you(?: think)?|oder(?: nicht)?|nicht wahr|gell|n'est-ce pas|non|verdad|né"
    r"|vero|toch|prawda)\W*$",
    re.IGNORECASE,
)
_ADDRESSED_READER = re.compile(
    r"\b(?:you(?:r|rs|'re|'d|'ll|'ve)?|\w+st du|dich|dir|dein(?:e[rnms]?)?|vous|votre|vos|usted(?:es)?|vosotros|vocês?"
    r"|jij|jouw|jullie)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:asked|asks|said|says|wrote|wants to know|fragte|fragt|sagte|schrieb|demanda|demandait|a demandé|dit"
    r"|preguntó|pregunta|dijo|chiese|chiede|ha chiesto|perguntou|disse|vroeg|vraagt|zei|zapytał[ao]?|pyta)"
    r"\b[^:：?]{0,20}[:：]|^\W*[—–]\s",
    re.IGNORECASE,
)


def is_rhetorical(words: str) -> bool:
    """Whether a question awaits no answer: "why not?", "…, isn't it?"."""
    return _RHETORICAL.search(words.replace("’", "'")) is not None


def speaks_to_somebody(words: str) -> bool:
    """Whether a question says "you": it is quoted, or belongs to a form."""
    return _ADDRESSED_READER.search(words.replace("’", "'")) is not None


def is_reported(words: str) -> bool:
    """Whether a question is told as somebody's: "Otto asked: …", or direct speech after a dash."""
    return _SPOKEN.search(words) is not None
