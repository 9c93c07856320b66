"""Cuts sections into passages that the embedding model can read whole.

A passage is a span of the text of a note. It ends with its section. Tiny sections beside or below each other become one
passage. A long section is cut between blocks, then between lines, then between sentences, then between words.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import NamedTuple

from proactive_tui.index.tokenizer import TokenOffsets, count_tokens_by_line
from proactive_tui.model.note_values import Passage
from proactive_tui.text.outline.encoded_data import EncodedSpan, has_words, text_around
from proactive_tui.text.sentences import find_sentence_ends

MAX_BODY_TOKENS = 192
"""Maximum tokens of the text of a passage. With title and headings (`embedding_text.MAX_HEADER_TOKENS`) a passage stays
within what the model reads (`tokenizer.MODEL_MAX_TOKENS`).
"""
MAX_PASSAGE_CHARACTERS = 4096
"""Maximum characters of a passage: a long string without blanks is a single token."""
TINY_SECTION_TOKENS = 40
"""A section with fewer tokens is merged with its neighbour."""

_PASSAGE_CLOSING_MARKS = "\"'”’)]"
CHARACTERS_COUNTED_AT_ONCE = 16_384
"""Characters whose tokens are counted at once: it costs little more than for a few, and data need not be counted."""
_NOT_COUNTED = -1


class NoteSection(NamedTuple):
    """Lines under a heading. `start` is the line of the heading and `body` the line after it; both, and the exclusive
    `end`, count from 0.

    `cuts` are the lines at which a block starts.
    """

    heading: tuple[str, ...]
    start: int
    body: int
    end: int
    cuts: tuple[int, ...]


class TextSpan(NamedTuple):
    """A range of character offsets; `end` is exclusive."""

    start: int
    end: int


class LineOffsets:
    """A text with the offsets of its lines. Tokens are counted where they are asked for, each line once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts = array("l", [_NOT_COUNTED]) * len(self.starts)
        self._offsets: dict[int, TokenOffsets] = {}

    def line_offset(self, line: int) -> int:
        """The offset of a line (from 0); the end of the text for a line after the last."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def line_at(self, offset: int) -> int:
        """The line (from 0) that contains an offset."""
        return bisect_right(self.starts, offset) - 1

    def last_line_before(self, offset: int) -> int:
        """The last line (from 0) that begins at an offset or before it; the one after the last where the text ends."""
        return len(self.starts) if offset >= len(self.text) else self.line_at(offset)

    def fits_passage(self, span: TextSpan, tokens: int = MAX_BODY_TOKENS) -> bool:
        """Whether a span is short enough for a passage."""
        length = span.end - span.start
        return length <= tokens or (length <= MAX_PASSAGE_CHARACTERS and self._count_tokens(span) <= tokens)

    def offset_after(self, start: int, tokens: int, end: int) -> int:
        """The offset, at most `end`, before which at most `tokens` tokens from `start` on start; all in one line."""
        line = self.line_at(start)
        begin = self.starts[line]
        return begin + self._offsets_in(line).offset_after(start - begin, tokens, end - begin)

    def count_before(self, offset: int) -> int:
        """The tokens of a line before an offset in it."""
        line = self.line_at(offset)
        begin = self.starts[line]
        return self._offsets_in(line).count(0, offset - begin) if offset > begin else 0

    def count_lines(self, first: int, end: int) -> array[int]:
        """The tokens of each line from `first` up to `end`, which is exclusive."""
        counts = self._counts[first:end]
        if _NOT_COUNTED not in counts:
            return counts
        begin = self.line_offset(first)
        until = begin + CHARACTERS_COUNTED_AT_ONCE
        stop = max(end, self.line_at(until) if until < len(self.text) else len(self.starts))
        found = count_tokens_by_line(self.text[begin : self.line_offset(stop)])[: stop - first]
        self._counts[first:stop] = found
        return found[: end - first]

    def _count_tokens(self, span: TextSpan) -> int:
        """How many tokens start in a span: whole lines, and parts of lines at its ends."""
        first, last = self.line_at(span.start), self.line_at(span.end - 1)
        begin, end = self.starts[first], self.line_offset(last + 1)
        if span.end < end and self.text[span.end] == "\n":
            end = span.end
        if first == last and (span.start > begin or span.end < end):
            return self._offsets_in(first).count(span.start - begin, span.end - begin)
        total = sum(self.count_lines(first, last + 1))
        if span.start > begin:
            total -= self._offsets_in(first).count(0, span.start - begin)
        if span.end < end:
            total -= self._offsets_in(last).count(span.end - self.starts[last], end - self.starts[last])
        return total

    def _offsets_in(self, line: int) -> TokenOffsets:
        """The offsets of the tokens in a line, from its beginning."""
        if line not in self._offsets:
            self._offsets[line] = TokenOffsets(self.text[self.starts[line] : self.line_offset(line + 1)])
        return self._offsets[line]

    def trim_span(self, span: TextSpan) -> TextSpan | None:
        """The span without blank lines at its ends, in whole lines where it had whole lines; None when it is blank."""
        piece = self.text[span.start : span.end]
        if not piece.strip():
            return None
        first = span.start + len(piece) - len(piece.lstrip())
        last = span.start + len(piece.rstrip())
        begin = self.starts[self.line_at(first)]
        end = self.text.find("\n", last, span.end + 1)  # no further: a line may have millions of characters
        if end < 0 and span.end == len(self.text):
            end = span.end
        return TextSpan(begin if begin >= span.start else first, end if end >= 0 else last)


def cut_passages(
    path: str,
    lines: LineOffsets,
    sections: Sequence[NoteSection],
    roles: str,
    encoded: Sequence[EncodedSpan] = (),
) -> tuple[Passage, ...]:
    """The passages of a note in the order of its lines. `roles` are its `line_roles`; `encoded` data is left out."""
    return tuple(
        _build_passage(path, lines, section.heading, span, roles)
        for section in _merge_tiny(lines, sections)
        for piece in (_split_around(lines, section, encoded) if encoded else _split_section(lines, section))
        if (span := lines.trim_span(piece)) is not None
    )


def _split_around(lines: LineOffsets, section: NoteSection, encoded: Sequence[EncodedSpan]) -> Iterator[TextSpan]:
    """The spans of a section around its data: whole lines together, and what a line has before and after data."""
    end = lines.line_offset(section.end)
    at = section.body
    for data in encoded:
        if data.end <= lines.line_offset(at) or data.start >= end:
            continue
        first, last = lines.line_at(max(data.start, lines.line_offset(at))), lines.line_at(min(data.end, end) - 1)
        if at < first and has_words(lines.text, lines.line_offset(at), lines.line_offset(first)):
            yield from _split_section(lines, section._replace(body=at, end=first))
        start, stop = lines.line_offset(max(first, at)), min(end, lines.line_offset(last + 1))
        for rest in text_around(start, stop, encoded, lines.text):
            yield from _split_span(lines, TextSpan(*rest))
        at = last + 1
    if at == section.body or has_words(lines.text, lines.line_offset(at), end):
        yield from _split_section(lines, section._replace(body=at))


def passage_id(heading: tuple[str, ...], text: str) -> str:
    """The id of a passage: a hash of its headings and text, independent of where it stands."""
    return hashlib.blake2b("\x1f".join((*heading, "", text)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _is_below(heading: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether `heading` is below `other`. Two sibling headings may have the same title."""
    return len(heading) > len(other) and heading[: len(other)] == other


def _build_passage(path: str, lines: LineOffsets, heading: tuple[str, ...], span: TextSpan, roles: str) -> Passage:
    text = lines.text[span.start : span.end]
    first, last = lines.line_at(span.start), lines.line_at(span.end - 1)
    prose = text
    if "c" in roles[first : last + 1] or "x" in roles[first : last + 1]:
        prose = "\n".join(
            line for number, line in enumerate(text.split("\n"), first) if roles[number] not in "cx"
        ).strip("\n")
    return Passage(
        id=passage_id(heading, text),
        path=path,
        heading=heading,
        line_start=first + 1,
        line_end=last + 1,
        text=text,
        prose=prose,
    )


def _merge_tiny(lines: LineOffsets, sections: Sequence[NoteSection]) -> Iterator[NoteSection]:
    """Merge runs of tiny sections with the same parent, under the headings they share."""
    held: NoteSection | None = None
    for section in _nonempty_sections(lines, sections):
        if held is None:
            held = section
            continue
        joined = _join_sections(held, section)
        if joined is not None and _is_tiny(lines, held) and _is_tiny(lines, section) and _section_fits(lines, joined):
            held = joined
        else:
            yield held
            held = section
    if held is not None:
        yield held


def _nonempty_sections(lines: LineOffsets, sections: Sequence[NoteSection]) -> Iterator[NoteSection]:
    """The sections that are not empty. A heading with no text and no heading below it is its own text."""
    for section, following in zip_longest(sections, sections[1:]):
        if lines.trim_span(_section_span(lines, section)) is not None:
            yield section
        elif section.heading and (following is None or not _is_below(following.heading, section.heading)):
            yield section._replace(heading=section.heading[:-1], body=section.start)


def _join_sections(one: NoteSection, other: NoteSection) -> NoteSection | None:
    shared = 0
    while shared < min(len(one.heading), len(other.heading)) and one.heading[shared] == other.heading[shared]:
        shared += 1
    if shared == 0 and one.heading and other.heading:
        return None
    if shared < len(one.heading) - 1:
        return None  # `other` is below an ancestor of `one`, not beside or below `one`
    body = one.body if shared == len(one.heading) else one.start
    return NoteSection(one.heading[:shared], one.start, body, other.end, (*one.cuts, other.start, *other.cuts))


def _section_span(lines: LineOffsets, section: NoteSection) -> TextSpan:
    return TextSpan(lines.line_offset(section.body), lines.line_offset(section.end))


def _is_tiny(lines: LineOffsets, section: NoteSection) -> bool:
    return lines.fits_passage(_section_span(lines, section), TINY_SECTION_TOKENS)


def _section_fits(lines: LineOffsets, section: NoteSection) -> bool:
    return lines.fits_passage(_section_span(lines, section))


def _split_section(lines: LineOffsets, section: NoteSection) -> Iterator[TextSpan]:
    """Fill passages one after another, each as far as the last block or line that fits into it."""
    whole = _section_span(lines, section)
    if lines.fits_passage(whole):
        yield whole
        return
    tokens = [0, *accumulate(lines.count_lines(section.body, section.end))]
    ends = _find_ends(lines, section, tokens)
    start = filled = whole.start
    index = 0
    while index < len(ends):
        reached = bisect_right(ends, _last_line_that_fits(lines, start, section.body, tokens), index)
        if reached > index:
            filled, index = lines.line_offset(ends[reached - 1]), reached
        elif filled > start and lines.fits_passage(TextSpan(filled, lines.line_offset(ends[index]))):
            yield TextSpan(start, filled)
            start = filled
        else:
            for piece in _split_line(lines, TextSpan(filled, lines.line_offset(ends[index]))):
                if piece.start > start and not lines.fits_passage(TextSpan(start, piece.end)):
                    yield TextSpan(start, filled)
                    start = piece.start
                filled = piece.end
            index += 1
    yield TextSpan(start, filled)


def _find_ends(lines: LineOffsets, section: NoteSection, tokens: Sequence[int]) -> list[int]:
    """The lines before which a passage may end: those that a block starts at, and all lines of a block that is too
    long. `tokens` are those before each line of the section.
    """
    edges = sorted({section.body, section.end, *(edge for edge in section.cuts if section.body < edge < section.end)})
    ends: list[int] = []
    for first, end in pairwise(edges):
        last = _last_line_that_fits(lines, lines.line_offset(first), section.body, tokens)
        ends.extend([end] if end <= last else range(first + 1, end + 1))
    return ends


def _last_line_that_fits(lines: LineOffsets, start: int, body: int, tokens: Sequence[int]) -> int:
    """The last line before which a passage that begins at `start` may end. `tokens` are those before each line from
    `body` on.
    """
    longest = lines.last_line_before(start + MAX_PASSAGE_CHARACTERS)
    before = tokens[lines.line_at(start) - body] + lines.count_before(start)
    full = body + bisect_right(tokens, before + MAX_BODY_TOKENS) - 1
    return max(min(longest, full), lines.last_line_before(start + MAX_BODY_TOKENS))


def _split_span(lines: LineOffsets, span: TextSpan) -> Iterator[TextSpan]:
    """Cut a span into lines, the lines into sentences, and the sentences into runs of words, as far as needed."""
    if lines.fits_passage(span):
        yield span
        return
    first, last = lines.line_at(span.start), lines.line_at(span.end - 1)
    for number in range(first, last + 1):
        line = TextSpan(max(span.start, lines.line_offset(number)), min(span.end, lines.line_offset(number + 1)))
        if lines.fits_passage(line):
            yield line
        else:
            yield from _split_line(lines, line)


def _split_line(lines: LineOffsets, line: TextSpan) -> Iterator[TextSpan]:
    """Cut a line into sentences, and the sentences into runs of words, as far as needed."""
    found = find_sentence_ends(
        lines.text, line.start, line.end, closing=_PASSAGE_CLOSING_MARKS, abbreviations=False, wide=True
    )
    ends = [sentence.following for sentence in found]
    for a, b in zip([line.start, *ends], [*ends, line.end], strict=True):
        yield from _word_runs(lines, TextSpan(a, b))


def _word_runs(lines: LineOffsets, span: TextSpan) -> Iterator[TextSpan]:
    start = span.start
    while not lines.fits_passage(TextSpan(start, span.end)):
        end = min(lines.offset_after(start, MAX_BODY_TOKENS, span.end), start + MAX_PASSAGE_CHARACTERS)
        blank = lines.text.rfind(" ", start + (end - start) // 2, end)
        end = blank + 1 if blank > 0 else max(end, start + 1)
        yield TextSpan(start, end)
        start = end
    if start < span.end:
        yield TextSpan(start, span.end)
