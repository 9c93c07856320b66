"""The screen that explains a decision: first in words, then by figures."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import DecisionExplanation
from proactive_tui.ipc.requests import ExplainDecision
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.offer_values import Offer
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR, SUCCESS_COLOR, WARNING_COLOR
from proactive_tui.tui.formatting.text import elide_text, one_line, sanitize_text
from proactive_tui.tui.formatting.times import format_clock_time, mentions_time
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.offer_card import OfferCard

MAX_BAR_CELLS = 20

MIN_SHOWN_CONTRIBUTION = 0.005
"""The smallest contribution that is shown; a smaller one would read as 0.00."""


def contribution_bars(
    parts: Iterable[tuple[str, float]], width: int, most: int = 12, *, least: float = MIN_SHOWN_CONTRIBUTION
) -> Content:
    """A bar for each of the `most` largest contributions in `width` cells; the sign says what the colour says.

    Contributions below `least` are left out. Long names are elided; bars are shorter on a narrow screen.
    """
    weighty = sorted((part for part in parts if abs(part[1]) >= least), key=lambda part: -abs(part[1]))[:most]
    if not weighty:
        return Content()
    names = [sanitize_text(name).replace("\n", " ") for name, _ in weighty]
    longest = MAX_BAR_CELLS if width >= 72 else 8 if width >= 48 else 4
    label = max(min(max(map(cell_len, names)), width - 7 - longest), 8)
    largest = abs(weighty[0][1]) or 1.0
    lines = []
    for name, (_, value) in zip(names, weighty, strict=True):
        cells = max(round(abs(value) / largest * longest), 1)
        short = elide_text(name, label)
        padding = " " * (label - cell_len(short))
        filled = ("█" * cells, ACCENT_COLOR) if value >= 0 else ("▒" * cells, WARNING_COLOR)
        lines.append(Content.assemble(short + padding, f" {value:+.2f} ", filled))
    return Content("\n").join(lines)


def rival_bars(offer: Offer, width: int) -> Content:
    """The topic of the offer and its rivals, each with a bar for its score; empty without rivals."""
    if not offer.rivals:
        return Content()
    raised = (f"→ {one_line(offer.topic.title)}", offer.score)
    return contribution_bars(
        [raised, *((f"  {one_line(rival.title)}", rival.score) for rival in offer.rivals)], width, least=0.0
    )


def format_gates(gates: Iterable[Gate], now: float, width: int) -> Content:
    """A line for each gate, the shut ones first, with a mark that is readable without colour."""
    lines = []
    for gate in sorted(gates, key=lambda gate: gate.passed):
        detail = one_line(gate.detail)
        if gate.until is not None and not gate.passed and not mentions_time(detail, gate.until):
            detail += f" · until {format_clock_time(gate.until, now)}"
        mark = ("✓ ", SUCCESS_COLOR) if gate.passed else ("✗ ", WARNING_COLOR)
        text = Content.assemble(one_line(gate.name), (f"  {detail}", MUTED_COLOR))
        lines.append(hanging_indent(mark, text, width))
    return Content("\n").join(lines)


def hanging_indent(mark: tuple[str, str], text: Content, width: int) -> Content:
    """The text wrapped to `width` cells behind a mark; further lines are indented by its width."""
    indent = cell_len(mark[0])
    first, *rest = text.wrap(max(width - indent, 8)) or [Content()]
    return Content("\n").join([Content.assemble(mark, first), *(Content.assemble(" " * indent, line) for line in rest)])


class WhyScreen(AppScreen):
    """Explains the given offer; without one, the offer that waits for an answer, or the newest decision."""

    AUTO_FOCUS = "#why"

    def __init__(self, offer: str = "") -> None:
        super().__init__()
        self._offer_id = offer
        self._explanation: DecisionExplanation | None = None

    def compose(self) -> ComposeResult:
        """Compose the explanation, then a section for each group of figures."""
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
        yield self.build_offer_card()
        yield KeyBar()

    def on_resize(self) -> None:
        """Draw the bars anew for the new width."""
        if self._explanation is not None:
            self._show_explanation(self._explanation)

    def on_mount(self) -> None:
        """Ask the brain, and hide all sections until it answers."""
        for section in ("parts", "rivals", "changed", "gates"):
            self._show_section(section, Content())
        self.watch(self.app, "offer", self._shorten_repeated_card)
        self._load_explanation(self._offer_id or (self.face.offer.id if self.face.offer else ""))

    @work
    async def _load_explanation(self, offer: str) -> None:
        try:
            self._explanation = await self.face.request(ExplainDecision(offer=offer))
        except BrainError as error:
            self._set_text("#title", Content(one_line(error.title)))
            self._set_text("#words", Content(sanitize_text("\n".join(filter(None, (error.message, error.hint))))))
        else:
            self._show_explanation(self._explanation)

    def _show_explanation(self, explanation: DecisionExplanation) -> None:
        now = self.face.now()
        offer, silence = explanation.offer, explanation.silence
        if offer is not None:
            title, aside = one_line(offer.opener.text), f"{offer.topic.kind} · {format_clock_time(offer.at, now)}"
        elif silence is not None:
            title = f"It said nothing: {one_line(silence.detail or silence.reason)}"
            times = f" · {silence.times} times" if silence.times > 1 else ""
            what = f"about “{one_line(silence.title)}” · " if silence.title else ""
            aside = f"{what}{format_clock_time(silence.last, now)}{times}"
        else:
            title, aside = "Nothing was decided yet.", ""
        self._set_text("#title", Content.assemble((title, "bold"), (f"\n{aside}" if aside else "", MUTED_COLOR)))
        remarks = list(explanation.remarks)
        chance = offer.receptivity if offer else silence.receptivity if silence else None
        if chance is not None:
            remarks.append(f"A welcome at this moment was judged {chance:.0%} likely.")
        room = self.query_one("#why").content_size.width - 1
        self._set_text(
            "#words",
            Content("\n").join([hanging_indent(("• ", ""), Content(one_line(remark)), room) for remark in remarks]),
        )
        self._show_section(
            "parts", contribution_bars(((reason.words, reason.contribution) for reason in explanation.reasons), room)
        )
        self._show_section("rivals", rival_bars(offer, room) if offer else Content())
        changed = [hanging_indent(("• ", ""), Content(one_line(change)), room) for change in explanation.otherwise]
        self._show_section("changed", Content("\n").join(changed))
        passed = explanation.gates or (offer.gates if offer else silence.gates if silence else ())
        self._show_section("gates", format_gates(passed, now, room))
        self._shorten_repeated_card()

    def _shorten_repeated_card(self) -> None:
        explained = self._explanation.offer if self._explanation else None
        offered = self.face.offer
        self.query_one(OfferCard).set_class(
            explained is not None and offered is not None and explained.id == offered.id, "-told"
        )

    def home_widget(self) -> Widget | None:
        """The scrollable explanation."""
        return self.query_one("#why")

    def _show_section(self, name: str, content: Content) -> None:
        self._set_text(f"#{name}", content)
        for selector in (f"#{name}", f"#{name}-title"):
            self.query_one(selector).display = bool(content.plain)

    def _set_text(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
