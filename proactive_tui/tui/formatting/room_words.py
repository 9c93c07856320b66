"""What both faces say of shelf, agenda, beliefs and forgetting in the same words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from proactive_tui.ipc.events import AgendaListed, DataForgotten, LearningStatistics, ShelfListed
from proactive_tui.model.learned_values import Belief, WelcomeShare
from proactive_tui.model.offer_values import AgendaSort, ShelfGroup, ShelfLine
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.plain import note_location
from proactive_tui.text.quantities import format_count
from proactive_tui.text.terminal_safe import one_line
from proactive_tui.tui.formatting.times import format_clock_time

SHELF_TITLES: dict[ShelfGroup, str] = {
    "held": "Held for a better moment",
    "left": "Left by itself",
    "snoozed": "Snoozed",
    "next": "Would come next",
}
SORT_WORDS: dict[AgendaSort, str] = {"due": "", "scheduled": "planned", "promised": "promised", "appointment": ""}
EMPTY_AGENDA = (
    "Nothing in your notes has a day. A box with one (“- [ ] call Ada 2026-12-04”, “due Friday”) and what you "
    "promised somebody stand here."
)
FORGET_REMARKS: Mapping[str, str] = {
    "path": "A note that is still in the folder is read again; notes.exclude keeps it out.",
    "topic": "What your notes still say can be found again.",
}
"""What is to be known before a note or a topic is forgotten."""
NOTED_CHANGE = "The note has changed meanwhile: this is its place now."


def name_place(evidence: Evidence) -> str:
    """Where lines stand: the author or source of others' words, else the note and the line."""
    return evidence.origin.author or evidence.origin.source if evidence.origin else note_location(evidence)


def summarize_shelf(answer: ShelfListed) -> str:
    """How much waits, and why nothing is said now."""
    count = len([line for line in answer.lines if line.group != "next"])
    waits = f"{format_count(count, 'topic')} {'waits' if count == 1 else 'wait'}" if count else "Nothing waits"
    return one_line(f"{waits}. Silent now: {answer.silence}." if answer.silence else f"{waits}.")


def describe_shelf_time(line: ShelfLine, now: float) -> str:
    """Since when a line of the shelf is held, when it left, or when it comes back."""
    if line.at is None:
        return ""
    time = format_clock_time(line.at, now)
    return {"held": f"since {time}", "left": time, "snoozed": f"back {time}", "next": ""}[line.group]


def summarize_agenda(answer: AgendaListed) -> str:
    """How much is overdue and how much today."""
    overdue = len([line for line in answer.lines if line.day and line.day < answer.today]) + answer.older
    today = len([line for line in answer.lines if line.day == answer.today])
    return " · ".join([f"{overdue:,} overdue" if overdue else "Nothing is overdue", f"{today or 'nothing'} today"])


def format_day(day: dt.date, today: dt.date) -> str:
    """A day in a few letters: "today", "Fri 4 Dec", with the year where that is another."""
    if day == today:
        return "today"
    return f"{day:%a} {day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def summarize_answers(learned: LearningStatistics) -> str:
    """Sum up the outcomes of the offers in one sentence."""
    if not learned.offers:
        return "Nothing was offered yet."
    made = f"{format_count(learned.offers, 'offer')} on {format_count(learned.days, 'day')}"
    if not learned.welcome.answered:
        return f"{made}, none answered yet."
    return f"{made} · {format_share(learned.welcome)} answered were welcome"


def format_share(share: WelcomeShare) -> str:
    """A share with its interval: "11 of 24 (29–65 %)"."""
    return f"{share.welcome} of {share.answered} ({100 * share.low:.0f}–{100 * share.high:.0f} %)"


def describe_evidence(belief: Belief, learned: LearningStatistics) -> str:
    """What a belief rests on; empty where the owner said so."""
    if belief.unwanted_kind or belief.unwanted_folder:
        return ""
    if not belief.offers:
        return "rests on when you changed notes"
    newest = "; ".join(f"“{one_line(learned.cited[offer_id].title)}”" for offer_id in belief.offers[:-4:-1])
    return f"rests on {format_count(len(belief.offers), 'offer')}: {newest}"


def describe_kept(belief: Belief) -> str:
    """What stays where a belief is forgotten."""
    return "The offers stay, without what you answered." if belief.offers else "Your notes stay as they are."


def describe_forgotten(gone: DataForgotten) -> str:
    """The counts of what is forgotten, in a sentence."""
    return f"This goes for good: {count_forgotten(gone)}. What was learned from it goes with it."


def count_forgotten(gone: DataForgotten) -> str:
    """The counts of what is forgotten."""
    parts = [format_count(gone.events, "event") + " of the journal"]
    parts += [format_count(gone.offers, "offer")] if gone.offers else []
    parts += [format_count(gone.conversations, "conversation")] if gone.conversations else []
    parts += [f"{format_count(gone.notes, 'note')} of the index"] if gone.notes else []
    return ", ".join(parts)
