"""Forgetting, step by step: what, how much that is, and whether to do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs
from textual.content import Content

from proactive_tui.ipc.events import Forgotten, Tell
from proactive_tui.ipc.requests import Forget
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.formatting.times import clock, since
from proactive_tui.tui.screens.dialogs.confirm import Confirm
from proactive_tui.tui.screens.dialogs.menu import Choose
from proactive_tui.tui.screens.dialogs.prompt_dialog import AskLine

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp

WHAT = {
    "path": ("A note or a folder", "Its path in your notes folder, as search shows it."),
    "topic": ("A topic", "Its title."),
    "since": ("Since a time", "today, yesterday, 2 h, 3 days, or a date as 2026-11-24 or 2026-11-24 18:00."),
}


class Forgetting:
    """Asks, counts, asks again, and forgets; `done` is called with what went."""

    def __init__(self, app: ProactiveApp, done: Callable[[Forgotten], None]) -> None:
        self._app = app
        self._done = done

    def choose(self, paths: Sequence[str], topics: Sequence[str]) -> None:
        """Ask what is to be forgotten. `paths` and `topics` are completed."""
        known = {"path": paths, "topic": topics}

        def chosen(what: str | None) -> None:
            if what == "everything":
                self.confirm(Forget(request=0, everything=True), "everything")
            elif what is not None:
                title, about = WHAT[what]
                ask = AskLine(title, Content(about), check=self._check(what), known=known.get(what, ()))
                self._app.push_screen(ask, lambda text: self._typed(what, text))

        options = [(each, Content(title)) for each, (title, _) in WHAT.items()]
        self._app.push_screen(Choose("Forget", [*options, ("everything", Content("Everything"))]), chosen)

    def confirm(self, ask: Forget, name: str, about: str = "") -> None:
        """Say how much this would be, and do it only when that is wanted."""

        def counted(tell: Tell) -> None:
            if not isinstance(tell, Forgotten):
                self._app.failed(tell)
            elif not tell.events and not tell.notes:
                self._app.notify(f"Nothing is kept of {name}.", markup=False)
            else:
                text = Content("\n").join([Content(goes(tell)), *([Content.styled(about, MUTED)] if about else [])])
                self._app.push_screen(
                    Confirm(f"Forget {name}?", text, "forget it"), lambda yes: self._do(ask) if yes else None
                )

        self._app.send(structs.replace(ask, request=self._app.requests.open(counted), dry=True))

    def _do(self, ask: Forget) -> None:
        def gone(tell: Tell) -> None:
            if isinstance(tell, Forgotten):
                if ask.everything:
                    self._app.drafts.clear()
                self._app.notify(f"Forgotten: {_parts(tell)}.", timeout=5, markup=False)
                self._done(tell)
            else:
                self._app.failed(tell)

        self._app.notify("Forgetting, and learning again from what is left…", timeout=2, markup=False)
        self._app.send(structs.replace(ask, request=self._app.requests.open(gone)))

    def _typed(self, what: str, text: str | None) -> None:
        if text is None:
            return
        match what:
            case "path":
                about = "A note that is still in the folder is read again; notes.exclude keeps it out."
                self.confirm(Forget(request=0, path=text.strip()), one_line(text), about)
            case "topic":
                about = "What your notes still say can be found again."
                self.confirm(Forget(request=0, topic=text.strip()), f"“{one_line(text)}”", about)
            case "since":
                at = since(text, self._app.now())
                assert at is not None
                self.confirm(Forget(request=0, since=at), f"all since {clock(at, self._app.now())}")

    def _check(self, what: str) -> Callable[[str], str]:
        def check(text: str) -> str:
            if not text.strip():
                return "Type something, or Esc."
            if what != "since":
                return ""
            at = since(text, self._app.now())
            return "That is no time." if at is None else "That is still to come." if at > self._app.now() else ""

        return check


def goes(gone: Forgotten) -> str:
    """What goes, in a sentence."""
    return f"This goes for good: {_parts(gone)}. What was learned from it goes with it."


def _parts(gone: Forgotten) -> str:
    parts = [count(gone.events, "event") + " of the journal"]
    parts += [count(gone.offers, "offer")] if gone.offers else []
    parts += [count(gone.conversations, "conversation")] if gone.conversations else []
    parts += [f"{count(gone.notes, 'note')} of the index"] if gone.notes else []
    return ", ".join(parts)
