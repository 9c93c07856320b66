"""Words the lists and counts that are known exactly, in the languages of the templates. Pure."""

from __future__ import annotations

import datetime as dt

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.talk.answers.known.known_list import AskedList, KnownEntry, KnownList
from proactive_tui.talk.answers.statements import shorten_words
from proactive_tui.text.plain import escape_markdown, note_location, plain_line


class ListPhrases(FrozenValue, frozen=True, kw_only=True):
    """The words of lists in one language: their `heads`, what is said of empty ones (`none`), of their number
    (`counts`; for one, for more), and of a subject and of those that are not shown.
    """

    heads: dict[AskedList, str]
    none: dict[AskedList, str]
    counts: dict[AskedList, tuple[str, str]]
    in_notes: tuple[str, str]
    last: str
    about: str
    more: str
    today: str
    tomorrow: str


LIST_PHRASES = {
    "en": ListPhrases(
        heads={
            "due": "Open, by day:", "overdue": "Open and past its day:", "agenda": "Then there is:",
            "promises": "Promised or owed, and still open:", "appointments": "In your calendar:",
        },
        none={
            "due": "Nothing open is due then, by your notes.",
            "overdue": "Nothing open is past its day, by your notes.",
            "promises": "I know of no promise of yours that is open.",
            "appointments": "There is nothing in your calendar then.",
            "agenda": "I know of nothing that is due or in your calendar then.",
            "open": "I know of no open task.", "done": "I know of no task that is ticked off.",
        },
        counts={
            "open": ("1 open task", "{} open tasks"), "done": ("1 task is ticked off", "{} tasks are ticked off"),
            "overdue": ("1 open task is past its day", "{} open tasks are past their day"),
            "mentions": ("It stands in 1 line of your notes", "It stands in {} lines of your notes"),
        },
        in_notes=("in 1 note", "in {} notes"), last="last on {}", about="“{}”", more="and {} more", today="today",
        tomorrow="tomorrow",
    ),
    "de": ListPhrases(
        heads={
            "due": "Offen, nach Tagen:", "overdue": "Offen und überfällig:", "agenda": "Dann ist:",
            "promises": "Versprochen oder geschuldet, und noch offen:", "appointments": "In deinem Kalender:",
        },
        none={
            "due": "Nach deinen Notizen ist dann nichts fällig.",
            "overdue": "Nach deinen Notizen ist nichts überfällig.",
            "promises": "Ich kenne kein offenes Versprechen von dir.",
            "appointments": "Dann steht nichts in deinem Kalender.",
            "agenda": "Ich weiß von nichts, das dann fällig ist oder im Kalender steht.",
            "open": "Ich kenne keine offene Aufgabe.", "done": "Ich kenne keine erledigte Aufgabe.",
        },
        counts={
            "open": ("1 offene Aufgabe", "{} offene Aufgaben"),
            "done": ("1 Aufgabe ist abgehakt", "{} Aufgaben sind abgehakt"),
            "overdue": ("1 offene Aufgabe ist überfällig", "{} offene Aufgaben sind überfällig"),
            "mentions": ("Das steht in 1 Zeile deiner Notizen", "Das steht in {} Zeilen deiner Notizen"),
        },
        in_notes=("in 1 Notiz", "in {} Notizen"), last="zuletzt am {}", about="„{}“", more="und {} weitere",
        today="heute", tomorrow="morgen",
    ),
    "fr": ListPhrases(
        heads={
            "due": "Ouvert, par jour :", "overdue": "Ouvert et en retard :", "agenda": "Il y a alors :",
            "promises": "Promis ou dû, et encore ouvert :", "appointments": "Dans ton calendrier :",
        },
        none={
            "due": "D’après tes notes, rien n’est dû alors.",
            "overdue": "D’après tes notes, rien n’est en retard.",
            "promises": "Je ne connais aucune promesse ouverte.",
            "appointments": "Il n’y a rien dans ton calendrier alors.",
            "agenda": "Je ne connais rien qui soit dû ou dans ton calendrier alors.",
            "open": "Je ne connais aucune tâche ouverte.", "done": "Je ne connais aucune tâche cochée.",
        },
        counts={
            "open": ("1 tâche ouverte", "{} tâches ouvertes"), "done": ("1 tâche est cochée", "{} tâches sont cochées"),
            "overdue": ("1 tâche ouverte est en retard", "{} tâches ouvertes sont en retard"),
            "mentions": ("C’est dans 1 ligne de tes notes", "C’est dans {} lignes de tes notes"),
        },
        in_notes=("dans 1 note", "dans {} notes"), last="la dernière fois le {}", about="« {} »", more="et {} de plus",
        today="aujourd’hui", tomorrow="demain",
    ),
    "es": ListPhrases(
        heads={
            "due": "Abierto, por día:", "overdue": "Abierto y vencido:", "agenda": "Entonces hay:",
            "promises": "Prometido o debido, y aún abierto:", "appointments": "En tu calendario:",
        },
        none={
            "due": "Según tus notas, nada vence entonces.",
            "overdue": "Según tus notas, nada está vencido.",
            "promises": "No conozco ninguna promesa abierta tuya.",
            "appointments": "No hay nada en tu calendario entonces.",
            "agenda": "No sé de nada que venza o esté en tu calendario entonces.",
            "open": "No conozco ninguna tarea abierta.", "done": "No conozco ninguna tarea hecha.",
        },
        counts={
            "open": ("1 tarea abierta", "{} tareas abiertas"), "done": ("1 tarea está hecha", "{} tareas están hechas"),
            "overdue": ("1 tarea abierta está vencida", "{} tareas abiertas están vencidas"),
            "mentions": ("Está en 1 línea de tus notas", "Está en {} líneas de tus notas"),
        },
        in_notes=("en 1 nota", "en {} notas"), last="la última vez el {}", about="«{}»", more="y {} más", today="hoy",
        tomorrow="mañana",
    ),
}  # fmt: skip


def word_known(known: KnownList, language: str, today: dt.date) -> str:
    """The Markdown of a list or count; `[n]` cites the n-th of its entries."""
    phrases = LIST_PHRASES.get(language, LIST_PHRASES["en"])
    if not known.entries:
        return phrases.none.get(known.asked, phrases.none["open"])
    lines = [f"- {_word_entry(entry, known.asked, phrases, today)} [{at}]" for at, entry in enumerate(known.entries, 1)]
    if known.more:
        lines.append(f"- {phrases.more.format(known.more)}")
    head = _word_count(known, phrases) if known.is_count else phrases.heads[known.asked]
    return f"{head}\n\n" + "\n".join(lines)


def _word_count(known: KnownList, phrases: ListPhrases) -> str:
    """How many there are, of what, in how many notes; of mentions the day of the last."""
    one, many = phrases.counts[known.asked]
    parts = [one if known.total == 1 else many.format(known.total)]
    if known.about:
        parts.insert(0, phrases.about.format(escape_markdown(known.about)))
    in_one, in_many = phrases.in_notes
    parts.append(in_one if known.notes == 1 else in_many.format(known.notes))
    if known.asked == "mentions" and known.entries[0].due:
        parts.append(phrases.last.format(known.entries[0].due))
    about = f"{parts.pop(0)}: " if known.about else ""
    return f"{about}{', '.join(parts)}."


def _word_entry(entry: KnownEntry, asked: AskedList, phrases: ListPhrases, today: dt.date) -> str:
    words = escape_markdown(shorten_words(plain_line(entry.words)))
    if entry.person and entry.person.lower() not in words.lower():
        words = f"{words} ({escape_markdown(entry.person)})"
    if asked == "mentions":
        return f"{escape_markdown(note_location(entry.source))}: {words}"
    if not entry.due:
        return words
    named = {today.isoformat(): phrases.today, (today + dt.timedelta(days=1)).isoformat(): phrases.tomorrow}
    day = named.get(entry.due, "")
    if entry.due in words:
        return f"{words} ({day})" if day else words
    return f"{entry.due}{f' ({day})' if day else ''}{f' {entry.time}' if entry.time else ''}: {words}"
