"""The words of a note without its markup, short enough to quote."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from proactive_tui.model import Evidence
from proactive_tui.text.stream_cleaner import clean

_CODE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_RULES = (
    (re.compile(r"!\[([^\[\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"^[^\S\n]*(?:>[^\S\n]*)+", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(.{1,400}?)~~|==(.{1,400}?)=="), r"\1\2"),
    (re.compile(r"(?<!`)`++([^`\n]+)`+"), r"\1"),
    (re.compile(r"<[^<>\n]{1,80}>"), ""),
)
"""Each looks at a character a bounded number of times: a passage may be one that somebody made to be slow."""
_QUOTES = str.maketrans(
    dict.fromkeys('“”„‟«»"″', "'") | {"’": "'", "‘": "'", "‚": "'", "‹": "'", "›": "'", "\u00a0": " "}
)
_DATE = re.compile(r"^(?:\d{4}[-_.]?\d{2}[-_.]?\d{2})[-_. ]*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\s'”’)»]+(?=\S)|\n{2,}|\n(?=[^\S\n]*(?:[-*+>#|]|\d+[.)]\s))")


def unmarked(text: str) -> str:
    """`text` on one line, without code blocks, Markdown marks and control characters."""
    return " ".join(prose(text).split())


def prose(text: str) -> str:
    """`text` with its lines, without code blocks, Markdown marks and control characters."""
    text = _CODE.sub("", clean(text))
    for pattern, kept in _RULES:
        text = pattern.sub(kept, text)
    return text


def sentences(text: str) -> list[str]:
    """The sentences, list items and headings of `text`, unmarked, in order."""
    found = (unmarked(each) for each in _SENTENCE.split(_CODE.sub("", clean(text))))
    return [each for each in found if any(map(str.isalnum, each))]


def fragment(text: str, limit: int = 110) -> str:
    """`text` as it can stand inside quotation marks: unmarked, no quotation marks of its own, no stop at its end.

    Longer than `limit` characters it ends at a word with …; empty where `text` has no letter or digit.
    """
    text = unmarked(text).translate(_QUOTES).strip(" '")
    if not any(map(str.isalnum, text)):
        return ""
    if len(text) > limit:
        cut = text[: limit - 1]
        text = (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.-–—!?(['") + "…"
    return re.sub(r"[\s.,;:!\-–—]+$", "", text) or text


def comparable(text: str) -> str:
    """`text` as it is compared: unmarked, one kind of quotation mark, lower case."""
    return unmarked(text).translate(_QUOTES).casefold()


def note_name(evidence: Evidence) -> str:
    """What the owner would call the note: its first heading where that is its title, else the name of its file.

    A heading counts as the title where others stand below it, where it shares a word with the file's name, or where
    that name says little: a date, or nothing but short forms and numbers.
    """
    stem = PurePosixPath(evidence.path).stem
    bare = re.sub(r"[-_]+|\s+", " ", _DATE.sub("", stem)).strip()
    heading = fragment(evidence.heading[0], 60) if evidence.heading else ""
    telling = {word for word in _words(bare) if len(word) > 3 and not word.isdigit()}
    if heading and (len(evidence.heading) > 1 or not telling or telling & _words(heading)):
        return heading
    name = fragment(bare, 60) or stem
    return name[:1].upper() + name[1:]


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W_]{2,}", text)}


def named_note(evidence: Evidence) -> str:
    """The note and the line, as a reader finds it."""
    return f"{note_name(evidence)}, line {evidence.line_start}"
