"""Cuts HTML and what looks like it into tags and text, in time that grows with its length whatever it says. Pure.

Python's own `html.parser` takes minutes for 100 kB of unclosed comments (CVE-2025-6069), and feeds come from anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

_TAG_NAME = re.compile(r"/?([a-zA-Z][\w:.-]{0,60})")
_TAG_REST = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+")
_RAW_TAGS = frozenset({"script", "style", "textarea", "xmp", "noembed", "noframes"})
MAX_ATTRIBUTES = 60


class MarkupToken(NamedTuple):
    """A piece of HTML: text without entities where `name` is "", else the tag of that lower-case name.

    A tag opens unless `is_end`; `attributes` have lower-case names, "" where they have no value.
    """

    text: str = ""
    name: str = ""
    is_end: bool = False
    attributes: Mapping[str, str] = {}


def read_tokens(markup: str) -> Iterator[MarkupToken]:
    """The tags and texts of HTML in their order. Comments, declarations and the contents of scripts are left out."""
    place = 0
    while (start := markup.find("<", place)) >= 0:
        name = _TAG_NAME.match(markup, start + 1)
        if name is None and markup[start + 1 : start + 2] not in ("!", "?"):
            yield MarkupToken(unescape(markup[place : start + 1]))
            place = start + 1
            continue
        if start > place:
            yield MarkupToken(unescape(markup[place:start]))
        if name is None:
            place = _place_after(markup, "-->" if markup.startswith("<!--", start) else ">", start)
        else:
            end = _place_after(markup, ">", start)
            rest = _TAG_REST.match(markup, name.end())
            place = rest.end() if rest else end
            token = _read_tag(name[1].lower(), markup[start + 1] == "/", markup[name.end() : place - 1])
            yield token
            if token.name in _RAW_TAGS and not token.is_end:
                closing = re.compile(f"</{token.name}", re.IGNORECASE).search(markup, place)
                place = closing.start() if closing else len(markup)
    if place < len(markup):
        yield MarkupToken(unescape(markup[place:]))


def _place_after(markup: str, closing: str, start: int) -> int:
    """The place after `closing`; the end where it never comes."""
    end = markup.find(closing, start)
    return end + len(closing) if end >= 0 else len(markup)


def _read_tag(name: str, is_end: bool, inside: str) -> MarkupToken:
    attributes: dict[str, str] = {}
    if not is_end:
        for match in _ATTRIBUTE.finditer(inside):
            attributes.setdefault(match[1].lower(), unescape(_unquote_value(match[2] or "")))
            if len(attributes) == MAX_ATTRIBUTES:
                break
    return MarkupToken(name=name, is_end=is_end, attributes=attributes)


def _unquote_value(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} and value[-1:] == value[:1] and len(value) > 1 else value
