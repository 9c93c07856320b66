"""Reads the inline Markdown of a line: links, tags, and its words without markup.

A line may be a megabyte written to be slow, so each pattern looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote

_BACKTICKS = re.compile("`+")
_WIKILINK = re.compile(r"!?\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
_MARKDOWN_LINK = re.compile(
    r"((?<!\\)!|)(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()]|\([^\s()]*+\))*+))[^()\n]*+\)"
)
_EXTERNAL_TARGET = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#)")
_HASHTAG = re.compile(r"#(?<![\w#&/\\(\[]#)(?=[\w/-]*[^\W\d_])([\w/-]+)")
_HEX_COLOUR = re.compile(r"(?=\w*\d)(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_BARE_URL = re.compile(r"<?\b[a-z]+://\S+", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|~~|==)(?=\S)(.{1,200}?)(?<=\S)\1|(?<!\w)(__?)(?=\S)(.{1,200}?)(?<=\S)\3(?!\w)")
MAY_BE_EMPHASIS = re.compile(r"[*_`]|==|~~")
"""What a text has somewhere that has emphasis."""
_DOTTED_NAME = re.compile(r"(?:dendron://[^/\s]*/)?(?![vV]\d)[^\W\d_][\w-]*(?:\.[\w-]+)+(?:#\S*)?")
_MEDIA_SUFFIX = re.compile(r"\.(png|jpe?g|gif|svg|webp|pdf|mp[34]|m4a|wav|webm|mov|canvas|base)$", re.IGNORECASE)
_NOTE_SUFFIXES = (".md", ".markdown", ".txt")


def without_code(text: str) -> str:
    """`text` with code spans blanked."""
    return _replace_code(text, lambda _: " ")


def _replace_code(text: str, replacement: Callable[[str], str]) -> str:
    """`text` with each code span replaced by `replacement` of its content. A span ends at the next run of as many
    backticks.
    """
    if "`" not in text:
        return text
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    later: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in reversed(runs):
        later[end - start].append(start)
    parts, done = [], 0
    for start, end in runs:
        same = later[end - start]
        same.pop()
        if start >= done and same:
            parts += [text[done:start], replacement(text[end : same[-1]])]
            done = same[-1] + end - start
    return "".join([*parts, text[done:]])


def find_links(text: str) -> list[str]:
    """Targets of wikilinks and relative Markdown links in prose, as written, without anchors and images.

    A wikilink `[[a|b]]` whose second part is a dotted name gives the target `a|b`: in Dendron that part is the note.
    """
    if "](" not in text and "[[" not in text:
        return []
    text = without_code(text)
    wikilinks = _WIKILINK.finditer(text) if "[[" in text else ()
    found = [(match.start(), _wikilink_target(match)) for match in wikilinks]
    found = [(at, target) for at, target in found if not _MEDIA_SUFFIX.search(target.partition("|")[0])]
    found += [
        (match.start(), _link_target(match[3] or match[4] or ""))
        for match in (_MARKDOWN_LINK.finditer(text) if "](" in text else ())
        if not match[1] and is_local_target(match[3] or match[4] or "")
    ]
    return [target for _, target in sorted(found) if target]


def _wikilink_target(match: re.Match[str]) -> str:
    target = _link_target(match[1])
    return f"{target}|{_link_target(match[2])}" if target and _is_dotted_name(match[2]) else target


def _is_dotted_name(text: str | None) -> bool:
    """Whether the second part of a wikilink may be the name of a note in Dendron: words joined by dots."""
    return bool(text and _DOTTED_NAME.fullmatch(text.strip()))


def _link_target(written: str) -> str:
    return written.partition("#")[0].rstrip("\\").strip()  # in a table the bar before an alias is escaped


def is_local_target(target: str) -> bool:
    """Whether a Markdown link's target may be a note in the folder."""
    if not target or _EXTERNAL_TARGET.match(target):
        return False
    name = unquote(target.partition("#")[0]).rpartition("/")[2]
    return name.lower().endswith(_NOTE_SUFFIXES) or "." not in name.lstrip(".")


def find_tags(text: str) -> list[str]:
    """Tags (`#tag`, `#a/b`) in prose, in lower case. Numbers, colours and link anchors are no tags."""
    if "#" not in text:
        return []
    text = without_code(text)
    for pattern, sign in ((_WIKILINK, "[["), (_MARKDOWN_LINK, "]("), (_BARE_URL, "://")):
        text = pattern.sub(" ", text) if sign in text else text
    return [tag.lower() for tag in map(_trim_tag, _HASHTAG.findall(text)) if tag and not _HEX_COLOUR.fullmatch(tag)]


def _trim_tag(tag: str) -> str:
    return str(tag).strip("/-")


def unwrap_links(text: str) -> str:
    """`text` with each link replaced by its text, and each code span by its content."""
    if "[[" in text:
        text = _WIKILINK.sub(_wikilink_words, text)
    if "](" in text:
        text = _MARKDOWN_LINK.sub(lambda match: match[2], text)
    return _replace_code(text, str.strip)


def _wikilink_words(match: re.Match[str]) -> str:
    if match[2] and not (match[1].strip() and _is_dotted_name(match[2]) and not _is_dotted_name(match[1])):
        return match[2]
    return match[1].strip() if match[2] else match[1].replace("#", " ")


def strip_inline(text: str) -> str:
    """The words of a line: each link by its text, without backticks and emphasis marks."""
    text = unwrap_links(text)
    for _ in range(2 if MAY_BE_EMPHASIS.search(text) else 0):
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    return " ".join(text.split())
