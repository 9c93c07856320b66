"""Words by which questions are told apart, in the languages that have a lexicon."""

from __future__ import annotations

import re
from typing import Literal

from proactive_tui.text.words import word_set

Wanted = Literal[
    "person", "day", "time", "number", "money", "place", "reason", "contact", "duration", "version", "name"
]
"""What a question asks for."""


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


ASKS_FOR: dict[str, dict[Wanted, re.Pattern[str]]] = {
    "en": {
        "person": _any_of("who", "whom", "whose", "who's", "whos", "which (?:person|colleague)", "with whom"),
        "day": _any_of(
            "when", "whens", "when's", "(?:which|what|by what|on what) (?:day|date|weekday|month|year)", "since when",
            "by when", "until when", "how old", "what day", "deadline",
        ),
        "time": _any_of("(?:at )?what time", "what hour", "how late", "how early"),
        "number": _any_of(
            "how many", "how (?:big|large|fast|high|far|often|old|heavy|tall|deep)", "how much",
            "what (?:\\w+ )?(?:number|count|percentage|ratio|rate|size|speed|limit|score)", "to what",
            "(?:furthest|fastest|longest|highest|most)",
        ),
        "money": _any_of(
            "cost", "costs", "pay", "paid", "paying", "price", "prices", "fee", "fees", "salary", "earn", "earns",
            "spend", "spent", "budget", "raise", "hike", "how expensive", "rent", "bill", "worth", "money",
        ),
        "place": _any_of("where", "which (?:city|town|country|room|place|shop|street)", "wheres", "where's"),
        "reason": _any_of("why", "how come", "what for", "reason", "reasons", "what made", "behind it", "how so"),
        "contact": _any_of(
            "(?:phone|telephone|mobile|cell)(?: number)?", "e-?mail(?: address)?", "number of",
            "reach (?:him|her|them)",
            "password", "pin code", "iban", "licen[sc]e plate", "post ?code", "zip code",
        ),
        "duration": _any_of("how long", "how many (?:seconds|minutes|hours|days|weeks|months|years)"),
        "version": _any_of("(?:which|what)(?: \\w+)? version", "version"),
        "name": _any_of("name of", "whats? the name", "called", "(?:which|what) (?:brand|make|model)", "names?"),
    },
    "de": {
        "person": _any_of("wer", "wem", "wen", "wessen", "mit wem", "von wem"),
        "day": _any_of("wann", "welche[rmns]? (?:tag|datum|monat|jahr|wochentag)", "seit wann", "bis wann", "ab wann"),
        "time": _any_of("um wie ?viel uhr", "wie sp[äa]t", "welche uhrzeit"),
        "number": _any_of(
            "wie ?viele?n?", "wie (?:gro(?:ß|ss)|hoch|schnell|oft|weit|alt|schwer|lang)",
            "welche (?:zahl|nummer|größe)",
            "wie ?viel", "prozent",
        ),
        "money": _any_of(
            "kostet?e?n?", "gekostet", "preis", "gebühr", "gehalt", "verdient", "bezahlt?", "zahle?", "miete", "zinsen",
            "geld", "erstattung", "teuer",
        ),
        "place": _any_of("wo", "woher", "wohin", "welche[rnm]? (?:stadt|ort|raum|land|straße)"),
        "reason": _any_of("warum", "weshalb", "wieso", "wozu", "grund"),
        "contact": _any_of("telefonnummer", "handynummer", "e-?mail(?:-?adresse)?", "passwort", "iban", "kontonummer"),
        "duration": _any_of("wie lange?", "wie viele (?:stunden|minuten|tage|wochen|monate|jahre|sekunden)"),
        "version": _any_of("welche version", "version"),
        "name": _any_of("wie heißt", "wie heisst", "name", "namen", "welche marke"),
    },
    "fr": {
        "person": _any_of("qui", "de qui", "à qui", "avec qui"),
        "day": _any_of("quand", "quel jour", "quelle date", "depuis quand", "jusqu['’]à quand"),
        "time": _any_of("à quelle heure", "quelle heure"),
        "number": _any_of("combien", "quel (?:nombre|poids|pourcentage)", "quelle (?:taille|vitesse)"),
        "money": _any_of("coûte", "coûté", "prix", "payé", "paie", "tarif", "salaire", "loyer"),
        "place": _any_of("où", "quelle ville", "quel endroit"),
        "reason": _any_of("pourquoi", "raison"),
        "contact": _any_of("téléphone", "e-?mail", "courriel", "mot de passe", "adresse"),
        "duration": _any_of("combien de temps", "combien d['’]heures", "combien de (?:jours|minutes|mois)"),
        "version": _any_of("quelle version"),
        "name": _any_of("comment s['’]appelle", "nom", "quelle marque"),
    },
    "es": {
        "person": _any_of("quién", "quien", "quiénes", "de quién", "a quién", "con quién"),
        "day": _any_of("cuándo", "cuando", "qué día", "qué fecha", "hasta cuándo", "desde cuándo"),
        "time": _any_of("a qué hora", "qué hora"),
        "number": _any_of("cuánt[oa]s?", "cuant[oa]s?", "qué (?:número|porcentaje|tamaño|límite)"),
        "money": _any_of("cuesta", "costó", "precio", "pagu[ée]", "pago", "tarifa", "sueldo", "alquiler"),
        "place": _any_of("dónde", "donde", "qué ciudad", "qué lugar"),
        "reason": _any_of("por qué", "razón"),
        "contact": _any_of("teléfono", "correo", "contraseña"),
        "duration": _any_of("cuánto tiempo", "cuántas horas", "cuántos (?:días|meses|minutos)"),
        "version": _any_of("qué versión"),
        "name": _any_of("cómo se llama", "nombre", "qué marca"),
    },
}  # fmt: skip

YES_OR_NO = _any_of(
    "^(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)",
    "^(?:und )?(?:ist|sind|war|waren|hat|habe|haben|kann|können|wird|soll|muss)",
    "^(?:et )?est-ce que", "^(?:y )?(?:es|está|hay)",
)  # fmt: skip

ASKS = re.compile(
    r"[?？؟\u037e]|(?:^|[:.!–—-]\s+)(?:(?:and|but|so|und|aber|et|mais|y|pero)\s+)?"
    r"(?:what|whats|what's|which|how|hows|how's|who|whos|who's|whom|whose|when|whens|when's|where|wheres|where's|why|"
    r"tell me|show me|list|compare|remind me"
    r"|was|welche[rsmn]?|wie|wieviel|wer|wem|wen|wann|wo|woher|wohin|warum|wieso|weshalb|wozu|zeig|nenn"
    r"|qu['’]est-ce|quel(?:le)?s?|comment|combien|qui|quand|où|pourquoi|montre|dis-moi"
    r"|qué|cuál(?:es)?|cómo|cuánt[oa]s?|quién(?:es)?|cuándo|dónde|por qué|muestra|dime)(?!\w)"
    r"|,\s+(?:and\s+)?(?:what|when|where|why|how)\s+"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|much|many|long|often|far|come)\b",
    re.IGNORECASE,
)
"""A question mark anywhere, or a word of questions where a sentence or a part of one begins."""

EMPTY_WORDS = word_set(
    "tell show give know remember say said please again exactly roughly actually really ever anything everything "
    "thing things stuff many much long how old big far often kind sort lot way came come got get did had one ones "
    "take takes took went go goes going make made use used need needed still right now who's what's whats whens "
    "when's hows how's wheres where's whos name names called day date time hour number wieviel viel viele lange "
    "welche welcher welches welchen heißt gibt gab eigentlich alles beides nochmal genau etwa ungefähr bitte sag "
    "zeig weißt combien quel quelle quels quelles fait faire dis montre cuánto cuánta cuántos cuántas cual cuál "
    "dime hay fue hizo "
)
"""Words of questions that say nothing of what they are about."""

COMPARES = _any_of(
    "compare", "compared", "versus", "vs", "difference between", "with and without", "vergleich", "vergleiche",
    "unterschied zwischen", "comparer", "différence entre", "comparar", "diferencia entre",
)  # fmt: skip


def find_wanted(text: str, language: str) -> frozenset[Wanted]:
    """What a text asks for, by the words of its language, else by the English ones."""
    found = {wanted for wanted, pattern in ASKS_FOR.get(language, ASKS_FOR["en"]).items() if pattern.search(text)}
    if language != "en" and not found:
        found = {wanted for wanted, pattern in ASKS_FOR["en"].items() if pattern.search(text)}
    if "contact" in found:
        found -= {"number", "name"}
    return frozenset(found)
