"""What rooms share in which one types what to look for."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.widgets import Input, OptionList

from proactive_tui.ipc.events import Tell
from proactive_tui.ipc.requests import Ask
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.widgets.entry import Entry

DEBOUNCE = 0.12
"""Seconds without a keystroke before the brain is asked."""


class Query(Entry):
    """Where one types what to look for; up and down move in the results."""

    def __init__(self, words: str = "", placeholder: str = "Search your notes, in your own words") -> None:
        super().__init__(words, placeholder=placeholder, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to the screen."""
        return False if action == "submit" else super().check_action(action, parameters)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The slash is typed as well, though Textual does not know its character by this name."""
        return key == "slash" or super().check_consume_key(key, character)


class QueryRoom(Room):
    """Asks the brain as one types; stale answers are dropped by their number. It composes one Query and one list."""

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._timer: Timer | None = None

    def question(self, request: int, query: str) -> Ask | None:
        """What to ask the brain; None when there is nothing to ask."""
        raise NotImplementedError

    def answered(self, tell: Tell) -> None:
        """Show what the brain said."""
        raise NotImplementedError

    @on(Input.Changed)
    def typed(self) -> None:
        """Ask once there is a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE, self.ask)

    def ask(self) -> None:
        """Ask now."""
        requests = self.face.requests
        requests.forget(self._request)
        self._request = requests.open(self.answered)
        if question := self.question(self._request, self.query_one(Query).value.strip()):
            self.face.send(question)
        else:
            requests.forget(self._request)

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self.face.requests.forget(self._request)

    def action_cursor_down(self) -> None:
        """One result further, while typing goes on."""
        self.query_one(OptionList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One result back."""
        self.query_one(OptionList).action_cursor_up()
