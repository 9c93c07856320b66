"""The digest: one short brief of stories, work, appointments and what was held back, each line a possible offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.errors import BrainError
from proactive_tui.ipc.requests import GetDigest, SuggestNow
from proactive_tui.model.offer_values import DigestGroup, DigestLine, Offer
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.room_words import name_place
from proactive_tui.tui.formatting.text import elide_text, one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import GroupedList

GROUP_TITLES: dict[DigestGroup, str] = {
    "stories": "Stories that meet your notes",
    "work": "Work",
    "meetings": "Appointments",
    "held": "Held for a better moment",
    "notes": "From your notes",
}
MAX_NAMED_PLACES = 2


class DigestScreen(AppScreen):
    """Shows the digest, made when it is opened and after each answer. Enter on a line raises it, and then talks.

    It opens by itself with an offer that says so, which is one of its lines.
    """

    AUTO_FOCUS = "DigestList"
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[DigestLine, ...] = ()

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield Static("Looking…", id="summary", markup=False)
        yield DigestList()
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Make the digest, now and when an offer was answered."""
        self.watch(self.app, "offer", self._make_anew, init=False)
        self._load_digest()

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self._show_lines()

    def home_widget(self) -> Widget | None:
        """The list of lines."""
        return self.query_one(DigestList)

    def _make_anew(self, offer: Offer | None) -> None:
        if offer is None:
            self._load_digest()

    @work(exclusive=True, group="digest")
    async def _load_digest(self) -> None:
        try:
            self._lines = (await self.face.request(GetDigest())).lines
        except BrainError as error:
            self.query_one("#summary", Static).update(Content(one_line(f"{error.title}. {error.hint}")))
        else:
            self._show_lines()

    def _show_lines(self) -> None:
        count = format_count(len(self._lines), "line")
        name = "Today's digest: " if self.face.offer and self.face.offer.digest else ""
        summary = (
            f"{name}{count}; Enter raises one, and every answer teaches"
            if self._lines
            else "There is nothing to tell now."
        )
        self.query_one("#summary", Static).update(Content(summary))
        listed = self.query_one(DigestList)
        raised = self.face.offer.topic.id if self.face.offer else None
        before = listed.highlighted_option.id if listed.highlighted_option else raised
        listed.clear_options()
        listed.add_options(list_options(self._lines, max(self.size.width - 8, 16)))
        listed.highlight_line(before)

    @on(OptionList.OptionSelected)
    def raise_line(self, event: OptionList.OptionSelected) -> None:
        """Raise the topic of a line as an offer; where it is raised already, talk about it."""
        offer = self.face.offer
        if offer is not None and not self.face.offers.is_answerable:
            return  # it has just come, and the key was meant for something else
        if offer is not None and offer.topic.id == event.option.id:
            self.action_talk()
        elif event.option.id:
            self._raise_topic(event.option.id)

    @work(exclusive=True, group="raise")
    async def _raise_topic(self, topic: str) -> None:
        try:
            await self.face.request(SuggestNow(topic=topic))
        except BrainError as error:
            self.face.notify(one_line(f"{error.title}. {error.hint}"), markup=False)


class DigestList(GroupedList):
    """The lines of the digest."""


def list_options(lines: Iterable[DigestLine], width: int) -> Iterator[Option]:
    """The options of the list: a title for each group, and two rows of at most `width` cells for each line."""
    group: DigestGroup | None = None
    for line in lines:
        if line.group != group:
            group = line.group
            yield Option(Content.styled(GROUP_TITLES[group], "bold"), disabled=True)
        title = elide_text(f"  {one_line(line.topic.title)}", width)
        yield Option(
            Content.assemble(title, (f"\n{elide_text(f'    {_describe_ground(line)}', width)}", MUTED_COLOR)),
            id=line.topic.id,
        )


def _describe_ground(line: DigestLine) -> str:
    """What a line rests on, and why it is there."""
    places = dict.fromkeys(map(name_place, line.topic.evidence[:MAX_NAMED_PLACES]))
    return " · ".join([one_line(part) for part in (*places, line.reason) if part])
