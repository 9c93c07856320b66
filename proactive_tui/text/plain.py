"""Turns Markdown into plain text that can be quoted."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from proactive_tui.model.note_values import ITEM_PATH_MARK
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.inline import unwrap_links
from proactive_tui.text.sentences import cut_sentences
from proactive_tui.text.stream_cleaner import sanitize_text
from proactive_tui.text.terminal_safe import one_line

_CODE_BLOCKS = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_BLOCK_MARKUP = (
    (re.compile(r"^[^\S\n]*(?:>[^\S\n]*)+", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*#{1,6}\s+", re.MULTILINE), ""),
)
_INLINE_MARKUP = (
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(.{1,400}?)~~|==(.{1,400}?)=="), r"\1\2"),
    (re.compile(r"<[^<>\n]{1,80}>"), ""),
)
"""Each pattern looks at a character a bounded number of times: a passage may be written to be slow."""
_QUOTE_TRANSLATION = str.maketrans(
    dict.fromkeys('“”„‟«»"″', "'") | {"’": "'", "‘": "'", "‚": "'", "‹": "'", "›": "'", "\u00a0": " "}
)
_DATE_PREFIX = re.compile(
    r"^\d{4}[-_.]?\d{2}[-_.]?\d{2}"
    r"(?:[T _-]?(?:[01]\d|2[0-3])[:_.-]?[0-5]\d(?:[:_.-]?[0-5]\d(?:\.\d+)?)?Z?(?!\w))?[-_. ]*"
)
_STATEMENT_BREAK = re.compile(r"\n{2,}|\n(?=[^\S\n]*(?:[-*+>#|]|\d+[.)]\s))")


def plain_line(text: str) -> str:
    """`text` on one line, without code blocks, Markdown marks and control characters."""
    return " ".join(plain_lines(text).split())


def plain_lines(text: str) -> str:
    """`text` with its lines, without code blocks, Markdown marks and control characters."""
    text = _CODE_BLOCKS.sub("", sanitize_text(text))
    for pattern, kept in _BLOCK_MARKUP:
        text = pattern.sub(kept, text)
    text = unwrap_links(text)
    for pattern, kept in _INLINE_MARKUP:
        text = pattern.sub(kept, text)
    return text


def plain_sentences(text: str) -> list[str]:
    """The sentences, list items and headings of `text` in order, without markup."""
    parts = _STATEMENT_BREAK.split(_CODE_BLOCKS.sub("", sanitize_text(text)))
    found = (plain_line(sentence) for part in parts for sentence, _ in cut_sentences(part))
    return [sentence for sentence in found if any(map(str.isalnum, sentence))]


def quotable_fragment(text: str, limit: int = 110) -> str:
    """`text` for use inside quotation marks: without markup, quotation marks of its own, or a final full stop.

    Text longer than `limit` characters ends at a word, with …. The result is empty where `text` has no letter or digit.
    """
    text = plain_line(text).translate(_QUOTE_TRANSLATION).strip(" '")
    if not any(map(str.isalnum, text)):
        return ""
    if len(text) > limit:
        cut = text[: limit - 1]
        text = (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.-–—!?(['") + "…"
    return re.sub(r"[\s.,;:!\-–—]+$", "", text) or text


def is_question(text: str) -> bool:
    """Whether a text ends as a question, in any script."""
    return text.rstrip(" \t\n*_`\"'”»)]").endswith(("?", "？", "؟", "\u037e"))


def comparable_text(text: str) -> str:
    """`text` for comparing: without markup, in lower case, with one kind of quotation mark."""
    return plain_line(text).translate(_QUOTE_TRANSLATION).casefold()


def note_name(evidence: Evidence) -> str:
    """The name of a note as its owner would say it: its first heading where that is its title, else its file name.

    An item of a source is named by its heading, or else by its place: its path has codes. Of a note, a heading is the
    title where other headings stand below it, where it shares a word with the file name, or where the file name says
    little (a date, or only short words and numbers).
    """
    if evidence.origin is not None and not evidence.heading:
        return quotable_fragment(evidence.origin.place, 60) or evidence.origin.form
    stem = PurePosixPath(evidence.path).stem
    bare = re.sub(r"[-_]+|\s+", " ", _DATE_PREFIX.sub("", stem)).strip()
    heading = quotable_fragment(evidence.heading[0], 60) if evidence.heading else ""
    telling = {word for word in _name_words(bare) if len(word) > 3 and not word.isdigit()}
    if heading and (
        ITEM_PATH_MARK in evidence.path or len(evidence.heading) > 1 or not telling or telling & _name_words(heading)
    ):
        return heading
    name = quotable_fragment(bare, 60) or stem
    return name[:1].upper() + name[1:]


def _name_words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W_]{2,}", text)}


def escape_markdown(text: str) -> str:
    """A name or words within a line of Markdown, whose marks mean nothing there."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in text)


def note_location(evidence: Evidence) -> str:
    """The name of the note and the line number, for a reader; of an item, its place in a file, or what it is."""
    if evidence.origin is not None:
        return one_line(evidence.origin.place or evidence.origin.form)
    return f"{note_name(evidence)}, line {evidence.line_start}"
