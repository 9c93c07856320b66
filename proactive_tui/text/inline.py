"""What stands inside a line of Markdown: links, tags, and the words without their marks.

A line may be a whole megabyte that somebody made to be slow: each pattern looks at each character a bounded number of
times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote

_TICKS = re.compile("`+")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
_LINK = re.compile(
    r"((?<!\\)!|)(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()]|\([^\s()]*+\))*+))[^()\n]*+\)"
)
_ELSEWHERE = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#)")
_TAG = re.compile(r"(?<![\w#&/\\(\[])#(?=[\w/-]*[^\W\d_])([\w/-]+)")
_COLOUR = re.compile(r"(?=\w*\d)(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_URL = re.compile(r"<?\b[a-z]+://\S+", re.IGNORECASE)
_MARKS = re.compile(r"(\*\*\*|\*\*|\*|~~|==)(?=\S)(.{1,200}?)(?<=\S)\1|(?<!\w)(__?)(?=\S)(.{1,200}?)(?<=\S)\3(?!\w)")
_MEDIA = re.compile(r"\.(png|jpe?g|gif|svg|webp|pdf|mp[34]|m4a|wav|webm|mov|canvas|base)$", re.IGNORECASE)
_NOTE = (".md", ".markdown", ".txt")


def without_code(text: str) -> str:
    """`text` with code spans blanked."""
    return _code(text, lambda _: " ")


def _code(text: str, said: Callable[[str], str]) -> str:
    """`text` with what `said` makes of the inside of each code span: it ends at the next run of as many ticks."""
    if "`" not in text:
        return text
    runs = [match.span() for match in _TICKS.finditer(text)]
    later: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in reversed(runs):
        later[end - start].append(start)
    parts, done = [], 0
    for start, end in runs:
        same = later[end - start]
        same.pop()
        if start >= done and same:
            parts += [text[done:start], said(text[end : same[-1]])]
            done = same[-1] + end - start
    return "".join([*parts, text[done:]])


def links(text: str) -> list[str]:
    """Targets of wikilinks and relative Markdown links in prose, as written, without anchors; images are left out."""
    if "](" not in text and "[[" not in text:
        return []
    text = without_code(text)
    found = [(match.start(), _target(match[1])) for match in _WIKI.finditer(text)]
    found = [(at, target) for at, target in found if not _MEDIA.search(target)]
    found += [
        (match.start(), _target(match[3] or match[4] or ""))
        for match in _LINK.finditer(text)
        if not match[1] and local(match[3] or match[4] or "")
    ]
    return [target for _, target in sorted(found) if target]


def _target(written: str) -> str:
    return written.partition("#")[0].rstrip("\\").strip()  # in a table the bar before an alias is escaped


def local(target: str) -> bool:
    """Whether a Markdown link's target may be a note in the folder."""
    if not target or _ELSEWHERE.match(target):
        return False
    name = unquote(target.partition("#")[0]).rpartition("/")[2]
    return name.lower().endswith(_NOTE) or "." not in name.lstrip(".")


def tags(text: str) -> list[str]:
    """Tags (`#tag`, `#a/b`) in prose, in lower case; numbers, colours and anchors of links are none."""
    if "#" not in text:
        return []
    text = _URL.sub(" ", _LINK.sub(" ", _WIKI.sub(" ", without_code(text))))
    return [tag.lower() for tag in map(_tidy, _TAG.findall(text)) if tag and not _COLOUR.fullmatch(tag)]


def _tidy(tag: str) -> str:
    return str(tag).strip("/-")


def plain(text: str) -> str:
    """The words of a line: links by their text, without code ticks and emphasis."""
    text = _WIKI.sub(lambda match: match[2] or match[1].replace("#", " "), text)
    text = _LINK.sub(lambda match: match[2], text)
    text = _code(text, str.strip)
    for _ in range(2):
        text = _MARKS.sub(lambda match: match[2] or match[4], text)
    return " ".join(text.split())
