"""The smallest Textual app with a text input, as a baseline of latency: `python -m benchmarks.bare`."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static, TextArea

READY = "A bare app"


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)
        yield TextArea()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    Bare().run()
