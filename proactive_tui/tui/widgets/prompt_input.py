"""Where the owner types."""

from __future__ import annotations

from collections.abc import Iterable
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
"""Characters of a message at the most: about what a language model reads at once, and each key stays quick."""


class PromptInput(TextArea):
    """Some lines of text; Enter sends them. Grows with what is typed, up to a few lines, and does not blink.

    Up in the first line and down in the last one walk through what was said before; in an empty prompt, up brings the
    last message back, to be said in other words. What is typed is never lost on these ways.
    """

    BINDINGS: ClassVar[list[BindingType]] = command_bindings(
        "conversation.send", "conversation.newline", "conversation.complete"
    )

    class MessageSent(Message):
        """The owner wants to say this, in the place of `instead` where that is not empty."""

        def __init__(self, text: str, instead: str = "") -> None:
            super().__init__()
            self.text = text
            self.instead = instead

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.can_send = False
        """Whether what is typed can be sent now."""
        self.last_message = ""
        """The owner's last message, as long as it can be said in other words."""
        self.edited_message = ""
        """The message that what is typed will take the place of."""
        self._text_before_edit = ""
        self._is_unanswered = False
        self._is_full = False
        self._input_history = InputHistory()

    def on_key(self, event: events.Key) -> None:
        """The text area would put a newline for Enter before any binding is asked."""
        if event.key == "enter":
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are the transcript's as long as all that is typed can be seen; F6 and F7 are not for selecting."""
        if action in {"select_line", "select_all"}:
            return False
        if action in {"cursor_page_up", "cursor_page_down"}:
            return self.max_scroll_y > 0
        if action == "undo":  # with nothing typed, it is the answer to the offer that can be taken back
            return bool(self.text)
        if action == "complete":
            return slash_commands.complete_command(self.text) != self.text
        return super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """The slash is typed as well, though Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, by as much as fits; that something does not is said once."""
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
        """What was said before, oldest first."""
        self._input_history = InputHistory(slash_commands.escape_slash(message) for message in said)

    def action_send(self) -> None:
        """Send what is typed, if it is anything and somebody hears it; else it stays."""
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
        """Write the command out."""
        self._replace_text(slash_commands.complete_command(self.text))

    def action_cursor_up(self, select: bool = False) -> None:
        """One line up; from the first, to what was said before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        elif not self.text and self.last_message and not self._input_history.is_browsing:
            self.edit_message(self.last_message)
        else:
            shown = self.text
            text = self._input_history.previous_text(self._stash_edit())
            self._show_past_text(self._input_history.previous_text(text) or text if text == shown else text)

    def action_cursor_down(self, select: bool = False) -> None:
        """One line down; from the last, back to what was said after."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self._show_past_text(self._input_history.next_text(self.text))

    def edit_message(self, message: str) -> None:
        """Bring a message back; what is sent then takes its place. What was typed comes back afterwards."""
        before = self.text
        self._set_edited(message, "Your last message, to be said in other words")
        self._text_before_edit = before
        self._replace_text(slash_commands.escape_slash(message))

    def restore_unanswered(self, message: str) -> None:
        """A message came back unanswered, before what was typed since; what is sent takes its place."""
        self._set_edited(message, "Not answered: Enter says it again, in its place", unheard=True)
        self.restore_text(slash_commands.escape_slash(message))

    @property
    def unsent_text(self) -> str:
        """All that is typed and was not said yet."""
        here = "" if self._is_unchanged and not self._is_unanswered else self.text
        return "\n".join(part for part in (here, self._text_before_edit) if part.strip())

    def cancel_edit(self) -> None:
        """Leave the last message as it was; what was changed in it can still be walked to."""
        message, before = slash_commands.escape_slash(self.edited_message), self._text_before_edit
        head, newline, since = self.text.partition(f"{message}\n")
        if newline and not head:
            before = since
        elif self.text.strip() and not self._is_unchanged:
            self._input_history.append_text(self.text.strip())
        self._set_edited("")
        self._replace_text(before)

    def restore_text(self, text: str) -> None:
        """Put unsent text back, before what was typed since."""
        if not text or self.text.startswith(text):
            return
        self._replace_text(f"{text}\n{self.text}" if self.text.strip() else text)

    @property
    def _is_unchanged(self) -> bool:
        return (
            bool(self.edited_message) and self.text.strip() == slash_commands.escape_slash(self.edited_message).strip()
        )

    def _stash_edit(self) -> str:
        """What stands where one walks away from; of a message that was being edited, what was typed before it."""
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
