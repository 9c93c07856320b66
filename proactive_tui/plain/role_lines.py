"""Lines with roles, as they are read aloud: who says it, then the words. Pure; text is made safe for a terminal here.

The first line of what one role says begins with its name. What goes on with it begins with two blanks, which are not
read aloud: so no text of a note or of a model can pass for a line of another role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from proactive_tui.text.plain import plain_line
from proactive_tui.text.quantities import format_count
from proactive_tui.text.terminal_safe import one_line

SpeakerRole = Literal["Assistant", "You", "Why", "Source", "Found", "Answers", "Help", "Status"]
"""Who or what a line is of."""

CONTINUATION_INDENT = "  "
_SPOKEN_MARKS = str.maketrans({"→": "to", "›": ",", "●": ""})
_DOT_BETWEEN = re.compile(r"[.,]?\s+·\s+")
_DURATION = re.compile(r"\b(\d+) (s|min|h|d)\b")
_SPOKEN_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day"}
_CHECK_BOX = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])?\s*)\[(?P<mark>.)\]\s+")
_CITED_SOURCE_NUMBER = re.compile(r"\s*\[(\d{1,3})\](?!\()")
_TABLE_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_PLAIN_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": ",", "\u00a0": " "}
)


def spoken_words(text: str) -> str:
    """The program's own words on one line, with the marks of the screen put into words or commas."""
    said = one_line(_DOT_BETWEEN.sub(", ", one_line(text)).translate(_SPOKEN_MARKS))
    return _DURATION.sub(lambda found: format_count(int(found[1]), _SPOKEN_UNITS[found[2]]), said)


def spoken_markdown(line: str) -> str:
    """A line of a note or a reply without the marks of Markdown, its box and its citation in words; "" without words.

    What stands in a fence of code is no Markdown: see `SentenceStream`.
    """
    state = ""
    if box := _CHECK_BOX.match(line):
        state = {" ": "open: ", "x": "done: ", "X": "done: "}.get(box["mark"], "")
        line = box[1] + line[box.end() :]
    if row := _TABLE_ROW.match(line):
        line = ", ".join(cell.strip() for cell in row[1].split("|") if cell.strip())
    words = _CITED_SOURCE_NUMBER.sub(r" (source \1)", plain_line(line)).strip()
    return f"{state}{words}" if any(map(str.isalnum, words)) else ""


def written_lines(role: SpeakerRole, sentences: Iterable[str], *, goes_on: bool = False) -> Iterator[str]:
    """The lines as they are written: the first one with the role, unless the role `goes_on`."""
    for sentence in sentences:
        yield f"{CONTINUATION_INDENT if goes_on else f'{role}: '}{sentence}"
        goes_on = True


def writable_text(text: str, encoding: str) -> str:
    """The text in characters that an encoding has; typographic marks become plain ones, all others it lacks "?"."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.translate(_PLAIN_MARKS)
        return plain.encode(encoding, "replace").decode(encoding)
    return text
