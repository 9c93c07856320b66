"""What came of the offers, drawn; and what is believed because of it, each with its evidence and a way to forget it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.ipc.events import Failed, Forgotten, Learned, Tell
from proactive_tui.ipc.requests import Forget, LookBack
from proactive_tui.model import Belief, Share
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.controllers.forget_flow import Forgetting
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import elide, one_line
from proactive_tui.tui.formatting.times import when
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.dialogs.menu import Choose
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.shares import Shares

LEGEND = "● share that was welcome   │ 95 % interval   · all of them"
WIDTH = 46
"""Cells that a plot needs to be read."""


class LearnedScreen(Room):
    """Asks when it opens, and again when something was forgotten."""

    AUTO_FOCUS = "PlainList"
    BINDINGS: ClassVar[list[BindingType]] = bindings("learned.next", "learned.previous")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._learned: Learned | None = None
        self._first = 0

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Static("Looking back…", id="summary", markup=False)
        with Horizontal(id="plots"):
            yield Shares("welcome over time", upright=True)
            yield Shares("by hour", upright=True)
            yield Shares("by kind", upright=False)
            yield Shares("by framing", upright=False)
        yield Static("What it believes", classes="section", markup=False)
        yield Static(id="none", markup=False)
        yield BeliefList()
        yield self.card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look back."""
        self._look()

    def on_resize(self) -> None:
        """As many plots, and as much of the evidence, as there is room for."""
        if self._learned is not None:
            self._show(self._learned)

    def home_widget(self) -> Widget | None:
        """What it believes."""
        return self.query_one(BeliefList)

    def _look(self) -> None:
        request = self.face.requests.open(self._answered)
        self.face.send(LookBack(request=request))

    def _answered(self, tell: Tell) -> None:
        if not self.is_attached:
            return  # it was left meanwhile
        match tell:
            case Learned():
                self._learned = tell
                self._show(tell)
            case Failed(title=title, hint=hint):
                self.query_one("#summary", Static).update(Content(one_line(f"{title}. {hint}")))
            case _:
                pass

    def _show(self, learned: Learned) -> None:
        legend = f"\n{LEGEND}" if learned.welcome.answered and not self.has_class("-short") else ""
        self.query_one("#summary", Static).update(Content.assemble(summary(learned), (legend, MUTED)))
        all_of_it = learned.welcome
        line = all_of_it.welcome / all_of_it.answered if all_of_it.answered else 0.0
        span = {1: "by day", 7: "by week"}.get(learned.span_days, f"by {learned.span_days} days")
        plots = list(self.query(Shares))
        plots[0].border_title = f"welcome {span}"
        tables = (
            {day[5:]: each for day, each in learned.over_time.items()},
            learned.by.get("hour", {}),
            learned.by.get("kind", {}),
            learned.by.get("framing", {}),
        )
        for plot, table in zip(plots, tables, strict=True):
            plot.show(table, learned.fewest, line)
        now = self.face.now()
        listed = self.query_one(BeliefList)
        before = listed.highlighted or 0
        listed.clear_options()
        room = max(self.size.width - (4 if self.has_class("-narrow") else 8), 16)
        listed.add_options([Option(_sentence(each, learned, room)) for each in learned.beliefs])
        listed.highlighted = min(before, len(learned.beliefs) - 1) if learned.beliefs else None
        listed.display = bool(learned.beliefs)
        none = self.query_one("#none", Static)
        none.display = not learned.beliefs
        none.update(
            Content(f"Nothing yet: nothing stands out from the rest by more than chance, as of {when(now, now)}.")
        )
        self._turn()

    def _turn(self) -> None:
        """Show as many plots as fit, from the first on."""
        plots = list(self.query(Shares))
        fit = max(1, min(len(plots), self.size.width // WIDTH))
        self._first = min(self._first, len(plots) - fit)
        for number, plot in enumerate(plots):
            plot.display = self._first <= number < self._first + fit
        if fit < len(plots):
            last = plots[self._first + fit - 1]
            mark = (
                f"← {self._first + 1}–{self._first + fit} of {len(plots)} →"
                if fit > 1
                else f"← {self._first + 1} of {len(plots)} →"
            )
            last.styles.border_subtitle_align = "right"
            last.border_subtitle = mark

    def action_turn(self, by: int) -> None:
        """Other plots."""
        self._first = max(0, self._first + by)
        self._turn()

    @on(OptionList.OptionSelected)
    def action_evidence(self) -> None:
        """The offers that the highlighted belief rests on; Enter on one says why it was made."""
        learned, belief = self._learned, self._chosen()
        if learned is None or belief is None or not belief.offers:
            return
        now = self.face.now()
        options = []
        for each in reversed(belief.offers):
            cited = learned.cited[each]
            came = f"{when(cited.at, now)} · {cited.reaction or 'not answered'}"
            options.append((each, Content.assemble(one_line(cited.title), (f"\n  {came}", MUTED))))
        self.app.push_screen(
            Choose(belief.text, options), lambda offer: self.face.enter("why", offer) if offer else None
        )

    def action_forget_belief(self) -> None:
        """Forget what the highlighted belief rests on."""
        if (belief := self._chosen()) is None:
            return
        ask = Forget(request=0, reactions=belief.offers, touches=not belief.offers)
        kept = "The offers stay, without what you answered." if belief.offers else "Your notes stay as they are."
        Forgetting(self.face, self._forgotten).confirm(ask, "what this rests on", f"{belief.text}\n{kept}")

    def _forgotten(self, _: Forgotten) -> None:
        if self.is_attached:
            self._look()

    def _chosen(self) -> Belief | None:
        at = self.query_one(BeliefList).highlighted
        beliefs = self._learned.beliefs if self._learned else ()
        return beliefs[at] if at is not None and at < len(beliefs) else None


class BeliefList(PlainList):
    """The sentences; while it has the focus, Enter and x are about a belief and not about an offer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("learned.evidence", "learned.forget")

    async def action_evidence(self) -> None:
        """The screen's."""
        await self.screen.run_action("evidence")

    async def action_forget_belief(self) -> None:
        """The screen's."""
        await self.screen.run_action("forget_belief")


def summary(learned: Learned) -> str:
    """All of it in one sentence."""
    if not learned.offers:
        return "Nothing was offered yet."
    made = f"{count(learned.offers, 'offer')} on {count(learned.days, 'day')}"
    if not learned.welcome.answered:
        return f"{made}, none answered yet."
    return f"{made} · {said(learned.welcome)} answered were welcome"


def said(share: Share) -> str:
    """A share with its interval: "11 of 24 (29–65 %)"."""
    return f"{share.welcome} of {share.answered} ({100 * share.low:.0f}–{100 * share.high:.0f} %)"


def _sentence(belief: Belief, learned: Learned, width: int) -> Content:
    """A belief, which may wrap, and on one more line of at most `width` cells what it rests on."""
    if not belief.offers:
        rests = "rests on when you changed notes"
    else:
        newest = "; ".join(f"“{one_line(learned.cited[each].title)}”" for each in belief.offers[:-4:-1])
        rests = f"rests on {count(len(belief.offers), 'offer')}: {newest}"
    return Content.assemble(one_line(belief.text), ("\n" + elide(f"  {rests}", width), MUTED))
