"""Search: results while one types, the passage beside them, Enter to talk about it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.brain.protocol import Failed, Found, Search, Tell
from proactive_tui.model import Evidence, Hit
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.room import Room
from proactive_tui.tui.text import clean, one_line
from proactive_tui.tui.tones import MUTED
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.lists import PlainList, located
from proactive_tui.tui.widgets.offer_card import place
from proactive_tui.tui.words import count

DEBOUNCE = 0.12
"""Seconds without a keystroke before the brain is asked."""


class Query(Input):
    """Where one types what to look for; up and down move in the results."""

    def __init__(self, words: str = "", placeholder: str = "Search your notes, in your own words") -> None:
        super().__init__(words, placeholder=placeholder, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to the screen."""
        return False if action == "submit" else super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The slash is typed as well, though Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)


class SearchScreen(Room):
    """Searches as one types; stale answers are dropped by their number."""

    AUTO_FOCUS = "Query"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search.talk", "search.open", "list.down", "list.up")

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words
        self._hits: tuple[Hit, ...] = ()
        self._request = 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Query(self._words)
        yield Static(id="said", markup=False)
        with Container(id="found"):
            yield PlainList()
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="place", markup=False)
                yield Static(id="passage", markup=False)
        yield self.card()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Type at once, also what is already on its way."""
        self.query_one(Query).focus(scroll_visible=False)
        if self._words:
            self._ask()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self.face.requests.forget(self._request)

    @on(Input.Changed)
    def typed(self) -> None:
        """Ask once there is a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE, self._ask)

    def _ask(self) -> None:
        query = self.query_one(Query).value.strip()
        self.face.requests.forget(self._request)
        if not query:
            self._show((), "")
            return
        self._request = self.face.requests.open(self._answered)
        self.face.send(Search(request=self._request, query=query))

    def _answered(self, tell: Tell) -> None:
        match tell:
            case Found(hits=hits):
                self._show(hits, count(len(hits), "passage") if hits else "Nothing was found. Try other words.")
            case Failed(title=title, hint=hint):
                self._show((), one_line(f"{title}. {hint}"))
            case _:
                pass

    def _show(self, hits: tuple[Hit, ...], said: str) -> None:
        self._hits = hits
        self.query_one("#said", Static).update(Content(said))
        results = self.query_one(PlainList)
        results.clear_options()
        results.add_options([Option(_result(hit)) for hit in hits])
        results.highlighted = 0 if hits else None
        self.query_one("#found").display = bool(hits)
        self._preview()

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        hit = self._chosen()
        passage = hit.passage if hit else None
        where = place(_evidence(hit), 76) if hit else ""
        heading = one_line(" › ".join(passage.heading)) if passage else ""
        self.query_one("#place", Static).update(Content.assemble(where, (f"\n{heading}" if heading else "", MUTED)))
        self.query_one("#passage", Static).update(Content(clean(passage.text) if passage else ""))
        self.query_one("#preview").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_talk_about(self) -> None:
        """Open a conversation about the highlighted passage."""
        if hit := self._chosen():
            self.face.talking.talk_about(
                _evidence(hit), one_line(hit.passage.heading[-1] if hit.passage.heading else "")
            )

    def action_open_hit(self) -> None:
        """Open it in the editor."""
        if hit := self._chosen():
            self.post_message(OpenSource(_evidence(hit)))

    def action_cursor_down(self) -> None:
        """One result further, while typing goes on."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One result back."""
        self.query_one(PlainList).action_cursor_up()

    def home_widget(self) -> Widget | None:
        """Where one types."""
        return self.query_one(Query)

    def _chosen(self) -> Hit | None:
        index = self.query_one(PlainList).highlighted
        return self._hits[index] if index is not None and index < len(self._hits) else None


def _evidence(hit: Hit) -> Evidence:
    passage = hit.passage
    return Evidence(
        path=passage.path,
        line_start=passage.line_start,
        line_end=passage.line_end,
        text=passage.text,
        heading=passage.heading,
        passage=passage.id,
    )


def _result(hit: Hit) -> Content:
    said = one_line(hit.passage.prose or hit.passage.text)[:300]
    return Content("\n").join([located(hit.passage, "bold"), Content.styled(said, MUTED)])
