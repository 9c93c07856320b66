"""The line that is shown while the brain does not run."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from proactive_tui.ipc.client import BrainState
from proactive_tui.tui.formatting.face_words import describe_brain_state


class BrainBar(Static):
    """Says that the brain is starting, restarting, or gone."""

    def show_state(self, state: BrainState) -> None:
        """Show this state; the line is hidden while the brain works."""
        text = describe_brain_state(state)
        self.update(Content(text))
        self.display = bool(text)
        self.set_class(state.name == "gone", "-gone")
        self.set_class(state.name == "starting", "-starting")
