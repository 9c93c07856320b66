"""The shelf: what is held, left by itself, snoozed, and what would come next, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.content import Content
from textual.widgets.option_list import Option

from proactive_tui.ipc.events import ShelfListed
from proactive_tui.ipc.requests import GetShelf
from proactive_tui.model.offer_values import ShelfGroup, ShelfLine
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.room_words import SHELF_TITLES, describe_shelf_time, name_place, summarize_shelf
from proactive_tui.tui.formatting.text import elide_text, one_line
from proactive_tui.tui.screens.bases.answer_screen import AnswerScreen
from proactive_tui.tui.widgets.listing.answer_list import AnswerLine

EMPTY_GROUPS: dict[ShelfGroup, str] = {
    "held": "nothing; what comes at a bad moment waits here for a better one",
    "left": "nothing in these two weeks",
    "snoozed": "nothing; s on an offer brings it up again when you say",
    "next": "nothing stands out now",
}
ALL_WEAK = "worth too little now to come by itself"
NOTHING_READ = "your notes are still being read"


class ShelfScreen(AnswerScreen[ShelfListed]):
    """Shows what waits, and why it is not raised now."""

    answer_keys: ClassVar[tuple[str, ...]] = (
        "offer.talk", "offer.not_now", "offer.not_this", "offer.already_done", "offer.snooze", "offer.open",
    )  # fmt: skip
    more_keys: ClassVar[tuple[str, ...]] = ("offer.not_mine", "offer.never", "offer.never_folder")

    def build_request(self) -> GetShelf:
        """Ask for the shelf."""
        return GetShelf()

    def summarize(self, answer: ShelfListed) -> str:
        """How much waits, and why nothing is said now."""
        return summarize_shelf(answer)

    def build_lines(self, answer: ShelfListed, width: int) -> tuple[Sequence[Option], Sequence[AnswerLine]]:
        """All groups, the empty ones with what they are for."""
        lines = [_answer_line(line) for line in answer.lines if line.topic.evidence]
        update = self.face.latest_status
        is_read = update is not None and any(update.status.topics.values())
        empty = EMPTY_GROUPS if is_read else {**EMPTY_GROUPS, "next": NOTHING_READ}
        return list(list_groups(answer.lines, width, self.face.now(), empty)), lines


def list_groups(
    lines: Sequence[ShelfLine], width: int, now: float, empty: Mapping[ShelfGroup, str]
) -> Iterator[Option]:
    """The options of the list: each group with its lines in `width` cells, or why it is `empty`."""
    for group, title in SHELF_TITLES.items():
        own = [line for line in lines if line.group == group]
        about = empty[group] if not own else ALL_WEAK if all(line.weak for line in own) else ""
        told = f"  {elide_text(about, width - len(title) - 2)}" if about else ""
        yield Option(Content.assemble((title, "bold"), (told, MUTED_COLOR)), disabled=True)
        yield from (format_line(line, width, now) for line in own)


def format_line(line: ShelfLine, width: int, now: float) -> Option:
    """A line of the shelf: its title, and below it when, where and why."""
    ground = " · ".join(part for part in _describe_ground(line, now) if part)
    return Option(
        Content.assemble(
            elide_text(f"  {one_line(line.topic.title)}", width),
            (f"\n{elide_text(f'    {ground}', width)}", MUTED_COLOR),
        ),
        id=line.topic.id,
    )


def _describe_ground(line: ShelfLine, now: float) -> tuple[str, ...]:
    """When and where, and why."""
    place = name_place(line.topic.evidence[0]) if line.topic.evidence else ""
    return describe_shelf_time(line, now), one_line(place), one_line(line.reason)


def _answer_line(line: ShelfLine) -> AnswerLine:
    topic = line.topic
    return AnswerLine(id=topic.id, title=one_line(topic.title), topic=topic.id, evidence=topic.evidence[0])
