"""The home screen. It changes only when the brain sends something or the owner does something."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import StatusUpdate
from proactive_tui.ipc.requests import GetPreparedTopics
from proactive_tui.tui.commands import command_bindings, command_keys, find_command
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import RecentList
from proactive_tui.tui.widgets.moment_question import QuestionLine
from proactive_tui.tui.widgets.status_rows import StatusPanel


class HomeScreen(AppScreen):
    """Shows the status of notes, index and offers, and the last conversations."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("home.prepared")

    def __init__(self) -> None:
        super().__init__()
        self._shows_prepared = False

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        with Vertical(id="rest"):
            yield Static(id="headline", markup=False)
            yield QuestionLine(self.keys("question.good", "question.bad"))
            key = next(iter(command_keys(find_command("home.prepared"), self.face.config.face.keys)), "")
            wanted = self.face.config.llm.backend != "none"
            yield StatusPanel(self.face.notes, self.face.index_rate, model_wanted=wanted, key=key)
            yield Static("Conversations", id="conversations-title", markup=False)
            yield RecentList()
            yield Static(id="empty", markup=False)
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow the app's state."""
        for attribute in ("latest_status", "quiet_until", "offer"):
            self.watch(self.app, attribute, self._show_status)
        self.watch(self.app, "question_pending", self._show_question)
        self.watch(self.app, "latest_status", self._refresh_prepared, init=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow `prepared` only while something is prepared."""
        if action == "prepared":
            return self.face.latest_status is not None and self.face.latest_status.status.rhythm.prepared > 0
        return super().check_action(action, parameters)

    def action_prepared(self) -> None:
        """Show the titles of the prepared topics, or hide them."""
        self._shows_prepared = not self._shows_prepared
        if self._shows_prepared:
            self._load_prepared()
        else:
            self.query_one(StatusPanel).show_prepared(None)

    @work
    async def _load_prepared(self) -> None:
        """Load the titles of the prepared topics."""
        with suppress(BrainError):
            prepared = await self.face.request(GetPreparedTopics())
            if self._shows_prepared:
                self.query_one(StatusPanel).show_prepared(prepared.topics)

    def home_widget(self) -> Widget | None:
        """The list of conversations."""
        return self.query_one(RecentList)

    def action_back(self) -> None:
        """Remove the highlight of the list, so that Enter answers the offer: there is no screen to go back to."""
        self.query_one(RecentList).highlighted = None

    def on_screen_suspend(self) -> None:
        """Remove the highlight of the list."""
        self.query_one(RecentList).highlighted = None

    @on(OptionList.OptionSelected, "RecentList")
    def resume_conversation(self, event: OptionList.OptionSelected) -> None:
        """Resume a conversation."""
        if event.option_id is not None:
            self.face.conversations.resume_conversation(event.option_id)

    def _refresh_prepared(self) -> None:
        if self._shows_prepared:
            self._load_prepared()

    def _show_question(self, asked: bool) -> None:
        """Show the question in the place of the headline, where nothing moves and no toast covers it."""
        self.query_one(QuestionLine).display = asked
        self.query_one("#headline").display = not asked

    def _show_status(self) -> None:
        face = self.face
        update: StatusUpdate | None = face.latest_status
        now = face.now()
        status = update.status if update else None
        headline = status_text.format_headline(
            status.notes if status else None, offer=face.offer is not None, quiet_until=face.quiet_until, now=now
        )
        self.query_one("#headline", Static).update(Content(headline))
        self.query_one(StatusPanel).show_status(status, now, offer=face.offer is not None)
        conversations = update.conversations if update else ()
        self.query_one(RecentList).show_conversations(conversations, now)
        self.query_one(RecentList).display = bool(conversations)
        if self.focused is None and self.app.app_focus:  # the list could not be focused before it was displayed
            self.focus_home()
        self.query_one("#conversations-title").display = update is not None
        empty = self.query_one("#empty", Static)
        empty.display = update is not None and not conversations
        empty.update(Content("None yet. They are kept here, and Enter goes on with one."))
