"""The conversation pane: the turns, and the prompt."""

from __future__ import annotations

import os
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.ipc.client import BrainState
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import LeaveConversation
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.tui.commands import command_bindings, find_command, format_key_name
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.controllers.drafts import NEW_DRAFT
from proactive_tui.tui.controllers.reply_session import ReplySession
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.slash_actions import run_slash_command
from proactive_tui.tui.terminal import clipboard
from proactive_tui.tui.terminal.textual_workarounds import sizes_without_layout
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.finding.find_bar import FindBar
from proactive_tui.tui.widgets.finding.text_finder import TextFinder
from proactive_tui.tui.widgets.hints import SlashHints
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt.name_completion import NameCompletion
from proactive_tui.tui.widgets.prompt.name_hints import NameHints
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.transcript import Transcript


class ConversationScreen(AppScreen):
    """One conversation. `title` and `opener` are shown until the brain has opened it.

    Unsent text is kept under the name `draft` while the conversation has no id yet, or no turn.
    """

    AUTO_FOCUS = "PromptInput"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        *(f"conversation.{name}" for name in ("sources", "copy", "find", "edit", "retry", "up", "down"))
    )

    def __init__(self, title: str, draft: str, opener: Turn | None = None) -> None:
        super().__init__()
        self._draft = draft
        self._has_left = False
        self._heading = title
        self._opener = opener
        self._has_begun = opener is not None
        self._is_unopened = False
        self._is_shown = False
        self._is_unanswered = False  # the last message, whose reply was lost with the brain, or stopped
        self._last_copied: tuple[str, int] = ("", -1)
        self.conversation: Conversation | None = None
        """The conversation as the brain opened it."""

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield Static(Content(one_line(self._heading)), id="heading", markup=False)
        transcript = Transcript([self._opener] if self._opener else [])
        self.reply_session = ReplySession(
            self.face, transcript, self.run_worker, self.call_next, self._update_prompt
        )  # made here, since a key may come before on_mount
        self._finder = TextFinder(transcript)
        yield transcript
        yield self.build_offer_card()
        yield FindBar()
        yield SlashHints()
        yield (hints := NameHints())
        yield (prompt := _build_prompt(vim=self.face.config.face.vim))
        self._name_completion = NameCompletion(self.face, prompt, hints)
        prompt.can_complete_name = lambda: self._name_completion.can_complete
        yield KeyBar()

    def on_mount(self) -> None:
        """Restore unsent text, and follow the state of the brain."""
        self._restore_draft(self._draft)
        self.watch(self.app, "brain_state", self._reopen_after_restart)

    def receive_conversation(self, opened: ConversationOpened) -> None:
        """Show the conversation that the brain opened, unless the owner has left."""
        if self._has_left:
            self.face.send_request(LeaveConversation(conversation=opened.conversation.id))
            return
        self.conversation = opened.conversation
        self.call_after_refresh(self._show_conversation, opened)

    async def _show_conversation(self, opened: ConversationOpened) -> None:
        kept = opened.conversation
        self._set_heading(kept.title or self._heading)
        if kept.turns:
            self._has_begun = True
            await self.query_one(Transcript).show_turns(kept.turns)
        self.reply_session.last_message = next((turn.text for turn in reversed(kept.turns) if turn.role == "user"), "")
        self.query_one(PromptInput).set_history(opened.said)
        self.face.drafts.take_draft(self._draft)  # the draft is kept under the id from now on
        self._restore_draft(kept.id)
        if not kept.turns and self._draft == kept.id:  # shown again before anything was said
            self._draft = NEW_DRAFT
            self._restore_draft(NEW_DRAFT)
        self._save_draft()
        self._is_shown = True
        self._is_unanswered = bool(kept.turns) and kept.turns[-1].role == "user"
        self._update_prompt()
        if opened.replying:
            self._is_unanswered = False
            await self.reply_session.follow_reply(kept.id, self.reply_session.last_message)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Overrides Screen's, which would lay out a reply that grows twice."""
        with sizes_without_layout():
            super()._refresh_layout(size, scroll)

    def _set_heading(self, title: str) -> None:
        self.query_one("#heading", Static).update(Content(one_line(title)))

    @on(PromptInput.Changed)
    def follow_typing(self) -> None:
        """Show matching slash commands, keep the draft, and let keys go before the reply."""
        self.query_one(Transcript).yield_to_key()
        self.query_one(SlashHints).show_matching(self.query_one(PromptInput).text)
        self._name_completion.follow_typing()
        self._save_draft()

    @on(PromptInput.NameWanted)
    def complete_name(self) -> None:
        """Put a name in the place of what is typed after an @."""
        self._name_completion.complete()

    @on(PromptInput.MessageSent)
    async def submit_prompt(self, event: PromptInput.MessageSent) -> None:
        """Run the command that was typed, or send the message."""
        match slash_commands.parse_prompt(event.text):
            case slash_commands.SlashCall() as call:
                run_slash_command(self, call)
            case slash_commands.UnknownSlash(name=name):
                self.query_one(PromptInput).restore_text(event.text)
                self.face.show_warning(
                    f"There is no /{one_line(name)}" if name else "No command",
                    slash_commands.format_unknown_command(name),
                )
            case str(text):
                await self.send_message(text, event.instead)

    async def send_message(self, text: str, instead: str = "") -> None:
        """Send the message; while no conversation is on screen, put it back into the prompt."""
        if self.conversation is None or not self._is_shown:
            self.query_one(PromptInput).restore_text(text)
            return
        if not self._has_begun:
            self.face.drafts.take_draft(self._draft)
            self._has_begun = True
            self._set_heading(text)
        self._is_unanswered = False
        await self.reply_session.send_message(self.conversation.id, text, instead)

    def _reopen_after_restart(self, state: BrainState) -> None:
        """Reopen an empty conversation after a restart of the brain, which does not remember it."""
        if state.name == "restarting" and self.conversation is not None and not self._has_begun:
            self.conversation, self._is_shown, self._is_unopened = None, False, True
        elif state.name == "ready" and self._is_unopened:
            self._is_unopened = False
            self.face.conversations.request_empty_conversation(self)
        self._update_prompt()

    def _update_prompt(self, unanswered: str = "") -> None:
        """Allow sending while brain and conversation are there; set the placeholder; restore an unanswered message."""
        prompt, speech = self.query_one(PromptInput), self.reply_session
        prompt.can_send = self._is_shown and self.face.brain_state.name != "gone"
        prompt.last_message = "" if speech.is_replying else speech.last_message
        stop = format_key_name(find_command("room.back").keys)
        answering = f"{stop} stops the reply · Enter queues"
        prompt.placeholder = (
            answering if speech.is_replying else "Say something · / for commands" if prompt.can_send else "…"
        )
        if self._is_unanswered and prompt.can_send and not speech.is_replying:
            retry = format_key_name(find_command("conversation.retry").keys)
            prompt.placeholder = f"Not answered yet: {retry} has it answered · or say something"
        if unanswered:
            prompt.restore_text(speech.take_queued_text())
            if not prompt.edited_message:
                prompt.restore_unanswered(unanswered)

    def _save_draft(self) -> None:
        """Keep the queued messages and the typed text as the draft."""
        unsent = "\n".join(
            part
            for part in (*self.reply_session.queued_messages, self.query_one(PromptInput).unsent_text)
            if part.strip()
        )
        kept = self.conversation if self._has_begun else None
        self.face.drafts.save_draft(kept.id if kept else self._draft, unsent)

    def _restore_draft(self, name: str) -> None:
        self.query_one(PromptInput).restore_text(self.face.drafts.take_draft(name))

    def action_back(self) -> None:
        """End finding, leave the sources, cancel an edit, take back queued messages, stop the reply or leave: the first
        that is possible.
        """
        prompt = self.query_one(PromptInput)
        if self.query_one(FindBar).display:
            self._end_finding()
        elif isinstance(self.focused, SourceList):
            self.focus_home()
        elif prompt.edited_message:
            prompt.cancel_edit()
        elif self.reply_session.queued_messages:
            prompt.restore_text(self.reply_session.take_queued_text())
        elif not self.reply_session.stop():
            self.leave_conversation()
            self.app.pop_screen()

    def leave_conversation(self) -> None:
        """Tell the brain that the owner leaves, and keep unsent text."""
        if self._has_left:
            return
        self._has_left = True
        self.reply_session.abandon_reply()
        self._save_draft()
        if self.conversation is not None:
            self.face.send_request(LeaveConversation(conversation=self.conversation.id))

    def action_edit(self) -> None:
        """Edit the last message, to send it again."""
        prompt = self.query_one(PromptInput)
        if prompt.last_message and not prompt.edited_message:
            prompt.focus()
            prompt.edit_message(prompt.last_message)
        elif not prompt.edited_message:
            self._notify_unavailable("edit")

    async def action_retry(self) -> None:
        """Have the last message answered again."""
        prompt = self.query_one(PromptInput)
        last = prompt.last_message
        if not last or not prompt.can_send:
            self._notify_unavailable("answer again")
            return
        if prompt.edited_message:
            prompt.cancel_edit()
        await self.send_message(last, last)

    def _notify_unavailable(self, what: str) -> None:
        busy = (
            "A reply is being given: Esc stops it."
            if self.reply_session.is_replying
            else "You have said nothing here yet."
        )
        self.notify(busy, title=f"There is nothing to {what}", timeout=4, markup=False)

    async def action_copy(self) -> None:
        """Copy the first code block of the last reply; each further time the next one, at last the reply."""
        reply = self.query_one(Transcript).last_reply
        if reply is None:
            self.notify("Nothing was said yet.", timeout=3, markup=False)
            return
        pieces = clipboard.list_clipboard_items(reply.text)
        text, at = self._last_copied
        at = (at + 1) % len(pieces) if text == reply.text else 0
        self._last_copied = reply.text, at
        self.app.copy_to_clipboard(pieces[at].text)
        await clipboard.copy_to_tmux(pieces[at].text, os.environ)
        self.notify(clipboard.format_copy_notice(pieces, at), timeout=4, markup=False)

    def action_sources(self) -> None:
        """Focus the sources of the last reply that has some, or go back to the prompt."""
        lists = list(self.query(SourceList))
        if not lists or isinstance(self.focused, SourceList):
            self.focus_home()
            return
        lists[-1].highlighted = lists[-1].highlighted or 0
        lists[-1].focus()

    def action_find(self) -> None:
        """Find words in the conversation; again, with the line in which they are typed, the next match."""
        bar = self.query_one(FindBar)
        if bar.display and bar.query(":focus"):
            bar.post_message(FindBar.Stepped(1))
        else:
            bar.open()
            self.find_words(FindBar.QueryChanged(bar.words))

    @on(FindBar.QueryChanged)
    def find_words(self, event: FindBar.QueryChanged) -> None:
        """Mark what matches."""
        self._finder.find(event.query)
        self._show_found()

    @on(FindBar.Stepped)
    async def step_found(self, event: FindBar.Stepped) -> None:
        """Go to another match."""
        await self._finder.step(event.direction)
        self._show_found()

    def _show_found(self) -> None:
        finder = self._finder
        self.query_one(FindBar).show_count(finder.position, len(finder.matches), finder.earlier)

    def _end_finding(self) -> None:
        self.query_one(FindBar).display = False
        self._finder.clear()
        self.focus_home()

    def action_page(self, direction: int) -> None:
        """Scroll the transcript back (-1) or on (1) by a page."""
        self.query_one(Transcript).scroll_page(direction)

    def home_widget(self) -> Widget | None:
        """The prompt."""
        return self.query_one(PromptInput)


def _build_prompt(*, vim: bool) -> PromptInput:
    if not vim:
        return PromptInput()
    from proactive_tui.tui.widgets.prompt.vim_prompt import VimPrompt  # noqa: PLC0415 - only where it is wanted

    return VimPrompt()
