"""Finds the lines of a note that are there for programs: comments, drawers, properties, timestamps and queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MAX_PROPERTY_WORDS = 12
"""Words of a property's value; more are a sentence that somebody wrote to be read."""
MAX_DRAWER_LINES = 200

_CONTENT_KEYS = frozenset(
    ("question", "questions", "idea", "todo", "task", "next", "next step", "goal", "note", "answer", "q", "a", "frage")
)
"""Keys whose value is text of the owner: "question:: why does it flicker?"."""

PROPERTY = re.compile(
    r"(?P<marks>[\[(]?[*_]{0,2})(?P<key>[^\W_][\w./-]*(?: [\w./-]+){0,2}|[.][\w-]+)(?P<close>[*_]{0,2})::"
    r"(?P<after>[*_]{0,2}[ \t]+|[*_]{0,2}$)(?P<value>.*)$"
)
DRAWER_OR_PROPERTY = re.compile(
    r"(?:[*_\[(]{0,3}[\w.][\w ./-]{0,40}[*_]{0,2}::(?:[*_]{0,2}\s|[*_]{0,2}$)|(?:SCHEDULED|DEADLINE|CLOSED): *[<\[]"
    r"|CLOCK: *\[|:[A-Za-z_-]+:)"
)
_ITEM_START = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,4}[.)])[ \t]+)*")
_STAMP_LINE = re.compile(r"(?:(?:SCHEDULED|DEADLINE|CLOSED): *[<\[][^<>\[\]]{4,60}[>\]]\s*)+$|CLOCK: *\[")
_DRAWER_START = re.compile(r":(?:LOGBOOK|PROPERTIES|CLOCK|NOTES|RESULTS|[A-Z]{3,20}):[ \t]*$")
_ORG_KEYWORD = re.compile(r"#\+(?P<key>[A-Za-z_]{2,30})(?::|[ \t]|$)")
_ORG_BLOCK_ROLES = {"query": "x", "comment": "x", "src": "c", "example": "c", "export": "c", "quote": "q"}
_QUERY_LINE = re.compile(
    r"(?:\{\{(?:\[\[)?(?:embed|query|renderer|namespace|video|youtube|youtube-timestamp|tweet|twitter|button|table|kanban"
    r"|pdf|iframe|mentions|diagram|calc)\b.{0,2000}\}\}|!\[\[[^\[\]]{1,300}\]\]|`(?:\$=|=)[^`]{1,2000}`)[ \t]*$"
)
_HIDING_SIGNS = ("%%", "<!--", "::")
"""What may hide a line wherever it stands."""
_HIDING_STARTS = ("SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:", "#+", "{{", "![[", "`$", "`=")
"""What may hide a line at whose beginning it stands, beside the names of drawers."""
_DRAWER_NAME = re.compile(r":[A-Z]{3}")
_HIDING_START = re.compile(
    rf"^[ \t>*+-]*(?:{_DRAWER_NAME.pattern}|{'|'.join(map(re.escape, _HIDING_STARTS))})", re.MULTILINE
)
_COMMENT_MARK = re.compile(r"(?<![\w%])%%(?!%)|%%(?!\w)|<!--|-->")


def is_property_line(text: str) -> bool:
    """Whether a line without its list marker is a property ("due:: 2026-12-11"), and no sentence after two colons."""
    found = PROPERTY.match(text)
    if found is None or found["key"].lower() in _CONTENT_KEYS:
        return False
    return found["value"].count(" ") < MAX_PROPERTY_WORDS or "[[" in found["value"]


def hide_lines(roles: list[str], lines: Sequence[str]) -> None:
    """Set the role `x` for each line that is there for programs. `roles` has a letter of `LINE_ROLES` for each line."""
    for number in _find_comment_lines(roles, lines):
        if lines[number].strip():
            roles[number] = "x"
    number = 0
    while number < len(lines):
        number = _hide_from(roles, lines, number) if roles[number] in "piqt" else number + 1


def may_hide_lines(text: str) -> bool:
    """Whether a text may hold such lines: a cheap test."""
    if any(sign in text for sign in _HIDING_SIGNS):
        return True
    may_start = any(sign in text for sign in _HIDING_STARTS) or _DRAWER_NAME.search(text) is not None
    return may_start and _HIDING_START.search(text) is not None


def _hide_from(roles: list[str], lines: Sequence[str], number: int) -> int:
    """Hide what begins at a line, if anything does; the number of the line after it."""
    line = lines[number]
    if not any(sign in line for sign in (":", "#+", "{{", "![[", "`")):
        return number + 1
    bare = _ITEM_START.sub("", line, count=1)
    if _DRAWER_START.match(bare):
        end = next(
            (
                at
                for at in range(number + 1, min(len(lines), number + MAX_DRAWER_LINES))
                if lines[at].strip() == ":END:"
            ),
            None,
        )
        if end is not None:
            _pass_on_item(roles, number, end + 1)
            roles[number : end + 1] = ["x" if letter != " " else " " for letter in roles[number : end + 1]]
            return end + 1
    if found := _ORG_KEYWORD.match(bare):
        return _hide_org_keyword(roles, lines, number, found["key"].lower())
    if ("::" in bare and is_property_line(bare)) or _STAMP_LINE.match(bare) or _QUERY_LINE.match(bare):
        _pass_on_item(roles, number, number + 1)
        roles[number] = "x"
    return number + 1


def _hide_org_keyword(roles: list[str], lines: Sequence[str], number: int, key: str) -> int:
    """Hide "#+TITLE: …", and "#+BEGIN_QUERY" with all up to its end; the number of the line after."""
    roles[number] = "x"
    block = key.removeprefix("begin_")
    if block == key:
        return number + 1
    for end in range(number + 1, min(len(lines), number + MAX_DRAWER_LINES)):
        if lines[end].strip(" \t>").lower() == f"#+end_{block}":
            role = _ORG_BLOCK_ROLES.get(block)
            if role is not None:
                roles[number + 1 : end] = [role if letter != " " else " " for letter in roles[number + 1 : end]]
            roles[end] = "x"
            return end + 1
    return number + 1


def _pass_on_item(roles: list[str], first: int, following: int) -> None:
    """Where the first line of an item is hidden, its next line is the first that is read."""
    if roles[first] == "i" and following < len(roles) and roles[following] == "p":
        roles[following] = "i"


def _find_comment_lines(roles: Sequence[str], lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that are nothing but comment: `%% … %%` or `<!-- … -->`, over lines too."""
    closing = ""
    waiting: list[int] = []
    for number, line in enumerate(lines):
        if "%%" not in line and "--" not in line:
            if closing:
                waiting.append(number)
            continue
        if roles[number] == "c" and not closing:
            continue
        shown = False
        at = 0
        in_code = roles[number] == "c"
        for mark in _COMMENT_MARK.finditer(line):
            if closing and mark[0] == closing and not in_code:
                yield from waiting
                waiting, closing, at = [], "", mark.end()
            elif not closing and mark[0] != "-->" and not in_code:
                shown = shown or bool(line[at : mark.start()].strip(" \t>-*+"))
                closing = "%%" if mark[0] == "%%" else "-->"
                at = mark.end()
        if closing:
            if not shown:
                waiting.append(number)
        elif at and not shown and not line[at:].strip():
            yield number
