"""Search: results while one types, the passage beside them, Enter to talk about it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.ipc.events import Failed, Found, Tell
from proactive_tui.ipc.requests import Ask, Search
from proactive_tui.model import Evidence, Hit
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import clean, one_line
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.search_base import Query, QueryRoom
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList, located
from proactive_tui.tui.widgets.offer_card import place


class SearchScreen(QueryRoom):
    """Searches as one types."""

    AUTO_FOCUS = "Query"
    BINDINGS: ClassVar[list[BindingType]] = bindings("search.talk", "search.open", "list.down", "list.up")

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words
        self._hits: tuple[Hit, ...] = ()

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
        yield KeyBar()

    def on_mount(self) -> None:
        """Type at once, also what is already on its way."""
        self.query_one(Query).focus(scroll_visible=False)
        if self._words:
            self.ask()

    def question(self, request: int, query: str) -> Ask | None:
        """These words, if there are any."""
        if not query:
            self._show((), "")
            return None
        return Search(request=request, query=query)

    def answered(self, tell: Tell) -> None:
        """The hits, or why there are none."""
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
