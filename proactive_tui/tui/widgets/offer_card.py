"""The card an offer arrives on: the opener, one line of why, its sources, and the keys that answer it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from proactive_tui.model import Evidence, Offer
from proactive_tui.tui.formatting.colors import ACCENT, MUTED
from proactive_tui.tui.formatting.text import clean, elide_path, one_line
from proactive_tui.tui.widgets.no_break_text import Unbroken

SOURCES = 3
"""So many sources are named on the card; the conversation has them all."""


SLIDE = 24
"""It slides in from so many cells further to the right."""


def keys_line(keys: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, to be wrapped (by `Unbroken`) only between two of them."""
    parts = [Content.assemble((key, f"{ACCENT} bold"), "\u00a0", name.replace(" ", "\u00a0")) for key, name in keys]
    return Content("   ").join(parts)


def place(evidence: Evidence, width: int = 60) -> str:
    """A passage as note and line, in at most `width` cells or so."""
    line = f":{evidence.line_start}"
    return elide_path(one_line(evidence.path), max(width - len(line), 8)) + line


class Aside(Unbroken):
    """One quiet line below the card: what became of the last offer. It is there only while there is something."""

    def say(self, text: str, keys: Iterable[tuple[str, str]]) -> None:
        """Say this, with the keys that may be used on it; or nothing."""
        self.display = bool(text)
        self.update(Content.assemble((one_line(text), MUTED), "   ", keys_line(keys)) if text else Content())


class OfferCard(Vertical, can_focus=True):
    """An offer. It is there only while there is one, and comes without taking the focus."""

    def __init__(self, keys: Iterable[tuple[str, str]], way: tuple[str, str]) -> None:
        super().__init__()
        self._keys = keys_line(keys)
        self._way = keys_line([way])
        self._offer: Offer | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        with VerticalScroll(can_focus=False, classes="body"):
            yield Static(classes="opener")
            yield Static(classes="reason")
        yield Static(classes="sources")
        yield Unbroken(self._keys, classes="keys")

    def show(self, offer: Offer | None) -> None:
        """Show this offer, or leave."""
        arrives = offer is not None and self._offer is None
        self._offer = offer
        self.display = offer is not None
        if offer is None:
            return
        if arrives and self.app.animation_level != "none":
            self.offset = Offset(SLIDE, 0)
            self.animate("offset", Offset(0, 0), duration=0.25, easing="out_cubic", level="full")
        self.border_title = offer.topic.kind
        self.query_one(".opener", Static).update(Content(clean(offer.opener.text).strip()))
        reason = one_line(offer.reason)
        self.query_one(".reason", Static).update(Content(reason))
        self.query_one(".reason").display = bool(reason)
        self._name_sources()

    def take_keys(self, other: OfferCard) -> None:
        """The keys have changed: name those that a card made now names."""
        self._keys, self._way = other._keys, other._way

    def say_keys(self, *, typing: bool) -> None:
        """The keys that work: those that answer, or while somebody types the one that leads here."""
        self.query_one(".keys", Static).update(self._way if typing else self._keys)

    def on_resize(self) -> None:
        """As wide as there is room for."""
        self._name_sources()

    def _name_sources(self) -> None:
        if self._offer is None:
            return
        width = max(self.content_size.width, 20)
        named = self._offer.topic.evidence[:SOURCES]
        more = len(self._offer.topic.evidence) - len(named)
        places = list(dict.fromkeys(place(each, width) for each in named)) + ([f"and {more} more"] if more else [])
        together = " · ".join(places)
        self.query_one(".sources", Static).update(Content(together if len(together) <= width else "\n".join(places)))
