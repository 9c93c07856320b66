"""Parses a note's bytes into a Note: front matter, headings, tasks, links, tags and passages. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec.structs import replace

from proactive_tui.index.block_parser import parse_blocks
from proactive_tui.index.passages import LineOffsets, NoteSection, cut_passages
from proactive_tui.model.note_values import Note, Passage, TaskItem
from proactive_tui.text import inline
from proactive_tui.text.dates.note_dates import note_date
from proactive_tui.text.decoding import decode_text
from proactive_tui.text.item_marks.note_task import find_note_task, find_todo_txt_tasks
from proactive_tui.text.item_marks.task_items import TaskFinder
from proactive_tui.text.outline.encoded_data import find_encoded_spans
from proactive_tui.text.outline.kanban_boards import find_closed_lines, is_kanban_board
from proactive_tui.text.outline.line_roles import find_line_roles, is_done_txt, is_todo_txt
from proactive_tui.text.properties import frontmatter, property_lines

PARSER_VERSION = 7
"""The version of the parser: a new one, for code that parses the same bytes into another Note, rereads every file."""

MAX_LABEL_CHARACTERS = 400
"""Maximum characters of a title, heading, link or tag. Anything longer is text, since every passage carries them."""
MAX_NOTE_TAGS = 100
"""Maximum tags of a note; the first ones count. Each passage is found by all tags of its note."""

_PLACEHOLDER = re.compile(r"\{\{|<%")
_ESCAPED_CHARACTER = re.compile(r"%(?:2[0-9A-Fa-f]|3[A-Fa-f]|5[A-Fa-f]|7[CcFf])")
_TOML_FRONT_MATTER = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|$)")


class _NoteOutline(NamedTuple):
    sections: list[NoteSection]
    tasks: list[TaskItem]
    inlines: list[str]
    h1: str


def parse_note(path: str, data: bytes, modified: float) -> Note:
    """The note that a file holds.

    `path` is relative to the notes folder, `modified` unix seconds. Never fails: what is no valid Markdown or front
    matter is text. A line ends with a line feed, a carriage return or both. The title is the front matter's, else the
    first heading of level one, else the file's name. See `note_dates` for the date and for the due days of tasks.
    """
    text = decode_text(data)
    toml = bool(_TOML_FRONT_MATTER.match(text))
    marked = text.replace("+++", "---", 1) if toml else text
    if toml:
        closing = marked.index("\n+++") + 1
        marked = f"{marked[:closing]}---{marked[closing + 3 :]}"
    env: dict[str, Any] = {}
    tokens = parse_blocks(marked, env, plain_text=path.lower().endswith(".txt"))
    lines = LineOffsets(text)
    fields: dict[str, Any] = {}
    body = 0
    if tokens and tokens[0].type == "front_matter" and tokens[0].map:
        values = frontmatter.parse_front_matter(tokens[0].content, toml=toml)
        if values is not None:
            fields, body = values, tokens[0].map[1]
        tokens = tokens[1:]
    elif head := property_lines.read_head(text):
        fields, body = dict(head.fields), head.lines
        tokens = [token for token in tokens if token.map is None or token.map[0] >= body]
    else:
        fields = dict(property_lines.read_page_properties(text))
    date, date_from = note_date(fields, path, modified, _heading_lines(tokens))
    encoded = find_encoded_spans(text)
    roles = find_line_roles(tokens, text, path, encoded)
    outline = _read_outline(tokens, lines, body, date, roles)
    passages = cut_passages(path, lines, outline.sections, roles, encoded)
    if not passages:  # a note that is all properties can be found, too
        passages = cut_passages(path, lines, [NoteSection((), 0, 0, len(lines.starts), ())], roles, encoded)
    properties = {key: shown for key, value in fields.items() if (shown := frontmatter.format_value(value))}
    prose = "\n\n".join(outline.inlines)
    references = (
        str(reference["href"])
        for reference in env.get("references", {}).values()
        if inline.is_local_target(str(reference["href"]))
    )
    links = [
        *inline.find_links(prose),
        *(target.partition("#")[0] for target in references),
        *_property_links(properties),
    ]
    tags = [*(tag.strip("#").lower() for tag in _property_items(fields, "tags", "tag")), *inline.find_tags(prose)]
    title = next(filter(_fits_label, (_written_title(fields), outline.h1)), page_name(path))
    return Note(
        path=path,
        title=title,
        digest=note_digest(data),
        date=date,
        date_from=date_from,
        modified=modified,
        passages=passages,
        line_roles=roles,
        tasks=_all_tasks(path, text, fields, outline.tasks, title, passages, date),
        links=tuple(dict.fromkeys(filter(_fits_label, links))),
        tags=tuple(dict.fromkeys(filter(_fits_label, tags)))[:MAX_NOTE_TAGS],
        properties=properties,
    )


def note_digest(data: bytes) -> str:
    """The hash of a file's bytes by which a note is known."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _heading_lines(tokens: Sequence[Token]) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            yield inline.strip_inline(tokens[index + 1].content[:MAX_LABEL_CHARACTERS])


def _all_tasks(
    path: str,
    text: str,
    fields: Mapping[str, Any],
    items: Sequence[TaskItem],
    title: str,
    passages: Sequence[Passage],
    date: float,
) -> tuple[TaskItem, ...]:
    """The tasks of a note: its items, or its lines where it is a list of todo.txt, and itself where it is a task."""
    if is_todo_txt(path):
        return tuple(find_todo_txt_tasks(text.split("\n"), date, all_done=is_done_txt(path)))
    if fields and is_kanban_board(fields):
        closed = find_closed_lines(text.split("\n"))
        return tuple(
            replace(item, state="done", done=True) if item.line in closed and not item.done else item for item in items
        )
    whole = find_note_task(fields, title, passages[0].line_start, date) if fields and passages else None
    return (whole, *items) if whole is not None else tuple(items)


def page_name(path: str) -> str:
    """The name of a page after that of its file: `A___B.md` and `A%2FB.md` are the page A/B of Logseq."""
    name = path.rpartition("/")[2]
    stem = (name.rpartition(".")[0] or name).replace("___", "/")
    return unquote(stem) if _ESCAPED_CHARACTER.search(stem) else stem


def _fits_label(text: str) -> bool:
    """Whether `text` is not empty and short enough for a label."""
    return 0 < len(text) <= MAX_LABEL_CHARACTERS


def _written_title(fields: dict[str, Any]) -> str:
    """The title among the properties, as written; empty where it is a template's placeholder or there is none."""
    found = next((value for key, value in fields.items() if key.lower() == "title"), "")
    title = " ".join(inline.unwrap_links(frontmatter.format_value(found)).split())
    return "" if _PLACEHOLDER.match(title) else title


def _property_items(fields: dict[str, Any], *keys: str) -> Iterator[str]:
    for key, value in fields.items():
        if key.lower() in keys:
            yield from frontmatter.items(value)


def _property_links(properties: dict[str, str]) -> Iterator[str]:
    for value in properties.values():
        yield from inline.find_links(value)


def _read_outline(tokens: Sequence[Token], lines: LineOffsets, body: int, date: float, roles: str) -> _NoteOutline:
    """The sections of a note from line `body` (from 0) on, with tasks, inline texts and first heading of level one."""
    last = len(lines.starts)
    found = _NoteOutline([], [], [], "")
    path: list[tuple[int, str]] = []
    cuts: list[int] = []
    start = first = body
    h1 = ""
    finder = TaskFinder(date)
    for index, token in enumerate(tokens):
        finder.follow_nesting(tokens, index)
        if token.map is None:
            continue
        begin, end = token.map
        if token.type == "heading_open" and token.level == 0 and len(tokens[index + 1].content) <= MAX_LABEL_CHARACTERS:
            title = inline.strip_inline(tokens[index + 1].content)
            found.sections.append(NoteSection(_heading_titles(path), start, first, begin, tuple(cuts)))
            level = int(token.tag[1])
            path = [ancestor for ancestor in path if ancestor[0] < level]
            path.append((level, title))
            h1 = h1 or (title if level == 1 else "")
            start, first, cuts = begin, end, []
        elif token.type == "inline":
            found.inlines.append(token.content)
            if not finder.in_quotation:
                above = path[:-1] if begin < first else path  # a task in a heading is not below itself
                found.tasks.extend(finder.find_tasks(tokens, index, roles, _heading_titles(above)))
        if token.level == 0 or token.type == "list_item_open":
            cuts.append(begin)
    found.sections.append(NoteSection(_heading_titles(path), start, first, last, tuple(cuts)))
    return found._replace(h1=h1)


def _heading_titles(path: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path if title)
