"""The prompt of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.controllers.input_history import InputHistory
from proactive_tui.tui.widgets.entry import truncation_warning

MAX_MESSAGE_CHARACTERS = 16_000
"""The longest message in characters: about the context of a language model, and keys stay fast."""


class PromptInput(TextArea):
    """A text area of some lines, which grows with its text; Enter sends it.

    Up in the first line and down in the last one step through earlier messages; in an empty prompt, up brings the last
    message back for editing. Typed text is never lost by this.
    """

    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        "conversation.send", "conversation.newline", "conversation.undo", "conversation.complete"
    )

    class MessageSent(Message):
        """The owner sends a text, in the place of the message `instead` unless that is empty."""

        def __init__(self, text: str, instead: str = "") -> None:
            super().__init__()
            self.text = text
            self.instead = instead

    class NameWanted(Message):
        """The owner wants the next name in the place of what is typed after an @."""

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.can_send = False
        """Whether typed text can be sent now."""
        self.can_complete_name: Callable[[], bool] = lambda: False
        """Whether there are names for what is typed after an @."""
        self.last_message = ""
        """The owner's last message while it can be edited, else ""."""
        self.edited_message = ""
        """The message that the typed text will replace, or ""."""
        self._text_before_edit = ""
        self._is_unanswered = False
        self._is_full = False
        self._input_history = InputHistory()

    def on_key(self, event: events.Key) -> None:
        """Leave Enter to its binding: the text area would insert a newline first."""
        if event.key == "enter":
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the page keys to the transcript unless the prompt scrolls, and F6 and F7 to the app."""
        if action in {"select_line", "select_all"}:
            return False
        if action in {"cursor_page_up", "cursor_page_down"}:
            return self.max_scroll_y > 0
        if action == "undo":  # in an empty prompt the key undoes the answer to the offer
            return bool(self.text)
        if action == "complete":
            return slash_commands.complete_command(self.text) != self.text or self.can_complete_name()
        return super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Take the slash as a letter: Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit, cut to the length that fits; warn once when text is cut off."""
        room = max(MAX_MESSAGE_CHARACTERS - len(self.text) + len(self.get_text_range(edit.top, edit.bottom)), 0)
        if left_out := max(len(edit.text) - room, 0):
            edit.text = edit.text[:room]
            if not self._is_full:
                self.notify(
                    truncation_warning(MAX_MESSAGE_CHARACTERS, left_out), severity="warning", timeout=8, markup=False
                )
        self._is_full = bool(left_out)
        return super().edit(edit)

    def set_history(self, said: Iterable[str]) -> None:
        """Set the earlier messages, oldest first."""
        self._input_history = InputHistory(slash_commands.escape_slash(message) for message in said)

    def action_send(self) -> None:
        """Send the typed text, unless it is blank or cannot be sent now; then it stays."""
        text = self.text.strip()
        if self.can_send and text:
            instead, before = self.edited_message, self._text_before_edit
            self._input_history.append_text(text)
            self._set_edited("")
            self._replace_text(before)
            self.post_message(self.MessageSent(text, instead))

    def action_newline(self) -> None:
        """Begin a new line where the cursor is."""
        self.insert("\n")

    def action_complete(self) -> None:
        """Complete the typed slash command, or the name after an @."""
        if self.can_complete_name():
            self.post_message(self.NameWanted())
        else:
            self._replace_text(slash_commands.complete_command(self.text))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move one line up; from the first line, to the message before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        elif not self.text and self.last_message and not self._input_history.is_browsing:
            self.edit_message(self.last_message)
        else:
            shown = self.text
            text = self._input_history.previous_text(self._stash_edit())
            self._show_past_text(self._input_history.previous_text(text) or text if text == shown else text)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move one line down; from the last line, to the message after."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self._show_past_text(self._input_history.next_text(self.text))

    def edit_message(self, message: str) -> None:
        """Edit a sent message: the next text sent replaces it. The text typed before comes back afterwards."""
        before = self.text
        self._set_edited(message, "Your last message, to be said in other words")
        self._text_before_edit = before
        self._replace_text(slash_commands.escape_slash(message))

    def restore_unanswered(self, message: str) -> None:
        """Put an unanswered message before the text typed since; the next text sent replaces it."""
        self._set_edited(message, "Not answered: Enter says it again, in its place", unheard=True)
        self.restore_text(slash_commands.escape_slash(message))

    @property
    def unsent_text(self) -> str:
        """All typed text that was not sent yet."""
        here = "" if self._is_unchanged and not self._is_unanswered else self.text
        return "\n".join(part for part in (here, self._text_before_edit) if part.strip())

    def cancel_edit(self) -> None:
        """Stop editing the last message; the edited text stays in the history."""
        message, before = slash_commands.escape_slash(self.edited_message), self._text_before_edit
        head, newline, since = self.text.partition(f"{message}\n")
        if newline and not head:
            before = since
        elif self.text.strip() and not self._is_unchanged:
            self._input_history.append_text(self.text.strip())
        self._set_edited("")
        self._replace_text(before)

    def restore_text(self, text: str) -> None:
        """Put unsent text back, before the text typed since."""
        if not text or self.text.startswith(text):
            return
        self._replace_text(f"{text}\n{self.text}" if self.text.strip() else text)

    @property
    def _is_unchanged(self) -> bool:
        return (
            bool(self.edited_message) and self.text.strip() == slash_commands.escape_slash(self.edited_message).strip()
        )

    def _stash_edit(self) -> str:
        """End an edit and keep it in the history; returns the text to remember at this position of the history."""
        if not self.edited_message:
            return self.text
        if self.text.strip() and not self._is_unchanged:
            self._input_history.append_text(self.text.strip())
        before = self._text_before_edit
        self._set_edited("")
        return before

    def _show_past_text(self, text: str | None) -> None:
        if text is not None:
            self._replace_text(text)

    def _set_edited(self, message: str, title: str = "", *, unheard: bool = False) -> None:
        self.edited_message, self._text_before_edit, self._is_unanswered = message, "", unheard
        self.border_title = title or None
        self.border_subtitle = "Esc lets it be" if message else None

    def _replace_text(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)
