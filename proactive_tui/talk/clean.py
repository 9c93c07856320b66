"""What a language model says, made safe to show: no escape sequences, no control characters, no hidden reasoning."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\n]*?(?:\x07|\x1b\\|\x9c|(?=\n)|$)"  # OSC, DCS and their kin: titles, links, the clipboard
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)\s*", re.DOTALL | re.IGNORECASE)
_CITATION = re.compile(r"[ ]?\[(\d{1,3})\]")
_KEPT = "\n\t"
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_JOINERS = "\u200c\u200d"
"""Zero-width joiners are part of spelling in some scripts and of emoji."""


def clean(text: str) -> str:
    """`text` without escape sequences and characters that a terminal obeys instead of showing."""
    text = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    return "".join(
        each for each in text if each in _KEPT or each in _JOINERS or unicodedata.category(each) not in _HIDDEN
    )


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
        escape = _unfinished_escape(text)
        text = text[:escape]
        outside = _ESCAPES.sub(lambda match: "\0" * len(match.group()), text)  # a bracket in one begins no citation
        if unfinished := re.search(r"\s?\[\d{0,3}$|\s$|\r$", outside):
            text = text[: unfinished.start()] if self._sources is not None or unfinished.group() == "\r" else text
        return len(text)

    def _tidy(self, text: str) -> str:
        text = clean(_THINKING.sub("", text))
        if self._sources is None:
            return text
        return _CITATION.sub(self._keep, text)

    def _keep(self, match: re.Match[str]) -> str:
        return match.group() if 1 <= int(match.group(1)) <= (self._sources or 0) else ""


def _complete(text: str) -> str:
    """Up to the beginning of a thinking block that is not closed, or of a tag that may become one."""
    for match in re.finditer(r"<think(?:ing)?>", text, re.IGNORECASE):
        if not re.search(r"</think(?:ing)?>", text[match.end() :], re.IGNORECASE):
            return text[: match.start()]
    start = text.rfind("<")
    if start >= 0 and ">" not in text[start:] and "<thinking>".startswith(text[start:].lower()):
        return text[:start]
    return text


def _unfinished_escape(text: str) -> int:
    start = max(text.rfind("\x1b"), text.rfind("\x9b"))
    opened = max((text.rfind(f"\x1b{kind}") for kind in "]PX^_"), default=-1)
    for begin in sorted({each for each in (start, opened) if each >= 0}):
        match = _ESCAPES.match(text, begin)
        if match is None or (match.end() == len(text) and text[begin + 1 : begin + 2] in tuple("]PX^_")):
            return begin
    return len(text)
