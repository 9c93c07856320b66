"""The agenda: what is due, scheduled and promised, and appointments, by day or by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from proactive_tui.ipc.events import AgendaListed
from proactive_tui.ipc.requests import GetAgenda
from proactive_tui.model.offer_values import AgendaLine
from proactive_tui.text.plain import note_location
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR, WARNING_COLOR
from proactive_tui.tui.formatting.room_words import EMPTY_AGENDA, SORT_WORDS, format_day, summarize_agenda
from proactive_tui.tui.formatting.text import elide_text, one_line
from proactive_tui.tui.screens.bases.answer_screen import AnswerScreen
from proactive_tui.tui.widgets.listing.answer_list import AnswerLine

NOTHING_TODAY = "nothing is due, planned or promised"
WORDS_SHARE = 0.62
"""The share of a row's width that the words may take, at the least."""


class AgendaScreen(AnswerScreen[AgendaListed]):
    """Shows the days that have something: what is overdue first, then today, which is marked."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("agenda.turn")
    answer_keys: ClassVar[tuple[str, ...]] = ("offer.talk", "offer.already_done", "offer.snooze", "offer.open")
    more_keys: ClassVar[tuple[str, ...]] = ("offer.not_mine", "offer.not_now", "offer.not_this")

    def __init__(self) -> None:
        super().__init__()
        self._is_by_person = False

    def build_request(self) -> GetAgenda:
        """Ask for the agenda."""
        return GetAgenda()

    def action_turn_agenda(self) -> None:
        """Group by person, or by day again."""
        self._is_by_person = not self._is_by_person
        self.draw()

    def summarize(self, answer: AgendaListed) -> str:
        """How much is overdue and how much today."""
        if not answer.lines:
            return EMPTY_AGENDA
        return f"{summarize_agenda(answer)} · {'by person' if self._is_by_person else 'by day'}"

    def build_lines(self, answer: AgendaListed, width: int) -> tuple[Sequence[Option], Sequence[AnswerLine]]:
        """The groups of days or of people."""
        numbered = [(f"{number}", line) for number, line in enumerate(answer.lines)]
        today = dt.date.fromisoformat(answer.today)
        groups = group_by_person(numbered) if self._is_by_person else group_by_day(numbered, today, answer.older)
        options = list(_list_options(groups, today, width, by_person=self._is_by_person)) if answer.lines else []
        return options, [_answer_line(name, line) for name, line in numbered]


NumberedLine = tuple[str, AgendaLine]
"""A line with the id of its option."""
AgendaGroup = tuple[Content, list[NumberedLine]]
"""A title, and the lines below it."""


def group_by_day(lines: Sequence[NumberedLine], today: dt.date, older: int = 0) -> Iterator[AgendaGroup]:
    """What is overdue, then each day that has something, today in any case, and at last what has no day."""
    overdue = [pair for pair in lines if pair[1].day and pair[1].day < today.isoformat()]
    if overdue:
        more = f"  and {older} that fell due before" if older else ""
        yield Content.assemble(("Overdue", f"{WARNING_COLOR} bold"), (more, MUTED_COLOR)), overdue
    days = sorted({pair[1].day for pair in lines if pair[1].day > today.isoformat()})
    for day in (today.isoformat(), *days):
        on_day = [pair for pair in lines if pair[1].day == day]
        yield _day_title(dt.date.fromisoformat(day), today, is_empty=not on_day), on_day
    if undated := [pair for pair in lines if not pair[1].day]:
        yield Content.styled("Without a day", "bold"), undated


def group_by_person(lines: Sequence[NumberedLine]) -> Iterator[AgendaGroup]:
    """Each person with what is promised to or arranged with them, then what concerns nobody else."""
    people = sorted({pair[1].person for pair in lines if pair[1].person}, key=str.casefold)
    for person in people:
        yield Content.styled(one_line(person), "bold"), [pair for pair in lines if pair[1].person == person]
    if rest := [pair for pair in lines if not pair[1].person]:
        yield Content.styled("Nobody else", "bold"), rest


def _day_title(day: dt.date, today: dt.date, *, is_empty: bool) -> Content:
    name = {0: "Today", 1: "Tomorrow"}.get((day - today).days, "")
    date = f"{day:%A} {day.day} {day:%B}" + ("" if day.year == today.year else f" {day.year}")
    title = f"{name}, {date}" if name else date
    style = f"{ACCENT_COLOR} bold" if day == today else "bold"
    return Content.assemble((title, style), (f"  {NOTHING_TODAY}" if is_empty else "", MUTED_COLOR))


def _list_options(groups: Iterator[AgendaGroup], today: dt.date, width: int, *, by_person: bool) -> Iterator[Option]:
    for title, lines in groups:
        yield Option(title.truncate(width, ellipsis=True), disabled=True)
        for name, line in lines:
            yield Option(_format_row(line, today, width, by_person=by_person), id=name)


def _format_row(line: AgendaLine, today: dt.date, width: int, *, by_person: bool) -> Content:
    """One row: time and words on the left, on the right the day or the person, why it stands here, and the note."""
    shows_day = bool(line.day) and (by_person or line.day < today.isoformat())
    day = format_day(dt.date.fromisoformat(line.day), today) if shows_day else ""
    person = "" if by_person else line.person
    place = line.source.origin.part if line.source.origin else note_location(line.source)
    about = " · ".join(filter(None, map(one_line, (day, SORT_WORDS[line.sort], person, place))))
    words = f"  {line.time}  {one_line(line.words)}" if line.time else f"  {one_line(line.words)}"
    words = elide_text(words, max(width - cell_len(about) - 2, round(width * WORDS_SHARE)))
    about = elide_text(about, max(width - cell_len(words) - 2, 0))
    gap = " " * max(width - cell_len(words) - cell_len(about), 2)
    return Content.assemble(words, (f"{gap}{about}", MUTED_COLOR))


def _answer_line(name: str, line: AgendaLine) -> AnswerLine:
    return AnswerLine(id=name, title=one_line(line.words), topic=line.topic, evidence=line.source)
