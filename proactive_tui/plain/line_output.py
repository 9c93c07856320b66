"""Writes lines with roles to standard output, and holds what must not come into the middle of a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TextIO, TypeAlias

from proactive_tui.plain.role_lines import SpeakerRole, spoken_words, writable_text, written_lines

SpokenBlock: TypeAlias = Iterable[tuple[SpeakerRole, Sequence[str]]]
"""What several roles have to say, one after the other."""


class LineOutput:
    """The one place that writes. While a reply is given, all else waits for its end.

    Nothing fails where the output is gone: `trouble` is set, and `on_gone` called once.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.on_gone: Callable[[], None] = lambda: None
        self.trouble: OSError | None = None
        self._held: list[tuple[SpeakerRole, tuple[str, ...]]] = []
        self._last_status: tuple[str, ...] = ()
        self._block: list[str] = []
        self.is_replying = False
        """Whether a reply is being given."""
        self.has_begun_reply = False
        """Whether any of the reply was said."""

    def say(self, role: SpeakerRole, *sentences: str) -> None:
        """Say something; a status that was said last is not said again."""
        told = tuple(sentence for sentence in sentences if sentence)
        if not told:
            return
        if self.is_replying:
            self._held.append((role, told))
        elif role != "Status" or told != self._last_status:
            self._last_status = told if role == "Status" else ()
            self._write(written_lines(role, told))

    def note_typed(self) -> None:
        """What is typed has an answer, also the same one twice."""
        self._last_status = ()

    def say_status(self, *words: str) -> None:
        """Say how things stand, in the program's own words."""
        self.say("Status", *map(spoken_words, words))

    def say_block(self, block: SpokenBlock) -> None:
        """Say what can be said again."""
        self._block = [line for role, sentences in block for line in written_lines(role, sentences)]
        self._last_status = ()
        self._write(self._block)

    def repeat(self) -> bool:
        """Say the last block, or reply, again; returns whether there is one."""
        self._write(self._block)
        return bool(self._block)

    def begin_reply(self) -> None:
        """Let only the reply speak from now on."""
        self.is_replying, self.has_begun_reply = True, False
        self._block, self._last_status = [], ()

    def say_of_reply(self, sentences: Sequence[str]) -> None:
        """Say the next sentences of the reply."""
        lines = list(written_lines("Assistant", sentences, goes_on=self.has_begun_reply))
        self.has_begun_reply = self.has_begun_reply or bool(lines)
        self._block += lines
        self._write(lines)

    def interrupt_reply(self, words: str) -> None:
        """Say something of how the reply goes; what comes of it then begins anew."""
        self._write(written_lines("Status", [words]))
        self._block, self.has_begun_reply = [], False

    def end_reply(self, block: SpokenBlock = ()) -> None:
        """Say how the reply ended, then what was held meanwhile."""
        ending = [line for role, sentences in block for line in written_lines(role, sentences)]
        self._block += ending
        self._write(ending)
        self.is_replying = False
        held, self._held = self._held, []
        for role, told in held:
            self.say(role, *told)

    def _write(self, lines: Iterable[str]) -> None:
        if self.trouble is not None:
            return
        try:
            for line in lines:
                self._out.write(writable_text(line, self._out.encoding or "utf-8") + "\n")
            self._out.flush()
        except OSError as error:
            self.trouble = error
            self.on_gone()
