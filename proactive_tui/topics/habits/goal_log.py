"""Finds the log that belongs to a goal and tells how it goes: a run, a lapse, or the week in which it turned."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.text.words import WORD_PATTERN, stem_word, stop_words_of
from proactive_tui.topics.habits.day_log import LogEntry, minutes_after_noon
from proactive_tui.topics.habits.habit_lines import HabitList, TickedHabit

HABIT_FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "sleep slept bed bedtime asleep schlaf schlafen bett sommeil dormir coucher sueño cama dormire sonno "
        "letto sono slaap slapen sen spać",
        "run running ran jog jogging laufen gelaufen joggen courir course correr corsa correre corrida "
        "hardlopen bieganie",
        "workout exercise exercises training gym sport fitness sports lift lifting trainieren "
        "krafttraining musculation "
        "entrenar ejercicio gimnasio allenamento palestra treino academia sporten trening siłownia",
        "meditate meditation meditated meditieren méditer méditation meditar meditación meditare meditação mediteren",
        "read reading pages lesen seiten lire lecture leer lectura leggere ler lezen czytać czytanie",
        "sugar sweets zucker süßes sucre azúcar zucchero açúcar suiker cukier",
        "alcohol beer beers wine alkohol alcool bier wein vin vino",
        "weight kg gewicht poids peso waga",
        "water wasser eau agua acqua água woda",
        "steps walk walking walked schritte spazieren marcher pas pasos caminar passi",
        "write writing wrote journal journaling schreiben tagebuch écrire escribir scrivere escrever schrijven pisać",
        "smoke smoking cigarettes rauchen zigaretten fumer cigarette fumar",
        "screen phone handy bildschirm écran téléphone pantalla móvil schermo",
        "mood stimmung humeur ánimo umore humor",
    )
)
"""Words for one habit in several languages: "in bed by 23:00" is logged as `sleep`."""
_NUMBER = (
    r"\b(?P<number>one|two|three|four|five|six|seven|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco"
    r"|\d{1,5}(?:[.,]\d)?)(?:\s*(?:to|bis|-|–)\s*\d+)?\s*"
)
_OFTEN = re.compile(
    _NUMBER
    + r"(?:times|x|nights|days|mornings|evenings|sessions|runs|nächte|tage|mal|fois|nuits|jours|veces|noches|días"
    r"|volte|giorni|vezes|dias|keer|razy)\b"
)
_PER_WEEK = re.compile(
    r"\b(?:a|per|every|each|die|pro|jede|in der|par|por|a la|cada|alla)\s+(?:week|woche|semaine|semana|settimana)\b"
    r"|\b(?:of|out of|von|sur|de)\s+(?:seven|7|sieben|sept|siete)\b|\b(?:weekly|wöchentlich)\b"
)
_AMOUNT_WANTED = re.compile(
    _NUMBER
    + r"(?:hours?|h|stunden|heures|horas|ore|uur|pages?|seiten|páginas|pagine|strony|km|min(?:ute[ns]?|s|utos|uti)?"
    r"|steps|schritte|pas|pasos|glasses|gläser|verres|vasos|l|lit(?:er|re)s?|cups?|beers?|coffees?|cigarettes)\b"
)
_BY_CLOCK = re.compile(
    r"\b(?:by|before|until|no later than|at|vor|bis|um|avant|à|antes de(?: las)?|a las|prima delle|entro le|antes das"
    r"|voor|przed)\s+(\d{1,2})(?:[:.h](\d\d))?(?:\s*(am|pm|uhr|h)\b)?(?![\w.:])"
)
_LESS = re.compile(
    r"\b(?:less|fewer|no more than|at most|max|cut down|reduce|stop|quit|without|no|not|weniger|höchstens|kein\w*|ohne"
    r"|moins|au plus|sans|menos|como mucho|sin|meno|al massimo|senza|minder|geen|mniej|bez)\b"
)
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
}  # fmt: skip
MIN_RUN = 3  # entries in a row that are worth a word
MAX_FIRST_WEEKDAY = 1  # a log that begins later in a week (Monday is 0) has not all of it
MIN_TURN = 2  # entries on each side of a turn
MAX_COMPARED = 7  # entries on each side, where only amounts are known
TURN_SHARE = 0.25  # of the mean before, by which the mean of the last entries must differ


class GoalTarget(NamedTuple):
    """What a goal asks: an amount at least or at most, a time of day at the latest (minutes after noon), how often (a
    week, where `per_week`), or only less of something.
    """

    least: float | None = None
    most: float | None = None
    latest: float | None = None
    times: float | None = None
    less_is_better: bool = False
    per_week: bool = False


class GoalCourse(NamedTuple):
    """How a goal goes: entries kept in a row at the end (`run`) or missed in a row (`lapse`), the days since the last
    entry, and since when it goes better or worse than before (None where it did not turn).
    """

    last_entry: dt.date
    days_since: int
    run: int = 0
    lapse: int = 0
    turned: dt.date | None = None
    better: bool | None = None


def find_kept_log(
    words: str,
    note: Note,
    trackers: Mapping[str, Sequence[LogEntry]],
    habits: Collection[HabitList],
    latest: dt.date,
    stems_of: Callable[[str], frozenset[str]],
) -> tuple[LogEntry, ...]:
    """The log of a goal that other notes keep, oldest first; () without one. `stems_of` is `find_habit_stems`, or
    remembers what that finds.
    """
    wanted = stems_of(f"{words} {note.title}" if len(note.passages) <= 1 else words)
    tracked = [(name, entries) for name, entries in trackers.items() if wanted & stems_of(name)]
    if tracked:
        name, entries = max(tracked, key=lambda pair: (len(pair[1]), pair[0]))
        against = bool(_LESS.search(words.lower())) and not _LESS.search(name)
        return tuple(_against(entry) if against else entry for entry in entries if entry.day <= latest)
    ticked = [habit for kept in habits for habit in kept.habits if wanted & stems_of(habit.words)]
    return log_of_boxes(max(ticked, key=lambda habit: len(habit.boxes)), latest) if ticked else ()


def _against(entry: LogEntry) -> LogEntry:
    """An entry of what is to be avoided: `sugar: true` says that "no sugar" was not kept."""
    return entry if entry.kept is None else entry._replace(kept=not entry.kept)


def log_of_boxes(habit: TickedHabit, latest: dt.date) -> tuple[LogEntry, ...]:
    """The boxes of a habit as a log, up to `latest`; the box of `latest` itself counts once it is ticked."""
    return tuple(
        LogEntry(box.day, habit.words, kept=box.ticked, path=box.path, line=box.line)
        for box in habit.boxes
        if box.day < latest or (box.day == latest and box.ticked)
    )


def find_habit_stems(words: str) -> frozenset[str]:
    """The stems of the words that name a habit, or the families of such words in several languages."""
    stop_words = stop_words_of(words)
    found = {word for word in WORD_PATTERN.findall(words.lower().replace("_", " ")) if word not in stop_words}
    families = {f"family {at}" for at, family in enumerate(HABIT_FAMILIES) if found & family}
    return frozenset(families or {stem_word(word) for word in found if len(word) > 3 and word.isalpha()})


def read_target(words: str) -> GoalTarget:
    """What the words of a goal ask of an entry: "in bed by 23:00", "five nights of seven", "less sugar"."""
    low = words.lower()
    less = bool(_LESS.search(low))
    often = _OFTEN.search(low)
    target = GoalTarget(
        times=_read_number(often["number"]) if often else None,
        less_is_better=less,
        per_week=often is not None and _PER_WEEK.search(low) is not None,
    )
    if clock := _BY_CLOCK.search(low):
        hour, half = int(clock[1]), clock[3] or ""
        evening = (
            not clock[2] and not half and 8 <= hour <= 12 and "family 0" in find_habit_stems(low)
        )  # "in bed by 10"
        if (clock[2] or half or evening) and hour <= 24:
            return target._replace(latest=minutes_after_noon(hour, int(clock[2] or 0), "pm" if evening else half))
    if amount := _AMOUNT_WANTED.search(low):
        number = _read_number(amount["number"])
        return target._replace(most=number) if less else target._replace(least=number)
    return target


def _read_number(words: str) -> float:
    return float(_NUMBER_WORDS.get(words, 0) or words.replace(",", "."))


def read_course(entries: Sequence[LogEntry], target: GoalTarget, today: dt.date) -> GoalCourse | None:
    """How a goal goes by its log (oldest first) on a day; None without entries up to then."""
    entries = [entry for entry in entries if entry.day <= today]
    if not entries:
        return None
    weekly = _median_gap(entries) in range(5, 10)
    if weeks := _count_weeks(entries, target, today, weekly=weekly):
        course = read_course(weeks, target._replace(per_week=False), today)
        last = [entry for entry in entries if entry.kept is not False] or entries
        return course and course._replace(last_entry=entries[-1].day, days_since=(today - last[-1].day).days)
    told = [(entry, _is_kept(entry, target, weekly=weekly)) for entry in entries]
    done = [entry for entry, was_kept in told if was_kept is not False] or entries
    course = GoalCourse(entries[-1].day, (today - done[-1].day).days)
    told = [(entry, was_kept) for entry, was_kept in told if was_kept is not None]
    if 2 * len(told) < len(entries):
        return _compare_means(course, entries, target)
    entries, kept = [entry for entry, _ in told], [was_kept for _, was_kept in told]
    run = len(list(takewhile(lambda was_kept: was_kept is True, reversed(kept))))
    lapse = len(list(takewhile(lambda was_kept: was_kept is False, reversed(kept))))
    before = kept[: len(kept) - (run or lapse)][-MIN_RUN:]
    turned = max(run, lapse) >= MIN_TURN and len(before) >= MIN_TURN and 2 * before.count(lapse > 0) > len(before)
    since = entries[len(kept) - (run or lapse)].day if turned else None
    return course._replace(run=run, lapse=lapse, turned=since, better=run > 0 if turned else None)


def _count_weeks(entries: Sequence[LogEntry], target: GoalTarget, today: dt.date, *, weekly: bool) -> list[LogEntry]:
    """How often it was done in each week that is over, by a log of days: a log of weeks, by their Sundays. Nothing
    where the goal does not ask for times a week, or the log has weeks already.
    """
    asks_more = (target.least, target.most, target.latest) != (None, None, None)
    if not target.per_week or target.times is None or weekly or asks_more:
        return []
    first = entries[0].day
    monday = first - dt.timedelta(days=first.weekday())
    if first.weekday() > MAX_FIRST_WEEKDAY:
        monday += dt.timedelta(days=7)
    done = [entry.day for entry in entries if entry.kept is not False]
    weeks: list[LogEntry] = []
    while (sunday := monday + dt.timedelta(days=6)) < today:
        times = sum(monday <= day <= sunday for day in done)
        weeks.append(LogEntry(sunday, "", amount=float(times)))
        monday += dt.timedelta(days=7)
    return weeks if len(weeks) >= MIN_RUN else []


def _median_gap(entries: Sequence[LogEntry]) -> int:
    """Days between two entries (their median); 0 where there is one."""
    gaps = sorted((after.day - entry.day).days for entry, after in pairwise(entries))
    return gaps[len(gaps) // 2] if gaps else 0


def _is_kept(entry: LogEntry, target: GoalTarget, *, weekly: bool) -> bool | None:
    """Whether an entry is what the goal asks; None where that cannot be told. In a log of weeks, an amount is how often
    it was done.
    """
    if entry.kept is not None:
        return entry.kept
    if entry.clock is not None:
        return None if target.latest is None else entry.clock <= target.latest
    least = target.times if weekly and target.times is not None else target.least
    if entry.amount is None or (least is None and target.most is None):
        return None
    return entry.amount >= least if least is not None else entry.amount <= (target.most or 0.0)


def _compare_means(course: GoalCourse, entries: Sequence[LogEntry], target: GoalTarget) -> GoalCourse:
    """The course with a turn where the last amounts differ much from those before, at most a week of them each."""
    amounts = [entry for entry in entries if entry.amount is not None]
    count = min(MAX_COMPARED, len(amounts) // 2)
    if count < MIN_RUN:
        return course
    last = sum(entry.amount or 0.0 for entry in amounts[-count:]) / count
    before = sum(entry.amount or 0.0 for entry in amounts[-2 * count : -count]) / count
    if abs(last - before) <= TURN_SHARE * max(abs(before), 1e-9):
        return course
    return course._replace(turned=amounts[-count].day, better=(last < before) == target.less_is_better)
