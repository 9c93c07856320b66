"""The conversation pane: the turns, and where one types."""

from __future__ import annotations

import os
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.events import Opened, Tell
from proactive_tui.ipc.requests import Leave
from proactive_tui.model import Conversation, Turn
from proactive_tui.tui.commands import bindings, command, display
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.controllers.reply_session import Speech
from proactive_tui.tui.controllers.slash_actions import act
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.terminal import clipboard
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.hints import Hints
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt_input import Prompt
from proactive_tui.tui.widgets.transcript import Transcript


class ConversationScreen(Room):
    """One conversation, from Opened to Leave. `title` and `opener` are shown until the brain opened it.

    `draft` is the name under which unsent text is kept while the conversation has no id yet, or nothing was said in it.
    """

    AUTO_FOCUS = "Prompt"
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        *(f"conversation.{name}" for name in ("sources", "copy", "edit", "retry", "up", "down"))
    )

    def __init__(self, title: str, draft: str, opener: Turn | None = None) -> None:
        super().__init__()
        self._draft = draft
        self._left = False
        self._heading = title
        self._opener = opener
        self._began = opener is not None
        self._gone = False
        self._copied: tuple[str, int] = ("", -1)
        self.conversation: Conversation | None = None
        """What the brain opened, as it was then."""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Static(Content(one_line(self._heading)), id="heading", markup=False)
        transcript = Transcript([self._opener] if self._opener else [])
        self.speech = Speech(self.face, transcript, self.call_next, self._prepare)  # a key may come before on_mount
        yield transcript
        yield self.card()
        yield Hints()
        yield Prompt()
        yield KeyBar()

    def on_mount(self) -> None:
        """Take up what was typed before, and follow the brain."""
        self._restore(self._draft)
        self.watch(self.app, "brain_state", self._brain_is)

    def opened(self, tell: Tell) -> None:
        """The brain opened it. The owner may have left already."""
        if isinstance(tell, Opened) and self._left:
            self.face.send(Leave(conversation=tell.conversation.id))
        elif isinstance(tell, Opened):
            self.conversation = tell.conversation
            self.call_after_refresh(self._show, tell)

    async def _show(self, opened: Opened) -> None:
        kept = opened.conversation
        self._call(kept.title or self._heading)
        if kept.turns:
            self._began = True
            await self.query_one(Transcript).show(kept.turns)
        self.speech.last = next((turn.text for turn in reversed(kept.turns) if turn.role == "user"), "")
        self.query_one(Prompt).remember(opened.said)
        self.face.drafts.take(self._draft)  # it has a name of its own now
        self._restore(kept.id)
        self._keep_draft()
        self._prepare()

    def _call(self, title: str) -> None:
        self.query_one("#heading", Static).update(Content(one_line(title)))

    @on(Prompt.Changed)
    def typed(self) -> None:
        """Hint at commands, and lose nothing."""
        self.query_one(Hints).show(self.query_one(Prompt).text)
        self._keep_draft()

    @on(Prompt.Sent)
    async def sent(self, event: Prompt.Sent) -> None:
        """Do what was typed, or say it."""
        match slash_commands.read(event.text):
            case slash_commands.Call() as call:
                act(self, call)
            case slash_commands.Unknown(name=name):
                self.query_one(Prompt).restore(event.text)
                self.face.warn(f"There is no /{one_line(name)}" if name else "No command", slash_commands.unknown(name))
            case str(text):
                await self.say(text, event.instead)

    async def say(self, text: str, instead: str = "") -> None:
        """Say it, where somebody hears it; else it stays typed."""
        if self.conversation is None:
            self.query_one(Prompt).restore(text)
            return
        if not self._began:
            self.face.drafts.take(self._draft)
            self._began = True
            self._call(text)
        await self.speech.say(self.conversation.id, text, instead)

    def _brain_is(self, state: BrainState) -> None:
        """A conversation in which nothing was said is known to nobody once the brain went away."""
        if state.name == "restarting" and self.conversation is not None and not self._began:
            self.conversation, self._gone = None, True
        elif state.name == "ready" and self._gone:
            self._gone = False
            self.face.talking.open_again(self)
        self._prepare()

    def _prepare(self, unanswered: str = "") -> None:
        """Open the prompt for sending when somebody would hear it; what is typed meanwhile stays."""
        prompt, speech = self.query_one(Prompt), self.speech
        prompt.open = self.conversation is not None and self.face.brain_state.name != "gone"
        prompt.last = "" if speech.busy else speech.last
        stop = display(command("room.back").keys)
        answering = f"{stop} stops the reply · Enter queues"
        prompt.placeholder = answering if speech.busy else "Say something · / for commands" if prompt.open else "…"
        if unanswered:
            prompt.restore(speech.take_back())
            if not prompt.editing:
                prompt.again(unanswered)

    def _keep_draft(self) -> None:
        """What is typed, and what waits to be said, stays when the conversation is left, or the program ends."""
        unsent = "\n".join(part for part in (*self.speech.waiting, self.query_one(Prompt).unsent) if part.strip())
        kept = self.conversation if self._began else None
        self.face.drafts.keep(kept.id if kept else self._draft, unsent)

    def _restore(self, name: str) -> None:
        self.query_one(Prompt).restore(self.face.drafts.take(name))

    def action_back(self) -> None:
        """What is nearest first: the sources, an edit, what waits, the reply; then leave."""
        prompt = self.query_one(Prompt)
        if isinstance(self.focused, SourceList):
            self.focus_home()
        elif prompt.editing:
            prompt.give_up()
        elif self.speech.waiting:
            prompt.restore(self.speech.take_back())
        elif not self.speech.stop():
            self.leave()
            self.app.pop_screen()

    def leave(self) -> None:
        """Tell the brain, and keep what was typed and not sent."""
        if self._left:
            return
        self._left = True
        self.speech.forget()
        self._keep_draft()
        if self.conversation is not None:
            self.face.send(Leave(conversation=self.conversation.id))

    def action_edit(self) -> None:
        """Say the last message in other words."""
        prompt = self.query_one(Prompt)
        if prompt.last and not prompt.editing:
            prompt.focus()
            prompt.reword(prompt.last)
        elif not prompt.editing:
            self._not_yet("edit")

    async def action_retry(self) -> None:
        """Have the last message answered again."""
        prompt = self.query_one(Prompt)
        last = prompt.last
        if not last or not prompt.open:
            self._not_yet("answer again")
            return
        if prompt.editing:
            prompt.give_up()
        await self.say(last, last)

    def _not_yet(self, what: str) -> None:
        busy = "A reply is being given: Esc stops it." if self.speech.busy else "You have said nothing here yet."
        self.notify(busy, title=f"There is nothing to {what}", timeout=4, markup=False)

    async def action_copy(self) -> None:
        """Copy what the last reply holds, one thing after the other."""
        reply = self.query_one(Transcript).last_reply
        if reply is None:
            self.notify("Nothing was said yet.", timeout=3, markup=False)
            return
        pieces = clipboard.pieces(reply.text)
        text, at = self._copied
        at = (at + 1) % len(pieces) if text == reply.text else 0
        self._copied = reply.text, at
        self.app.copy_to_clipboard(pieces[at].text)
        await clipboard.to_tmux(pieces[at].text, os.environ)
        self.notify(clipboard.said(pieces, at), timeout=4, markup=False)

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
