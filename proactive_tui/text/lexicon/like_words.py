"""Words that say the same, and words that say the opposite, in the languages of the lexicons that templates have. Pure.

A restatement may take a word of the same group, and may not turn a word of its line round. Likeness of vectors is no
measure for that: by MiniLM "accept" is nearer to "reject" (.60) than to "take" (.50).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.words import word_set

MIN_FORM_LETTERS = 4
"""Letters that two forms of one word begin with."""
MAX_ENDING = 3
"""Letters that one of them may have besides; one, where they begin with no more than the fewest."""
_LIKE = {
    "en": (
        "cost costs price prices paid pay pays spent spend buy buys bought purchase purchased purchases",
        "begin begins began begun start starts started", "end ends ended finish finishes finished stop stopped over",
        "fix fixed fixes repair repaired mend mended", "ring rang rung call called calls phone phoned",
        "decide decided decision agreed agree agreement settled chose chosen choose choice", "closed shut",
        "fine okay ok good alright", "big large huge", "small little tiny", "quick quickly fast rapid rapidly",
        "issue problem trouble bug fault", "cause caused reason because", "remove removed delete deleted",
        "change changed alter altered modify modified", "need needs needed require requires required must",
        "help helped assist", "allow allowed permit permitted", "photo picture image", "bike bicycle",
        "children kids", "flat apartment", "trip journey", "holiday vacation", "film movie", "shop store",
        "maximum most highest", "minimum least lowest", "error failure failed fail", "get gets got receive received",
        "appointment meeting", "replace replaced swap swapped", "keep keeps kept", "hold held", "find found",
        "go went gone", "come came", "take took taken", "give gave given", "make made", "write wrote written",
        "send sent", "build built", "think thought", "bring brought", "sell sold", "leave left", "lose lost",
        "meet met", "run ran", "see saw seen", "speak spoke spoken", "stand stood", "win won", "break broke broken",
        "drive drove", "fall fell", "feel felt", "fly flew", "forget forgot forgotten", "grow grew grown",
        "know knew known", "lend lent", "read", "rise rose", "sleep slept", "steal stole", "teach taught", "wear wore",
        "hear heard", "eat ate", "ride rode", "die died dead death", "extra additional more another further",
    ),
    "de": (
        "kosten kostet kostete gekostet preis preise bezahlt zahlen zahle", "kaufen kauft kaufte gekauft erworben",
        "beginnen beginnt begann begonnen anfangen fängt angefangen starten startet",
        "enden endet endete aufhören", "reparieren repariert geflickt flicken", "anrufen angerufen telefonieren",
        "entscheiden entschieden entscheidung beschlossen beschluss beschließen", "groß riesig", "klein winzig",
        "fehler problem", "grund weil ursache", "gehen ging gegangen", "geben gibt gab gegeben",
        "nehmen nimmt nahm genommen", "finden fand gefunden", "schreiben schrieb geschrieben",
        "sehen sieht sah gesehen", "brauchen braucht benötigt nötig", "treffen trifft traf getroffen", "termin treffen",
    ),
    "fr": (
        "coûter coûte coûté coûtait prix payé payer paie", "acheter acheté achète",
        "commencer commence commencé débuter débute débuté", "finir finit fini terminer termine terminé",
        "réparer réparé répare", "appeler appelé téléphoner", "décider décidé décision", "raison cause parce",
    ),
    "es": (
        "costar cuesta costó precio pagado pagar pagué", "comprar compré comprado", "empezar empieza comenzar comienza",
        "terminar termina acabar acaba", "reparar reparado arreglar arreglado", "llamar llamado telefonear",
        "decidir decidido decisión", "razón causa porque",
    ),
}  # fmt: skip
_PASTS = word_set(
    "cost paid bought spent began begun rang rung chose chosen shut got kept held found went gone came took taken gave "
    "given made wrote written sent built thought brought sold left lost met ran saw seen spoke spoken stood won broke "
    "broken drove fell felt flew forgot forgotten grew grown knew known lent read rose slept stole taught wore heard "
    "ate rode said told cut put set let hit hurt quit had"
)
"""English verbs in the past that do not end in -ed."""
_FREE = {
    "en": "according total altogether amount reason current currently mean means",
    "de": "laut insgesamt grund betrag aktuell bedeutet",
    "fr": "selon total montant raison actuellement",
    "es": "según total importe razón actualmente",
}
"""Words that frame what is said and add nothing to it."""
_OPPOSITES = {
    "en": (
        ("before", "after"), ("buy buys bought purchased", "sell sells sold"),
        ("begin begins began start starts started", "end ends ended stop stops stopped finish finishes finished"),
        ("open opened", "closed shut"), ("early earlier earliest", "late later latest"), ("more", "less fewer"),
        ("first", "last"), ("win wins won", "lose loses lost"), ("from since", "until till"), ("with", "without"),
        ("increase increased increases", "decrease decreased decreases"), ("accepted accept", "rejected refused"),
        ("for", "against"), ("best", "worst"), ("better", "worse"), ("high higher highest", "low lower lowest"),
        ("fast faster", "slow slower"), ("cheap cheaper", "expensive"), ("new", "old"), ("add added", "removed remove"),
        ("arrive arrives arrived", "leave leaves left depart departs"), ("above", "below"), ("inside", "outside"),
        ("morning", "evening"), ("yesterday", "tomorrow"), ("succeeded works worked", "failed fails"),
        ("lend lent", "borrow borrowed"), ("push pushed", "pull pulled"), ("enabled enable", "disabled disable"),
        ("longer", "shorter"), ("bigger larger", "smaller"), ("rise rose risen", "fall fell fallen"),
        ("lost", "found"), ("always", "sometimes"), ("maximum", "minimum"), ("left", "right"), ("north", "south"),
    ),
    "de": (
        ("vor", "nach"), ("kauft kaufen gekauft", "verkauft verkaufen"), ("beginnt beginnen fängt", "endet enden"),
        ("offen geöffnet", "geschlossen zu"), ("früh früher", "spät später"), ("mehr", "weniger"), ("ab seit", "bis"),
        ("erste ersten erster", "letzte letzten letzter"), ("mit", "ohne"), ("für", "gegen"),
        ("besser", "schlechter"), ("neu neue neuen neuer neues", "alt alte alten alter altes"),
        ("hoch höher", "niedrig niedriger"), ("gewonnen gewinnt", "verloren verliert"),
    ),
    "fr": (
        ("avant", "après"), ("commence commencer débute", "finit finir termine"), ("plus", "moins"),
        ("avec", "sans"), ("pour", "contre"), ("nouveau nouvelle", "vieux vieille ancien ancienne"),
        ("ouvert ouverte", "fermé fermée"), ("premier première", "dernier dernière"), ("tôt", "tard"),
    ),
    "es": (
        ("antes", "después"), ("empieza comienza", "termina acaba"), ("más", "menos"), ("con", "sin"),
        ("nuevo nueva", "viejo vieja"), ("abierto abierta", "cerrado cerrada"), ("primero primera", "último última"),
        ("temprano", "tarde"),
    ),
}  # fmt: skip


def is_likened(stem: str, known: Collection[str], lexicon: Lexicon) -> bool:
    """Whether a word (by its stem) frames what is said, or stands among `known` stems in another form or word."""
    if stem in known or stem in _free_stems(lexicon.code):
        return True
    if any(not group.isdisjoint(known) for group in _groups(lexicon.code) if stem in group):
        return True
    return any(_is_form_of(stem, other) for other in known)


def has_done(verb: str, written: Collection[str], lexicon: Lexicon) -> bool:
    """Whether what "you" did by an English verb in the past ("called") was written in the past, in this or a like word;
    of a verb in the present nothing is asked.
    """
    if not _is_past(verb) or verb in written:
        return True
    stem = lexicon.stem(verb)
    groups = [group for group in _groups(lexicon.code) if stem in group]
    return any(
        _is_past(word) and (lexicon.stem(word) == stem or any(lexicon.stem(word) in group for group in groups))
        for word in written
    )


def _is_past(verb: str) -> bool:
    return (len(verb) > 4 and verb.endswith("ed")) or verb in _PASTS


def turns_round(said: Collection[str], written: Collection[str], lexicon: Lexicon) -> bool:
    """Whether what is said has the opposite of a word that was written, and not that word (words in lower case)."""
    for pair in _OPPOSITES.get(lexicon.code, ()):
        for one, other in (pair, pair[::-1]):
            ours, theirs = set(one.split()), set(other.split())
            if ours & set(said) and theirs & set(written) and not ours & set(written) and not theirs & set(said):
                return True
    return False


def _is_form_of(stem: str, other: str) -> bool:
    """Whether one is the other with a short ending: "leak" and "leaki"."""
    short, long = sorted((stem, other), key=len)
    added = len(long) - len(short)
    return (
        long.startswith(short)
        and (added <= 1 or (added <= MAX_ENDING and len(short) > MIN_FORM_LETTERS))
        and (len(short) >= MIN_FORM_LETTERS)
    )


@lru_cache
def _groups(code: str) -> tuple[frozenset[str], ...]:
    stem = LEXICONS[code].stem
    return tuple(frozenset(map(stem, words.split())) for words in _LIKE.get(code, ()))


@lru_cache
def _free_stems(code: str) -> frozenset[str]:
    return frozenset(map(LEXICONS[code].stem, _FREE.get(code, "").split()))
