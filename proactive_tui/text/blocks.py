"""Splits a note into lines with their Markdown roles and into blocks, and a block into sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count, repeat
from typing import Literal, NamedTuple, cast

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.sentences import find_sentence_ends

LineRole = Literal["prose", "item", "heading", "quote", "code", "table", "rule", "blank", "hidden"]
LINE_ROLES: dict[str, LineRole] = {
    "p": "prose",
    "i": "item",
    "h": "heading",
    "q": "quote",
    "c": "code",
    "t": "table",
    "r": "rule",
    " ": "blank",
    "x": "hidden",
}
"""The letters of `Note.line_roles`. Of a list item only the first line is an `item`; what continues it is `prose`.

A `hidden` line is there for programs: a comment, a drawer, a property, a time stamp, a query. A callout that is no
quotation has the roles of what stands in it.
"""

CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.+?\$\$", re.DOTALL)
ADDRESS_OR_HTML_TAG = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*(?:\s+\"[^\"]*\")?\)|<?https?://[^\s)>\]]+|<[a-zA-Z/!][^<>]*>"
)
HIDDEN_SPAN = re.compile(r"%%(?:[^%]|%(?!%)){0,400}%%|<!--(?:[^-]|-(?!->)){0,400}-->")
LIST_MARKER = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+")
CALLOUT_TITLE = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?(?:>[ \t]?)+\[!(?P<type>[\w /-]{1,30})\](?:\|[^\]\n]{0,30})?[+-]?[ \t]*"
)
"""The first line of a callout up to its title."""
QUOTED_START = re.compile(rf"{CALLOUT_TITLE.pattern}|{QUOTE_MARKS.pattern}")
MAX_BLOCK_CHARACTERS = 8192
"""Maximum characters of a block; the rest becomes the next block, so that no regular expression runs for long."""


class SourceLine(NamedTuple):
    """A line of a note: its number from 1, its text, its role, and the passage it belongs to."""

    number: int
    text: str
    role: LineRole
    heading: tuple[str, ...]
    passage: str


_line_of = cast("Callable[[Iterable[object]], SourceLine]", partial(tuple.__new__, SourceLine))
"""A line of its parts: most of a note's time goes by line, and a call of `SourceLine` takes three times as long."""


class TextBlock(NamedTuple):
    """Consecutive lines of one paragraph, list item, heading, quote, table or code block.

    `indent` is the column at which its text begins. `parent` is the index, among the blocks of the note, of the list
    item or the title of the callout that contains it; `depth` counts such blocks above it. `callout` is the type of the
    callout it stands in ("question"), empty elsewhere. `hidden` has the lines between its own and after them that are
    there for programs: properties, time stamps, drawers. Blocks with the role `hidden` stand by themselves.
    """

    role: LineRole
    lines: tuple[SourceLine, ...]
    heading: tuple[str, ...]
    indent: int
    depth: int = 0
    parent: int | None = None
    callout: str = ""
    hidden: tuple[SourceLine, ...] = ()

    @property
    def text(self) -> str:
        """Its lines as they stand, without the marks of quotes and callouts."""
        return "\n".join(QUOTE_MARKS.sub("", line.text) for line in self.lines).rstrip()


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
        texts = passage.text.split("\n")
        letters = note.line_roles[passage.line_start - 1 : passage.line_start - 1 + len(texts)]
        if len(letters) < len(texts):
            letters += "".join("p" if text.strip() else " " for text in texts[len(letters) :])
        roles = map(LINE_ROLES.__getitem__, letters)
        parts = zip(count(passage.line_start), texts, roles, repeat(passage.heading), repeat(passage.id))
        out.extend(map(_line_of, parts))
    return out


def split_blocks(note: Note) -> list[TextBlock]:
    """The blocks of a note in order, each with the index of its parent. A list item includes the lines that continue
    it.
    """
    plain_text = note.path.lower().endswith(".txt")
    builder = _BlockTree()
    for line in classify_lines(note):
        builder.add_line(line, plain_text)
    builder.close_block()
    return builder.blocks


class _BlockTree:
    """The blocks so far, the lines of the one that is being read, and the blocks that may contain the next one."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self._run: list[SourceLine] = []
        self._hidden: list[SourceLine] = []
        self._length = 0
        self._open: list[int] = []
        self._callout = ""
        self._quote_depth = 0
        self._in_title = False

    def add_line(self, line: SourceLine, plain_text: bool) -> None:
        if line.role == "blank":
            self.close_block()
            self._callout = ""
            return
        self._follow_quote(line)
        if line.role == "hidden" and self._hold_hidden(line):
            return
        if self._hidden and not self._run and (line.role != "item" or LIST_MARKER.match(line.text)):
            self.close_block()
        run = self._run
        goes_on = run and (
            line.number == run[-1].number
            or (line.role == run[0].role and _may_wrap(run[-1], plain_text) and line.role not in ("item", "heading"))
            or (line.role == "prose" and run[0].role == "item" and _may_wrap(run[-1], plain_text))
        )
        if (
            not goes_on
            or line.heading != run[0].heading
            or self._length + len(line.text) > MAX_BLOCK_CHARACTERS
            or (self._in_title and line.number != run[-1].number)
        ):
            if run:
                self.close_block()
            self._in_title = line.role != "quote" and bool(self._callout) and CALLOUT_TITLE.match(line.text) is not None
        self._run.append(line)
        self._length += len(line.text)
        if self._callout and not QUOTE_MARKS.sub("", line.text).strip():
            self.close_block()  # a blank line in a callout

    def _hold_hidden(self, line: SourceLine) -> bool:
        """Keep a hidden line for the block in or right after which it stands, or whose first line it is."""
        if LIST_MARKER.match(line.text):
            self.close_block()
        elif not self._hidden and (
            not self._run
            or self._run[0].role not in ("item", "prose", "heading")
            or line.heading != self._run[0].heading
        ):
            return False
        self._hidden.append(line)
        return True

    def _follow_quote(self, line: SourceLine) -> None:
        """Know the callout that a line stands in."""
        depth = _quote_depth(line.text)
        if depth and (found := CALLOUT_TITLE.match(line.text)):
            self.close_block()
            self._callout, self._quote_depth = found["type"].strip().lower(), depth
        elif self._callout and not depth and (line.role != "prose" or not self._run):
            self._callout = ""

    def close_block(self) -> None:
        run = self._run
        if not run and not self._hidden:
            return
        if not run:  # an item that is all properties
            run, self._hidden = self._hidden, []
        indent = _text_column(
            (self._hidden[0] if self._hidden and self._hidden[0].number < run[0].number else run[0]).text
        )
        heading = run[0].heading
        while self._open and not self._contains(self.blocks[self._open[-1]], run[0], indent, heading):
            self._open.pop()
        parent = self._open[-1] if self._open else None
        self.blocks.append(
            TextBlock(
                run[0].role,
                tuple(run),
                heading,
                indent,
                len(self._open),
                parent,
                self._callout,
                tuple(self._hidden),
            )
        )
        if run[0].role == "item" or self._in_title:
            self._open.append(len(self.blocks) - 1)
        self._run, self._hidden, self._length, self._in_title = [], [], 0, False

    def _contains(self, above: TextBlock, line: SourceLine, indent: int, heading: tuple[str, ...]) -> bool:
        if above.heading != heading or above.callout != self._callout:
            return False
        if CALLOUT_TITLE.match(above.lines[0].text) and above.role != "item":
            return bool(self._callout) and CALLOUT_TITLE.match(line.text) is None
        return indent > above.indent


def _quote_depth(text: str) -> int:
    found = QUOTE_MARKS.match(text) if ">" in text else None
    return found[0].count(">") if found else 0


def _text_column(text: str) -> int:
    """The column at which the text of a line begins after the marks of quotes; a tab reaches to the next fourth."""
    bare = QUOTE_MARKS.sub("", text).expandtabs(4) if "\t" in text else QUOTE_MARKS.sub("", text)
    return len(bare) - len(bare.lstrip())


def _may_wrap(line: SourceLine, plain_text: bool) -> bool:
    """Whether the next line may continue this one. In plain text only long lines are wrapped."""
    return not plain_text or len(line.text) >= 70


def mask_text(text: str) -> str:
    """`text` with comments, code spans, addresses and HTML tags blanked out, at the same length."""
    if "%%" in text or "<!--" in text:
        text = HIDDEN_SPAN.sub(_blank_out, text)
    if "`" in text or "$$" in text:
        text = CODE_SPAN.sub(_blank_out, text)
    if "<" in text or "](" in text or "://" in text:
        text = ADDRESS_OR_HTML_TAG.sub(_blank_out, text)
    return text


def _blank_out(found: re.Match[str]) -> str:
    return "·" * len(found[0])


def split_sentences(block: TextBlock) -> list[Sentence]:
    """The sentences of a block, each with the lines it stands on."""
    starts, text = [], ""
    for line in block.lines:
        starts.append((len(text), line.number))
        text += (QUOTED_START.sub("", line.text) if ">" in line.text[:80] else line.text).rstrip() + " "
    text = text.rstrip()
    masked = mask_text(text)
    out: list[Sentence] = []
    begin = 0
    for end in (*(sentence.end for sentence in find_sentence_ends(masked)), len(masked)):
        raw = text[begin:end]
        if words := raw.strip():
            first = begin + len(raw) - len(raw.lstrip())
            begun, ended = _line_number_at(starts, first), _line_number_at(starts, end - 1)
            out.append(Sentence(words, masked[first : first + len(words)], begun, ended, end == len(text)))
        begin = end
    return out


def _line_number_at(starts: list[tuple[int, int]], offset: int) -> int:
    if len(starts) == 1:
        return starts[0][1]
    return starts[bisect_right(starts, offset, key=lambda start: start[0]) - 1][1]


def quote_lines(note_lines: Sequence[SourceLine], first: int, last: int, path: str, quoted_text: str = "") -> Evidence:
    """Evidence that quotes lines `first` to `last` of a note, or of one of its blocks, unchanged.

    Where one long line was cut into several passages, the evidence is the piece that contains `quoted_text`. A heading
    is in no passage of its section: it is quoted by `quoted_text`, with the passage below it.
    """
    begin = bisect_left(note_lines, first, key=lambda line: line.number)
    end = bisect_right(note_lines, last, key=lambda line: line.number)
    chosen = [line for line in note_lines[begin:end] if line.role != "blank"]
    if first == last and len(chosen) > 1:
        chosen = [next((line for line in chosen if quoted_text[:40] in line.text), chosen[0])]
    if not chosen:
        below = note_lines[min(begin, len(note_lines) - 1)] if note_lines else SourceLine(first, "", "blank", (), "")
        return Evidence(
            path=path, line_start=first, line_end=last, text=quoted_text, heading=below.heading, passage=below.passage
        )
    by_number = {line.number: line for line in reversed(chosen)}
    return Evidence(
        path=path,
        line_start=first,
        line_end=last,
        text="\n".join(by_number[number].text if number in by_number else "" for number in range(first, last + 1)),
        heading=chosen[0].heading,
        passage=chosen[0].passage,
    )
