"""Cleans the output of a language model while it streams: no escape sequences, reasoning or control tokens."""

from __future__ import annotations

import re

from proactive_tui.text.streaming.reasoning_filter import ReasoningFilter
from proactive_tui.text.terminal_safe import (
    DROPPED_CHARACTERS,
    TERMINAL_SEQUENCES,
    UNFINISHED_SEQUENCE,
    is_combining_mark,
    sanitize_text,
)

__all__ = ["StreamCleaner", "sanitize_text"]

_CITATION = re.compile(r"[ ]?\[(\d{1,3})\]")
_DROPPED_RUN = rf"(?:(?!\r){DROPPED_CHARACTERS.pattern})*+"
_BETWEEN_MARKS = re.compile(rf"(?:(?![\r\u2028\u2029]){DROPPED_CHARACTERS.pattern}|[\u200c\u200d])*+")
_UNFINISHED_CITATION = re.compile(rf"{_DROPPED_RUN}(?:\d{_DROPPED_RUN}){{0,3}}\[{_DROPPED_RUN}\s?|{_DROPPED_RUN}\s")
"""The beginning of a citation, or of the blank before one, at the end of a reversed text."""


class StreamCleaner:
    """`sanitize_text` for text that arrives in pieces. Holds back what may be the beginning of something to remove.

    It also removes reasoning, control tokens, what a model says after its turn (`ReasoningFilter`), and citations of
    sources that do not exist. `sources` is the number of sources; None keeps every citation.
    """

    def __init__(self, sources: int | None = None) -> None:
        self._sources = sources
        self._held = ""
        self._filter = ReasoningFilter()
        self.retractions = 0
        """How often all that had been returned turned out to be reasoning, by an end tag without a beginning."""
        self.kept = ""
        """What was returned since the last retraction: what is said, as far as it is known."""

    @property
    def is_over(self) -> bool:
        """Whether the model has ended its turn, and says more."""
        return self._filter.is_over

    def feed(self, piece: str) -> str:
        """The text that can be shown now that `piece` has arrived."""
        return self._take_segments(self._filter.feed(piece))

    def flush(self) -> str:
        """The remaining text at the end of the stream."""
        return self._take_segments(self._filter.flush()) + self._release()

    def _take_segments(self, segments: list[str]) -> str:
        shown = ""
        for number, segment in enumerate(segments):
            if number:
                shown += self._release()
                self.retractions, self.kept = self.retractions + 1, ""
            self._held += segment
            ready = self._ready_length()
            piece, self._held = self._held[:ready], self._held[ready:]
            shown += self._keep(piece)
        return shown

    def _release(self) -> str:
        piece, self._held = self._held, ""
        return self._keep(piece)

    def _keep(self, piece: str) -> str:
        said = self._clean_piece(piece)
        self.kept += said
        return said

    def _ready_length(self) -> int:
        """How many characters of the held text are complete."""
        text = self._held
        if opened := UNFINISHED_SEQUENCE.search(text):
            text = text[: opened.start()]
        outside = TERMINAL_SEQUENCES.sub(_blank_match, text)  # removed text neither begins nor ends a citation
        if self._sources is not None and (unfinished := _UNFINISHED_CITATION.match(outside[::-1])):
            outside = outside[: len(outside) - unfinished.end()]
        return len(_trim_to_letter(outside.removesuffix("\r")))

    def _clean_piece(self, text: str) -> str:
        text = sanitize_text(text)
        if self._sources is None:
            return text
        return _CITATION.sub(self._keep_citation, text)

    def _keep_citation(self, match: re.Match[str]) -> str:
        return match.group() if 1 <= int(match.group(1)) <= (self._sources or 0) else ""


def _blank_match(match: re.Match[str]) -> str:
    """A replacement of the same length, removed later like the match itself."""
    return "\0" * len(match.group())


def _trim_to_letter(text: str) -> str:
    """The text without combining marks and joiners at its end: more of them may follow for the same letter."""
    backwards, held, end = text[::-1], 0, -1
    while held > end:
        between = _BETWEEN_MARKS.match(backwards, held)
        held = end = between.end() if between else held
        while held < len(text) and is_combining_mark(backwards[held]):
            held += 1
    return text[: len(text) - end]
