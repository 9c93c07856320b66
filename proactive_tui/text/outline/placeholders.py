"""Tells apart what stands in braces: blanks that a template fills, gaps of flashcards, embeds, queries and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

PlaceholderKind = Literal["template", "cloze", "embed", "query", "macro", "state", "expression"]
"""What braces hold.

`template`: a blank that is filled when a note is made ("{{date:YYYY}}", "<% tp.file.title %>", "{% if %}"). `cloze`: a
gap to learn. `embed`, `query`, `macro`: what a program shows in that place. `state`: a box of Roam. `expression`: a
variable of some other language, quoted in a note ("{{ inventory_hostname }}"); many of them may be a template, too.
"""


class Placeholder(NamedTuple):
    """Braces in a text from `start` to `end` (exclusive), with what they hold."""

    kind: PlaceholderKind
    start: int
    end: int
    content: str


_BRACES = re.compile(
    r"<%(?P<templater>[^%]{0,2000})%>|\{%(?P<statement>[^%{}\n]{0,500})%\}|\{\{(?P<content>(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,2000})\}\}"
)
_CLOZE_START = re.compile(r"c\d{1,3}::|cloze[ :]")
_EMBED = re.compile(r"(?:\[\[)?embed\b")
_QUERY = re.compile(r"(?:\[\[)?(?:query|table|namespace|mentions|attr-table|search|datalog-block)\b")
_MACRO = re.compile(
    r"(?:\[\[)?(?:renderer|video|youtube|youtube-timestamp|vimeo|tweet|twitter|bilibili|iframe|button|kanban|slider|pdf"
    r"|diagram|mermaid|calc|word-count|streak|or|encrypt|alias|=:|img|zotero\w*)\b"
)
_STATE = re.compile(r"(?:\[\[)?(?:TODO|DONE|DOING)(?:\]\])?$")
_TEMPLATE_WORD = re.compile(
    r"(?:date|time|title|now|today|tomorrow|yesterday|day|week|month|year|cursor|value|vdate|name|filename|file|folder|field"
    r"|macro|template|linkcurrent|selected|clipboard|input|prompt|random|author|tags?|url|highlights?|note|content|id|uuid"
    r"|image|category|citekey|abstract|publisher|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday|datum|titel"
    r"|uhrzeit|fecha|titulo|hora|titre|heure|noformat|global_var|full_title|document_note|created|createdat|updated"
    r")(?:[:,|+.\-\s].*)?$",
    re.IGNORECASE | re.DOTALL,
)


def find_placeholders(text: str) -> Iterator[Placeholder]:
    """The braces of a text with what they hold, in order; code in it has to be blanked out before."""
    if "{{" not in text and "<%" not in text and "{%" not in text:
        return
    for found in _BRACES.finditer(text):
        content = found["content"]
        if content is None:
            inner = found["templater"] if found["templater"] is not None else found["statement"]
            yield Placeholder("template", found.start(), found.end(), inner.strip(" *_-"))
        else:
            yield Placeholder(_kind_of(content.strip()), found.start(), found.end(), content.strip())


def is_blank_to_fill(placeholder: Placeholder) -> bool:
    """Whether a placeholder shows that its note waits for being filled in."""
    return placeholder.kind == "template"


def _kind_of(content: str) -> PlaceholderKind:
    table: tuple[tuple[re.Pattern[str], PlaceholderKind], ...] = (
        (_CLOZE_START, "cloze"),
        (_EMBED, "embed"),
        (_QUERY, "query"),
        (_MACRO, "macro"),
        (_STATE, "state"),
        (_TEMPLATE_WORD, "template"),
    )
    return next((kind for pattern, kind in table if pattern.match(content)), "expression")
