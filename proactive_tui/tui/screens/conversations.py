"""The list of kept conversations: search it, resume one, export or delete it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from proactive_tui.ipc.events import ConversationsListed
from proactive_tui.ipc.requests import DeleteConversation, ListConversations, SaveConversation
from proactive_tui.model.talk_values import ConversationSummary
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.commands import command_bindings, find_command, format_key_name
from proactive_tui.tui.formatting.text import elide_text, one_line, sanitize_text
from proactive_tui.tui.screens.bases.search_base import QueryInput, QueryScreen
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.entry import LimitedInput
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import ArchiveList

NO_CONVERSATIONS_TEXT = "None are kept yet. n begins one; what the assistant raises and you take up is kept here too."


class ConversationsScreen(QueryScreen[ConversationsListed]):
    """Lists conversations while the owner types."""

    AUTO_FOCUS = "ArchiveList"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        *(f"conversations.{name}" for name in ("resume", "find", "export", "drop")), "list.down", "list.up"
    )

    def __init__(self) -> None:
        super().__init__()
        self._conversations: tuple[ConversationSummary, ...] = ()
        self._pending_deletion = ""

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield QueryInput(placeholder="Find words in your conversations")
        yield Static(id="said", markup=False)
        yield ArchiveList()
        yield self.build_offer_card()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Load the list again: it may have changed."""
        super().on_screen_resume()
        self.send_request()

    def build_request(self, query: str) -> ListConversations:
        """Ask for the conversations with these words, or for all."""
        return ListConversations(query=query)

    def show_answer(self, answer: ConversationsListed) -> None:
        """Show the conversations that were found."""
        self._conversations = answer.conversations
        self.query_one(ArchiveList).show_conversations(answer.conversations, self.face.now())
        self._show_count("")

    def show_problem(self, problem: str) -> None:
        """Show the problem in the place of the count."""
        self._show_count(problem)

    def _show_count(self, text: str) -> None:
        """Show this text, or the number of conversations."""
        asked = bool(self.query_one(QueryInput).value.strip())
        none = "None of them holds these words." if asked else NO_CONVERSATIONS_TEXT
        how_many = format_count(len(self._conversations), "conversation") if self._conversations else none
        said = self.query_one("#said", Static)
        said.update(Content(text or how_many))
        said.set_class(bool(self._pending_deletion), "-trouble")

    def _highlighted_conversation(self) -> ConversationSummary | None:
        at = self.query_one(ArchiveList).highlighted
        return self._conversations[at] if at is not None and at < len(self._conversations) else None

    @on(OptionList.OptionSelected)
    def action_resume(self) -> None:
        """Resume the highlighted conversation."""
        if chosen := self._highlighted_conversation():
            self.face.conversations.resume_conversation(chosen.id, chosen.title)

    def action_find(self) -> None:
        """Focus the search line."""
        self.query_one(QueryInput).focus()

    def action_back(self) -> None:
        """Cancel a deletion, or clear the search line, or leave."""
        query = self.query_one(QueryInput)
        if self._pending_deletion:
            self._cancel_deletion()
        elif query.has_focus or query.value:
            query.clear()
            self.focus_home()
        else:
            self.app.pop_screen()

    @on(OptionList.OptionHighlighted)
    def _highlight_moved(self) -> None:
        """Cancel a deletion when another conversation is highlighted."""
        chosen = self._highlighted_conversation()
        if self._pending_deletion and (chosen is None or chosen.id != self._pending_deletion):
            self._cancel_deletion()

    def _cancel_deletion(self) -> None:
        """Cancel the deletion."""
        self._pending_deletion = ""
        self._show_count("")

    def action_drop(self) -> None:
        """Delete the conversation, when the key is pressed for the second time."""
        chosen = self._highlighted_conversation()
        if chosen is None:
            return
        if self._pending_deletion != chosen.id:
            self._pending_deletion = chosen.id
            key = format_key_name(find_command("conversations.drop").keys.split(",")[0])
            what = f"“{elide_text(one_line(chosen.title), 40)}”, {format_count(chosen.turns, 'turn')}"
            self._show_count(f"{key} again deletes {what}, for good. Esc keeps it.")
            return
        self._pending_deletion = ""
        self.face.drafts.take_draft(chosen.id)
        self.app.run_worker(self._delete_conversation(chosen.id))

    async def _delete_conversation(self, conversation: str) -> None:
        await self.face.request_or_warn(DeleteConversation(conversation=conversation))
        if self.is_attached:
            self.send_request()

    def action_export(self) -> None:
        """Ask for a name, and export the conversation."""
        if (chosen := self._highlighted_conversation()) is None:
            return

        def export_as(name: str | None) -> None:
            if name is not None:
                self.app.run_worker(self._export_conversation(chosen.id, name))

        self.app.push_screen(ExportNameDialog(), export_as)

    async def _export_conversation(self, conversation: str, name: str) -> None:
        save = SaveConversation(conversation=conversation, name=name, export=True)
        if written := await self.face.request_or_warn(save):
            self.app.notify(sanitize_text(written.path), title="Written", timeout=8, markup=False)

    def home_widget(self) -> Widget | None:
        """The list."""
        return self.query_one(ArchiveList)


class ExportNameDialog(ModalScreen[str | None]):
    """Asks for a file name. Its result is "" for the proposed name, and None for no file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", show=False)]

    def compose(self) -> ComposeResult:
        """Compose the line for the name."""
        name = LimitedInput(placeholder="day and title", compact=True)
        name.cursor_blink = False
        name.border_title = "Export to a file in exports, or at /a/path or ~/a/path"
        name.border_subtitle = "Enter writes · Esc back"
        yield name

    @on(Input.Submitted)
    def return_name(self, event: Input.Submitted) -> None:
        """Return this name."""
        self.dismiss(event.value)
