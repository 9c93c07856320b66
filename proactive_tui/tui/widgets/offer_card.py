"""The card that shows an offer: the opener, the reason in one line, the sources, and the keys to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from proactive_tui.model.offer_values import Offer
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.face_words import word_answer
from proactive_tui.tui.formatting.text import elide_path, one_line, sanitize_text
from proactive_tui.tui.widgets.key_labels import KeyLabel, KeyLine, fitting_keys, format_keys

MAX_CARD_SOURCES = 3
"""Sources named on the card at most; the conversation lists all."""


TALL_SCREEN_ROWS = 30
"""Rows from which on the keys may take two lines of the card."""

SLIDE_IN_CELLS = 24
"""Cells over which a new card slides in from the right."""


def format_short_location(evidence: Evidence, width: int = 60) -> str:
    """A passage as note and line, or an item as its place and author, in about `width` cells."""
    if evidence.origin is not None:
        parts = (evidence.origin.name, evidence.origin.author)
        return elide_path(" · ".join(one_line(part) for part in parts if part), width)
    line = f":{evidence.line_start}"
    return elide_path(one_line(evidence.path), max(width - len(line), 8)) + line


class OutcomeLine(KeyLine):
    """The muted line below the card on the outcome of the last offer; displayed only while it has text."""

    def show_text(self, text: str, keys: Iterable[KeyLabel]) -> None:
        """Show this text with keys; without text the line is hidden."""
        self.display = bool(text)
        self.update(Content.assemble((one_line(text), MUTED_COLOR), "   ", format_keys(keys)) if text else Content())


class OfferCard(Vertical, can_focus=True):
    """The offer; displayed only while there is one. It never takes the focus by itself."""

    FOCUS_ON_CLICK = False  # the keys that it shows would be others before the click is heard

    def __init__(
        self,
        keys: Sequence[KeyLabel],
        focus_key: KeyLabel,
        more_keys: Sequence[KeyLabel] = (),
    ) -> None:
        """Show `keys` always, and those of `more_keys` that fit on the same line."""
        super().__init__()
        self._keys, self._more_keys = tuple(keys), tuple(more_keys)
        self._focus_key = format_keys([focus_key])
        self._offer: Offer | None = None
        self._typing = False

    def compose(self) -> ComposeResult:
        """Compose the parts of the card."""
        with VerticalScroll(can_focus=False, classes="body"):
            yield Static(classes="opener")
            yield Static(classes="reason")
        yield Static(classes="sources")
        yield KeyLine(format_keys(self._keys), classes="keys")

    def show_offer(self, offer: Offer | None) -> None:
        """Show this offer, or hide the card."""
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
        self._show_keys()

    def on_click(self) -> None:
        """Focus the card."""
        self.focus()

    def copy_keys(self, other: OfferCard) -> None:
        """Take over the keys of a card that was built after the keys changed."""
        self._keys, self._more_keys, self._focus_key = other._keys, other._more_keys, other._focus_key

    def show_keys(self, *, typing: bool) -> None:
        """Show the keys that answer, or while the owner is `typing`, the key that focuses the card."""
        self._typing = typing
        self._show_keys()

    def on_resize(self) -> None:
        """Fit the sources and the keys to the new width."""
        self._show_sources()
        self._show_keys()

    def _show_keys(self) -> None:
        kind = self._offer.topic.kind if self._offer else None
        more = [label._replace(name=word_answer(label.name, kind)) for label in self._more_keys]
        lines = 2 if self.app.size.height >= TALL_SCREEN_ROWS else 1
        keys = fitting_keys(self._keys, more, self._text_width, lines)
        self.query_one(".keys", Static).update(self._focus_key if self._typing else format_keys(keys))

    @property
    def _text_width(self) -> int:
        return max(self.content_size.width, 20)

    def _show_sources(self) -> None:
        if self._offer is None:
            return
        width = self._text_width
        named = self._offer.topic.evidence[:MAX_CARD_SOURCES]
        more = len(self._offer.topic.evidence) - len(named)
        places = list(dict.fromkeys(format_short_location(source, width) for source in named)) + (
            [f"and {more} more"] if more else []
        )
        together = " · ".join(places)
        self.query_one(".sources", Static).update(Content(together if len(together) <= width else "\n".join(places)))
