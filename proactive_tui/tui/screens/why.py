"""Why it spoke, or kept silent: in words, then the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, Static

from proactive_tui.brain.protocol import Because, Failed, Tell
from proactive_tui.model import Gate
from proactive_tui.tui.screens.room import Room
from proactive_tui.tui.text import clean, elide, one_line
from proactive_tui.tui.times import clock
from proactive_tui.tui.tones import ACCENT, GOOD, MUTED, TROUBLE
from proactive_tui.tui.widgets.brain_bar import BrainBar

CELLS = 20
"""The longest bar."""


def contributions(parts: Mapping[str, float], width: int, most: int = 12) -> Content:
    """A bar for each contribution in `width` cells, the weightiest first: the sign says what the colour says."""
    label = 14 if width < 56 else 26
    longest = max(min(CELLS, width - label - 7), 4)
    weighty = sorted(parts.items(), key=lambda part: -abs(part[1]))[:most]
    largest = max((abs(value) for _, value in weighty), default=0.0) or 1.0
    lines = []
    for name, value in weighty:
        cells = max(round(abs(value) / largest * longest), 1 if value else 0)
        short = elide(one_line(name.replace("_", " ")), label)
        padding = " " * (label - cell_len(short))
        filled = ("█" * cells, ACCENT) if value >= 0 else ("▒" * cells, TROUBLE)
        lines.append(Content.assemble(short + padding, f" {value:+.2f} ", filled))
    return Content("\n").join(lines)


def gates(each: Iterable[Gate], now: float) -> Content:
    """The gates, each with a mark that needs no colour."""
    lines = []
    for gate in each:
        until = f" · until {clock(gate.until, now)}" if gate.until is not None and not gate.passed else ""
        lines.append(
            Content.assemble(
                ("✓ ", GOOD) if gate.passed else ("✗ ", TROUBLE),
                one_line(gate.name),
                (f"  {one_line(gate.detail)}{until}", MUTED),
            )
        )
    return Content("\n").join(lines)


class WhyScreen(Room):
    """Asks when it opens; answers for offers and for silences alike."""

    AUTO_FOCUS = "#why"

    def __init__(self) -> None:
        super().__init__()
        self._because: Because | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with VerticalScroll(id="why"):
            yield Static("Asking…", id="title", markup=False)
            yield Static(id="words", markup=False)
            yield Static("What counted", id="parts-title", classes="section", markup=False)
            yield Static(id="parts", markup=False)
            yield Static("Conditions for speaking", id="gates-title", classes="section", markup=False)
            yield Static(id="gates", markup=False)
        yield self.card()
        yield Footer(compact=True)

    def on_resize(self) -> None:
        """Bars as long as there is room for."""
        if self._because is not None:
            self._show(self._because)

    def on_mount(self) -> None:
        """Nothing to show yet but the question."""
        for section in ("parts", "gates"):
            self._section(section, Content())

    def answered(self, tell: Tell) -> None:
        """Show what the brain said."""
        match tell:
            case Because():
                self._because = tell
                self._show(tell)
            case Failed(title=title, message=message, hint=hint):
                self._say("#title", Content(one_line(title)))
                self._say("#words", Content(clean("\n".join(part for part in (message, hint) if part))))
            case _:
                pass

    def _show(self, because: Because) -> None:
        now = self.face.now()
        offer, silence = because.offer, because.silence
        if offer is not None:
            title, aside = one_line(offer.opener.text), f"{offer.topic.kind} · {clock(offer.at, now)}"
        elif silence is not None:
            title = f"It said nothing: {one_line(silence.reason)}"
            times = f" · {silence.times} times" if silence.times > 1 else ""
            what = f"about “{one_line(silence.title)}” · " if silence.title else ""
            aside = f"{what}{clock(silence.last, now)}{times}"
        else:
            title, aside = "Nothing was decided yet.", ""
        self._say("#title", Content.assemble((title, "bold"), (f"\n{aside}" if aside else "", MUTED)))
        reasons = list(dict.fromkeys(because.reasons)) or ([silence.detail] if silence and silence.detail else [])
        chance = offer.receptivity if offer else silence.receptivity if silence else None
        if chance is not None:
            reasons.append(f"A welcome at this moment was judged {chance:.0%} likely.")
        self._say("#words", Content("\n").join([Content(f"• {one_line(each)}") for each in reasons]))
        room = self.query_one("#why").content_size.width - 1
        self._section("parts", contributions(offer.contributions, room) if offer else Content())
        passed = because.gates or (offer.gates if offer else silence.gates if silence else ())
        self._section("gates", gates(passed, now))

    def home_widget(self) -> Widget | None:
        """What one reads and scrolls."""
        return self.query_one("#why")

    def _section(self, name: str, content: Content) -> None:
        self._say(f"#{name}", content)
        for selector in (f"#{name}", f"#{name}-title"):
            self.query_one(selector).display = bool(content.plain)

    def _say(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
