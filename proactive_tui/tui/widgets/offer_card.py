"""The card an offer arrives on: the opener, one line of why, its sources, and the keys that answer it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from proactive_tui.model import Evidence, Offer
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import elide_path, one_line, sanitize_text
from proactive_tui.tui.widgets.no_break_text import NoBreakText

MAX_CARD_SOURCES = 3
"""So many sources are named on the card; the conversation has them all."""


SLIDE_IN_CELLS = 24
"""It slides in from so many cells further to the right."""


def format_keys(keys: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, to be wrapped (by `NoBreakText`) only between two of them."""
    parts = [
        Content.assemble((key, f"{ACCENT_COLOR} bold"), "\u00a0", name.replace(" ", "\u00a0")) for key, name in keys
    ]
    return Content("   ").join(parts)


def format_short_location(evidence: Evidence, width: int = 60) -> str:
    """A passage as note and line, in at most `width` cells or so."""
    line = f":{evidence.line_start}"
    return elide_path(one_line(evidence.path), max(width - len(line), 8)) + line


class OutcomeLine(NoBreakText):
    """One quiet line below the card: what became of the last offer. It is there only while there is something."""

    def show_text(self, text: str, keys: Iterable[tuple[str, str]]) -> None:
        """Say this, with the keys that may be used on it; or nothing."""
        self.display = bool(text)
        self.update(Content.assemble((one_line(text), MUTED_COLOR), "   ", format_keys(keys)) if text else Content())


class OfferCard(Vertical, can_focus=True):
    """An offer. It is there only while there is one, and comes without taking the focus."""

    def __init__(self, keys: Iterable[tuple[str, str]], way: tuple[str, str]) -> None:
        super().__init__()
        self._keys = format_keys(keys)
        self._focus_key = format_keys([way])
        self._offer: Offer | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        with VerticalScroll(can_focus=False, classes="body"):
            yield Static(classes="opener")
            yield Static(classes="reason")
        yield Static(classes="sources")
        yield NoBreakText(self._keys, classes="keys")

    def show_offer(self, offer: Offer | None) -> None:
        """Show this offer, or leave."""
        arrives = offer is not None and self._offer is None
        self._offer = offer
        self.display = offer is not None
        if offer is None:
            return
        if arrives and self.app.animation_level != "none":
            self.offset = Offset(SLIDE_IN_CELLS, 0)
            self.animate("offset", Offset(0, 0), duration=0.25, easing="out_cubic", level="full")
        self.border_title = offer.topic.kind
        self.query_one(".opener", Static).update(Content(sanitize_text(offer.opener.text).strip()))
        reason = one_line(offer.reason)
        self.query_one(".reason", Static).update(Content(reason))
        self.query_one(".reason").display = bool(reason)
        self._show_sources()

    def copy_keys(self, other: OfferCard) -> None:
        """The keys have changed: name those that a card made now names."""
        self._keys, self._focus_key = other._keys, other._focus_key

    def show_keys(self, *, typing: bool) -> None:
        """The keys that work: those that answer, or while somebody types the one that leads here."""
        self.query_one(".keys", Static).update(self._focus_key if typing else self._keys)

    def on_resize(self) -> None:
        """As wide as there is room for."""
        self._show_sources()

    def _show_sources(self) -> None:
        if self._offer is None:
            return
        width = max(self.content_size.width, 20)
        named = self._offer.topic.evidence[:MAX_CARD_SOURCES]
        more = len(self._offer.topic.evidence) - len(named)
        places = list(dict.fromkeys(format_short_location(source, width) for source in named)) + (
            [f"and {more} more"] if more else []
        )
        together = " · ".join(places)
        self.query_one(".sources", Static).update(Content(together if len(together) <= width else "\n".join(places)))
