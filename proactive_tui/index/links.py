"""Resolves link targets, as written, to the notes that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from proactive_tui.model import Note

_LINKABLE_SUFFIXES = (".md", ".markdown", ".txt")


def resolve_links(notes: Mapping[str, Note]) -> dict[str, frozenset[str]]:
    """For each note that links to others, the paths it links to; never itself.

    A target is a path relative to the note, a path from the folder's top, the end of a path, a file's name, or a
    title or alias, in this order and regardless of case. Of several notes with one name the one nearest to the
    linking note is meant: the longest shared folder, then the shortest path.
    """
    by_path = {_normalize_path(path): path for path in sorted(notes, reverse=True)}
    by_end: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for path, note in notes.items():
        parts = _normalize_path(path).split("/")
        for start in range(len(parts)):
            by_end["/".join(parts[start:])].append(path)
        for name in (note.title, *note.properties.get("aliases", "").split(", ")):
            by_name[name.casefold()].append(path)

    def find_target(source: str, written: str) -> str | None:
        for target in dict.fromkeys((written, unquote(written))):
            beside = _normalize_path(normpath(join(dirname(source), target)))
            bare = _normalize_path(normpath(target.lstrip("/")))
            if beside in by_path or bare in by_path:
                return by_path.get(beside) or by_path[bare]
            named = by_end.get(bare) or by_name.get(target.casefold())
            if named:
                return _nearest_path(source, named)
        return None

    found = {
        path: frozenset(filter(None, (find_target(path, target) for target in note.links))) - {path}
        for path, note in notes.items()
        if note.links
    }
    return {path: targets for path, targets in found.items() if targets}


def _normalize_path(path: str) -> str:
    path = path.casefold()
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
