"""The search screen: results while the owner types, the passage beside them, Enter to talk about it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import SearchResults
from proactive_tui.ipc.requests import FindRelatedNotes, SearchNotes
from proactive_tui.model.note_values import RelatedNote, SearchHit
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.quantities import format_count
from proactive_tui.text.spans import TextRange, excerpt_line, split_spans
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.bases.search_base import QueryInput, QueryScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.listing.related_list import RelatedList
from proactive_tui.tui.widgets.lists import PlainList, format_location
from proactive_tui.tui.widgets.offer_card import OfferCard, format_short_location

NOTHING_FOUND = "Nothing was found. Try other words."
MATCH_STYLE = f"bold {ACCENT_COLOR}"
MAX_LISTED_CHARACTERS = 300
MAX_RELATED_NOTES = 8
RELATED_DELAY_SECONDS = 0.25
"""Seconds for which a hit is highlighted before its related notes are looked for."""
VISIBLE_LINES = 6
"""Lines of a passage that its preview shows in any case; a match below them is scrolled to."""


class SearchScreen(QueryScreen[SearchResults]):
    """Lists the passages that match the query, with a preview of the highlighted one."""

    AUTO_FOCUS = "QueryInput"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        "search.talk", "search.open", "search.related", "list.down", "list.up"
    )

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self._words = words
        self._hits: tuple[SearchHit, ...] = ()
        self._related: dict[str, tuple[RelatedNote, ...]] = {}
        self._related_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield QueryInput(self._words)
        yield Static(id="said", markup=False)
        with Container(id="found"):
            yield PlainList(id="results")
            with Vertical(id="beside"):
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="place", markup=False)
                    yield Static(id="passage", markup=False)
                yield RelatedList()
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Focus the search line at once, so that no key is lost."""
        self.query_one(QueryInput).focus(scroll_visible=False)
        if self._words:
            self.send_request()

    def build_request(self, query: str) -> SearchNotes | None:
        """Search for these words, if there are any."""
        if not query:
            self._show_hits((), "")
            return None
        return SearchNotes(query=query)

    def show_answer(self, answer: SearchResults) -> None:
        """Show the hits."""
        found = len(answer.hits)
        self._show_hits(answer.hits, format_count(found, "passage") if found else NOTHING_FOUND)

    def show_problem(self, problem: str) -> None:
        """Show the problem in the place of hits."""
        self._show_hits((), problem)

    def _show_hits(self, hits: tuple[SearchHit, ...], said: str) -> None:
        self._hits = hits
        self.query_one("#said", Static).update(Content(said))
        results = self.query_one("#results", PlainList)
        results.clear_options()
        results.add_options([Option(_format_hit(hit)) for hit in hits])
        results.highlighted = 0 if hits else None
        self.query_one("#found").display = bool(hits)
        self._preview_hit()

    @on(OptionList.OptionHighlighted, "#results")
    def _preview_hit(self) -> None:
        hit = self._highlighted_hit()
        passage = hit.passage if hit else None
        where = format_short_location(_match_evidence(hit), 76) if hit else ""
        heading = one_line(" › ".join(passage.heading)) if passage else ""
        self.query_one("#place", Static).update(
            Content.assemble(where, (f"\n{heading}" if heading else "", MUTED_COLOR))
        )
        self.query_one("#passage", Static).update(_mark_matches(hit.passage.text, hit.matches) if hit else Content())
        self.query_one("#preview").scroll_home(animate=False)
        if hit and hit.best_line > hit.passage.line_start + VISIBLE_LINES:
            self.query_one("#preview").scroll_to(
                y=hit.best_line - hit.passage.line_start, animate=False, immediate=False
            )
        self._show_related(hit)

    def _show_related(self, hit: SearchHit | None) -> None:
        """Show what has to do with the note of a hit, which is looked for once the highlight rests."""
        if self._related_timer is not None:
            self._related_timer.stop()
        path = hit.passage.path if hit is not None and hit.origin is None else ""
        self.query_one(RelatedList).show_related(self._related.get(path, ()))
        if path and path not in self._related:
            self._related_timer = self.set_timer(RELATED_DELAY_SECONDS, partial(self._load_related, path))

    @work(exclusive=True, group="related")
    async def _load_related(self, path: str) -> None:
        with suppress(BrainError):
            found = await self.face.request(FindRelatedNotes(note=path, k=MAX_RELATED_NOTES))
            self._related[path] = found.notes
            hit = self._highlighted_hit()
            if hit is not None and hit.passage.path == path:
                self.query_one(RelatedList).show_related(found.notes)

    def action_related(self) -> None:
        """Go to the notes that have to do with this one, or back."""
        related = self.query_one(RelatedList)
        if related.has_focus or not related.display:
            self.focus_home()
        else:
            related.focus()

    def action_back(self) -> None:
        """Leave the related notes, then the screen."""
        if self.query_one(RelatedList).has_focus:
            self.focus_home()
        else:
            super().action_back()

    @on(OptionList.OptionSelected, "#results")
    def action_talk_about(self) -> None:
        """Open a conversation about the highlighted passage."""
        if hit := self._highlighted_hit():
            self.face.conversations.open_for_passage(
                Evidence.of_passage(hit.passage, hit.origin),
                one_line(hit.passage.heading[-1] if hit.passage.heading else ""),
            )

    def action_open_hit(self) -> None:
        """Open the highlighted passage in the editor, at the line that matches; the offer's while that is focused."""
        if self.query_one(OfferCard).has_focus:
            self.action_open_offer()
        elif hit := self._highlighted_hit():
            self.post_message(OpenSource(_match_evidence(hit)))

    def home_widget(self) -> Widget | None:
        """The search line."""
        return self.query_one(QueryInput)

    def _highlighted_hit(self) -> SearchHit | None:
        index = self.query_one("#results", PlainList).highlighted
        return self._hits[index] if index is not None and index < len(self._hits) else None


def _match_evidence(hit: SearchHit) -> Evidence:
    """The passage from the line that matches on."""
    return replace(Evidence.of_passage(hit.passage, hit.origin), line_start=hit.best_line)


def _mark_matches(text: str, spans: Sequence[TextRange], style: str = "") -> Content:
    """A text in a style, with what matched marked."""
    return Content.assemble(
        *((sanitize_text(piece), MATCH_STYLE if is_match else style) for piece, is_match in split_spans(text, spans))
    )


def _format_hit(hit: SearchHit) -> Content:
    first = hit.best_line - hit.passage.line_start
    text, spans = excerpt_line(hit.passage.text, hit.matches, first, MAX_LISTED_CHARACTERS)
    return Content("\n").join([format_location(_match_evidence(hit), "bold"), _mark_matches(text, spans, MUTED_COLOR)])
