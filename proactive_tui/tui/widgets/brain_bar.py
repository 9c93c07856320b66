"""The line that is shown while the brain does not run."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from proactive_tui.ipc.client import BrainState
from proactive_tui.tui.formatting.text import one_line


def describe_brain_state(state: BrainState) -> str:
    """The text about the brain's state; empty while the brain works."""
    match state.name:
        case "ready":
            return ""
        case "starting":
            return "Starting"
        case "restarting":
            return " · ".join(part for part in ("The brain stopped; starting it again", one_line(state.detail)) if part)
        case "gone":
            what = one_line(state.detail) or "Press Ctrl+Q, and start it again."
            return f"The brain is gone · {what}"


class BrainBar(Static):
    """Says that the brain is starting, restarting, or gone."""

    def show_state(self, state: BrainState) -> None:
        """Show this state; the line is hidden while the brain works."""
        text = describe_brain_state(state)
        self.update(Content(text))
        self.display = bool(text)
        self.set_class(state.name == "gone", "-gone")
        self.set_class(state.name == "starting", "-starting")
