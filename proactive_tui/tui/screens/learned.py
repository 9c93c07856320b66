"""The learned screen: plots of the offers' outcomes, and the beliefs that follow, with their evidence."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import DataForgotten, LearningStatistics
from proactive_tui.ipc.requests import ForgetData, GetStatistics, SetFolderEnabled, SetKindEnabled
from proactive_tui.model.learned_values import Belief
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.face_words import word_answer
from proactive_tui.tui.formatting.room_words import describe_evidence, describe_kept, summarize_answers
from proactive_tui.tui.formatting.text import elide_text, one_line
from proactive_tui.tui.formatting.times import format_coarse_time
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.dialogs.forget_flow import ForgetFlow
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.shares import SharePlot

PLOT_LEGEND = "● share that was welcome   │ 95 % interval   · all of them"
MIN_PLOT_CELLS = 46
"""The least width of a plot, in cells."""


class LearnedScreen(AppScreen):
    """Shows the statistics, loaded on opening and after something was forgotten."""

    AUTO_FOCUS = "PlainList"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings("learned.next", "learned.previous")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._stats: LearningStatistics | None = None
        self._first_plot = 0

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield Static("Looking back…", id="summary", markup=False)
        with Horizontal(id="plots"):
            yield SharePlot("welcome over time", upright=True)
            yield SharePlot("by hour", upright=True)
            yield SharePlot("by kind", upright=False)
            yield SharePlot("by framing", upright=False)
        yield Static("What it believes", classes="section", markup=False)
        yield Static(id="none", markup=False)
        yield BeliefList()
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the statistics."""
        self._load_stats()

    def on_resize(self) -> None:
        """Fit the plots and the evidence to the new width."""
        if self._stats is not None:
            self._show_stats(self._stats)

    def home_widget(self) -> Widget | None:
        """The list of beliefs."""
        return self.query_one(BeliefList)

    @work
    async def _load_stats(self) -> None:
        try:
            self._stats = await self.face.request(GetStatistics())
        except BrainError as error:
            self.query_one("#summary", Static).update(Content(one_line(f"{error.title}. {error.hint}")))
        else:
            self._show_stats(self._stats)

    def _show_stats(self, learned: LearningStatistics) -> None:
        legend = f"\n{PLOT_LEGEND}" if learned.welcome.answered and not self.has_class("-short") else ""
        self.query_one("#summary", Static).update(Content.assemble(summarize_answers(learned), (legend, MUTED_COLOR)))
        all_of_it = learned.welcome
        line = all_of_it.welcome / all_of_it.answered if all_of_it.answered else 0.0
        span = {1: "by day", 7: "by week"}.get(learned.span_days, f"by {learned.span_days} days")
        plots = list(self.query(SharePlot))
        plots[0].border_title = f"welcome {span}"
        tables = (
            {day[5:]: share for day, share in learned.over_time.items()},
            learned.by.get("hour", {}),
            learned.by.get("kind", {}),
            learned.by.get("framing", {}),
        )
        for plot, table in zip(plots, tables, strict=True):
            plot.show_shares(table, learned.fewest, line)
        now = self.face.now()
        listed = self.query_one(BeliefList)
        before = listed.highlighted or 0
        listed.clear_options()
        room = max(self.size.width - (4 if self.has_class("-narrow") else 8), 16)
        listed.add_options([Option(_format_belief(belief, learned, room)) for belief in learned.beliefs])
        listed.highlighted = min(before, len(learned.beliefs) - 1) if learned.beliefs else None
        listed.display = bool(learned.beliefs)
        none = self.query_one("#none", Static)
        none.display = not learned.beliefs
        as_of = format_coarse_time(now, now)
        none.update(Content(f"Nothing yet: nothing stands out from the rest by more than chance, as of {as_of}."))
        self._show_fitting_plots()

    def _show_fitting_plots(self) -> None:
        """Show as many plots as fit, from number `_first_plot` on."""
        plots = list(self.query(SharePlot))
        fit = max(1, min(len(plots), self.size.width // MIN_PLOT_CELLS))
        self._first_plot = min(self._first_plot, len(plots) - fit)
        for number, plot in enumerate(plots):
            plot.display = self._first_plot <= number < self._first_plot + fit
        if fit < len(plots):
            last = plots[self._first_plot + fit - 1]
            mark = (
                f"← {self._first_plot + 1}–{self._first_plot + fit} of {len(plots)} →"
                if fit > 1
                else f"← {self._first_plot + 1} of {len(plots)} →"
            )
            last.styles.border_subtitle_align = "right"
            last.border_subtitle = mark

    def action_turn(self, by: int) -> None:
        """Show the plots `by` positions further."""
        self._first_plot = max(0, self._first_plot + by)
        self._show_fitting_plots()

    @on(OptionList.OptionSelected)
    def action_evidence(self) -> None:
        """List the offers that the highlighted belief rests on; Enter on one explains it."""
        learned, belief = self._stats, self._highlighted_belief()
        if learned is None or belief is None or not belief.offers:
            return
        now = self.face.now()
        options = []
        for offer_id in reversed(belief.offers):
            cited = learned.cited[offer_id]
            answer = word_answer(cited.reaction or "not answered", cited.kind)
            came = f"{format_coarse_time(cited.at, now)} · {answer}"
            options.append((offer_id, Content.assemble(one_line(cited.title), (f"\n  {came}", MUTED_COLOR))))
        self.app.push_screen(
            ChoiceMenu(belief.text, options), lambda offer: self.face.open_screen("why", offer) if offer else None
        )

    def action_forget_belief(self) -> None:
        """Forget what the highlighted belief rests on; of an exclusion, lift it: nothing is lost by that."""
        if (belief := self._highlighted_belief()) is None:
            return
        if belief.unwanted_kind or belief.unwanted_folder:
            self._lift_exclusion(belief)
            return
        ask = ForgetData(reactions=belief.offers, touches=not belief.offers)
        about = f"{belief.text}\n{describe_kept(belief)}"
        ForgetFlow(self.face, self._reload_after_forget).confirm(ask, "what this rests on", about)

    def _lift_exclusion(self, belief: Belief) -> None:
        if belief.unwanted_kind:
            self.face.send_request(SetKindEnabled(kind=belief.unwanted_kind, wanted=True))
        if belief.unwanted_folder:
            self.face.send_request(SetFolderEnabled(folder=belief.unwanted_folder, wanted=True))
        self.face.notify("It may be raised again.", markup=False)
        self._load_stats()

    def _reload_after_forget(self, _: DataForgotten) -> None:
        if self.is_attached:
            self._load_stats()

    def _highlighted_belief(self) -> Belief | None:
        at = self.query_one(BeliefList).highlighted
        beliefs = self._stats.beliefs if self._stats else ()
        return beliefs[at] if at is not None and at < len(beliefs) else None


class BeliefList(PlainList):
    """The list of beliefs. While it has the focus, Enter and x act on a belief instead of the offer."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("learned.evidence", "learned.forget")

    async def action_evidence(self) -> None:
        """Run the action of the screen."""
        await self.screen.run_action("evidence")

    async def action_forget_belief(self) -> None:
        """Run the action of the screen."""
        await self.screen.run_action("forget_belief")


def _format_belief(belief: Belief, learned: LearningStatistics, width: int) -> Content:
    """A belief, which may wrap, and its evidence in one more line of at most `width` cells."""
    rests = describe_evidence(belief, learned) or "x lets it be raised again"
    return Content.assemble(one_line(belief.text), ("\n" + elide_text(f"  {rests}", width), MUTED_COLOR))
