"""The resting screen: calm while nothing is to be said. It changes when the brain says so, and never by itself."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from proactive_tui.ipc.events import Ahead, Now, Tell
from proactive_tui.ipc.requests import LookAhead
from proactive_tui.tui.commands import bindings, command, keys_of
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import ConversationList
from proactive_tui.tui.widgets.moment_question import Question
from proactive_tui.tui.widgets.status_rows import Facts


class Home(Room):
    """What it watches, how far it is, when it may speak, and the last conversations."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home.prepared")

    def __init__(self) -> None:
        super().__init__()
        self._looking_ahead = False

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with Vertical(id="rest"):
            yield Static(id="headline", markup=False)
            yield Question(self.keys("question.good", "question.bad"))
            key = next(iter(keys_of(command("home.prepared"), self.face.config.face.keys)), "")
            wanted = self.face.config.llm.backend != "none"
            yield Facts(self.face.notes, self.face.pace, model_wanted=wanted, key=key)
            yield Static("Conversations", id="conversations-title", markup=False)
            yield ConversationList()
            yield Static(id="empty", markup=False)
        yield self.card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow what the app knows."""
        for attribute in ("standing", "quiet_until", "offer"):
            self.watch(self.app, attribute, self._changed)
        self.watch(self.app, "asked", self._asked)
        self.watch(self.app, "standing", self._stands, init=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There has to be something prepared to show it."""
        if action == "prepared":
            return self.face.standing is not None and self.face.standing.status.rhythm.prepared > 0
        return super().check_action(action, parameters)

    def action_prepared(self) -> None:
        """Show the titles of what is prepared, or hide them."""
        self._looking_ahead = not self._looking_ahead
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Ask for the titles while they are wanted: the brain sends them for nothing else."""
        if not self._looking_ahead:
            self.query_one(Facts).look_ahead(None)
            return
        self.face.send(LookAhead(request=self.face.requests.open(self._ahead)))

    def _ahead(self, tell: Tell) -> None:
        if isinstance(tell, Ahead) and self._looking_ahead:
            self.query_one(Facts).look_ahead(tell.topics)

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

    def _stands(self) -> None:
        if self._looking_ahead:
            self._look_ahead()

    def _asked(self, asked: bool) -> None:
        """In the headline's place, where nothing moves for it and no toast covers it."""
        self.query_one(Question).display = asked
        self.query_one("#headline").display = not asked

    def _changed(self) -> None:
        face = self.face
        standing: Now | None = face.standing
        now = face.now()
        status = standing.status if standing else None
        headline = status_text.headline(
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
