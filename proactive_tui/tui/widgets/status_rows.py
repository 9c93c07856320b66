"""The facts of the resting screen: a label and what is so, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from proactive_tui.model import Status
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.colors import ACCENT, FAINT, MUTED
from proactive_tui.tui.formatting.progress_rate import Pace
from proactive_tui.tui.formatting.text import clean, elide, elide_path, one_line
from proactive_tui.tui.widgets.offer_card import keys_line

BAR = 16
"""Cells of a progress bar."""
BRIEF = 40
"""With fewer cells than this a paragraph would take the whole screen."""


def bar(share: float) -> Content:
    """A bar that is as full as the share (0..1) says; it does not move by itself."""
    full = round(min(max(share, 0.0), 1.0) * BAR)
    return Content.assemble(("━" * full, ACCENT), ("─" * (BAR - full), FAINT))


class Fact(Horizontal):
    """One label with its value, which may wrap."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(id=f"fact-{name}")
        self._label = label
        self._said: Content | None = None

    def compose(self) -> ComposeResult:
        """The parts."""
        yield Static(self._label, classes="label", markup=False)
        yield Static(classes="value")

    def say(self, value: Content | str) -> None:
        """Show this value; without one the fact is not there."""
        content = Content(value) if isinstance(value, str) else value
        if self._said is not None and (content.plain, content.spans) == (self._said.plain, self._said.spans):
            return  # nothing is laid out again while nothing changes
        self._said = content
        self.query_one(".value", Static).update(content)
        self.display = bool(content.plain)


class Facts(Vertical):
    """What it watches, how far the index is, who speaks, and today's rhythm."""

    def __init__(self, folder: str, pace: Pace, *, model_wanted: bool = True, key: str = "") -> None:
        """`key` is the one that shows what is prepared."""
        super().__init__()
        self._pace = pace
        self._key = key
        self._ahead: Sequence[tuple[str, str]] | None = None
        self._folder = folder
        self._model_wanted = model_wanted
        self._status: Status | None = None
        self._now = 0.0
        self._offer = False

    def compose(self) -> ComposeResult:
        """The parts."""
        yield Fact("Notes", "notes")
        yield Fact("Index", "index")
        yield Fact("Speaks", "speaker")
        yield Fact("Today", "today")
        yield Fact("Prepared", "prepared")

    def show(self, status: Status | None, now: float, *, offer: bool) -> None:
        """How things stand at `now` (unix seconds); None while nobody knows yet. `offer` says that one is on screen."""
        self._status, self._now, self._offer = status, now, offer
        self._fill()

    def look_ahead(self, ahead: Sequence[tuple[str, str]] | None) -> None:
        """Show kind and title of what it has prepared, or None to show how much only."""
        self._ahead = ahead
        self._fill()

    def on_resize(self) -> None:
        """As wide as there is room for."""
        self._fill()

    def _fill(self) -> None:
        status, width = self._status, max(self.size.width - 12, 16)
        folder = elide_path(clean(at_home(status.notes.folder if status else self._folder)), width)
        if status is None:
            self._say("notes", folder)
            for name in ("index", "speaker", "today", "prepared"):
                self._say(name, "")
            return
        notes, rhythm = status.notes, status.rhythm
        self._say("notes", _lines(Content(folder), _muted(status_text.watching(notes))))
        self._say("index", _index(status, self._pace, width))
        detail = status_text.about_speaker(status.llm, wanted=self._model_wanted, brief=width < BRIEF)
        self._say("speaker", _lines(Content(status_text.speaker(status.llm)), _muted(detail)))
        silence = "" if self._offer else status_text.silence(rhythm, self._now)
        self._say("today", _lines(Content(status_text.budget(rhythm)), _muted(silence)))
        prepared = Content(status_text.prepared(status))
        if rhythm.prepared and self._key:
            what = "hide" if self._ahead is not None else "show"
            prepared = Content.assemble(prepared, "   ", keys_line([(self._key, what)]))
        self._say("prepared", _lines(prepared, *(_topic(*each, width) for each in self._ahead or ())))

    def _say(self, name: str, value: Content | str) -> None:
        self.query_one(f"#fact-{name}", Fact).say(value)


def at_home(folder: str) -> str:
    """The folder with ~ for the owner's home."""
    try:
        return f"~/{Path(folder).relative_to(Path.home()).as_posix()}".removesuffix("/.")
    except (ValueError, RuntimeError):
        return folder


def _index(status: Status, pace: Pace, width: int) -> Content:
    work = status_text.progress(status.notes)
    if work is None:
        return Content(status_text.settled(status.notes) if status.notes.watched else "")
    fast = status_text.pace(pace)
    if BAR + 2 + len(fast) > width:
        return _lines(Content(work.text), bar(work.share), _muted(fast))
    return _lines(
        Content(work.text), Content("  ").join(part for part in (bar(work.share), _muted(fast)) if part.plain)
    )


def _topic(kind: str, title: str, width: int) -> Content:
    """A topic in one line; its kind comes last, where it may be elided."""
    room = max(width - cell_len(kind) - 2, width // 2)
    line = Content.assemble(elide(one_line(title), room), (f"  {one_line(kind)}", MUTED))
    return line.truncate(width, ellipsis=True)


def _muted(text: str) -> Content:
    return Content.styled(text, MUTED) if text else Content()


def _lines(*parts: Content) -> Content:
    return Content("\n").join(part for part in parts if part.plain)
