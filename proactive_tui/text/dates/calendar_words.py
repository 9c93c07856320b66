"""The words of dates in seven languages: weekdays and months from the lexicons, everything else from `DATE_WORDS`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from proactive_tui.text.lexicon import LEXICONS

DATE_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Where a word stands in several languages, the first of them counts."""
MIN_MONTH_LETTERS = 3
MIN_WEEKDAY_LETTERS = 2

DATE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "overmorrow": "day after tomorrow|the day after tomorrow", "ereyesterday": "day before yesterday",
        "in 14 day": "in a fortnight", "in 30 minute": "half an hour|in half an hour", "in": "within",
        "oclock": "o clock", "noon": "midday|at noon", "pm": "p m|in the afternoon", "am": "a m|in the morning",
        "morning": "in the morning", "afternoon": "this afternoon", "minute": "m|min|mins|minutes",
        "hour": "h|hr|hrs|hours", "day": "d|days", "week": "w|weeks", "month": "months", "year": "years",
        "one": "a|an|one", "end": "end of", "saturday": "weekend|week end", "": "on|the|of|this|coming",
    },
    "de": {
        "today": "heute", "tomorrow": "morgen", "tomorrow morning": "morgen früh|morgen vormittag",
        "overmorrow": "übermorgen", "yesterday": "gestern", "ereyesterday": "vorgestern",
        "next": "nächste|nächsten|nächster|nächstes|kommende|kommenden", "last": "letzte|letzten|letzter|letztes",
        "ago": "vor", "in 30 minute": "in einer halben stunde", "at": "um #|gegen #", "oclock": "uhr",
        "halb": "um halb|gegen halb",
        "noon": "mittag|mittags", "evening": "abend|abends|am abend", "afternoon": "nachmittag|nachmittags",
        "morning": "früh|morgens|am morgen|vormittag|vormittags", "minute": "minuten", "hour": "std|stunde|stunden",
        "day": "tag|tage|tagen", "week": "woche|wochen", "month": "monat|monate|monaten|monats",
        "year": "jahr|jahre|jahren", "one": "ein|eine|einem|einen|einer", "end": "ende",
        "end month": "monatsende|ende des monats", "saturday": "wochenende",
        "": "den|der|dem|des|diesen|diese|dieser",
    },
    "fr": {
        "today": "aujourd’hui", "tomorrow": "demain", "evening": "soir|au soir", "today evening": "ce soir",
        "overmorrow": "après-demain", "yesterday": "hier", "ereyesterday": "avant-hier", "next": "prochain|prochaine",
        "last": "dernier|dernière", "ago": "il y a", "in": "dans|d’ici", "in 30 minute": "dans une demi-heure",
        "at": "à #|vers #", "noon": "midi|à midi", "afternoon": "après-midi",
        "morning": "matin|au matin|le matin|du matin", "pm": "de l’après-midi|du soir", "day": "jour|jours",
        "week": "semaine|semaines", "month": "mois", "year": "an|ans|année", "hour": "heure|heures", "one": "un|une",
        "end": "fin|fin de", "": "le|la|l|du|ce|cette",
    },
    "es": {
        "today": "hoy", "tomorrow": "mañana", "tomorrow morning": "mañana por la mañana",
        "overmorrow": "pasado mañana", "yesterday": "ayer", "ereyesterday": "anteayer|antes de ayer",
        "next": "próximo|próxima|que viene", "last": "pasado|pasada", "ago": "hace", "in": "en|dentro de",
        "in 30 minute": "en media hora|dentro de media hora", "at": "a las #|a la #|las #",
        "noon": "mediodía|a mediodía|al mediodía", "today evening": "esta noche", "afternoon": "tarde|por la tarde",
        "evening": "noche|por la noche", "morning": "por la mañana", "am": "de la mañana",
        "pm": "de la tarde|de la noche", "minute": "minuto|minutos", "hour": "hora|horas", "day": "día|días",
        "week": "semana|semanas", "month": "mes|meses", "year": "año|años", "one": "una",
        "end": "fin de|final de|finales de", "saturday": "fin de semana", "": "el|de|del|este|esta",
    },
    "it": {
        "today": "oggi", "tomorrow": "domani", "tomorrow morning": "domattina|domani mattina",
        "today evening": "stasera", "overmorrow": "dopodomani|dopo domani", "yesterday": "ieri",
        "ereyesterday": "l’altro ieri|ieri l’altro", "next": "prossimo|prossima", "last": "scorso|scorsa",
        "ago": "fa", "in": "tra|fra", "in 30 minute": "tra mezz’ora|fra mezz’ora|tra mezzora|fra mezzora",
        "at": "alle #|all #", "noon": "mezzogiorno|a mezzogiorno", "evening": "sera", "morning": "mattina",
        "afternoon": "pomeriggio", "pm": "di sera", "minute": "minuto|minuti", "hour": "ora|ore",
        "day": "giorno|giorni", "week": "settimana|settimane", "month": "mese|mesi", "year": "anno|anni",
        "end": "fine", "": "il|di|della|questo|questa",
    },
    "pt": {
        "today": "hoje", "tomorrow": "amanhã", "tomorrow morning": "amanhã de manhã",
        "overmorrow": "depois de amanhã", "yesterday": "ontem", "ereyesterday": "anteontem",
        "last": "passado|passada", "ago": "há|faz", "next": "que vem", "in": "em|daqui a",
        "in 30 minute": "em meia hora|daqui a meia hora", "at": "às #", "noon": "meio-dia|ao meio-dia",
        "evening": "à noite", "afternoon": "tarde|à tarde", "morning": "de manhã|pela manhã", "am": "da manhã",
        "pm": "da tarde|da noite", "month": "mês", "year": "ano|anos", "one": "um|uma", "end": "fim de|fim do|fim da",
        "": "o|no|na|do|da|feira",
    },
    "nl": {
        "today": "vandaag", "tomorrow morning": "morgenochtend|morgen ochtend", "tomorrow evening": "morgenavond",
        "overmorrow": "overmorgen", "yesterday": "gisteren", "ereyesterday": "eergisteren",
        "next": "volgende|komende", "last": "vorige|afgelopen", "ago": "geleden", "in": "over",
        "in 30 minute": "over een half uur", "at": "om #", "oclock": "uur", "noon": "middag", "afternoon": "namiddag",
        "today evening": "vanavond", "evening": "avond", "morning": "ochtend", "minute": "minuut", "hour": "uren",
        "day": "dag|dagen", "week": "weken", "month": "maand|maanden", "year": "jaar|jaren", "one": "een",
        "end": "eind|einde|eind van|einde van", "": "op|het|van|deze",
    },
}  # fmt: skip
"""By language: canonical English words, and the phrases that mean them, joined by "|"; "#" is a number. Phrases for ""
are left out."""

_JOINED = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")


def fold_words(text: str) -> str:
    """Text in lower case without accents; apostrophes, commas, and hyphens between letters, become spaces."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"['’`,]|(?<=[a-z])-(?=[a-z])", " ", plain).split())


@lru_cache(maxsize=8192)
def canonical_words(text: str) -> str:
    """Folded text with the words of dates in English: "in zwei Wochen" is "in zwei week". Unknown words stay."""
    words = _JOINED.sub(" ", fold_words(text)).split()
    phrases, longest = _phrase_table()
    found: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            part = words[place : place + length]
            if (canonical := phrases.get(" ".join(part))) is not None:
                found.append(canonical)
            elif part[-1][0].isdecimal() and (canonical := phrases.get(" ".join([*part[:-1], "#"]))) is not None:
                found += [canonical, part[-1]]
            else:
                continue
            place += length
            break
        else:
            found.append(words[place])
            place += 1
    return " ".join(filter(None, found))


@cache
def _phrase_table() -> tuple[Mapping[str, str], int]:
    """Canonical words by folded phrase, and the number of words in the longest phrase."""
    phrases: dict[str, str] = {}
    for code in DATE_LANGUAGES:
        for canonical, synonyms in DATE_WORDS[code].items():
            for phrase in synonyms.split("|"):
                phrases.setdefault(fold_words(phrase), canonical)
    return phrases, max(len(phrase.split()) for phrase in phrases)


@cache
def count_words() -> Mapping[str, int]:
    """Folded words for small numbers: "zwei" is 2."""
    found = {"one": 1}
    for code in DATE_LANGUAGES:
        for word, number in LEXICONS[code].numbers.items():
            found.setdefault(fold_words(word), number)
    return {word: number for word, number in found.items() if number <= 31}


@cache
def weekday_names() -> Mapping[str, int]:
    """Folded names of weekdays in all languages; Monday is 0. "sexta" is "sexta-feira"."""
    return _number_names([lexicon.days for lexicon in LEXICONS.values()])


@cache
def month_names() -> Mapping[str, int]:
    """Folded names of months in all languages, and the English names of three letters; January is 1."""
    names = _number_names([LEXICONS[code].months for code in DATE_LANGUAGES])
    english = {name[:3].lower(): number for number, name in enumerate(LEXICONS["en"].months)}
    return {name: number + 1 for name, number in {**names, **english, "sept": 8}.items()}


def _number_names(languages: list[tuple[str, ...]]) -> dict[str, int]:
    return {fold_words(name).split()[0]: number for names in languages for number, name in enumerate(names)}


def find_weekday(word: str, *, whole: bool = False) -> int | None:
    """The weekday (Monday is 0) of a folded name, or of the beginning of one; None where languages disagree."""
    return _find_name(word, weekday_names(), LEXICONS["en"].days, 0, MIN_WEEKDAY_LETTERS, whole)


def find_month(word: str, *, whole: bool = False) -> int | None:
    """The month (1 to 12) of a folded name, or of the beginning of one; None where languages disagree."""
    return _find_name(word.rstrip("."), month_names(), LEXICONS["en"].months, 1, MIN_MONTH_LETTERS, whole)


def _find_name(
    word: str, names: Mapping[str, int], english: tuple[str, ...], first: int, shortest: int, whole: bool
) -> int | None:
    if word in names or whole:
        return names.get(word)
    if len(word) < shortest:
        return None
    for number, name in enumerate(english, first):
        if name.lower().startswith(word):
            return number
    found = {number for name, number in names.items() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None
