"""Tells which list or count a question asks for, and of which days. Pure; English, German, French and Spanish."""

from __future__ import annotations

import datetime as dt
import re

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.known.known_list import AskedList
from proactive_tui.text.dates.calendar_words import find_month, find_weekday, fold_words
from proactive_tui.text.words import word_set

_LISTS = re.compile(
    r"^\W*(?:(?:and|so|und|et|y)\s+)?(?:what|what['’]s|whats|which|list|show|everything|anything|any|tell|do i|"
    r"have i|am i|is there|"
    r"was|welche\w*|zeig\w*|gibt es|habe? ich|que|quels?|quelles?|qu['’]|liste|montre|qué|cuáles|muestra|hay|tengo)\b"
    r"|\b(?:everything|all|alles|tout|todo)\b",
    re.IGNORECASE,
)
_OVERDUE = re.compile(
    r"\b(?:over ?due|past due|let (?:\w+ )?slip|slipped|running late|late with|behind (?:me|on)|missed|neglected|"
    r"überfällig|versäumt|verpasst|liegen ?gelassen|liegen ?geblieben|"
    r"en retard|dépassée?s?|atrasad[oa]s?|vencid[oa]s?)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due|deadlines?|to[- ]?dos?|(?:have|need|got|left|supposed|still) (?:\w+ )?to (?:do|finish|get done)|"
    r"on my (?:plate|list)|"
    r"(?:open|my) tasks?|tasks? (?:are|is) |must i do|should i do|to be done|fällig|zu tun|zu erledigen|erledigen|"
    r"aufgaben?|tun muss|machen muss|muss ich|"
    r"faire|échéances?|tâches?|vencen?|pendientes?|tareas?|tengo que hacer)\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\b(?:promise[ds]?|promised|owe|owed|commitments?|committed to|versprechen|versprochen|zugesagt|schulde|promis|"
    r"promesses?|prometí|promesas?|prometido)\b"
    r"|\b(?:waiting for|wants?|expects?|need|needs) from me\b|\bvon mir (?:erwarte|will)\w*|\batten\w+ de moi\b"
    r"|\besperan? de mí\b",
    re.IGNORECASE,
)
_OTHERS_PROMISES = re.compile(
    r"\b(?:did|has|have|does) (?!i\b)\w+ (?:\w+ )?(?:promise|owe|commit)|\bpromised? me\b|\bowes? me\b"
    r"|\bmir \w* ?versprochen\b|\bm['’]a promis\b|\bme prometi",
    re.IGNORECASE,
)
_APPOINTMENTS = re.compile(
    r"\b(?:appointments?|meetings?|calendar|termine?|kalender|rendez-vous|réunions?|calendrier|citas?|reuni[oó]n(?:es)?|"
    r"calendario)\b",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"^\W*(?:(?:and|so|und|et|y)\s+)?(?:"
    r"(?:when|at what time|what time|whens?|which day) "
    r"(?:do|did|will|am|shall|is|are|was|were|have|had) (?:i|we|my|the|our)\b"
    r"|wann (?:treffe?n?|sehen?|habe?n?|ist|sind|war|traf|sah) (?:ich|wir|der|die|das|mein\w*|unser\w*)"
    r"|quand (?:est-ce que )?(?:je|j['’]ai|est|a lieu)|cuándo (?:veo|tengo|me|es|nos))",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"\bwhat(?:['’]?s| is| does)? (?:\w+ )?(?:on|up|planned|coming up)\b|\bagenda\b"
    r"|\bwhat(?:['’]s| does) my (?:day|week)\b"
    r"|\bwhat (?:do|have) i (?:have|got)\b(?! to\b)|\bwas (?:steht|ist|liegt) .{0,20}\b(?:an|los)\b|\bwas habe ich\b"
    r"|\bqu['’]est-ce que j['’]ai\b(?! à\b)|\bqué tengo\b(?! que\b)",
    re.IGNORECASE,
)
_TASK_COUNT = re.compile(
    r"\b(?:how many|wie viele|combien (?:de\b|d['’])|cuánt[oa]s)\s*(?:\w+\s+){0,3}?"
    r"(?:tasks?|to-?dos?|boxes|things to do|aufgaben|todos|tâches|tareas)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:done|finish(?:ed)?|complet\w+|closed?|ticked|checked off|erledigt\w*|abgehakt|fertig|finies?|faites?|"
    r"terminad\w+|hech[oa]s?)\b",
    re.IGNORECASE,
)
_MENTIONS = re.compile(
    r"\b(?:how often|how many times|how many notes|in how many notes|when did i last|when was the last time i"
    r"|wie oft|wie viele notizen|in wie vielen notizen|wann habe ich (?:\w+ ){0,3}(?:zuletzt|das letzte mal)|zuletzt"
    r"|combien de (?:fois|notes)|quand ai-je (?:\w+ )?(?:pour )?la dernière fois"
    r"|cuántas (?:veces|notas)|cuándo fue la última vez)\b",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\b(?:write|wrote|written|mention\w*|note[ds]?|notes|talk(?:ed)? about|speak of|come[s]? up|appear\w*|"
    r"schr(?:eibe|ieb)\w*|geschrieben|erwähn\w*|notiert|notizen|vorkomm\w*|écri\w*|mentionn\w*|notes|not[ée]\w*"
    r"|escri\w+|mencion\w+|notas|anot\w+)\b",
    re.IGNORECASE,
)
ASKS_UNTIL = re.compile(r"\b(?:by|until|till|before|up to|bis|vor|avant|jusqu\w*|hasta|antes)\b", re.IGNORECASE)
_THIS_WEEK = re.compile(r"\b(?:this week|diese woche|cette semaine|esta semana)\b", re.IGNORECASE)
_NEXT_WEEK = re.compile(
    r"\b(?:next week|nächste[rn]? woche|kommende[rn]? woche|semaine prochaine|próxima semana)\b", re.IGNORECASE
)
ASKS_FOR_PAST = re.compile(
    r"\b(?:did|was|were|had|last|war|waren|hatte|zuletzt|letzte\w*|dernière?|était|últim[ao]|fue)\b", re.IGNORECASE
)
_LIST_WORDS = word_set(
    "due date dates deadline deadlines do have everything anything let slip slipped over overdue past behind me "
    "must need got left task tasks todo todos list open plate week this next by until till before today tomorrow "
    "friday monday tuesday wednesday thursday saturday sunday still already late missed promise promised promises "
    "promising people person work for when owe owed finish done get all any alle alles offen offene was fällig "
    "morgen heute übermorgen bis woche diese nächste tun erledigen muss machen versprochen versprechen aufgaben "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag überfällig versäumt faire dois semaine cette "
    "demain aujourd hui avant tâches retard promis qué tengo que hacer hasta mañana hoy semana esta vence vencen "
    "pendiente pendientes tareas prometí prometido anyone somebody someone whom made gave others weekend "
    "commitment commitments committed waiting wants expects appointment appointments meeting meetings calendar "
    "agenda schedule scheduled planned plan coming up day time see meet meeting treffe treffen sehe habe termin "
    "termine kalender ansteht steht los rendez vous réunion réunions calendrier cita citas reunión reuniones "
    "calendario box boxes things finished completed close closed ticked undone unfinished total altogether "
    "erledigt erledigte abgehakt write wrote written writing mention mentioned mentions note notes noted often "
    "times time last about talk talked comes come appear appears oft zuletzt letzte mal geschrieben notiz notizen "
    "schreibe schrieb erwähnt notiert über fois dernière écrit note notes sur veces última vez escribí notas sobre "
    "schulde debo ich mir mein meine ouvert ouverts ouverte ouvertes encore abierto abiertos abierta abiertas"
)


def asked_list(question: AskedQuestion) -> AskedList | None:
    """The list that a question asks for; None where it asks for none."""
    text = question.text
    if _TASK_COUNT.search(text):
        return "overdue" if _OVERDUE.search(text) else "done" if _DONE.search(text) else "open"
    if _MENTIONS.search(text):
        return "mentions" if _WRITES.search(text) else None
    if _MEETS.search(text):
        return "appointments"
    if not _LISTS.search(text):
        return None
    if _PROMISES.search(text):
        return None if _OTHERS_PROMISES.search(text) else "promises"
    if _OVERDUE.search(text):
        return "overdue"
    if _APPOINTMENTS.search(text) and "reason" not in question.wanted:
        return "appointments"
    if _DUE.search(text) and "reason" not in question.wanted:
        return "due"
    return "agenda" if _AGENDA.search(text) and names_days(question) else None


def asks_to_count(question: AskedQuestion) -> bool:
    """Whether a question asks how many tasks there are."""
    return _TASK_COUNT.search(question.text) is not None


def subject_terms(question: AskedQuestion) -> tuple[QueryTerm, ...]:
    """The terms that say what a list is to be about: none for a list of all."""
    return tuple(term for term in question.terms if term.written.casefold() not in _LIST_WORDS and not _is_day(term))


def names_days(question: AskedQuestion) -> bool:
    """Whether a question names days."""
    text = question.text
    return bool(question.days or _THIS_WEEK.search(text) or _NEXT_WEEK.search(text))


def is_in_days(question: AskedQuestion, day: dt.date, today: dt.date) -> bool:
    """Whether a day falls into the time that a question names; without one, each does."""
    if _NEXT_WEEK.search(question.text):
        monday = today + dt.timedelta(days=7 - today.weekday())
        return monday <= day < monday + dt.timedelta(days=7)
    if _THIS_WEEK.search(question.text):
        return day < today + dt.timedelta(days=7 - today.weekday())
    if not question.days:
        return True
    if ASKS_UNTIL.search(question.text):
        return day.isoformat() <= max(question.days)
    return day.isoformat() in question.days


def _is_day(term: QueryTerm) -> bool:
    """Whether a term is a number, or the name of a month or weekday."""
    word = fold_words(term.written)
    return word[:1].isdigit() or find_month(word) is not None or find_weekday(word) is not None
