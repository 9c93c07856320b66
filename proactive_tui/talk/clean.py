"""What a language model says, made safe to show as it comes: no escape sequences, no hidden reasoning."""

from __future__ import annotations

import re

from proactive_tui.harmless import SEQUENCES, UNFINISHED, clean, is_mark

__all__ = ["StreamCleaner", "clean"]

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)\s*", re.DOTALL | re.IGNORECASE)
_CITATION = re.compile(r"[ ]?\[(\d{1,3})\]")


class StreamCleaner:
    """`clean` for a text that comes in pieces: holds back what may be the beginning of something to remove.

    Also leaves out `<think>` blocks and citations of sources that do not exist (`sources` is how many there are;
    None leaves every citation alone).
    """

    def __init__(self, sources: int | None = None) -> None:
        self._sources = sources
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be shown now that `piece` came."""
        self._held += piece
        ready = self._ready()
        shown, self._held = self._held[:ready], self._held[ready:]
        return self._tidy(shown)

    def flush(self) -> str:
        """What is left at the end."""
        shown, self._held = self._held, ""
        return self._tidy(shown)

    def _ready(self) -> int:
        """How much of what is held is whole."""
        text = _complete(self._held)
        if opened := UNFINISHED.search(text):
            text = text[: opened.start()]
        outside = SEQUENCES.sub(lambda match: "\0" * len(match.group()), text)  # a bracket in one begins no citation
        if unfinished := re.search(r"\s?\[\d{0,3}$|\s$|\r$", outside):
            text = text[: unfinished.start()] if self._sources is not None or unfinished.group() == "\r" else text
        return len(_on_a_letter(outside[: len(text)]))

    def _tidy(self, text: str) -> str:
        text = clean(_THINKING.sub("\0", text))  # what goes does not bring together what was around it
        if self._sources is None:
            return text
        return _CITATION.sub(self._keep, text)

    def _keep(self, match: re.Match[str]) -> str:
        return match.group() if 1 <= int(match.group(1)) <= (self._sources or 0) else ""


def _on_a_letter(text: str) -> str:
    """Without the marks and joiners at the end, and what goes between them: more may come for the same letter."""
    end = len(text)
    while end and (text[end - 1] in "\u200c\u200d" or is_mark(text[end - 1]) or not clean(text[end - 1])):
        end -= 1
    return text[:end]


def _complete(text: str) -> str:
    """Up to the beginning of a thinking block that is not closed, or of a tag that may become one."""
    for match in re.finditer(r"<think(?:ing)?>", text, re.IGNORECASE):
        if not re.search(r"</think(?:ing)?>", text[match.end() :], re.IGNORECASE):
            return text[: match.start()]
    start = text.rfind("<")
    if start >= 0 and ">" not in text[start:] and "<thinking>".startswith(text[start:].lower()):
        return text[:start]
    return text
