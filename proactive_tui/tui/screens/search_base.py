"""What rooms share in which one types what to look for."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.widgets import Input, OptionList

from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.widgets.entry import LimitedInput

DEBOUNCE_SECONDS = 0.12
"""Seconds without a keystroke before the brain is asked."""


class QueryInput(LimitedInput):
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


class QueryScreen(AppScreen):
    """Asks the brain as one types; stale answers are dropped by their number. It composes one Query and one list."""

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._timer: Timer | None = None

    def build_request(self, request: int, query: str) -> WireRequest | None:
        """What to ask the brain; None when there is nothing to ask."""
        raise NotImplementedError

    def receive_response(self, tell: WireEvent) -> None:
        """Show what the brain said."""
        raise NotImplementedError

    @on(Input.Changed)
    def schedule_request(self) -> None:
        """Ask once there is a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE_SECONDS, self.send_request)

    def send_request(self) -> None:
        """Ask now."""
        requests = self.face.requests
        requests.abandon_request(self._request)
        self._request = requests.open(self.receive_response)
        if question := self.build_request(self._request, self.query_one(QueryInput).value.strip()):
            self.face.send_request(question)
        else:
            requests.abandon_request(self._request)

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self.face.requests.abandon_request(self._request)

    def action_cursor_down(self) -> None:
        """One result further, while typing goes on."""
        self.query_one(OptionList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One result back."""
        self.query_one(OptionList).action_cursor_up()
