"""The resting screen: calm while nothing is to be said. It changes when the brain says so, and never by itself."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static

from proactive_tui.brain.protocol import Now
from proactive_tui.tui import words
from proactive_tui.tui.screens.room import Room
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.facts import Facts
from proactive_tui.tui.widgets.lists import ConversationList
from proactive_tui.tui.widgets.question import Question


class Home(Room):
    """What it watches, how far it is, when it may speak, and the last conversations."""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with Vertical(id="rest"):
            yield Static(id="headline", markup=False)
            yield Question(self.keys("question.good", "question.bad"))
            yield Facts(self.face.notes, self.face.pace, model_wanted=self.face.config.llm.backend != "none")
            yield Static("Conversations", id="conversations-title", markup=False)
            yield ConversationList()
            yield Static(id="empty", markup=False)
        yield self.card()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Follow what the app knows."""
        for attribute in ("standing", "quiet_until", "offer"):
            self.watch(self.app, attribute, self._changed)
        self.watch(self.app, "asked", self._asked)

    def home_widget(self) -> Widget | None:
        """The conversations."""
        return self.query_one(ConversationList)

    def action_back(self) -> None:
        """There is nowhere further back; the list lets go of its highlight, so that Enter is the offer's."""
        self.query_one(ConversationList).highlighted = None

    def on_screen_suspend(self) -> None:
        """Come back to a list without a highlight."""
        self.query_one(ConversationList).highlighted = None

    @on(OptionList.OptionSelected, "ConversationList")
    def resume(self, event: OptionList.OptionSelected) -> None:
        """Go on with a conversation."""
        if event.option_id is not None:
            self.face.talking.resume(event.option_id)

    def _asked(self, asked: bool) -> None:
        """In the headline's place, where nothing moves for it and no toast covers it."""
        self.query_one(Question).display = asked
        self.query_one("#headline").display = not asked

    def _changed(self) -> None:
        face = self.face
        standing: Now | None = face.standing
        now = face.now()
        status = standing.status if standing else None
        headline = words.headline(
            status.notes if status else None, offer=face.offer is not None, quiet_until=face.quiet_until, now=now
        )
        self.query_one("#headline", Static).update(Content(headline))
        self.query_one(Facts).show(status, now, offer=face.offer is not None)
        conversations = standing.conversations if standing else ()
        self.query_one(ConversationList).show(conversations, now)
        self.query_one(ConversationList).display = bool(conversations)
        if self.focused is None and self.app.app_focus:  # the list was not there to be focused before
            self.focus_home()
        self.query_one("#conversations-title").display = standing is not None
        empty = self.query_one("#empty", Static)
        empty.display = standing is not None and not conversations
        empty.update(Content("None yet. They are kept here, and Enter goes on with one."))
