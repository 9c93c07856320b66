"""Sections to passages: short enough for the embedding model to read whole, cut where a reader would pause.

A passage is a span of the note's text. It ends with its section; tiny sections beside or below each other are one
passage; a long section is cut between blocks, then between lines, then between sentences, then between words.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from proactive_tui.index.tokenizer import Tokens
from proactive_tui.model import Passage

BODY = 192
"""Tokens of a passage's text at the most. With title and headings (`embedded.HEADER`) it stays within tokens.READS."""
CHARACTERS = 4096
"""Characters of a passage at the most: a long string without blanks is a single token."""
TINY = 40
"""Tokens below which a section is read together with its neighbour."""

_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|(?<=[。！？])")


class Section(NamedTuple):
    """Lines under a heading. `start` is the line of the heading, `body` the line after it; both and `end` from 0, open.

    `cuts` are the lines at which a block starts.
    """

    heading: tuple[str, ...]
    start: int
    body: int
    end: int
    cuts: tuple[int, ...]


class Span(NamedTuple):
    """Characters of the text, open at the end."""

    start: int
    end: int


class Lines:
    """A text and where its lines and tokens are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens: Tokens | None = None

    @property
    def tokens(self) -> Tokens:
        """Where tokens start; found when first asked for, since a short note does without."""
        if self._tokens is None:
            self._tokens = Tokens(self.text)
        return self._tokens

    def offset(self, line: int) -> int:
        """Where a line (from 0) starts; the end of the text for one after the last."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def line(self, offset: int) -> int:
        """The line (from 0) in which an offset lies."""
        return bisect_right(self.starts, offset) - 1

    def fits(self, span: Span, tokens: int = BODY) -> bool:
        """Whether a span is short enough."""
        length = span.end - span.start
        return length <= tokens or (length <= CHARACTERS and self.tokens.count(*span) <= tokens)

    def trimmed(self, span: Span) -> Span | None:
        """The span without blank lines at its ends, in whole lines where it had them; None when nothing is left."""
        piece = self.text[span.start : span.end]
        if not piece.strip():
            return None
        first = span.start + len(piece) - len(piece.lstrip())
        last = span.start + len(piece.rstrip())
        begin = self.starts[self.line(first)]
        end = self.text.find("\n", last, span.end + 1)  # no further: what is cut may be one line of millions of letters
        if end < 0 and span.end == len(self.text):
            end = span.end
        return Span(begin if begin >= span.start else first, end if end >= 0 else last)


def cut(path: str, lines: Lines, sections: Sequence[Section], code: frozenset[int]) -> tuple[Passage, ...]:
    """The passages of a note, in the order of its lines. `code` are the lines (from 0) in code blocks."""
    return tuple(
        _passage(path, lines, section.heading, span, code)
        for section in _merged(lines, sections)
        for piece in _pieces(lines, section)
        if (span := lines.trimmed(piece)) is not None
    )


def identity(heading: tuple[str, ...], text: str) -> str:
    """The id of a passage: what is said under which headings, wherever it stands."""
    return hashlib.blake2b("\x1f".join((*heading, "", text)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _is_below(heading: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether it is one of the other's own: two beside each other may be called the same."""
    return len(heading) > len(other) and heading[: len(other)] == other


def _passage(path: str, lines: Lines, heading: tuple[str, ...], span: Span, code: frozenset[int]) -> Passage:
    text = lines.text[span.start : span.end]
    first, last = lines.line(span.start), lines.line(span.end - 1)
    prose = text
    if not code.isdisjoint(range(first, last + 1)):
        prose = "\n".join(line for number, line in enumerate(text.split("\n"), first) if number not in code).strip("\n")
    return Passage(
        id=identity(heading, text),
        path=path,
        heading=heading,
        line_start=first + 1,
        line_end=last + 1,
        text=text,
        prose=prose,
    )


def _merged(lines: Lines, sections: Sequence[Section]) -> Iterator[Section]:
    """Runs of tiny sections that share a parent become one, under the headings they share."""
    held: Section | None = None
    for section in _speaking(lines, sections):
        if held is None:
            held = section
            continue
        joined = _joined(held, section)
        if joined is not None and _tiny(lines, held) and _tiny(lines, section) and _fits(lines, joined):
            held = joined
        else:
            yield held
            held = section
    if held is not None:
        yield held


def _speaking(lines: Lines, sections: Sequence[Section]) -> Iterator[Section]:
    """Sections that say something. A heading with nothing below it is itself what is said."""
    for section, following in zip_longest(sections, sections[1:]):
        if lines.trimmed(_span(lines, section)) is not None:
            yield section
        elif section.heading and (following is None or not _is_below(following.heading, section.heading)):
            yield section._replace(heading=section.heading[:-1], body=section.start)


def _joined(one: Section, other: Section) -> Section | None:
    shared = 0
    while shared < min(len(one.heading), len(other.heading)) and one.heading[shared] == other.heading[shared]:
        shared += 1
    if shared == 0 and one.heading and other.heading:
        return None
    if shared < len(one.heading) - 1:
        return None  # an uncle is no neighbour
    body = one.body if shared == len(one.heading) else one.start
    return Section(one.heading[:shared], one.start, body, other.end, (*one.cuts, other.start, *other.cuts))


def _span(lines: Lines, section: Section) -> Span:
    return Span(lines.offset(section.body), lines.offset(section.end))


def _tiny(lines: Lines, section: Section) -> bool:
    return lines.fits(_span(lines, section), TINY)


def _fits(lines: Lines, section: Section) -> bool:
    return lines.fits(_span(lines, section))


def _pieces(lines: Lines, section: Section) -> Iterator[Span]:
    whole = _span(lines, section)
    if lines.fits(whole):
        yield whole
        return
    edges = sorted({section.body, section.end, *(each for each in section.cuts if section.body < each < section.end)})
    blocks = [Span(lines.offset(a), lines.offset(b)) for a, b in pairwise(edges)]
    yield from _packed(lines, (small for block in blocks for small in _smaller(lines, block)))


def _packed(lines: Lines, spans: Iterator[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if held is not None and lines.fits(Span(held.start, span.end)):
            held = Span(held.start, span.end)
        else:
            if held is not None:
                yield held
            held = span
    if held is not None:
        yield held


def _smaller(lines: Lines, span: Span) -> Iterator[Span]:
    """A block, or its lines, or their sentences, or runs of their words."""
    if lines.fits(span):
        yield span
        return
    first, last = lines.line(span.start), lines.line(span.end - 1)
    for number in range(first, last + 1):
        line = Span(max(span.start, lines.offset(number)), min(span.end, lines.offset(number + 1)))
        if lines.fits(line):
            yield line
            continue
        ends = [match.end() for match in _SENTENCE.finditer(lines.text, line.start, line.end)]
        for a, b in zip([line.start, *ends], [*ends, line.end], strict=True):
            yield from _runs(lines, Span(a, b))


def _runs(lines: Lines, span: Span) -> Iterator[Span]:
    start = span.start
    while not lines.fits(Span(start, span.end)):
        end = min(lines.tokens.after(start, BODY, span.end), start + CHARACTERS)
        blank = lines.text.rfind(" ", start + (end - start) // 2, end)
        end = blank + 1 if blank > 0 else max(end, start + 1)
        yield Span(start, end)
        start = end
    if start < span.end:
        yield Span(start, span.end)
