"""Resolves link targets, as written, to the notes that exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import NamedTuple
from unicodedata import is_normalized, normalize
from urllib.parse import unquote

from proactive_tui.model.note_values import Note

_LINKABLE_SUFFIXES = (".md", ".markdown", ".txt")
_NAMESPACE_MARK = "___"
"""What stands for the slash of a page's name in the name of its file (Logseq)."""
_ZETTEL_ID = re.compile(r"(\d{8,14}[a-z]?|\d{8}T?\d{4,6})(?![\w])")
"""The id at the beginning of a note's name (Zettelkasten): mostly the time of its making."""
_ID_PROPERTIES = ("id", "uid", "uuid", "zettel", "zid")
_DENDRON_SCHEME = re.compile(r"dendron://[^/]*/")
_UNIQUE_ID_CHARACTERS = 12
"""An id as long as this is of one note; a shorter one is a day, which may have several."""
_SEPARATORS = re.compile(r"[^\w+#]+|_+")


def resolve_links(notes: Mapping[str, Note]) -> dict[str, frozenset[str]]:
    """For each note that links to others, the paths it links to; never itself.

    A target is a path relative to the note, a path from the folder's top, the end of a path, a file's name, a title or
    alias, a zettel id, or a name with other separators, in this order, and regardless of case, of percent-encoding, of
    the suffix and of how accents are composed. Of several notes with one name the one nearest to the linking note is
    meant: the longest shared folder, then the shortest path. See `inline.find_links` for the target `a|b`.
    """
    names = _build_tables(notes)
    found = {path: _resolve_note(names, note) for path, note in notes.items() if note.links}
    return {path: targets for path, targets in found.items() if targets}


class LinkResolver:
    """Resolves the links of notes again and again, as `resolve_links` does: anew for notes that changed, and for all
    where a name by which notes are linked did. It is used by one thread.
    """

    def __init__(self) -> None:
        self._notes: Mapping[str, Note] = {}
        self._names = _build_tables({})
        self._resolved: dict[str, frozenset[str]] = {}

    def resolve(self, notes: Mapping[str, Note]) -> Mapping[str, frozenset[str]]:
        """The paths that each note links to, by path; the same mapping as before where no link changed."""
        before = self._notes
        changed = [note for path, note in notes.items() if before.get(path) is not note]
        if not changed and len(before) == len(notes):
            return self._resolved
        known = before.keys() == notes.keys() and all(_has_names_of(note, before[note.path]) for note in changed)
        if not known:
            self._names = _build_tables(notes)
        found = dict(self._resolved) if known else {}
        for note in changed if known else notes.values():
            if targets := _resolve_note(self._names, note) if note.links else None:
                found[note.path] = targets
            else:
                found.pop(note.path, None)
        self._notes = notes
        if found != self._resolved:
            self._resolved = found
        return self._resolved


def _has_names_of(note: Note, other: Note) -> bool:
    """Whether two states of a note are linked to by the same names."""
    return note is other or (note.title == other.title and note.properties == other.properties)


def _resolve_note(names: _NameTables, note: Note) -> frozenset[str]:
    return frozenset(filter(None, (_find_target(names, note.path, target) for target in note.links))) - {note.path}


class _NameTables(NamedTuple):
    """The notes by what may stand in a link: by normalized path, end of path, name, zettel id, and spelled plainly."""

    by_path: dict[str, str]
    by_end: Mapping[str, list[str]]
    by_name: Mapping[str, list[str]]
    by_id: Mapping[str, list[str]]
    by_spelling: Mapping[str, list[str]]


def _build_tables(notes: Mapping[str, Note]) -> _NameTables:
    names = _NameTables({}, defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for path in sorted(notes, reverse=True):
        names.by_path[_normalize_path(path)] = path
    for path, note in notes.items():
        parts = _normalize_path(path).split("/")
        for start in range(len(parts)):
            names.by_end["/".join(parts[start:])].append(path)
        for paged in _page_names(parts[-1]):
            for start in range(len(parts)):
                names.by_end["/".join((*parts[start:-1], paged))].append(path)
        titles = (note.title, *note.properties.get("aliases", note.properties.get("alias", "")).split(", "))
        for title in titles:
            names.by_name[_fold(title)].append(path)
        for text in (parts[-1], _fold(note.title)):
            if match := _ZETTEL_ID.match(text):
                names.by_id[match[1]].append(path)
        for key in _ID_PROPERTIES:
            if value := note.properties.get(key):
                names.by_id[_fold(value)].append(path)
        for text in (parts[-1], *map(_fold, titles)):
            if plain := _plain_spelling(text):
                names.by_spelling[plain].append(path)
    return names


def _find_target(names: _NameTables, source: str, written: str) -> str | None:
    first, bar, second = written.partition("|")
    if bar:
        return _find_target(names, source, second) or _find_target(names, source, first)
    local = _DENDRON_SCHEME.sub("", written)
    for target in dict.fromkeys((local, unquote(local))):
        beside = _normalize_path(normpath(join(dirname(source), target)))
        bare = _normalize_path(normpath(target.lstrip("/")))
        if beside in names.by_path or bare in names.by_path:
            return names.by_path.get(beside) or names.by_path[bare]
        folded = _fold(target)
        named = (
            names.by_end.get(bare)
            or names.by_name.get(folded)
            or names.by_id.get(_zettel_id(folded))
            or names.by_spelling.get(_plain_spelling(folded))
        )
        if named:
            return _nearest_path(source, named)
    return None


def _zettel_id(target: str) -> str:
    """The id that a target begins with, whose note may have another name by now; else the target."""
    match = _ZETTEL_ID.match(target)
    return match[1] if match and len(match[1]) >= _UNIQUE_ID_CHARACTERS else target


def _page_names(name: str) -> Iterator[str]:
    """The other names of the page in a file, where its name stands for one with slashes or other signs."""
    paged = unquote(name.replace(_NAMESPACE_MARK, "/"))
    if paged != name:
        yield paged


def _plain_spelling(name: str) -> str:
    """A name with one kind of separator, as in addresses; empty for a name without words, and for a path."""
    return "" if "/" in name else _SEPARATORS.sub("-", name).strip("-")


def _fold(text: str) -> str:
    composed = text if text.isascii() or is_normalized("NFC", text) else normalize("NFC", text)
    return composed.casefold()


def _normalize_path(path: str) -> str:
    path = _fold(path)
    return next((path.removesuffix(suffix) for suffix in _LINKABLE_SUFFIXES if path.endswith(suffix)), path)


def _nearest_path(source: str, paths: Iterable[str]) -> str:
    def path_distance(path: str) -> tuple[int, int, str]:
        shared = 0
        for one, other in zip(dirname(source).split("/"), dirname(path).split("/"), strict=False):
            if one != other:
                break
            shared += 1
        return -shared, path.count("/"), path

    return min(paths, key=path_distance)
