"""TODO, FIXME and XXX in comments that the owner's own commits added and that still stand in the working tree."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from proactive_tui.sources.repositories.branch_reading import PLAIN_PATCH
from proactive_tui.sources.repositories.repository_reader import RepositoryReader
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS

MAX_TODO_COMMITS: Final = 150
MAX_TODOS: Final = 100
MAX_SOURCE_BYTES: Final = 1_000_000
MAX_TODO_LINE: Final = 400
MIN_REMARK_LETTERS: Final = 4
_PROSE_AND_DATA_SUFFIXES = frozenset(
    {".md", ".markdown", ".txt", ".org", ".rst", ".adoc", ".patch", ".diff", ".lock", ".json", ".svg"}
)
"""Files whose TODO is no remark in code."""
_COMMENT = r"(?:^|\s)(?:\#+|//+!?|/?\*+|<!--|--+|;+|%+|\{\#|\(\*|\"{3}|'{3}|REM\b)\s*"
"""How a comment begins in the usual languages."""
_REMARK = re.compile(_COMMENT + r"@?(TODO|FIXME|XXX)\b(?:\(([^()]{0,60})\))?[\s:.,–—-]*(.*)")
_COMMENT_END = re.compile(r"\s*(?:\*/|-->|#\}|\*\)|\"{3}|'{3})\s*$")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED_BYTES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


class CodeRemark(NamedTuple):
    """A remark in a comment: its mark and its words."""

    mark: str
    words: str


class AddedTodo(NamedTuple):
    """A remark as a commit added it: the commit, when (unix seconds), the file, its mark and its words."""

    commit: str
    at: float
    path: str
    mark: str
    words: str


class StandingTodo(NamedTuple):
    """A remark that still stands, with the line where it is now (from 1), and when it was added."""

    mark: str
    words: str
    path: str
    line: int
    at: float


def read_added(reader: RepositoryReader, since: float, without: Collection[str]) -> list[AddedTodo]:
    """The remarks that the owner's commits of all branches added since a time (unix seconds); commits of which
    `without` has the ids, and all before these, are left out.
    """
    names = [word for address in sorted(reader.own_addresses) for word in ("--author", f"<{address}>")]
    answer = reader.ask(
        "log", "-p", "-U0", *PLAIN_PATCH, "--no-show-signature", "--no-merges", "--fixed-strings",
        "--regexp-ignore-case", *names, f"--max-count={MAX_TODO_COMMITS}", f"--max-age={int(since)}",
        "-GTODO|FIXME|XXX", "--format=%x00%H %at %ae", "--branches", "--not", *without, "--",
    )  # fmt: skip
    return [todo for todo in parse_patches(answer.data, reader.own_addresses) if _may_hold_remarks(todo.path)][
        :MAX_TODOS
    ]


def parse_patches(data: bytes, own: Collection[str]) -> Iterator[AddedTodo]:
    """The remarks among the added lines of `git log -p`, of commits whose author address is one of `own`."""
    commit, at, path = "", 0.0, ""
    in_hunk = False
    for raw in data.split(b"\n"):
        if raw.startswith(b"\0"):
            commit, at, path, in_hunk = *_read_head(raw[1:], own), "", False
        elif raw.startswith(b"diff --git "):
            path, in_hunk = "", False
        elif raw.startswith(b"@@ "):
            in_hunk = True
        elif raw.startswith(b"+++ ") and not in_hunk:
            path = unquote_path(raw[4:]).removeprefix("b/") if raw[4:] != b"/dev/null" else ""
        elif (
            raw.startswith(b"+")
            and in_hunk
            and commit
            and path
            and len(raw) <= MAX_TODO_LINE
            and (remark := read_remark(raw[1:].decode("utf-8", "replace")))
        ):
            yield AddedTodo(commit, at, path, *remark)


def read_remark(line: str) -> CodeRemark | None:
    """The remark in a comment of a line; None where there is none that says something, or it is within a string."""
    found = _REMARK.search(line)
    if found is None or any(line.count(mark, 0, found.start() + 1) % 2 for mark in "\"'`"):
        return None
    words = _COMMENT_END.sub("", found[3]).strip()
    return CodeRemark(found[1], words) if sum(map(str.isalpha, words)) >= MIN_REMARK_LETTERS else None


def unquote_path(raw: bytes) -> str:
    """A path of a patch, which is in quotation marks and escaped where it has unusual characters."""
    raw = raw.removesuffix(b"\t")
    if raw[:1] == b'"' and raw[-1:] == b'"':
        raw = _ESCAPE.sub(_unescape_byte, raw[1:-1])
    return raw.decode("utf-8", "surrogateescape")


def find_standing(folder: Path, added: Iterable[AddedTodo]) -> Iterator[StandingTodo]:
    """The remarks that are still in the working tree, each once, with the line where they are now."""
    standing: dict[str, dict[CodeRemark, int]] = {}
    seen: set[tuple[str, CodeRemark]] = set()
    for todo in added:
        remark = CodeRemark(todo.mark, todo.words)
        if (todo.path, remark) in seen:
            continue
        seen.add((todo.path, remark))
        if todo.path not in standing:
            standing[todo.path] = _list_remarks(folder, todo.path)
        if number := standing[todo.path].get(remark):
            yield StandingTodo(todo.mark, todo.words, todo.path, number, todo.at)


def _list_remarks(folder: Path, path: str) -> dict[CodeRemark, int]:
    """The remarks of a file and the line where each stands first."""
    found: dict[CodeRemark, int] = {}
    for number, line in enumerate(_read_lines(folder, path), start=1):
        if len(line) <= MAX_TODO_LINE and (remark := read_remark(line)):
            found.setdefault(remark, number)
    return found


def _read_head(raw: bytes, own: Collection[str]) -> tuple[str, float]:
    commit, _, rest = raw.decode("utf-8", "replace").partition(" ")
    at, _, author = rest.partition(" ")
    return (commit, float(at)) if at.isdigit() and author.strip().lower() in own else ("", 0.0)


def _may_hold_remarks(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() not in _PROSE_AND_DATA_SUFFIXES


def _unescape_byte(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 0xFF]) if len(code) == 3 else _ESCAPED_BYTES.get(code, code)


def _read_lines(folder: Path, path: str) -> list[str]:
    """The lines of a file; none where it is a link, leads out of `folder`, or is too large."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or parts[0] == "/":
        return []
    try:
        file = folder.joinpath(*parts)
        if not file.parent.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
            return []
        with os.fdopen(os.open(file, SAFE_OPEN_FLAGS), "rb") as opened:
            found = os.fstat(opened.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_SOURCE_BYTES:
                return []
            return opened.read(MAX_SOURCE_BYTES).decode("utf-8", "replace").split("\n")
    except (OSError, ValueError):
        return []
