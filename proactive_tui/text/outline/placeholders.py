"""Tells apart what stands in braces: blanks that a template fills, gaps of flashcards, embeds, queries and code.

Templater, Obsidian, QuickAdd, Logseq, Roam, Jinja and Handlebars are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

PlaceholderKind = Literal["template", "cloze", "embed", "query", "macro", "state", "expression"]
"""What braces hold.

`template`: a blank that a program fills by itself when a note is made ("{{date:YYYY}}", "<% tp.file.title %>").
`cloze`: a gap to learn. `embed`, `query`, `macro`: what a program shows in that place. `state`: a box of Roam.
`expression`: a variable or statement of some other language, which prose may only quote ("{{ inventory_hostname }}",
"{% if %}"); a note that has many of them may be a template, too.
"""


class Placeholder(NamedTuple):
    """Braces in a text from `start` to `end` (exclusive), with what they hold."""

    kind: PlaceholderKind
    start: int
    end: int
    content: str


_CODE = re.compile(r"(?ms)^[ \t>]*(```|~~~).*?^[ \t>]*\1|`[^`\n]*`")
"""Fenced code, and code in a line."""
_BRACES = re.compile(
    r"<%(?P<templater>[^%]{0,2000})%>|\{%(?P<statement>[^%{}\n]{0,500})%\}"
    r"|\{\{(?P<content>(?:[^{}\n]|\{[^{}\n]{0,200}\}){0,2000})\}\}"
)
_CLOZE_START = re.compile(r"c\d{1,3}::|cloze[ :]|cards?\b", re.IGNORECASE)
_EMBED = re.compile(r"(?:\[\[)?embed\b", re.IGNORECASE)
_QUERY = re.compile(r"(?:\[\[)?(?:query|table|namespace|mentions|attr-table|search|datalog-block)\b", re.IGNORECASE)
_MACRO = re.compile(
    r"(?:\[\[)?(?:renderer|video|youtube|youtube-timestamp|vimeo|tweet|twitter|bilibili|iframe|button|kanban|slider|pdf"
    r"|diagram|mermaid|calc|word-count|streak|or|encrypt|alias|=:|img|zotero\w*)\b|[#/!<>[]",
    re.IGNORECASE,
)
"""Among them short codes of Hugo, and blocks and partials of Handlebars: "{{< figure >}}", "{{#each items}}"."""
_STATE = re.compile(r"(?:\[\[)?(?:TODO|DONE|DOING)(?:\]\])?$")
_TEMPLATE_WORD = re.compile(
    r"(?:date|time|title|today|tomorrow|yesterday|now|cursor|value|field|name|vdate|monday|sunday|week|weekday|author"
    r"|authors|url|content|highlights?|tags?|publish(?:ed|date)|isbn|noteid|datum|zeit|titel|heute|fecha|hora|titre"
    r"|heure|auteur|data|ora|titolo|autore|título|autor|naam|日付|タイトル)\b",
    re.IGNORECASE,
)
"""The names that programs for notes fill in by themselves."""
_KINDS_IN_BRACES: tuple[tuple[re.Pattern[str], PlaceholderKind], ...] = (
    (_CLOZE_START, "cloze"),
    (_EMBED, "embed"),
    (_QUERY, "query"),
    (_STATE, "state"),
    (_MACRO, "macro"),
    (_TEMPLATE_WORD, "template"),
)


def may_hold_placeholders(text: str) -> bool:
    """Whether a text may hold placeholders: a cheap test."""
    return "{{" in text or "<%" in text or "{%" in text


def strip_code(text: str) -> str:
    """The text without code, which only talks about placeholders; its lines stay."""
    return _CODE.sub(lambda found: "\n" * found[0].count("\n"), text)


def find_placeholders(text: str) -> Iterator[Placeholder]:
    """The braces of a text with what they hold, in order; code in it has to be stripped before."""
    if not may_hold_placeholders(text):
        return
    for found in _BRACES.finditer(text):
        if (script := found["templater"]) is not None:
            yield Placeholder("template", found.start(), found.end(), script.strip(" *_-"))
        elif (statement := found["statement"]) is not None:
            yield Placeholder("expression", found.start(), found.end(), statement.strip(" -"))
        elif content := found["content"].strip():
            yield Placeholder(_kind_of(content), found.start(), found.end(), content)


def has_placeholder(text: str, *, named: bool = False) -> bool:
    """Whether a text without code holds a placeholder; with `named`, one that a program fills in by itself."""
    return any(
        placeholder.kind == "template" or (placeholder.kind == "expression" and not named)
        for placeholder in find_placeholders(text)
    )


def _kind_of(content: str) -> PlaceholderKind:
    return next((kind for pattern, kind in _KINDS_IN_BRACES if pattern.match(content)), "expression")
