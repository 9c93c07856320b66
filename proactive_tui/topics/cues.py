"""The words of open questions, promises and wishes, by language. Data and its compilation only.

Each cue is a regular expression, matched at word borders without case. English is thorough; German, French and Spanish
have the frequent cues that are cheap to tell.
"""

# ruff: noqa: E501 (one language a line: the table is read down its columns)
from __future__ import annotations

import re
from re import Pattern

_UNCERTAINTY_CUES = {
    "english": (
        r"(?:i'?m|i am|we'?re|we are|still|am|^)\s*(?:really |still |yet |just )*not (?:really |quite |entirely |yet |so )*(?:sure|certain|clear)\b",
        r"^not sure\b",
        r"\bi(?: really| still| honestly)* (?:don'?t|do not) (?:really |quite |fully |yet |actually )*(?:know|understand|get) (?:yet )?(?:why|how|what|when|where|who|if|whether|which|the|this|that|it)\b",
        r"\bwe (?:still )?(?:don'?t|do not) (?:really |yet )?(?:know|understand) (?:why|how|what|when|where|who|if|whether|which)\b",
        r"\b(?:i|we) (?:still )?(?:haven'?t|have not) (?:yet )?(?:figured out|found out|worked out|understood|managed to (?:find|figure))\b",
        r"\bi(?:'m| am)? (?:still )?wonder(?:ing)?(?: if| whether| why| how| what| when| about| where)\b",
        r"\bi (?:still |really )?don'?t (?:know|understand|get) is (?:why|how|what|when|where|who|if|whether|which)\b",
        r"\bdoes anyone (?:know|have)\b",
        r"\b(?:i|we)(?: still)? have no idea (?:why|how|what|when|where|who|if|whether|which)\b|^no idea (?:why|how|what|when|where|who|if|whether|which)\b",
        r"\b(?:it'?s|it is|still|^) *(?:unclear|not clear) (?:to me )?(?:why|how|what|when|where|who|if|whether|which)\b",
        r"\bi (?:can'?t|cannot) (?:explain|work out|figure out|tell) (?:why|how|what|whether|if)\b",
    ),
    "german": (
        r"\bich (?:bin|bin mir) (?:noch )?(?:nicht|un)\s?sicher\b",
        r"\b(?:noch )?(?:nicht sicher|unklar),? (?:ob|warum|wie|was|wann|wo|wer|welche)\b",
        r"\b(?:ich|wir) (?:weiß|weiss|wissen|verstehe|verstehen) (?:noch |immer noch |auch )*nicht(?: genau)?,? (?:(?:in|auf|mit|bis|an|für|zu) )?(?:ob|warum|wieso|wie|was|wann|wo|woher|wohin|wer|wem|wen|welche[rsnm]?)\b",
        r"\bkeine ahnung,? (?:ob|warum|wie|was|wann|wo|wer)\b",
        r"\b(?:noch )?(?:herausfinden|klären|nachsehen|nachfragen|prüfen),? (?:ob|warum|wie|was|wann|wo|wer|welche)\b",
        r"\bich frage mich,? (?:ob|warum|wie|was|wann|wo|wer)\b",
        r"\bweiß jemand\b",
    ),
    "french": (
        r"\bje ne (?:suis pas s[uû]re?|sais (?:toujours )?pas|comprends pas)\b",
        r"\bpas s[uû]re? (?:que|si|de|du)\b",
        r"\bje me demande (?:si|pourquoi|comment|quand|où|ce que)\b",
        r"\b(?:à|reste à) (?:vérifier|éclaircir|découvrir)\b",
        r"\baucune idée (?:de|pourquoi|comment|si)\b",
    ),
    "spanish": (
        r"\bno (?:estoy segur[oa]|sé|entiendo) (?:de |todavía |aún )?(?:si|por qué|cómo|qué|cuándo|dónde|que)\b",
        r"\bme pregunto (?:si|por qué|cómo|qué|cuándo)\b",
        r"\b(?:falta|queda|hay que) (?:averiguar|comprobar|aclarar)\b",
        r"\bni idea (?:de|por qué|cómo)\b",
    ),
    "italian": (
        r"\b(?:non (?:so|capisco)|non (?:ho|abbiamo) (?:ancora )?capito|mi chiedo) (?:ancora |bene )?(?:se|perché|come|quando|dove|chi|cosa|quale|quanto)\b",
        r"\bnon (?:sono|siamo) (?:ancora )?sicur[oaie] (?:se|di|che|del)\b",
    ),
    "portuguese": (
        r"\b(?:não (?:sei|entendo|entendi)|me pergunto|pergunto-me) (?:ainda |bem )?(?:se|por que|porque|como|quando|onde|quem|qual|quanto|o que)\b",
        r"\bnão tenho certeza (?:se|de|do|da)\b",
    ),
    "dutch": (
        r"\b(?:ik )?(?:weet|snap|begrijp) (?:ik )?(?:nog |nog steeds |het )*niet,? (?:goed )?(?:of|waarom|hoe|wanneer|waar|wie|wat|welke?)\b",
        r"\b(?:ik )?vraag (?:ik )?me af (?:of|waarom|hoe|wanneer|waar|wie|wat|welke?)\b",
    ),
    "polish": (r"\bnie (?:wiem|rozumiem)(?: jeszcze)?,? (?:czy|dlaczego|jak|kiedy|gdzie|kto|co|któr\w+|ile)\b",),
}
_TO_LEARN_CUES = (
    r"\b(?:(?:i|we) (?:still )?(?:need|have|want|ought) to|still to|to be|remains to be) (?:figured? out|find out|found out"
    r"|work(?:ed)? out|check(?:ed)? (?:whether|if|why|how|with)|look into|understand why)\b",
    r"^(?:still )?(?:need|have) to (?:figure out|find out|work out|check (?:whether|if|why|how)|look into|understand (?:why|how))\b",
    r"^(?:to )?(?:figure|find|work) out (?:whether|if|why|how|what|which|where|who)\b(?!.*,)",
)
_INTERROGATIVE_WORDS = {
    "english": r"(?:so |and |but |or |then |also |now )*(?:why|how|what|what's|when|where|who|whom|whose|which|in which|for which|to which|is|isn't|are|aren't|was|were|does|doesn't|do|don't|did|didn't|can|can't|could|couldn't|should|shouldn't|would|wouldn't|will|won't|has|have|had|may|might|must|shall|am)",
    "german": r"(?:und |aber |oder )*(?:warum|wieso|weshalb|wie|was|wann|wo|woher|wohin|wer|wem|wen|welche[rsnm]?|ob|darf|dürfen|kann|können|soll|sollen|sollte|muss|müssen|ist|sind|hat|haben|gibt|geht|lohnt|brauch\w*|wird|würde)",
    "french": r"(?:et |mais |ou )*(?:pourquoi|comment|que|qu'est-ce|quoi|quand|où|qui|quel(?:le)?s?|est-ce|combien|faut-il|peut-on|peut|dois-je|doit-on|y a-t-il)",
    "spanish": r"¿?(?:y |pero |o )*(?:por qué|cómo|qué|cuándo|dónde|quién|cuál(?:es)?|cuánto|puedo|debo|hay|es|está|tiene|vale)",
}
_QUESTION_LABELS = {
    "english": r"open(?: question)?s?|questions?|q|unknown|unclear|to find out|tbd|to be decided|to check|undecided",
    "german": r"offen(?:e frage)?|frage|ungeklärt|zu klären|unklar",
    "french": r"question(?: ouverte)?|à vérifier|à éclaircir|à décider",
    "spanish": r"pregunta(?: abierta)?|duda|por aclarar|por decidir",
}
_QUESTIONS_HEADINGS = {
    "english": r"(?:open |my |remaining |unanswered )?questions?|unknowns?|open|open (?:points|issues|threads)|unclear|to find out|things i don'?t (?:know|understand)|still unclear|(?:things )?to (?:ask|figure out|understand)|what i don'?t know",
    "german": r"(?:offene )?fragen|offen(?:es)?|unklar|zu klären",
    "french": r"questions?(?: ouvertes)?|à éclaircir",
    "spanish": r"preguntas?(?: abiertas)?|dudas",
}
_ANSWER_OPENINGS = {
    "english": r"answer(?:ed)?\b|ans\b|a:|update\b|edit\b|resolved\b|solved\b|solution\b|fixed\b|turns out|it turn(?:s|ed) out|yes\b|no[,.:;]|nope\b|yep\b|decided\b|decision\b|settled\b|found (?:it|out)\b|figured (?:it )?out|learned\b|explained\b|because\b|i think (?:yes|no|so)\b|done\b|closed\b|as of\b|looked it up",
    "german": r"antwort\b|ja[,.:; ]|nein[,.:; ]|gelöst\b|erledigt\b|geklärt\b|stellt sich heraus|nachtrag\b|weil\b|entschieden\b",
    "french": r"réponse\b|oui[,.:; ]|non[,.:; ]|résolu\b|en fait\b|mise à jour\b|parce que\b|décidé\b",
    "spanish": r"respuesta\b|sí[,.:; ]|no[,.:;]|resuelto\b|resulta que\b|actualización\b|porque\b|decidido\b",
}
_TASK_LABELS = {
    "english": r"to-?do|fixme|action(?: item)?|follow[- ]?up|remember to|don'?t forget to|reminder",
    "german": r"zu erledigen|nicht vergessen|aufgabe",
    "french": r"à faire|ne pas oublier(?: de)?",
    "spanish": r"por hacer|pendiente|no olvidar",
}
_PROMISE_CUES = {
    "english": (
        r"(?<!\bhe )(?<!\bshe )(?<!\bthey )(?<!\bwho )\b(?:i )?promised (?:to )?",
        r"\bi(?: still)? owe ",
        r"\bi(?:'ll| will) (?:send|write|call|ask|tell|give|bring|show|share|reply|answer|review|check|report|get back|let|forward|return|prepare|present|introduce|help)\b",
        r"\bi (?:said|told \w+) (?:that )?i(?:'d| would) ",
        r"\bi (?:agreed|committed|offered) to ",
    ),
    "german": (
        r"\b(?:ich )?(?:habe )?\w* ?versprochen\b",
        r"\bich schulde ",
        r"\bich (?:schicke|schreibe|rufe|sende) ",
    ),
    "french": (r"\bj'ai promis ", r"\bje dois (?:envoyer|écrire|rappeler|répondre) ", r"\bpromis à "),
    "spanish": (r"\b(?:le |les )?promet[íi] ", r"\btengo que (?:enviar|escribir|llamar|responder) "),
}
_CADENCE_PHRASES = {
    "english": r"every (?:single )?(?:other )?(?:day|morning|evening|night|week|weekend|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|second \w+)|daily|weekly|monthly|(?:once|twice|(?:one|two|three|four|five|six|seven|\d+) ?(?:times|×|x)) (?:a|per|every) (?:day|week|month)|(?:\w+|\d+) (?:nights?|days?|mornings?|evenings?|times|minutes|pages|km) (?:of|out of|a|per|each) (?:seven|7|day|week|month)|each (?:day|week|month|morning|evening)",
    "german": r"jeden (?:tag|morgen|abend|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|jede (?:woche|nacht)|täglich|wöchentlich|monatlich|(?:einmal|zweimal|dreimal|\w+mal) (?:die|pro|in der) woche",
    "french": r"chaque (?:jour|matin|soir|semaine|mois)|tous les (?:jours|matins|soirs|lundis)|(?:une|deux|trois|\d+) fois par (?:jour|semaine|mois)",
    "spanish": r"cada (?:día|mañana|noche|semana|mes)|todos los días|(?:una|dos|tres|\d+) ve(?:z|ces) (?:al|por|a la) (?:día|semana|mes)|a diario",
}
_WISH_CUES = {
    "english": r"\bi(?:'d| would) like to|\bi want to|\bi(?:'m| am) (?:trying|going) to|\bwant(?:ed)? to|^trying(?: this| to)?|\bmy goal is|\bi(?:'d| would) love to|\bget better at|\blearn to|\bstart(?:ed)? (?:doing|to)|\bplan:? ",
    "german": r"\bich (?:möchte|will|würde gern)|\bich versuche|\bvorsatz|\bziel ist",
    "french": r"\bje (?:veux|voudrais|souhaite)|\bj'aimerais|\bmon objectif",
    "spanish": r"\bquiero|\bquisiera|\bme gustaría|\bmi objetivo",
}
_GOAL_LABELS = r"goals?|habits?|resolutions?|aim|ziele?|vorsatz|gewohnheit|objectifs?|habitude|objetivos?|meta|hábito"
_NEXT_STEP_LABELS = r"next(?: steps?| up| time| thing)?|(?:as|der) nächste[rs]?(?: schritt)?|prochaine étape|ensuite|siguiente(?: paso)?|próximo paso"


# Typographic apostrophes are as good as straight ones.
def _compile_any(table: dict[str, tuple[str, ...]]) -> Pattern[str]:
    return re.compile(
        "|".join(f"(?:{cue})" for cues in table.values() for cue in cues).replace("'", "['’]"), re.IGNORECASE
    )


def _compile_framed(table: dict[str, str], before: str, after: str) -> Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(table.values())}){after}", re.IGNORECASE)


UNCERTAINTY_CUE = _compile_any(_UNCERTAINTY_CUES)
"""The writer says, in the first person and the present, that they do not know."""
TO_LEARN_CUE = re.compile("|".join(_TO_LEARN_CUES), re.IGNORECASE)
"""The writer has to find something out. In a write-up these words only begin the next step."""
INTERROGATIVE_START = _compile_framed(_INTERROGATIVE_WORDS, r"(?:^|[:,;–(¿-]\s*)[\s\"'“„«(]*(?:", r")\b")
"""The beginning of a question, or of its last clause."""
QUESTION_LABEL = _compile_framed(
    _QUESTION_LABELS, r"^\s*(?:[*_]{0,3})(?:", r")\s*(?:[*_]{0,3})\s*[:?](?!\w)(?:[*_]{0,3})\s*"
)
"""A label that opens a question: "Open: …", "Question: …"."""
QUESTIONS_HEADING = _compile_framed(_QUESTIONS_HEADINGS, r"^\W*(?:", r")\W*$")
"""A heading, or a line that introduces a list, under which questions are kept."""
ANSWER_START = _compile_framed(_ANSWER_OPENINGS, r"^[\s>*_~(\[-]*(?:(?:→|=>|->|✅|✔|☑)|(?:", r"))")
"""The beginning of an answer."""
TASK_LABEL = _compile_framed(
    _TASK_LABELS, r"^\s*(?:[*_]{0,3})(?:", r")(?:\((?P<who>\w+)\))?\s*(?:[*_]{0,3})\s*(?::|(?<=to)\s)(?:[*_]{0,3})\s*"
)
"""A label that opens something to do: "TODO: …"."""
PROMISE_CUE = _compile_any(_PROMISE_CUES)
"""The writer promised or owes something."""
CADENCE_PHRASE = _compile_framed(_CADENCE_PHRASES, r"\b(?:", r")\b")
"""A cadence: "twice a week"."""
WISH_CUE = _compile_framed(_WISH_CUES, r"(?:", r")\b")
"""The writer wants to do something, or is trying it."""
GOAL_LABEL = re.compile(rf"^\W*(?:{_GOAL_LABELS})\b(?:\W*$|\s*[:–-]\s*)", re.IGNORECASE)
"""A label or heading of a goal or habit."""
NEXT_STEP_LABEL = re.compile(rf"^\W*(?:{_NEXT_STEP_LABELS})\s*[:–-]\s*", re.IGNORECASE)
"""A label that opens the next step: "Next step: …"."""
READER_OR_PAST_CUE = re.compile(
    r"\b(?:if|when|unless|in case|even if|where) (?:you|we|i|they|one)(?:'re| are|'m| am)? |\byou(?:'re| are| may| might| can| will|'ll| don'?t| do not)? "
    r"|\b(?:wasn'?t|weren'?t|didn'?t|was|were|had been) (?:sure|know|understand|wondering|trying)",
    re.IGNORECASE,
)
"""About the reader or the past, not about what the writer does not know now."""
ASKING_WORDS = (
    "?", "not sure", "not certain", "not clear", "unclear", "wonder", "n't know", "not know", "n’t know",
    "n't really know", "n't understand", "not understand", "n’t understand", "n't really understand", "n't get ",
    "figured out", "figure out", "find out", "found out", "work out", "worked out", "no idea", "n't explain", "n't tell",
    "cannot explain", "anyone", "open:", "question:", "question**:", "tbd", "undecided", "be decided", "to check", "unknown",
    "look into", "check whether", "check if", "check why", "check how", "check with", "understand why", "entirely sure",
    "quite sure", "really sure", "still unsure", "sicher", "unklar", "ahnung", "weiß nicht", "weiss nicht", "verstehe", "klären",
    "frage", "offen", "herausfinden", "nachsehen", "nachfragen", "prüfen", "weiß jemand", "pas sûr", "pas sur", "sais pas", "comprends pas",
    "demande", "vérifier", "éclaircir", "idée", "no sé", "no estoy", "no entiendo", "pregunt", "averiguar", "comprobar",
    "aclarar", "ni idea", "duda", "toujours pas", "weiß noch", "weiss noch", "weiß immer", "weiß auch", "wissen", "verstehen", "non so", "non capisco", "capito", "mi chiedo", "sicur",
    "não sei", "não entend", "me pergunto", "pergunto-me", "certeza", "weet", "snap", "begrijp", "vraag", "nie wiem", "nie rozumiem",
    "？", "؟",
)  # fmt: skip
"""A text in lower case without any of these asks nothing. Checked before parsing, as most texts ask nothing."""
TASK_WORDS = (
    "todo", "to-do", "fixme", "action:", "action item", "follow-up", "follow up", "remember to", "forget to", "reminder:",
    "promised", "owe ", "i'll ", "i’ll ", "i will ", "i said ", "i told ", "i agreed", "i committed", "i offered", "erledigen",
    "vergessen", "aufgabe", "versprochen", "schulde ", "ich sch", "ich rufe", "ich sende", "à faire", "oublier", "promis", "je dois",
    "por hacer", "pendiente", "olvidar", "promet", "tengo que",
)  # fmt: skip
"""A line in lower case without any of these, and outside task items, is no task."""
GOAL_WORDS = (
    "goal",
    "habit",
    "resolution",
    "aim:",
    "ziel",
    "vorsatz",
    "gewohnheit",
    "objectif",
    "objetivo",
    "hábito",
    "meta",
)
"""A note in lower case without any of these, and without a cadence, has no goal."""
