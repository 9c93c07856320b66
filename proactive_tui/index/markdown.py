"""A note's bytes to a Note: front matter, headings, tasks, links, tags, and its passages. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from proactive_tui.index.passages import CHARACTERS, Lines, Section, cut
from proactive_tui.model import Note, TaskItem
from proactive_tui.text import dates, frontmatter, inline
from proactive_tui.text.decoding import decode

VERSION = 3
"""Raised when the same bytes would give another Note, so that what an older version parsed is parsed again."""

LONGEST = 400
"""Characters of a title, heading, link or tag at the most; what is longer is text, since every passage carries them."""
TAGS = 100
"""Tags of a note at the most, the first of them: each passage is found by all of them."""
BARS = 50_000
"""Bars in a text up to which tables are read cell by cell: each cell costs a kilobyte meanwhile."""

_TASK = re.compile(r"\[([ xX/-])\]\s+(?=\S)")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|$)")


class _Outline(NamedTuple):
    sections: list[Section]
    tasks: list[TaskItem]
    code: frozenset[int]
    inlines: list[str]
    h1: str


def parse(path: str, data: bytes, modified: float) -> Note:
    """The note that a file holds.

    `path` is relative to the notes folder, `modified` unix seconds. Never fails: what is no valid Markdown or front
    matter is text. A line ends with a line feed, a carriage return or both. The title is the front matter's, else the
    first heading of level one, else the file's name. See dates.note_date for the date and dates.due for tasks.
    """
    text = decode(data)
    toml = bool(_TOML.match(text))
    marked = text.replace("+++", "---", 1) if toml else text
    if toml:
        closing = marked.index("\n+++") + 1
        marked = f"{marked[:closing]}---{marked[closing + 3 :]}"
    env: dict[str, Any] = {}
    tokens = _parser(path.lower().endswith(".txt"), marked.count("|") <= BARS).parse(marked, env)
    lines = Lines(text)
    fields: dict[str, Any] = {}
    body = 0
    if tokens and tokens[0].type == "front_matter" and tokens[0].map:
        values = frontmatter.read(tokens[0].content, toml=toml)
        if values is not None:
            fields, body = values, tokens[0].map[1]
        tokens = tokens[1:]
    date, date_from = dates.note_date(fields, path, modified)
    outline = _outline(tokens, lines, body, date)
    passages = cut(path, lines, outline.sections, outline.code)
    if not passages:  # a note that is all properties can be found, too
        passages = cut(path, lines, [Section((), 0, 0, len(lines.starts), ())], frozenset())
    properties = {key: said for key, value in fields.items() if (said := frontmatter.words(value))}
    prose = "\n\n".join(outline.inlines)
    references = (str(each["href"]) for each in env.get("references", {}).values() if inline.local(str(each["href"])))
    links = [*inline.links(prose), *(each.partition("#")[0] for each in references), *_property_links(properties)]
    tags = [*(tag.strip("#").lower() for tag in _listed(fields, "tags", "tag")), *inline.tags(prose)]
    return Note(
        path=path,
        title=next(filter(_short, (inline.plain(properties.get("title", "")), outline.h1)), stem(path)),
        digest=hashlib.blake2b(data, digest_size=16).hexdigest(),
        date=date,
        date_from=date_from,
        modified=modified,
        passages=passages,
        tasks=tuple(outline.tasks),
        links=tuple(dict.fromkeys(filter(_short, links))),
        tags=tuple(dict.fromkeys(filter(_short, tags)))[:TAGS],
        properties=properties,
    )


def stem(path: str) -> str:
    """The name of a file without folders and suffix."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


@lru_cache(maxsize=4)
def _parser(plain_text: bool, tables: bool) -> MarkdownIt:
    """Blocks only: what a line holds is read by `inline`. Indented text is code in Markdown alone."""
    parser = MarkdownIt("commonmark").use(front_matter_plugin)
    parser = parser.enable("table") if tables else parser
    parser.disable("inline")
    return parser.disable(["code"]) if plain_text else parser


def _short(text: str) -> bool:
    """Whether it says something, and shortly."""
    return 0 < len(text) <= LONGEST


def _listed(fields: dict[str, Any], *keys: str) -> Iterator[str]:
    for key, value in fields.items():
        if key.lower() in keys:
            yield from frontmatter.items(value)


def _property_links(properties: dict[str, str]) -> Iterator[str]:
    for value in properties.values():
        yield from inline.links(value)


def _outline(tokens: Sequence[Token], lines: Lines, body: int, date: float) -> _Outline:
    """Sections from line `body` on, and what stands in them."""
    last = len(lines.starts)
    found = _Outline([], [], frozenset(), [], "")
    path: list[tuple[int, str]] = []
    code: set[int] = set()
    cuts: list[int] = []
    start = first = body
    h1 = ""
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        begin, end = token.map
        if token.type == "heading_open" and token.level == 0 and len(tokens[index + 1].content) <= LONGEST:
            title = inline.plain(tokens[index + 1].content)
            found.sections.append(Section(_titles(path), start, first, begin, tuple(cuts)))
            level = int(token.tag[1])
            path = [each for each in path if each[0] < level]
            path.append((level, title))
            h1 = h1 or (title if level == 1 else "")
            start, first, cuts = begin, end, []
        elif token.type in {"fence", "code_block"}:
            code.update(range(begin, end))
        elif token.type == "inline":
            found.inlines.append(token.content)
            task = _TASK.match(token.content)
            if task and index > 1 and tokens[index - 2].type == "list_item_open":
                words = inline.plain(token.content[task.end() : task.end() + CHARACTERS])
                due = dates.due(words, date)
                done = task[1] in "xX-"
                found.tasks.append(TaskItem(text=words, done=done, line=begin + 1, heading=_titles(path), due=due))
        if token.level == 0 or token.type == "list_item_open":
            cuts.append(begin)
    found.sections.append(Section(_titles(path), start, first, last, tuple(cuts)))
    return found._replace(code=frozenset(code), h1=h1)


def _titles(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path if title)
