"""Files to notes and words: keeps what is known equal to what the folder holds, and says what changed."""

from __future__ import annotations

import errno
import json
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from proactive_tui import config
from proactive_tui.errors import NotesError
from proactive_tui.index import boilerplate_lines, embedding_text
from proactive_tui.index.markdown import parse
from proactive_tui.index.sqlite_index import Database, Known
from proactive_tui.model import Note, Skipped, Value
from proactive_tui.sources.folder import File, Scan, find, gone, read, scan
from proactive_tui.sources.rules import Rules
from proactive_tui.text.decoding import is_binary

_PASSING = {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EAGAIN, errno.ENOMEM}
"""Errors of a share that may be back in a moment: what was known of a file is kept."""


class Changes(Value, frozen=True, kw_only=True):
    """What taking in changed. A moved note is in all three: its new path in `changed`, its old one in `removed`.

    `changed` are notes that are new or say something else; one that was only touched is none. `left` counts the
    files still to be read.
    """

    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    moved: dict[str, str] = {}  # noqa: RUF012  (msgspec copies it)
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)


class Catalogue:
    """What is known of the notes folder. `notes` is replaced as a whole, never changed, so that any thread may read it.

    A folder that is gone, or whose rules cannot be read, changes nothing: `failed` says so, what was known is kept.
    """

    def __init__(self, database: Database, folder: Path, settings: config.Notes) -> None:
        self._database = database
        self._folder = folder
        self._settings = settings
        self._known = database.load()
        self._todo: deque[File] | None = None
        self._absent: frozenset[str] = frozenset()
        self._gone: dict[str, str] = {}
        self._skips: dict[str, str] = {}
        self._failures: dict[str, str] = {}
        self._trouble = ""
        self._counts: Counter[str] | None = None
        self._boilerplate = frozenset(json.loads(database.recall("boilerplate") or "[]"))
        self.notes: Mapping[str, Note] = {}
        self._show()

    def configure(self, settings: config.Notes) -> None:
        """Other rules, from the next look at the folder on."""
        self._settings, self._todo = settings, None

    @property
    def vectors(self) -> Mapping[str, Known]:
        """What is known of each file that is a note, with its vector ids; one mapping per state."""
        return self._noted

    @property
    def left(self) -> int:
        """Files that `refresh` found and has not read yet."""
        return len(self._todo or ())

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What is not read, and why, in order of path."""
        reasons = self._skips | {path: known.skipped for path, known in self._known.items() if known.skipped}
        return tuple(Skipped(path=path, reason=reasons[path]) for path in sorted(reasons))

    @property
    def failed(self) -> tuple[Skipped, ...]:
        """What could not be read, and why; the path "." is the folder itself."""
        reasons = self._failures | ({".": self._trouble} if self._trouble else {})
        return tuple(Skipped(path=path, reason=reasons[path]) for path in sorted(reasons))

    def text(self, path: str, number: int) -> str:
        """What is embedded for a note's passage, by its number from 0."""
        note = self.notes[path]
        return embedding_text.text(note, note.passages[number], self._boilerplate)

    def refresh(self, limit: int | None = None) -> Changes:
        """Catch up with the folder: reads at most `limit` files, and goes on with the rest when called again."""
        try:
            rules = Rules(self._folder, self._settings)
            if self._todo is None:
                self._look(rules)
        except NotesError as error:
            return self._in_trouble(error)
        self._trouble = ""
        assert self._todo is not None
        batch = [self._todo.popleft() for _ in range(len(self._todo) if limit is None else min(limit, len(self._todo)))]
        found: dict[str, File | Skipped | None] = {file.path: file for file in batch}
        found |= dict.fromkeys(self._absent)
        self._absent = frozenset()
        changes = self._take_in(found, rules, self._gone, done=not self._todo)
        if not self._todo:
            self._todo, self._gone = None, {}
        return changes

    def take(self, paths: Iterable[str]) -> Changes:
        """Take in what happened at these paths: notes, or folders, which stand for all below; "" is everything."""
        paths = set(paths)
        if "" in paths or not self._folder.is_dir():
            self._todo = None
            return self.refresh()
        try:
            rules = Rules(self._folder, self._settings)
            found: dict[str, File | Skipped | None] = {}
            for path in sorted(paths):
                found |= self._at(path, rules)
        except NotesError as error:
            return self._in_trouble(error)
        self._trouble = ""
        missing = self._by_digest(path for path, each in found.items() if each is None)
        return self._take_in(found, rules, missing, done=self._todo is None)

    def drop(self, paths: Iterable[str]) -> Changes:
        """Forget notes, although their files are still there."""
        found: dict[str, File | Skipped | None] = dict.fromkeys(path for path in paths if path in self._known)
        return self._take_in(found, Rules(self._folder, self._settings), {}, done=self._todo is None)

    def _look(self, rules: Rules) -> None:
        seen = scan(self._folder, rules)
        root = self._folder.stat()
        identity = f"{root.st_dev}:{root.st_ino}"
        if seen.empty and self._known and self._database.recall("root") not in {"", identity}:
            raise gone(self._folder, None)
        self._skips = {each.path: each.reason for each in seen.skipped}
        self._failures = {each.path: each.reason for each in seen.failed}
        stamps = {path: (known.size, known.modified_ns) for path, known in self._known.items()}
        self._todo = deque(file for file in seen.files if stamps.get(file.path) != (file.size, file.modified_ns))
        present = {file.path for file in seen.files}
        self._absent = frozenset(self._missing(self._known.keys() - present, seen))
        self._gone = self._by_digest(self._absent)
        with self._database.change():
            self._database.remember("root", identity)

    def _missing(self, paths: Iterable[str], seen: Scan) -> Iterable[str]:
        """Without what lies below a folder that could not be looked into."""
        closed = tuple(f"{each.path}/" for each in seen.failed)
        return (path for path in paths if not path.startswith(closed))

    def _by_digest(self, paths: Iterable[str]) -> dict[str, str]:
        """Paths by what their notes held, so that a moved note is known again; others by their path."""
        known = ((path, self._known[path].note) for path in sorted(paths) if path in self._known)
        return {(path if note is None else note.digest): path for path, note in known}

    def _at(self, path: str, rules: Rules) -> dict[str, File | Skipped | None]:
        whole = self._folder / path
        try:
            if whole.is_file() or (path in self._known and not whole.is_dir()):
                return {path: find(self._folder, path, rules)}
        except OSError as error:
            self._failures[path] = error.strerror or str(error)
            return {}
        below = f"{path}/"
        for reasons in (self._skips, self._failures):
            for each in [each for each in reasons if each == path or each.startswith(below)]:
                del reasons[each]
        known = [each for each in self._known if each.startswith(below)]
        if not whole.is_dir():
            return dict.fromkeys(known)
        reason = rules.refused(path, is_folder=True) or rules.linked(path)
        if reason:
            self._skips[path] = reason
            return dict.fromkeys(known)
        seen = scan(self._folder, rules, path)
        self._failures |= {each.path: each.reason for each in seen.failed}
        found: dict[str, File | Skipped | None] = dict.fromkeys(self._missing(known, seen))
        found |= {each.path: each for each in seen.skipped}
        return found | {file.path: file for file in seen.files}

    def _take_in(
        self, found: Mapping[str, File | Skipped | None], rules: Rules, missing: Mapping[str, str], *, done: bool
    ) -> Changes:
        """Make what is known equal to what was found: a file to read, a reason against it, or nothing there.

        `missing` has the paths that went away, by what their notes held.
        """
        made: dict[str, Known | None] = {}
        for path, each in found.items():
            self._skips.pop(path, None)
            self._failures.pop(path, None)
            known = self._known.get(path)
            match each:
                case File():
                    now = self._made(each, rules)
                case Skipped():
                    self._skips[path] = each.reason
                    now = None
                case None:
                    now = None
            if now != known:
                made[path] = now
        changed = {path for path, now in made.items() if now and now.note and _differs(self._known.get(path), now)}
        removed = {path for path, now in made.items() if path in self.notes and (now is None or now.note is None)}
        moved = self._moved(made, missing, changed, removed)
        self._write(made, done=done)
        return Changes(changed=frozenset(changed), removed=frozenset(removed), moved=moved, left=self.left)

    def _made(self, file: File, rules: Rules) -> Known | None:
        before = self._known.get(file.path)
        try:
            data = read(self._folder, file.path, rules)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._failures[file.path] = error.strerror or str(error)
            return before if error.errno in _PASSING else None
        if isinstance(data, Skipped):
            self._skips[file.path] = data.reason
            return None
        if is_binary(data):
            return Known(size=file.size, modified_ns=file.modified_ns, skipped="binary")
        note = parse(file.path, data, file.modified_ns / 1e9)
        return Known(size=file.size, modified_ns=file.modified_ns, note=note, vectors=self._ids(note))

    def _ids(self, note: Note) -> tuple[str, ...]:
        return tuple(
            embedding_text.vector_id(embedding_text.text(note, each, self._boilerplate)) for each in note.passages
        )

    def _moved(
        self, made: Mapping[str, Known | None], missing: Mapping[str, str], changed: set[str], removed: set[str]
    ) -> dict[str, str]:
        moved: dict[str, str] = {}
        for path in sorted(changed - self.notes.keys()):
            now = made[path]
            old = missing.get(now.note.digest) if now is not None and now.note is not None else None
            if old is not None and old not in moved and (old in removed or old not in self.notes):
                moved[old] = path
        return moved

    def _write(self, made: Mapping[str, Known | None], *, done: bool) -> None:
        unsettled = self._database.recall("unsettled")
        if not made and not (done and unsettled):
            return
        before = self._known
        self._known = {path: known for path, known in before.items() if made.get(path, known) is not None}
        self._known |= {path: now for path, now in made.items() if now is not None}
        try:
            with self._database.change():
                for path, now in made.items():
                    self._store(path, before.get(path), now)
                self._count(before, made)
                if done:
                    self._settle()
                if bool(unsettled) == done:
                    self._database.remember("unsettled", "" if done else "1")
        except BaseException:
            self._known = before
            self._counts = None
            raise
        self._show()
        if any(now is None or now.note is None for now in made.values()):
            self._database.scrub()

    def _store(self, path: str, before: Known | None, now: Known | None) -> None:
        if now is None:
            self._database.drop(path)
        elif not _differs(before, now):
            self._database.stamp(path, now)
        else:
            self._database.put(path, now)

    def _count(self, before: Mapping[str, Known], made: Mapping[str, Known | None]) -> None:
        if self._counts is None:
            return
        for path, now in made.items():
            was = before.get(path)
            if was is not None and was.note is not None:
                self._counts.subtract(boilerplate_lines.lines(was.note))
            if now is not None and now.note is not None:
                self._counts.update(boilerplate_lines.lines(now.note))

    def _settle(self) -> None:
        """Find the boilerplate anew, and the vector ids of the passages that it touches."""
        notes = {path: known.note for path, known in self._known.items() if known.note is not None}
        lines: dict[str, frozenset[str]] = {}
        if self._counts is None:
            lines = {path: boilerplate_lines.lines(note) for path, note in notes.items()}
            self._counts = boilerplate_lines.count(lines.values())
        recurring = boilerplate_lines.recurring(self._counts, len(notes))
        other = recurring ^ self._boilerplate
        if not other:
            return
        self._boilerplate = recurring
        self._database.remember("boilerplate", json.dumps(sorted(recurring)))
        for path, note in notes.items():
            if not other.isdisjoint(lines.get(path) or boilerplate_lines.lines(note)):
                vectors = self._ids(note)
                if vectors != self._known[path].vectors:
                    known = self._known[path]
                    self._known[path] = Known(
                        size=known.size, modified_ns=known.modified_ns, note=note, vectors=vectors
                    )
                    self._database.point(path, vectors)

    def _show(self) -> None:
        self._noted: Mapping[str, Known] = {path: each for path, each in self._known.items() if each.note is not None}
        self.notes = MappingProxyType({path: each.note for path, each in self._noted.items() if each.note is not None})

    def _in_trouble(self, error: NotesError) -> Changes:
        self._trouble = f"{error.message}. {error.hint}"
        self._todo, self._gone, self._absent = None, {}, frozenset()
        return Changes()


def _differs(before: Known | None, now: Known) -> bool:
    """Whether a file says something else than before, or was no note; one that was only touched does not."""
    return before is None or before.note is None or now.note is None or before.note.digest != now.note.digest
