"""The prompt with the keys of Vim (`face.vim`)."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.widgets.text_area import Selection

from proactive_tui.tui.widgets.prompt.vim_editing import VimState, press_key, to_normal
from proactive_tui.tui.widgets.prompt_input import PromptInput

Location = tuple[int, int]


class VimPrompt(PromptInput):
    """A prompt that begins in insert mode. Esc leads to normal mode, and from there does what it does elsewhere.

    Enter sends in every mode, and the arrows step through earlier messages, as j and k do beyond the text.
    """

    def __init__(self) -> None:
        super().__init__()
        self._state = VimState("", 0)
        self._show_mode()

    def on_key(self, event: events.Key) -> None:
        """Take letters outside of insert mode, and Esc in it."""
        state = replace(self._state, text=self.text, cursor=self._offset_of(self.cursor_location))
        if state.mode == "insert":
            if event.key == "escape":
                self._take_key(event, to_normal(state))
            return
        if event.key == "escape":
            if state.mode == "visual" or state.typed:
                self._take_key(event, to_normal(state))
        elif event.key == "backspace":
            self._take_key(event, press_key(state, "h"))
        elif event.character and event.is_printable:
            if event.character in "jk" and not state.typed and state.mode == "normal":
                event.stop()
                event.prevent_default()
                (self.action_cursor_down if event.character == "j" else self.action_cursor_up)()
            else:
                self._take_key(event, press_key(state, event.character))

    def action_send(self) -> None:
        """Send, and begin the next message in insert mode."""
        super().action_send()
        if not self.text:
            self._state = replace(self._state, mode="insert", typed="")
            self._show_mode()

    def _take_key(self, event: events.Key, after: VimState) -> None:
        """Keep a key from the text, and show what it did."""
        event.stop()
        event.prevent_default()
        self._state = replace(after, undo=False)
        if after.undo:
            self.undo()
        elif after.text != self.text:
            self._replace_changed(after.text)
            self.move_cursor(self._location_at(after.cursor))
        elif (span := after.selection) is not None:
            ends = (span.end, span.start) if after.cursor < after.anchor else (span.start, span.end)
            self.selection = Selection(self._location_at(ends[0]), self._location_at(ends[1]))
        else:
            self.move_cursor(self._location_at(after.cursor))
        self._show_mode()

    def _replace_changed(self, text: str) -> None:
        """Replace only what is other in this text, so that it can be undone by itself."""
        before = self.text
        start = _common_length(before, text)
        rest = min(len(before), len(text)) - start
        end = min(_common_length(before[::-1], text[::-1]), rest)
        self.replace(text[start : len(text) - end], self._location_at(start), self._location_at(len(before) - end))

    def _show_mode(self) -> None:
        self.border_subtitle = f"{self._state.mode} {self._state.typed}".strip() if not self.edited_message else None

    def _offset_of(self, location: Location) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column

    def _location_at(self, offset: int) -> Location:
        before = self.text[:offset]
        row = before.count("\n")
        return row, offset - (before.rfind("\n") + 1)


def _common_length(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (here, there) in enumerate(pairs) if here != there), min(len(one), len(other)))
