"""Why it spoke, or kept silent: in words, then the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.ipc.events import Because, Failed, Tell
from proactive_tui.ipc.requests import Why
from proactive_tui.model import Gate, Offer
from proactive_tui.tui.formatting.colors import ACCENT, GOOD, MUTED, TROUBLE
from proactive_tui.tui.formatting.text import clean, elide, one_line
from proactive_tui.tui.formatting.times import clock, tells
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.offer_card import OfferCard

CELLS = 20
"""The longest bar."""

LEAST = 0.005
"""What moves the score by less would read as 0.00."""


def contributions(parts: Iterable[tuple[str, float]], width: int, most: int = 12, *, least: float = LEAST) -> Content:
    """A bar for each contribution in `width` cells, the weightiest first: the sign says what the colour says.

    Words that are too long for their column are elided; bars give way to words where there is little room.
    """
    weighty = sorted((part for part in parts if abs(part[1]) >= least), key=lambda part: -abs(part[1]))[:most]
    if not weighty:
        return Content()
    names = [clean(name).replace("\n", " ") for name, _ in weighty]
    longest = CELLS if width >= 72 else 8 if width >= 48 else 4
    label = max(min(max(map(cell_len, names)), width - 7 - longest), 8)
    largest = abs(weighty[0][1]) or 1.0
    lines = []
    for name, (_, value) in zip(names, weighty, strict=True):
        cells = max(round(abs(value) / largest * longest), 1)
        short = elide(name, label)
        padding = " " * (label - cell_len(short))
        filled = ("█" * cells, ACCENT) if value >= 0 else ("▒" * cells, TROUBLE)
        lines.append(Content.assemble(short + padding, f" {value:+.2f} ", filled))
    return Content("\n").join(lines)


def alternatives(offer: Offer, width: int) -> Content:
    """The topic that was raised and those that lost to it, each with a bar for its score; empty where none lost."""
    if not offer.rivals:
        return Content()
    raised = (f"→ {one_line(offer.topic.title)}", offer.score)
    return contributions(
        [raised, *((f"  {one_line(each.title)}", each.score) for each in offer.rivals)], width, least=0.0
    )


def gates(each: Iterable[Gate], now: float, width: int) -> Content:
    """The gates, each with a mark that needs no colour; those that are shut first."""
    lines = []
    for gate in sorted(each, key=lambda gate: gate.passed):
        detail = one_line(gate.detail)
        if gate.until is not None and not gate.passed and not tells(detail, gate.until):
            detail += f" · until {clock(gate.until, now)}"
        mark = ("✓ ", GOOD) if gate.passed else ("✗ ", TROUBLE)
        text = Content.assemble(one_line(gate.name), (f"  {detail}", MUTED))
        lines.append(hanging(mark, text, width))
    return Content("\n").join(lines)


def hanging(mark: tuple[str, str], text: Content, width: int) -> Content:
    """The text wrapped to `width` cells, its further lines as far in as its first is by the mark."""
    indent = cell_len(mark[0])
    first, *rest = text.wrap(max(width - indent, 8)) or [Content()]
    return Content("\n").join([Content.assemble(mark, first), *(Content.assemble(" " * indent, line) for line in rest)])


class WhyScreen(Room):
    """Asks when it opens, about this offer; without one about the offer that waits, or the newest decision."""

    AUTO_FOCUS = "#why"

    def __init__(self, offer: str = "") -> None:
        super().__init__()
        self._about = offer
        self._because: Because | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with VerticalScroll(id="why"):
            yield Static("Asking…", id="title", markup=False)
            yield Static(id="words", markup=False)
            yield Static("What counted", id="parts-title", classes="section", markup=False)
            yield Static(id="parts", markup=False)
            yield Static(
                "What it was worth, and what else there was", id="rivals-title", classes="section", markup=False
            )
            yield Static(id="rivals", markup=False)
            yield Static("What would have changed it", id="changed-title", classes="section", markup=False)
            yield Static(id="changed", markup=False)
            yield Static("Conditions for speaking", id="gates-title", classes="section", markup=False)
            yield Static(id="gates", markup=False)
        yield self.card()
        yield KeyBar()

    def on_resize(self) -> None:
        """Bars as long as there is room for."""
        if self._because is not None:
            self._show(self._because)

    def on_mount(self) -> None:
        """Nothing to show yet but the question."""
        for section in ("parts", "rivals", "changed", "gates"):
            self._section(section, Content())
        self.watch(self.app, "offer", self._card_says_it_not_again)
        about = self._about or (self.face.offer.id if self.face.offer else "")
        self.face.send(Why(request=self.face.requests.open(self._answered), offer=about))

    def _answered(self, tell: Tell) -> None:
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
            title = f"It said nothing: {one_line(silence.detail or silence.reason)}"
            times = f" · {silence.times} times" if silence.times > 1 else ""
            what = f"about “{one_line(silence.title)}” · " if silence.title else ""
            aside = f"{what}{clock(silence.last, now)}{times}"
        else:
            title, aside = "Nothing was decided yet.", ""
        self._say("#title", Content.assemble((title, "bold"), (f"\n{aside}" if aside else "", MUTED)))
        weighed = {words for words, _ in because.weighed}  # these have bars of their own
        reasons = [each for each in dict.fromkeys(because.reasons) if each.removeprefix("but ") not in weighed]
        reasons = [each for each in reasons if silence is None or each != silence.detail]
        chance = offer.receptivity if offer else silence.receptivity if silence else None
        if chance is not None:
            reasons.append(f"A welcome at this moment was judged {chance:.0%} likely.")
        room = self.query_one("#why").content_size.width - 1
        self._say(
            "#words", Content("\n").join([hanging(("• ", ""), Content(one_line(each)), room) for each in reasons])
        )
        self._section("parts", contributions(because.weighed, room))
        self._section("rivals", alternatives(offer, room) if offer else Content())
        changed = [hanging(("• ", ""), Content(one_line(each)), room) for each in because.otherwise]
        self._section("changed", Content("\n").join(changed))
        passed = because.gates or (offer.gates if offer else silence.gates if silence else ())
        self._section("gates", gates(passed, now, room))
        self._card_says_it_not_again()

    def _card_says_it_not_again(self) -> None:
        told = self._because.offer if self._because else None
        offered = self.face.offer
        self.query_one(OfferCard).set_class(told is not None and offered is not None and told.id == offered.id, "-told")

    def home_widget(self) -> Widget | None:
        """What one reads and scrolls."""
        return self.query_one("#why")

    def _section(self, name: str, content: Content) -> None:
        self._say(f"#{name}", content)
        for selector in (f"#{name}", f"#{name}-title"):
            self.query_one(selector).display = bool(content.plain)

    def _say(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
