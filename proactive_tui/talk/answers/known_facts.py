"""What the program knows exactly: tasks by their day, and promises. A question for a list of them is answered whole.

Pure. Words in which a question asks for such a list are known in English, German, French and Spanish.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model import Evidence, FrozenValue, Note, TaskItem, Topic
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.text.dates.calendar_words import find_month, find_weekday, fold_words
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import word_set

MAX_LISTED_TASKS = 30
"""Tasks of a list; the reply says how many more there are."""

AskedList = Literal["due", "overdue", "promises"]

_LISTS = re.compile(
    r"^\W*(?:(?:and|so|und|et|y)\s+)?(?:what|which|list|show|everything|anything|any|tell|do i|have i|am i|is there|"
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
    r"\b(?:promise[ds]?|promised|owe|owed|versprechen|versprochen|zugesagt|promis|promesses?|prometí|promesas?|prometido)\b",
    re.IGNORECASE,
)
_ASKS_UNTIL = re.compile(r"\b(?:by|until|till|before|up to|bis|vor|avant|jusqu\w*|hasta|antes)\b", re.IGNORECASE)
_THIS_WEEK = re.compile(r"\b(?:this week|diese woche|cette semaine|esta semana)\b", re.IGNORECASE)
_NEXT_WEEK = re.compile(
    r"\b(?:next week|nächste[rn]? woche|kommende[rn]? woche|semaine prochaine|próxima semana)\b", re.IGNORECASE
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
)


class KnownTask(FrozenValue, frozen=True, kw_only=True):
    """An open task or promise: its words, its `due` day (ISO) if it has one, to whom it was promised, and its lines."""

    words: str
    due: str | None
    person: str
    source: Evidence


class KnownList(FrozenValue, frozen=True, kw_only=True):
    """A list that answers a question whole: which list it is, its tasks by day, how many more there are."""

    asked: AskedList
    tasks: tuple[KnownTask, ...]
    more: int = 0


def find_known(
    question: AskedQuestion, notes: Mapping[str, Note], topics: Sequence[Topic], at: float
) -> KnownList | None:
    """The list that a question asks for at the time `at` (unix seconds); None where it asks for none."""
    asked = _asked_list(question)
    if asked is None:
        return None
    today = local_day(at)
    subject = tuple(term for term in question.terms if term.written.casefold() not in _LIST_WORDS and not _is_day(term))
    tasks = _promises(topics) if asked == "promises" else _dated_tasks(notes, topics)
    if asked != "promises":
        tasks = [task for task in tasks if _in_window(question, task, asked, today)]
    tasks = _about(subject, tasks)
    if subject and not tasks:
        return None
    tasks.sort(key=lambda task: (task.due or "9999", task.source.path, task.source.line_start))
    return KnownList(asked=asked, tasks=tuple(tasks[:MAX_LISTED_TASKS]), more=max(0, len(tasks) - MAX_LISTED_TASKS))


def _asked_list(question: AskedQuestion) -> AskedList | None:
    text = question.text
    if not _LISTS.search(text):
        return None
    if _PROMISES.search(text):
        return "promises"
    if _OVERDUE.search(text):
        return "overdue"
    return "due" if _DUE.search(text) and "reason" not in question.wanted else None


def _is_day(term: QueryTerm) -> bool:
    """Whether a term is a number, or the name of a month or weekday."""
    word = fold_words(term.written)
    return word[:1].isdigit() or find_month(word) is not None or find_weekday(word) is not None


def _in_window(question: AskedQuestion, task: KnownTask, asked: AskedList, today: dt.date) -> bool:
    """Whether a task falls into the time that a question names; without one, all that are due count."""
    if task.due is None:
        return False
    due = dt.date.fromisoformat(task.due)
    if asked == "overdue":
        return due < today
    if _NEXT_WEEK.search(question.text):
        monday = today + dt.timedelta(days=7 - today.weekday())
        return monday <= due < monday + dt.timedelta(days=7)
    if _THIS_WEEK.search(question.text):
        return due < today + dt.timedelta(days=7 - today.weekday())
    if not question.days:
        return True
    if _ASKS_UNTIL.search(question.text):
        return task.due <= max(question.days)
    return task.due in question.days


def _dated_tasks(notes: Mapping[str, Note], topics: Sequence[Topic]) -> list[KnownTask]:
    """The open tasks with a day: boxes, and what the miners found in prose."""
    found: dict[tuple[str, int], KnownTask] = {}
    for note in notes.values():
        for task in note.tasks:
            if not task.done and task.due:
                found[note.path, task.line] = _from_box(note, task)
    for topic in topics:
        places = {
            (source.path, line) for source in topic.evidence for line in range(source.line_start, source.line_end + 1)
        }
        if topic.kind == "task" and topic.detail.due and topic.evidence and not places & found.keys():
            source = topic.evidence[0]
            if not source.is_others:
                found[source.path, source.line_start] = _from_topic(topic)
    for topic in topics:
        for source in topic.evidence:
            place = (source.path, source.line_start)
            if place in found and topic.detail.promised_to:
                known = found[place]
                found[place] = KnownTask(
                    words=known.words, due=known.due, person=topic.detail.promised_to, source=known.source
                )
    return list(found.values())


def _promises(topics: Iterable[Topic]) -> list[KnownTask]:
    return [
        _from_topic(topic)
        for topic in topics
        if topic.kind == "task" and topic.detail.promised_to and topic.evidence and not topic.evidence[0].is_others
    ]


def _from_box(note: Note, task: TaskItem) -> KnownTask:
    source = Evidence(path=note.path, line_start=task.line, line_end=task.line, text=task.text, heading=task.heading)
    return KnownTask(words=task.text, due=task.due, person="", source=source)


def _from_topic(topic: Topic) -> KnownTask:
    return KnownTask(
        words=topic.title, due=topic.detail.due, person=topic.detail.promised_to or "", source=topic.evidence[0]
    )


def _about(subject: Sequence[QueryTerm], tasks: Sequence[KnownTask]) -> list[KnownTask]:
    """The tasks that have a word of the subject, in their words, headings or path; all without a subject."""
    if not subject:
        return list(tasks)
    return [task for task in tasks if find_matches(subject, _searched_text(task))]


def _searched_text(task: KnownTask) -> str:
    parts = (task.words, task.person, *task.source.heading, re.sub(r"[-_/.]", " ", task.source.path))
    return "\n".join(parts)
