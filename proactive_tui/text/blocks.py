"""Splits a note into lines with their Markdown roles and into blocks, and a block into sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from proactive_tui.model import Evidence, Note
from proactive_tui.text.sentences import find_sentence_ends

LineRole = Literal["prose", "item", "heading", "quote", "code", "table", "rule", "blank"]
LINE_ROLES: dict[str, LineRole] = {
    "p": "prose",
    "i": "item",
    "h": "heading",
    "q": "quote",
    "c": "code",
    "t": "table",
    "r": "rule",
    " ": "blank",
}
"""The letters of `Note.line_roles`. Of a list item only the first line is an `item`; what continues it is `prose`."""

CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.+?\$\$", re.DOTALL)
ADDRESS_OR_HTML_TAG = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*(?:\s+\"[^\"]*\")?\)|<?https?://[^\s)>\]]+|<[a-zA-Z/!][^<>]*>"
)
MAX_BLOCK_CHARACTERS = 8192
"""Maximum characters of a block; the rest becomes the next block, so that no regular expression runs for long."""


class SourceLine(NamedTuple):
    """A line of a note: its number from 1, its text, its role, and the passage it belongs to."""

    number: int
    text: str
    role: LineRole
    heading: tuple[str, ...]
    passage: str


class TextBlock(NamedTuple):
    """Consecutive lines of one paragraph, list item, heading, quote, table or code block."""

    role: LineRole
    lines: tuple[SourceLine, ...]
    heading: tuple[str, ...]
    indent: int


class Sentence(NamedTuple):
    """A sentence of a block. `masked` is `text` with code and addresses blanked out, at the same length."""

    text: str
    masked: str
    line_start: int
    line_end: int
    last: bool


def classify_lines(note: Note) -> list[SourceLine]:
    """The lines of a note in order. A gap between two passages (a heading, an empty line) becomes one blank line.

    A long line that was cut into several passages comes in as many pieces, each with the number of that line. A note of
    an older parser has no roles until it is read again: all its lines count as prose.
    """
    out: list[SourceLine] = []
    for passage in sorted(note.passages, key=lambda passage: passage.line_start):
        if out and passage.line_start > out[-1].number + 1:
            out.append(SourceLine(out[-1].number + 1, "", "blank", passage.heading, passage.id))
        for number, text in enumerate(passage.text.split("\n"), passage.line_start):
            letter = note.line_roles[number - 1 : number] or ("p" if text.strip() else " ")
            role = LINE_ROLES[letter]
            out.append(SourceLine(number, text, role, passage.heading, passage.id))
    return out


def split_blocks(note: Note) -> list[TextBlock]:
    """The blocks of a note in order. A list item includes the lines that continue it."""
    out: list[TextBlock] = []
    run: list[SourceLine] = []

    def close() -> None:
        if run:
            indent = len(run[0].text) - len(run[0].text.lstrip())
            out.append(TextBlock(run[0].role, tuple(run), run[0].heading, indent))
            run.clear()

    plain_text = note.path.lower().endswith(".txt")
    length = 0
    for line in classify_lines(note):
        if line.role == "blank":
            close()
            continue
        goes_on = run and (
            line.number == run[-1].number
            or (line.role == run[0].role and _may_wrap(run[-1], plain_text) and line.role not in ("item", "heading"))
            or (line.role == "prose" and run[0].role == "item" and _may_wrap(run[-1], plain_text))
        )
        if not goes_on or line.heading != run[0].heading or length + len(line.text) > MAX_BLOCK_CHARACTERS:
            close()
            length = 0
        run.append(line)
        length += len(line.text)
    close()
    return out


def _may_wrap(line: SourceLine, plain_text: bool) -> bool:
    """Whether the next line may continue this one. In plain text only long lines are wrapped."""
    return not plain_text or len(line.text) >= 70


def mask_text(text: str) -> str:
    """`text` with code spans, addresses and HTML tags blanked out, at the same length."""
    for pattern in (CODE_SPAN, ADDRESS_OR_HTML_TAG):
        text = pattern.sub(lambda found: "·" * len(found[0]), text)
    return text


def split_sentences(block: TextBlock) -> list[Sentence]:
    """The sentences of a block, each with the lines it stands on."""
    starts, text = [], ""
    for line in block.lines:
        starts.append((len(text), line.number))
        text += line.text.rstrip() + " "
    text = text.rstrip()
    masked = mask_text(text)
    out: list[Sentence] = []
    begin = 0
    for end in (*(sentence.end for sentence in find_sentence_ends(masked)), len(masked)):
        raw = text[begin:end]
        first = begin + len(raw) - len(raw.lstrip())
        if raw.strip():
            out.append(
                Sentence(
                    raw.strip(),
                    masked[first : first + len(raw.strip())],
                    _line_number_at(starts, first),
                    _line_number_at(starts, end - 1),
                    False,
                )
            )
        begin = end
    if out:
        out[-1] = out[-1]._replace(last=True)
    return out


def _line_number_at(starts: list[tuple[int, int]], offset: int) -> int:
    return starts[bisect_right(starts, offset, key=lambda start: start[0]) - 1][1]


def quote_lines(note_lines: Sequence[SourceLine], first: int, last: int, path: str, quoted_text: str = "") -> Evidence:
    """Evidence that quotes lines `first` to `last` of a note, or of one of its blocks, unchanged.

    Where one long line was cut into several passages, the evidence is the piece that contains `quoted_text`.
    """
    begin = bisect_left(note_lines, first, key=lambda line: line.number)
    end = bisect_right(note_lines, last, key=lambda line: line.number)
    chosen = [line for line in note_lines[begin:end] if line.role != "blank"]
    if first == last and len(chosen) > 1:
        chosen = [next((line for line in chosen if quoted_text[:40] in line.text), chosen[0])]
    by_number = {line.number: line for line in reversed(chosen)}
    return Evidence(
        path=path,
        line_start=first,
        line_end=last,
        text="\n".join(by_number[number].text if number in by_number else "" for number in range(first, last + 1)),
        heading=chosen[0].heading,
        passage=chosen[0].passage,
    )
