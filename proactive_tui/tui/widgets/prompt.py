"""Where the owner types."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from proactive_tui.tui.commands import bindings


class Prompt(TextArea):
    """Some lines of text; Enter sends them. Grows with what is typed, up to a few lines, and does not blink."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("conversation.send", "conversation.newline")

    class Sent(Message):
        """The owner wants to say this."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.open = False
        """Whether what is typed can be sent now."""

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
        return super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """The slash is typed as well, though Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)

    def action_send(self) -> None:
        """Send what is typed, if it is anything and somebody hears it; else it stays."""
        text = self.text.strip()
        if self.open and text:
            self.open = False
            self.clear()
            self.post_message(self.Sent(text))

    def action_newline(self) -> None:
        """Begin a new line where the cursor is."""
        self.insert("\n")

    def restore(self, text: str) -> None:
        """Put unsent text back, before what was typed since."""
        if not text or self.text.startswith(text):
            return
        self.load_text(f"{text}\n{self.text}" if self.text.strip() else text)
        self.move_cursor(self.document.end)
