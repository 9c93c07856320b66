"""The conversation pane: the turns, and where one types."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, Static

from proactive_tui.brain.protocol import Failed, Leave, Opened, Said, Say, Saying, Stop, Tell
from proactive_tui.model import Conversation, Turn
from proactive_tui.tui.commands import bindings, command, display
from proactive_tui.tui.screens.room import Room
from proactive_tui.tui.text import one_line
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt import Prompt
from proactive_tui.tui.widgets.transcript import Transcript
from proactive_tui.tui.widgets.turns import Reply


class ConversationScreen(Room):
    """One conversation, from Opened to Leave. `title` and `opener` are shown until the brain opened it.

    `draft` is the name under which unsent text is kept while the conversation has no id yet.
    """

    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = bindings("conversation.sources", "conversation.up", "conversation.down")

    def __init__(self, title: str, draft: str, opener: Turn | None = None) -> None:
        super().__init__()
        self._draft = draft
        self._left = False
        self._heading = title
        self._opener = opener
        self._conversation: Conversation | None = None
        self._asked = ""
        self._request = 0
        self._stopping = False
        self._reply: Reply | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Static(Content(one_line(self._heading)), id="heading", markup=False)
        yield Transcript([self._opener] if self._opener else [])
        yield self.card()
        yield Prompt()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Take up what was typed before, and follow the brain."""
        self._restore(self._draft)
        self.watch(self.app, "brain_state", self._prepare)

    def opened(self, tell: Tell) -> None:
        """The brain opened it. The owner may have left already."""
        if isinstance(tell, Opened) and self._left:
            self.face.send(Leave(conversation=tell.conversation.id))
        elif isinstance(tell, Opened):
            self._conversation = tell.conversation
            self.call_after_refresh(self._show, tell.conversation)

    async def _show(self, conversation: Conversation) -> None:
        self.query_one("#heading", Static).update(Content(one_line(conversation.title)))
        if conversation.turns:
            await self.query_one(Transcript).show(conversation.turns)
        self._restore(conversation.id)
        self._prepare()

    @on(Prompt.Sent)
    async def say(self, event: Prompt.Sent) -> None:
        """Say it."""
        if self._conversation is None:
            self.query_one(Prompt).restore(event.text)
            return
        self._asked, self._stopping = event.text, False
        self._reply = await self.query_one(Transcript).ask(event.text)
        self._request = self.face.requests.open(self._answered)
        self.face.send(Say(request=self._request, conversation=self._conversation.id, text=event.text))
        self._prepare()

    def _prepare(self) -> None:
        """Open the prompt for sending when somebody would hear it; what is typed meanwhile stays."""
        prompt = self.query_one(Prompt)
        heard = self._conversation is not None and self.face.brain_state.name != "gone"
        prompt.open = heard and not self._request
        stop = command("room.back").keys
        prompt.placeholder = (
            f"{display(stop)} stops the reply" if self._request else "Say something · Enter sends" if heard else "…"
        )

    def _restore(self, name: str) -> None:
        self.query_one(Prompt).restore(self.face.drafts.pop(name, ""))

    def _answered(self, tell: Tell) -> None:
        """More of the reply. One worker after the other, so that nothing overtakes."""
        self.call_next(self._take, tell)

    async def _take(self, tell: Tell) -> None:
        reply = self._reply
        if reply is None or not self.is_attached:
            return
        match tell:
            case Saying(text=text):
                await reply.add(text)
                return
            case Said(turn=turn, problem=problem):
                await reply.finish(turn, problem)
                if problem:
                    self.query_one(Prompt).restore(self._asked)
            case Failed(title=title, message=message, hint=hint):
                await reply.break_off(one_line(" · ".join(part for part in (title, message, hint) if part)))
                self.query_one(Prompt).restore(self._asked)
            case _:
                return
        self._request = 0
        self._prepare()

    def action_back(self) -> None:
        """Stop the reply first; then leave."""
        if isinstance(self.focused, SourceList):
            self.focus_home()
        elif self._request and not self._stopping:
            self._stopping = True
            self.face.send(Stop(request=self._request))
        else:
            self.leave()
            self.app.pop_screen()

    def leave(self) -> None:
        """Tell the brain, and keep what was typed and not sent."""
        if self._left:
            return
        self._left = True
        self.face.requests.forget(self._request)
        typed = self.query_one(Prompt).text
        if typed.strip():
            self.face.drafts[self._conversation.id if self._conversation else self._draft] = typed
        if self._conversation is not None:
            self.face.send(Leave(conversation=self._conversation.id))

    def action_sources(self) -> None:
        """To the sources of the last reply that has some, or back to the prompt."""
        lists = list(self.query(SourceList))
        if not lists or isinstance(self.focused, SourceList):
            self.focus_home()
            return
        lists[-1].highlighted = lists[-1].highlighted or 0
        lists[-1].focus()

    def action_page(self, direction: int) -> None:
        """Read back or on."""
        self.query_one(Transcript).page(direction)

    def home_widget(self) -> Widget | None:
        """The prompt."""
        return self.query_one(Prompt)
