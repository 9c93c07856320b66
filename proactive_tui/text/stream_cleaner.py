"""Cleans the output of a language model while it streams: no escape sequences, no hidden reasoning."""

from __future__ import annotations

import re

from proactive_tui.text.terminal_safe import (
    DROPPED_CHARACTERS,
    TERMINAL_SEQUENCES,
    UNFINISHED_SEQUENCE,
    is_combining_mark,
    sanitize_text,
)

__all__ = ["StreamCleaner", "sanitize_text"]

_THINKING_BLOCK = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)\s*", re.DOTALL | re.IGNORECASE)
_CITATION = re.compile(r"[ ]?\[(\d{1,3})\]")
_DROPPED_RUN = rf"(?:(?!\r){DROPPED_CHARACTERS.pattern})*+"
_BETWEEN_MARKS = re.compile(rf"(?:(?![\r\u2028\u2029]){DROPPED_CHARACTERS.pattern}|[\u200c\u200d])*+")
_UNFINISHED_CITATION = re.compile(rf"{_DROPPED_RUN}(?:\d{_DROPPED_RUN}){{0,3}}\[{_DROPPED_RUN}\s?|{_DROPPED_RUN}\s")
"""The beginning of a citation, or of the blank before one, at the end of a reversed text."""


class StreamCleaner:
    """`sanitize_text` for text that arrives in pieces. Holds back what may be the beginning of something to remove.

    It also removes `<think>` blocks and citations of sources that do not exist. `sources` is the number of sources;
    None keeps every citation.
    """

    def __init__(self, sources: int | None = None) -> None:
        self._sources = sources
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that can be shown now that `piece` has arrived."""
        self._held += piece
        ready = self._ready_length()
        shown, self._held = self._held[:ready], self._held[ready:]
        return self._clean_piece(shown)

    def flush(self) -> str:
        """The remaining text at the end of the stream."""
        shown, self._held = self._held, ""
        return self._clean_piece(shown)

    def _ready_length(self) -> int:
        """How many characters of the held text are complete."""
        text = _cut_open_thinking(self._held)
        if opened := UNFINISHED_SEQUENCE.search(text):
            text = text[: opened.start()]
        outside = TERMINAL_SEQUENCES.sub(
            _blank_match, _THINKING_BLOCK.sub(_blank_match, text)
        )  # removed text neither begins nor ends a citation
        if self._sources is not None and (unfinished := _UNFINISHED_CITATION.match(outside[::-1])):
            outside = outside[: len(outside) - unfinished.end()]
        return len(_trim_to_letter(outside.removesuffix("\r")))

    def _clean_piece(self, text: str) -> str:
        text = sanitize_text(_THINKING_BLOCK.sub("\0", text))  # removed text does not join the text around it
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


def _cut_open_thinking(text: str) -> str:
    """The text before a thinking block that is not closed, or before a tag that may become one."""
    for match in re.finditer(r"<think(?:ing)?>", text, re.IGNORECASE):
        if not re.search(r"</think(?:ing)?>", text[match.end() :], re.IGNORECASE):
            return text[: match.start()]
    start = text.rfind("<")
    if start >= 0 and ">" not in text[start:] and "<thinking>".startswith(text[start:].lower()):
        return text[:start]
    return text
