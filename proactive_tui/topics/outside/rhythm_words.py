"""Words, in several languages, of what people want their days to be like: when to stop, to pause, to be off."""

from __future__ import annotations

import re
from re import Pattern
from typing import Final, Literal

from proactive_tui.text.lexicon import LEXICONS

DayMeasure = Literal["bedtime", "stop", "breaks", "screen time", "days off", "start"]
"""What a goal about the days is about; each is measured in another way."""


def _compile_words(*words: str) -> Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)".replace("'", "['’]"), re.IGNORECASE)


BED_WORDS: Final = _compile_words(
    r"in bed|to bed|bed ?times?|asleep|lights out|(?:go|going) to sleep|sleep(?:ing)? (?:by|before)",
    r"ins bett|im bett|zu bett|schlafenszeit|schlafen|licht aus",
    r"au lit|(?:me |se )?coucher|(?:m'|s')?endormir|dormir|éteindre la lumière",
    r"(?:a|en) la cama|acostar(?:me|se)?|dormir(?:me)?|luz apagada",
    r"a letto|coricarmi|andare a dormire|na cama|para a cama|deitar(?:-me)?|naar bed|gaan slapen",
)
STOP_WORDS: Final = _compile_words(
    r"(?:stop|quit|finish|end)(?:ping|ting|ing)? (?:work(?:ing)?(?: ?day)?|the day|my day)|off work|done (?:with work|working)",
    r"log(?:ging)? off|sign(?:ing)? off|(?:close|shut|closing|shutting)(?: down)? (?:the |my )?(?:laptop|computer|pc)",
    r"(?:laptop|computer|pc|screens?) (?:off|closed|shut|away)|no (?:more )?(?:work(?:ing)?|screens?|computer|laptop|e?-?mails?|coding)",
    r"(?:not|n't|never) (?:be )?(?:work|working|code|coding|check (?:work )?e?-?mails?)|knock off",
    r"feierabend|schluss mit (?:der )?arbeit|aufhören(?: zu arbeiten)?|arbeit(?:en)? (?:beenden|aufhören)",
    r"(?:keine?|nicht mehr|nicht) (?:mehr )?(?:arbeit|arbeiten|bildschirm\w*|e?-?mails?|computer|laptop|rechner)",
    r"(?:laptop|rechner|computer|bildschirm|pc) (?:aus|zu|zuklappen|ausschalten|weg)",
    r"(?:arrêter|finir|terminer) (?:de travailler|le travail|ma journée)|(?:pas|plus) (?:de |d')(?:travail|écrans?|e?-?mails?|ordi\w*)",
    r"ne (?:plus|pas) travailler|(?:éteindre|fermer) (?:l'|mon |les )?(?:ordi\w*|écrans?)|sans écrans?",
    r"(?:dejar|terminar|parar) de trabajar|terminar (?:el trabajo|la jornada)|(?:nada de|sin|no|ni) (?:más )?(?:trabajo|trabajar|pantallas?|correos?|ordenador)",
    r"(?:apagar|cerrar) (?:el|la|las|mi) (?:ordenador|portátil|pantallas?)",
    r"(?:smettere|finire) di lavorare|niente (?:schermi|lavoro)|parar de trabalhar|sem (?:ecrãs|telas|trabalho)",
    r"stoppen met werken|geen (?:schermen|werk)|laptop dicht",
)
BREAK_WORDS: Final = _compile_words(
    r"breaks?|pauses?|breathers?|stand(?:ing)? up|get(?:ting)? up from|at a (?:stretch|time|sitting)|in (?:one|a) (?:sitting|row)",
    r"pausen?|aufstehen|am stück|kaffeepausen?|pauses?|d'affilée|me lever",
    r"pausas?|descansos?|descansar|seguid[oa]s|levantarme|pause|di fila|intervalos?|pauzes?|achter elkaar",
)
SCREEN_WORDS: Final = _compile_words(
    r"screen ?time|at (?:the|my) (?:computer|screen|laptop|desk)|bildschirmzeit|am (?:rechner|computer|bildschirm|laptop)",
    r"temps d'écran|devant (?:l'|mon |un )?(?:écran|ordi\w*)|tiempo de pantalla|frente a(?: la|l) (?:pantalla|ordenador)",
    r"tempo (?:allo|davanti allo) schermo|tempo de (?:ecrã|tela)|schermtijd",
)
OFF_WORDS: Final = _compile_words(
    r"off|free|offline|no (?:work(?:ing)?|laptop|computer|screens?|coding|e?-?mails?)|without (?:work|the laptop|screens?|computer)",
    r"(?:not|n't|never) (?:work|working|code|coding)",
    r"frei|freihalten|keine? (?:arbeit|arbeiten|laptop|rechner|computer|bildschirm)|nicht (?:mehr )?(?:arbeiten|an den rechner)",
    r"ohne (?:arbeit|laptop|rechner|computer|bildschirm)|libres?|sans (?:travail(?:ler)?|ordi\w*|écrans?)|(?:pas|plus) (?:de )?travail(?:ler)?",
    r"déconnectée?s?|sin (?:trabajo|trabajar|ordenador|pantallas?)|no trabajar|desconectad[oa]s?|liber[io]|senza lavoro|não trabalhar|livres?|vrij|niet werken",
)
WEEKEND_WORDS: Final = _compile_words(
    r"weekends|(?:every|each|at|on|at the|on the|my|the) weekend", r"(?:am|jedes|das|die) wochenenden?|wochenenden?",
    r"(?:le|les|chaque|mes) week-?ends?|week-?ends?", r"(?:el|los|cada|mis) fin(?:es)? de semana|fines de semana",
    r"(?:il|i|ogni|nel) (?:weekend|fine settimana)|(?:o|os) fi(?:m|ns) de semana|(?:in )?het weekend",
)  # fmt: skip
SUNDAY_WORDS: Final = _compile_words(
    r"sundays|(?:every|each) sunday|sonntage?s?|jeden sonntag|dimanches|(?:le|chaque) dimanche|(?:los|cada) domingos?",
    r"(?:la|ogni) domenica|(?:aos|cada) domingos?|zondags|elke zondag",
)
SATURDAY_WORDS: Final = _compile_words(
    r"saturdays|(?:every|each) saturday|samstage?s?|jeden samstag|samedis|(?:le|chaque) samedi|(?:los|cada) sábados?",
    r"(?:il|ogni) sabato|(?:aos|cada) sábados?|zaterdags|elke zaterdag",
)
START_WORDS: Final = _compile_words(
    r"(?:start|begin)(?:ing|ning)? (?:work(?:ing)?|early|the (?:work)?day|my (?:work)?day)|at my desk",
    r"(?:mit der arbeit|zu arbeiten|früh|den (?:arbeits)?tag) (?:an(?:zu)?fangen|beginnen|starten)|am schreibtisch",
    r"commencer (?:à travailler|le travail|tôt|la journée|ma journée)|à mon bureau",
    r"empezar (?:a trabajar|el (?:día|trabajo)|temprano|la jornada)|comenzar (?:a trabajar|el día|la jornada)",
    r"iniziare (?:a lavorare|la giornata|presto)|começar (?:a trabalhar|o dia|cedo)|beginnen met werken",
)
WORKDAY_WORDS: Final = _compile_words(
    r"(?:on )?(?:work(?:ing)?[ -]?days|weekdays|week ?nights|school ?nights)|during the week",
    r"unter der woche|werktags|an (?:wochentagen|werktagen|arbeitstagen)",
    r"en semaine|(?:les )?jours (?:de semaine|ouvrés|de travail)|entre semana|(?:los )?días (?:laborables|de trabajo)",
    r"durante la settimana|nei giorni feriali|durante a semana|doordeweeks|op werkdagen",
)
"""A goal that is not meant for all days."""
_DAY_NAMES: Final = tuple(
    f"(?:{'|'.join(names)})"
    for names in zip(
        *([name.lower() for name in LEXICONS[code].days] for code in ("en", "de", "fr", "es")), strict=True
    )
)
DAY_NAMES: Final = tuple(_compile_words(f"{names}s?") for names in _DAY_NAMES)
"""The names of each day of the week, Monday first."""
RECURRING_DAY: Final = _compile_words(
    rf"(?:every|each|jeden|chaque|les?|cada|los)\s+(?:{'|'.join(_DAY_NAMES)})s?",
    rf"(?:{'|'.join(_DAY_NAMES)})s(?<!lunes)(?<!martes)(?<!jueves)(?<!viernes)(?<!miércoles)",
    rf"(?:{'|'.join(_DAY_NAMES)})\s*(?:to|through|bis|à|a|-|–)\s*(?:{'|'.join(_DAY_NAMES)})",
)
"""A day of every week, and not the next one of its name."""
OTHERS_OR_OTHER_WORDS: Final = _compile_words(
    r"kids?|child(?:ren)?|son|daughter|bab(?:y|ies)|kinder?|sohn|tochter|enfants?|fils|fille|niñ[oa]s?|hij[oa]s?|bambin[oi]|figli[oa]?",
    r"phone|handy|smartphone|téléphone|portable|móvil|celular|telefono|telefoon|tv|netflix|instagram|tiktok|youtube|facebook|twitter",
)
"""Who else goes to bed, and screens that are not this machine's."""
ONE_TIME_WORDS: Final = _compile_words(
    r"tonight|today|tomorrow|yesterday|last night|this (?:week(?:end)?|evening|sunday|saturday)|next (?:week(?:end)?|sunday|saturday)",
    r"heute|morgen abend|gestern|dieses? (?:wochenende|woche)|nächstes? wochenende|nächsten (?:sonntag|samstag)",
    r"ce (?:soir|week-?end|dimanche|samedi)|demain|hier|aujourd'hui|week-?end prochain|dimanche prochain",
    r"hoy|esta noche|ayer|este (?:fin de semana|domingo|sábado)|el próximo (?:fin de semana|domingo|sábado)|stasera|domani|hoje|amanhã|vanavond",
)
"""What is meant once, and is no goal."""
RESOLVE_CUE: Final = re.compile(
    r"\b(?:i(?:'ll| will|'m going to| am going to| have to| need to| should| must| intend to| plan to| aim to| hope to)|from now on|no longer|rule|resolve[ds]?|resolution|aim(?:ing)?"
    r"|i(?: really)? want (?:my|the|to)|i want"
    r"|ab (?:jetzt|sofort|heute)|ich (?:werde|nehme mir vor|muss|sollte|will|möchte)|(?:möchte|will|werde|muss) ich|künftig|vorgenommen|regel"
    r"|je (?:vais|dois|compte|veux)|désormais|dorénavant|règle|résolution|j'essaie|il faut que"
    r"|voy a|a partir de ahora|regla|propósito|tengo que|debo|intento|quiero"
    r"|voglio|vorrei|d'ora in poi|quero|vou|gostaria|a partir de agora|ik wil|vanaf nu)\b".replace("'", "['’]"),
    re.IGNORECASE,
)  # fmt: skip
GOAL_HEADING: Final = re.compile(
    r"^\W*(?:my |meine |mes |mis |new )?(?:goals?|habits?|resolutions?|rules?|routines?|principles|intentions?|evening|health|well-?being|balance|work-life balance"
    r"|ziele?|vorsätze?|gewohnheiten|regeln|gesundheit|abend|objectifs?|habitudes?|résolutions?|règles|santé|soir|bonnes résolutions"
    r"|objetivos?|hábitos?|metas?|propósitos?|reglas|salud|noche|obiettivi|abitudini|regole|salute|doelen|gewoontes|voornemens)\b",
    re.IGNORECASE,
)  # fmt: skip
UNWANTED_WISH: Final = re.compile(
    r"\b(?:do not|don't|didn't|not|never) want\b|\bused to\b|\bwas\b|\bwere\b|\b(?:if|wenn|falls|se vuoi|se voglio|example|e\.g\.|esempio|beispiel|exemple|ejemplo)\b|\bwar(?:en)?\b|\bétait\b|\bera\b|\bwould have\b|\bwill nicht (?!mehr)|\bwollte\b|\bne veux (?:pas|plus)\b|\bvoulais\b|\bno quiero\b|\bquería\b"
    .replace("'", "['’]"),
    re.IGNORECASE,
)  # fmt: skip
STEMS_OF_GOALS: Final = (
    " bed", "asleep", "lights out", "to sleep", "bett", "schlafe", "licht aus", "au lit", "coucher", "dormi", "cama",
    "acosta", "letto", "deitar", "slapen", "stop work", "quit work", "finish work", "end my day", "off work", "log off",
    "logging off", "sign off", "laptop", "computer", "screen", "no work", "not work", "n't work", "n’t work", "no mail",
    "no email", "feierabend", "arbeit", "bildschirm", "rechner", "mails", "travail", "écran", "ordi", "trabaj", "pantalla",
    "portátil", "ordenador", "correo", "lavor", "schermi", "ecrãs", "werk", "break", "pause", "stand up", "stretch",
    "sitting", "am stück", "d'affilée", "d’affilée", "pausa", "descans", "seguid", "di fila", "pauze", "week-end",
    "weekend", "wochenend", "semana", "settimana", "sunday", "saturday", "sonntag", "samstag", "dimanche", "samedi",
    "domingo", "sábado", "domenica", "sabato", "zondag", "zaterdag", "my desk", "start work", "begin work",
    "schreibtisch", "bureau",
)  # fmt: skip
"""A text in lower case without any of these has no goal about the days."""
