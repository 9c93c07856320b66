"""Reads properties line by line: front matter that is no valid YAML, and heads of notes without fences.

Every value is text as written, or a list of such texts; nothing is expanded, so nothing here can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_HEAD_LINES = 40
"""Maximum lines of a head without fences."""

PropertyValue = str | list[str]
"""A property as written: a text, or the items of a list."""

_KEY_LINE = re.compile(
    r"([^\s:#\-\[{&*!|>'\"%@`][^:\n]{0,80}|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}')[ \t]*:(?:[ \t]+(.*)|[ \t]*)$"
)
_ITEM_LINE = re.compile(r"\s*-(?:\s+(.*)|\s*)$")
_HEAD_LINE = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]+(\S.*)")
_OUTLINE_PROPERTY = re.compile(r"[ \t]*(?:[-*+][ \t]+)?([\w][\w./ -]{0,60}?)::(?:[ \t]+(.*)|[ \t]*)$")
_HEAD_KEYS = frozenset(
    {
        "alias",
        "aliases",
        "author",
        "authors",
        "categories",
        "category",
        "comment",
        "copyright",
        "created",
        "date",
        "description",
        "id",
        "keywords",
        "lang",
        "language",
        "modified",
        "project",
        "source",
        "status",
        "subtitle",
        "summary",
        "tag",
        "tags",
        "title",
        "type",
        "uid",
        "updated",
        "url",
        "uuid",
    }
)


class PropertyLines(NamedTuple):
    """A top-level key with its value as written on its line, and the lines that belong to it."""

    key: str
    value: str
    below: tuple[str, ...]


class NoteHead(NamedTuple):
    """The properties at the top of a note without fences, and how many lines they take."""

    fields: dict[str, PropertyValue]
    lines: int


def split_properties(content: str) -> list[PropertyLines] | None:
    """The top-level keys of front matter, in order; None where most of its lines are no properties."""
    found: list[PropertyLines] = []
    odd = 0
    for line in content.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if match := _KEY_LINE.match(line):
            found.append(PropertyLines(match[1].strip().strip("\"'"), (match[2] or "").strip(), ()))
        elif found and (line[0] in " \t" or _ITEM_LINE.match(line)):
            found[-1] = found[-1]._replace(below=(*found[-1].below, line))
        else:
            odd += 1
    return found if len(found) > odd else None


def read_written_value(lines: PropertyLines) -> PropertyValue:
    """The value of a key as it is written: a list in brackets or below the key, else the text without its quotes."""
    value = _strip_comment(lines.value)
    if lines.below and (not value or value in "|>" or value in ("|-", ">-")):
        if all(map(_ITEM_LINE.match, lines.below)):
            return [item for item in (_unquote(_item_text(line)) for line in lines.below) if item]
        return " ".join(line.strip() for line in lines.below)
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        return [item for item in map(_unquote, value[1:-1].split(",")) if item]
    return _unquote(" ".join((value, *(line.strip() for line in lines.below))))


def read_head(text: str) -> NoteHead | None:
    """The head of a note without fences: `Title: …` lines (MultiMarkdown), which end at the first blank line; or None.

    Lines are a head if the first names a title, or if all are properties that notes commonly have, and two at least.
    """
    fields: dict[str, PropertyValue] = {}
    count = 0
    for count, line in enumerate(text.split("\n", MAX_HEAD_LINES)[:MAX_HEAD_LINES]):  # noqa: B007
        if not line.strip():
            break
        match = _HEAD_LINE.fullmatch(line.rstrip())
        if match is None:
            return None
        fields.setdefault(match[1].strip(), match[2].strip())
    else:
        count += 1
    keys = [key.lower() for key in fields]
    known = sum(key in _HEAD_KEYS for key in keys)
    is_head = bool(keys) and (keys[0] == "title" or (len(keys) > 1 and known == len(keys)))
    return NoteHead(fields, count) if is_head else None


def read_page_properties(text: str) -> dict[str, PropertyValue]:
    """The properties of an outline's page: its first lines as long as they are `key:: value`."""
    fields: dict[str, PropertyValue] = {}
    for line in text.split("\n", MAX_HEAD_LINES)[:MAX_HEAD_LINES]:
        match = _OUTLINE_PROPERTY.fullmatch(line.rstrip())
        if match is None:
            break
        fields.setdefault(match[1].strip(), (match[2] or "").strip())
    return fields


def _item_text(line: str) -> str:
    match = _ITEM_LINE.match(line)
    return (match[1] or "").strip() if match else line.strip()


def _strip_comment(value: str) -> str:
    return value if value[:1] in "\"'[" else re.split(r"\s#(?=\s)", value, maxsplit=1)[0].strip()


def _unquote(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def quote_wikilinks(content: str) -> str:
    """Front matter in which each value that begins with a wikilink is quoted: YAML would read a list in a list."""
    return _LINK_VALUE.sub(_quote_value, content) if "[[" in content else content


_LINK_VALUE = re.compile(r"^([ \t]*(?:[^\s:#][^:\n]{0,80}:|-)[ \t]+)(\[\[[^\[\]\n]+\]\].*)$", re.MULTILINE)


def _quote_value(match: re.Match[str]) -> str:
    escaped = match[2].rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{match[1]}"{escaped}"'


def key_lines(lines: PropertyLines) -> Iterator[str]:
    """The lines of a key as they were."""
    yield f"{lines.key}: {lines.value}".rstrip()
    yield from lines.below
