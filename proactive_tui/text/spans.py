"""Takes texts apart by marked ranges, to show them with their marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TextRange = tuple[int, int]
"""Offsets of a range in a text; the second is exclusive."""


def split_spans(text: str, spans: Sequence[TextRange]) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, each with whether it is in one of the ranges, which are in order and do not overlap."""
    done = 0
    for start, end in spans:
        if start > done:
            yield text[done:start], False
        if end > start:
            yield text[start:end], True
        done = max(done, end)
    if done < len(text):
        yield text[done:], False


def excerpt_line(text: str, spans: Sequence[TextRange], line: int, limit: int) -> tuple[str, tuple[TextRange, ...]]:
    """About `limit` characters of a text on one line, from its line `line` (from 0) on, and the ranges within them.

    Where the first range of that line is far from its beginning, the excerpt begins a little before that range.
    """
    start = 0
    for _ in range(line):
        start = text.find("\n", start) + 1 or start
    ahead = next((span[0] for span in spans if span[0] >= start), start)
    if ahead - start > limit // 2 and "\n" not in text[start:ahead]:
        start = max(text.find(" ", ahead - limit // 4, ahead) + 1, ahead - limit // 4)
    pieces: list[str] = []
    found: list[TextRange] = []
    length = 0
    for piece, is_marked in split_spans(text[start:], [(a - start, b - start) for a, b in spans if a >= start]):
        words = _single_blanks(piece, pieces)
        is_cut = length + len(words) > limit
        if is_cut:
            words = words[: limit - length - 1].rsplit(" ", 1)[0].rstrip() + "…"
        if is_marked and words.strip():
            found.append((length, length + len(words)))
        pieces.append(words)
        length += len(words)
        if is_cut or length >= limit:
            break
    return "".join(pieces).rstrip(), tuple(found)


def _single_blanks(piece: str, before: Sequence[str]) -> str:
    """A piece of a text with single blanks, which goes on after `before`."""
    words = " ".join(piece.split())
    at_start = not before or before[-1].endswith(" ")
    lead = "" if at_start or not piece[:1].isspace() else " "
    tail = " " if words and piece[-1:].isspace() else ""
    return f"{lead}{words}{tail}" if words else lead
