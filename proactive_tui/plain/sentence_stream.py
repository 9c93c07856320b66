"""Cuts a reply that streams in into whole sentences, so that nothing is read aloud twice or by halves. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proactive_tui.plain.role_lines import spoken_markdown
from proactive_tui.text.sentences import find_sentence_ends
from proactive_tui.text.terminal_safe import one_line

MAX_UNSAID_CHARACTERS = 1_000
"""Characters after which a sentence that does not end is said up to its last blank."""
_FENCE_OF_CODE = re.compile(r"\s*(?:```|~~~)")
_BLOCK_BEGINS = re.compile(r"[ \t]*(?:\n|[>#|]|[-*+][ \t]|\d{1,3}[.)][ \t]|```|~~~|\Z)")
"""What begins a line that does not go on with the one before."""
_UNSURE_CHARACTERS = 6
"""So many characters of a line tell how it begins."""
_CITED_AFTER_END = re.compile(r"([.!?…][\"'”’)]*)[ \t]+\[(\d{1,3})\]")
_CITATION_BEGINS = re.compile(r"\[\d{0,3}\Z")


class SentenceStream:
    """Holds what has come of a reply and is no whole sentence yet. Lines of code are kept as they stand; others that
    only the width of a note has broken are put together again.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._in_code = False

    def take(self, piece: str) -> list[str]:
        """Add a piece of the reply; returns the sentences that are whole now, as they are said."""
        self._rest += piece
        said = list(self._say_lines(is_end=False))
        if not self._in_code and "\n" not in self._rest:
            self._rest = _cite_within(self._rest)
            end = _end_of_whole(self._rest)
            said += _say_prose(self._rest[:end])
            self._rest = self._rest[end:]
        return said

    def finish(self) -> list[str]:
        """The rest of the reply, as it is said; the stream is empty then."""
        said = [*self._say_lines(is_end=True), *self._say_line(self._rest)]
        self._rest, self._in_code = "", False
        return said

    def _say_lines(self, *, is_end: bool) -> Iterator[str]:
        """Say all lines that are whole; one that the next one goes on with is put before it."""
        while (at := self._rest.find("\n")) >= 0:
            line, following = self._rest[:at], self._rest[at + 1 :]
            is_sure = is_end or len(following) >= _UNSURE_CHARACTERS or "\n" in following
            if not (self._in_code or _FENCE_OF_CODE.match(line) or line.endswith("  ")) and line.strip():
                if not is_sure:
                    return
                if not _BLOCK_BEGINS.match(following) and line.lstrip()[0] not in "#|":
                    self._rest = f"{line} {following}"
                    continue
            self._rest = following
            yield from self._say_line(line)

    def _say_line(self, line: str) -> Iterator[str]:
        if _FENCE_OF_CODE.match(line):
            self._in_code = not self._in_code
            yield "Code begins." if self._in_code else "Code ends."
        elif self._in_code:
            if words := one_line(line):
                yield words
        else:
            yield from _say_prose(_cite_within(line))


def spoken_sentences(text: str) -> list[str]:
    """The sentences of a text of Markdown, without its marks."""
    stream = SentenceStream()
    return stream.take(text) + stream.finish()


def _say_prose(text: str) -> Iterator[str]:
    begin = 0
    for end in find_sentence_ends(text):
        if words := spoken_markdown(text[begin : end.end]):
            yield words
        begin = end.following
    if words := spoken_markdown(text[begin:]):
        yield words


def _cite_within(text: str) -> str:
    """The text with each citation before the full stop of its sentence, so that both are said together."""
    return _CITED_AFTER_END.sub(r" [\2]\1", text)


def _end_of_whole(text: str) -> int:
    """Where the last whole sentence ends: one behind which the next one has begun."""
    ends = (found for found in find_sentence_ends(text) if found.end < found.following < len(text))
    end = max((found.following for found in ends if not _CITATION_BEGINS.match(text, found.following)), default=0)
    if len(text) - end > MAX_UNSAID_CHARACTERS:
        return text.rfind(" ", end) + 1 or len(text)
    return end
