"""Completes names in the prompt: it asks the brain while an @word is typed, and puts one name after another there."""

from __future__ import annotations

from textual.timer import Timer

from proactive_tui.errors import BrainError
from proactive_tui.ipc.requests import CompleteName
from proactive_tui.model.talk_values import FoundName
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.widgets.prompt.name_hints import Mention, NameHints, find_mention, spell_name
from proactive_tui.tui.widgets.prompt_input import PromptInput

PAUSE_SECONDS = 0.1
"""Seconds without a key before the names are asked for."""


class NameCompletion:
    """The completion of one prompt. `complete` is Tab: the first time the first name, then the next."""

    def __init__(self, face: ScreenFace, prompt: PromptInput, hints: NameHints) -> None:
        self._face, self._prompt, self._hints = face, prompt, hints
        self._names: tuple[FoundName, ...] = ()
        self._mention: Mention | None = None
        self._row = 0
        self._chosen = -1
        self._put = ""  # the name that stands in the place of the mention
        self._timer: Timer | None = None

    def follow_typing(self) -> None:
        """Look at the text before the cursor after each change."""
        row, column = self._prompt.cursor_location
        before = self._prompt.document.get_line(row)[:column]
        if self._put and row == self._row and self._mention and before[self._mention.column :] == self._put:
            return  # it was put there just now: Tab may still change it
        self._put, self._chosen = "", -1
        mention = find_mention(before)
        if mention == self._mention and row == self._row:
            return
        self._mention, self._row = mention, row
        if self._timer is not None:
            self._timer.stop()
        if mention is None:
            self._show_names(())
        else:
            self._timer = self._prompt.set_timer(PAUSE_SECONDS, self._ask_brain)

    def complete(self) -> None:
        """Put the next name in the place of what was typed."""
        if not self._names or self._mention is None:
            return
        self._chosen = (self._chosen + 1) % len(self._names)
        self._put = spell_name(self._names[self._chosen])
        start = (self._row, self._mention.column)
        self._prompt.replace(self._put, start, self._prompt.cursor_location)
        self._hints.show_names(self._names, self._chosen)

    @property
    def can_complete(self) -> bool:
        """Whether there is a name to put."""
        return bool(self._names) and self._mention is not None

    def _ask_brain(self) -> None:
        if self._mention is not None:
            self._face.run_worker(self._load_names(self._mention))

    async def _load_names(self, mention: Mention) -> None:
        try:
            found = await self._face.request(CompleteName(typed=mention.typed))
        except BrainError:
            return
        if self._mention == mention and not self._put and self._hints.is_attached:
            self._show_names(found.names)

    def _show_names(self, names: tuple[FoundName, ...]) -> None:
        self._names = names
        self._hints.show_names(names)
