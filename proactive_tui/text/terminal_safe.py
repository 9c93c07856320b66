"""Makes untrusted text safe for a terminal; the only module that knows what a terminal obeys.

Notes, their names, models, the config and old conversations are not trusted. All text for a screen, a terminal, a
prompt or a log passes through one of these functions. None of them loses a letter.
"""

from __future__ import annotations

import re
import unicodedata

TERMINAL_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\n\x07\x1b]*(?:\x07|\x1b\\|(?=[\n\x1b])|\Z)"
    r"|\x1b[ -/]*[0-~]"
)
"""Complete terminal sequences: CSI, the string sequences (OSC, DCS, SOS, PM, APC; an open one ends with its line),
short ones.

For 8-bit C1 controls only the control character is removed: text in a wrong encoding is full of them, and its lines
stay.
"""
UNFINISHED_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[ -/]*|[\]PX^_][^\n\x07\x1b]*\x1b?)\Z")
"""The beginning of a terminal sequence at the end of a text."""

_CONTROL_CHARACTERS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_INVISIBLE_CHARACTERS = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""Invisible characters: marks that turn the writing direction, disguised line ends, tags that hide text. The joiners
(U+200C, U+200D) stay: some scripts, and emoji, need them.
"""
DROPPED_CHARACTERS = re.compile(f"[{_CONTROL_CHARACTERS}{_INVISIBLE_CHARACTERS}]")
"""Characters that are removed, once line ends are newlines."""
_ESCAPED_IN_JSON = re.compile(f"[\x7f-\x9f{_INVISIBLE_CHARACTERS}]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_REPEATED_JOINERS = re.compile("[\u200c\u200d]{2,}")
_MARK_FLOOD = re.compile(r"[^\x00-\u02ff\w\s]{9,}")
MAX_MARKS_PER_LETTER = 8
"""Maximum combining marks on one letter; more would run over the lines around it."""


def sanitize_text(text: str) -> str:
    """The text without terminal sequences, control characters and invisible characters; lines end in a newline."""
    if text.isascii() and text.isprintable():
        return text
    text = DROPPED_CHARACTERS.sub("", TERMINAL_SEQUENCES.sub("", _LINE_END.sub("\n", text)))
    return _MARK_FLOOD.sub(_limit_marks, _REPEATED_JOINERS.sub(lambda match: match.group()[0], text))


def one_line(text: str) -> str:
    """The sanitized text on one line, with single blanks."""
    return " ".join(sanitize_text(text).split())


def escape_json(json: str) -> str:
    """The same JSON with every character escaped that must not be shown as it is."""
    return _ESCAPED_IN_JSON.sub(lambda match: "".join(f"\\u{unit}" for unit in _utf16_units(match.group())), json)


def escape_for(encoding: str, json: str) -> str:
    """The same JSON with every character escaped that an encoding does not have."""
    try:
        json.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _NOT_ASCII.sub(lambda match: "".join(f"\\u{unit}" for unit in _utf16_units(match.group())), json)
    return json


def _utf16_units(character: str) -> list[str]:
    """The UTF-16 units of a character, in hexadecimal."""
    return character.encode("utf-16-be", "surrogatepass").hex(" ", 2).split()


def is_combining_mark(character: str) -> bool:
    """Whether a character combines with the one before it."""
    return unicodedata.category(character) in ("Mn", "Me")


def _limit_marks(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in match.group():
        marks = marks + 1 if is_combining_mark(character) else marks if character in "\u200c\u200d" else 0
        if marks <= MAX_MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
