"""Tells lines that say, without a subject, what was done: "mailed Anna", "Heizkörper entlüftet", "chiamato il medico"."""

from __future__ import annotations

import re
from itertools import pairwise

from proactive_tui.text.words import WORD_PATTERN, word_set
from proactive_tui.topics.open_ends.words.verbs import (
    ENGLISH_IRREGULAR_PAST,
    ENGLISH_VERBS,
    INFINITIVES,
    NOUN_LIKE_VERBS,
)

MAX_DEED_WORDS = 12
"""A German or Dutch line of more words that ends with a participle is mostly part of a sentence."""
STILL_OPEN = re.compile(
    r"\b(?:not|never|nobody|still|yet|must|need\w*|have to|has to|should|to-?do|wait\w*|now|next|but|remaining"
    r"|except|missing|will"
    r"|nicht|kein\w*|noch|muss|müssen|soll\w*|warte\w*|jetzt|dann|aber|fehlt|außer|will|werden|wird"
    r"|pas|jamais|encore|dois|doit|faut|attend\w*|mais|reste|manque|no|nunca|todavía|aún|falta|hay que|tengo que"
    r"|espera\w*|pero"
    r"|non|ancora|devo|bisogna|manca|aspett\w*|ma|não|ainda|preciso|aguard\w*|mas|niet|geen|nog|moet\w*|wacht\w*|maar"
    r"|nie|jeszcze|muszę|trzeba|czekam|ale)\b|[?？]|まだ|还没|未",
    re.IGNORECASE,
)
"""What says that something is left although a deed is told."""
FIRST_CLAUSE_END = re.compile(r"[,;:–—(]\s?")
GERMAN_FINITE = word_set("""
ist sind war waren bin hat haben habe hatte wird werden wurde wurden kann können könnte muss müssen soll sollen sollte
will wollen darf mag möchte gibt geht is zijn was waren heb heeft hebben had wordt worden werd kan kunnen moet moeten
zal
""")
_DEED_PREFACES = word_set(
    "just finally already also today yesterday heute gestern schon endlich bereits ieri oggi ayer hoy hier vandaag gisteren"
)
_NO_DEEDS = word_set("based given compared related united limited advanced used dated said born known")
_OFTEN_ADJECTIVES = word_set("fixed mixed left felt shared distributed cached")
"""Past forms that begin a noun as often as a deed: "Fixed costs"."""
_OBJECT_STARTS = word_set("""
a an the my our your his her its their this that these those all some both each every few one two three at to with
from for in on out up down over off into about through by around it them him us me and back everything nothing
""")
_GERMAN_WEAK = re.compile(r"^(?:be|ent|emp|er|ver|zer|über|unter|wider|wieder)\w{2,}t$|^\w{3,}iert$|^\w{0,8}ge\w{2,}t$")
_GERMAN_STRONG = re.compile(r"^\w{0,8}ge\w{3,}en$")
_GERMAN_BASE_END = re.compile(
    r"ge(?:hen|ben|winnen|nießen|stalten|lten|langen|brauchen|fallen|schehen|hören|wöhnen|nehmigen|stehen|währen|bruiken|nieten|loven|beuren)$"
)
_GERMAN_STRONG_BARE = word_set("""
besprochen überwiesen unterschrieben verschoben begonnen bekommen erhalten verloren verglichen beschrieben entschieden
erfunden verstanden bestanden entworfen verbunden übernommen übertragen überwunden verschrieben beworben bewiesen
getan
""")
_DUTCH_PARTICIPLE = re.compile(r"^\w{0,6}ge\w{2,}(?:d|t|en)$|^(?:be|ver|her|ont)\w{2,}[dt]$")
_ROMANCE_STEMS = (
    ("fr", (("é", "er"), ("ée", "er"), ("és", "er"), ("ées", "er"), ("i", "ir"), ("u", "re"), ("ue", "re"))),
    (
        "es",
        (
            ("ado", "ar"),
            ("ada", "ar"),
            ("ados", "ar"),
            ("ido", "er"),
            ("ido", "ir"),
            ("ida", "ir"),
            ("é", "ar"),
            ("í", "ir"),
        ),
    ),
    ("pt", (("ado", "ar"), ("ada", "ar"), ("ido", "er"), ("ido", "ir"), ("ei", "ar"))),
    ("it", (("ato", "are"), ("ata", "are"), ("ati", "are"), ("uto", "ere"), ("ito", "ire"), ("ita", "ire"))),
)
"""Ends of participles and of the first person of the past, each with the end of the dictionary form."""
_ROMANCE_BARE = word_set("""
fait pris mis vu lu écrit reçu rendu répondu envoyé payé hecho escrito visto puesto dicho vuelto abierto fatto preso
messo letto scritto visto risposto speso feito escrito posto
""")
_POLISH_PAST = re.compile(r"(?:łem|łam|liśmy|łyśmy)$")
_AUXILIARY_START = re.compile(
    r"^(?:j['’]ai|nous avons|ho|abbiamo|he|hemos|ich habe|wir haben|ik heb|we hebben)\s", re.IGNORECASE
)
_ASIAN_PAST = re.compile(r"(?:ました|った|した|んだ)[。\s]*$|^已|(?:完|好|过)了[。\s]*$")


def tells_deed(words: str, language: str = "") -> bool:
    """Whether a line without markup tells, without a subject, what was done and leaves nothing of it open.

    `language` is the one it is written in, or empty where that is unknown: then the forms of all languages count.
    """
    if _ASIAN_PAST.search(words):
        return not STILL_OPEN.search(words)
    tokens = WORD_PATTERN.findall(words)
    while len(tokens) > 1 and tokens[0].lower() in _DEED_PREFACES:
        tokens = tokens[1:]
    if len(tokens) < 2 or STILL_OPEN.search(words):
        return False
    first = tokens[0].lower()
    if language in ("", "en") and _is_english_past(first):
        return tokens[1].lower() in _OBJECT_STARTS or not (first in _OFTEN_ADJECTIVES or _has_later_verb(tokens[1:]))
    if language in ("", "fr", "es", "pt", "it") and (
        _is_romance_past(first, language) or _has_perfect(words, language)
    ):
        return True
    if _POLISH_PAST.search(first):
        return True
    clause = WORD_PATTERN.findall(FIRST_CLAUSE_END.split(words, maxsplit=1)[0])
    return language in ("", "de", "nl") and len(clause) > 1 and _ends_with_participle(clause, language)


def _is_english_past(word: str) -> bool:
    if word in _NO_DEEDS:
        return False
    if word in ENGLISH_IRREGULAR_PAST:
        return word not in ("was", "were")
    if not word.endswith("ed") or len(word) < 5:
        return False
    stem = word[:-2]
    bases = {stem, word[:-1], stem[:-1] if stem[-1] == stem[-2] else stem}
    if stem.endswith("i"):
        bases.add(stem[:-1] + "y")
    return bool(bases & ENGLISH_VERBS)


def _has_later_verb(tokens: list[str]) -> bool:
    """Whether a verb follows, so that the first word only describes a noun ("Shared state is hard")."""
    lower = [token.lower() for token in tokens]
    if set(lower) & {"is", "are", "was", "were", "has", "have", "can", "cannot", "may", "do", "does", "makes", "make"}:
        return True
    pairs = pairwise(lower)
    return any(noun.endswith("s") and verb in ENGLISH_VERBS and verb not in NOUN_LIKE_VERBS for noun, verb in pairs)


def _is_romance_past(word: str, language: str) -> bool:
    if word in _ROMANCE_BARE:
        return True
    return any(
        word.endswith(end) and len(word) > len(end) + 2 and word[: -len(end)] + base in INFINITIVES[code]
        for code, ends in _ROMANCE_STEMS
        if language in ("", code)
        for end, base in ends
    )


def _has_perfect(words: str, language: str) -> bool:
    """Whether a line begins with "J'ai", "Ho" or "He" and a participle."""
    said = _AUXILIARY_START.match(words)
    rest = WORD_PATTERN.findall(words[said.end() :])[:2] if said else []
    return any(_is_romance_past(word.lower(), language) for word in rest)


def _ends_with_participle(tokens: list[str], language: str) -> bool:
    last = tokens[-1]
    if len(tokens) > MAX_DEED_WORDS or not last.islower() or {token.lower() for token in tokens} & GERMAN_FINITE:
        return False
    if last in INFINITIVES["de"] or last in INFINITIVES["nl"]:
        return False
    if last == "gedaan" or language == "nl":
        return last == "gedaan" or bool(_DUTCH_PARTICIPLE.match(last))
    if last in _GERMAN_STRONG_BARE or _GERMAN_WEAK.match(last):
        return True
    if _GERMAN_STRONG.match(last) and not _GERMAN_BASE_END.search(last):
        return True
    return language == "" and bool(re.match(r"^(?:\w{0,4}ge\w{2,}[dt])$", last))
