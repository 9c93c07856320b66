"""Keeps the records of notes and their words in step with the files of the folder, and reports the changes."""

from __future__ import annotations

import errno
import json
import logging
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from proactive_tui import config
from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.errors import NotesError
from proactive_tui.index import embedding_text
from proactive_tui.index.catalogs import boilerplate_lines, resting_notes
from proactive_tui.index.markdown import note_digest, parse_note
from proactive_tui.index.sqlite_index import FileRecord, IndexDatabase
from proactive_tui.model.note_values import Note, SkippedFile
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.sources.folder import FolderScan, NoteFile, find_note, missing_folder_error, read_note, scan_folder
from proactive_tui.sources.git_history import GitHistory
from proactive_tui.sources.rules import Rules
from proactive_tui.text.decoding import is_binary
from proactive_tui.text.line_times import carry_line_times

log = logging.getLogger(__name__)

_TRANSIENT_ERRNOS = {
    errno.EIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.ENOTCONN,
    errno.EHOSTDOWN,
    errno.EAGAIN,
    errno.ENOMEM,
}
"""Errors that may pass, as of a network share: the record of the file is kept."""


MIN_COPY_CHARACTERS = 200
"""Characters of a note whose bytes elsewhere are a copy of it; a shorter one may be a template or a coincidence."""


MAX_LINES_LOOKED_FOR = 300
"""Changed lines that are looked for among all notes, one by one; where more change, all lines are counted."""


class NoteChanges(FrozenValue, frozen=True, kw_only=True):
    """The changes of one update. A moved note is in all three: its new path in `changed`, its old one in `removed`.

    `changed` has notes that are new or have other content; a new modification time alone does not count. `left` counts
    the files still to be read.
    """

    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    moved: dict[str, str] = {}  # noqa: RUF012  (msgspec copies it)
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)

    def followed_by(self, later: NoteChanges) -> NoteChanges:
        """These changes and those of the next part of the same update."""
        return NoteChanges(
            changed=self.changed | later.changed,
            removed=self.removed | later.removed,
            moved=self.moved | later.moved,
            left=later.left,
        )


class NoteCatalogue:
    """The records of the notes folder. `notes` is replaced as a whole, never changed, so that any thread may read it.

    Where the folder is gone or its rules cannot be read, all records are kept; `failed_files` says so.
    """

    def __init__(
        self,
        database: IndexDatabase,
        folder: Path,
        settings: config.NotesConfig,
        history: GitHistory | None,
        records: dict[str, FileRecord],
    ) -> None:
        """`history` says when files were committed, where the folder is in a repository and that may be read; `records`
        are those of the notes in the database.
        """
        self._database = database
        self._folder = folder
        self._settings = settings
        self._history = history
        self._records = records
        self._unread_files: deque[NoteFile] | None = None
        self._absent_paths: frozenset[str] = frozenset()
        self._missing_by_digest: dict[str, str] = {}
        self._skip_reasons: dict[str, str] = {}
        self._failure_reasons: dict[str, str] = {}
        self._folder_error = ""
        self._line_counts: Counter[str] | None = None
        self._recounted: set[str] = set()  # lines of which the count has changed since boilerplate was looked for,
        # and how many notes it took then; None where all lines have to be counted
        self._least_recurring = (
            boilerplate_lines.least_notes(sum(record.note is not None for record in records.values()))
            if not database.read_meta("unsettled")
            else None
        )
        self._copied: Mapping[str, Note] = {}
        self._boilerplate_keys = frozenset(json.loads(database.read_meta("boilerplate") or "[]"))
        self._held_passages = sum(len(record.vectors) for record in records.values())
        self.notes: Mapping[str, Note] = {}
        self._publish_notes()

    def configure(self, settings: config.NotesConfig, history: GitHistory | None = None) -> None:
        """Apply other rules, from the next scan of the folder on."""
        self._settings, self._history, self._unread_files = settings, history, None

    @property
    def note_records(self) -> Mapping[str, FileRecord]:
        """The records of the files that are notes, by path; a new mapping after each change."""
        return self._note_records

    @property
    def resting(self) -> Mapping[str, int]:
        """The notes that are not held in memory, by path, with the number of their passages."""
        return self._resting

    @property
    def unread_count(self) -> int:
        """Files that `refresh` found and has not read yet."""
        return len(self._unread_files or ())

    @property
    def skipped_files(self) -> tuple[SkippedFile, ...]:
        """The files that are not read, with the reasons, in order of path."""
        reasons = self._skip_reasons | {path: known.skipped for path, known in self._records.items() if known.skipped}
        return tuple(SkippedFile(path=path, reason=reasons[path]) for path in sorted(reasons))

    @property
    def failed_files(self) -> tuple[SkippedFile, ...]:
        """The files that could not be read, with the reasons; the path "." is the folder itself."""
        reasons = self._failure_reasons | ({".": self._folder_error} if self._folder_error else {})
        return tuple(SkippedFile(path=path, reason=reasons[path]) for path in sorted(reasons))

    def embedding_text(self, path: str, number: int) -> str:
        """The text that is embedded for a passage of a note, by its number from 0."""
        note = self.notes[path]
        return embedding_text.build_embedding_text(note, note.passages[number], self._boilerplate_keys)

    def refresh(self, limit: int | None = None) -> NoteChanges:
        """Catch up with the folder: reads at most `limit` files, and goes on with the rest when called again."""
        try:
            rules = Rules(self._folder, self._settings)
            if self._unread_files is None:
                self._scan_folder(rules)
        except NotesError as error:
            return self._report_unavailable(error)
        self._folder_error = ""
        assert self._unread_files is not None
        batch = [
            self._unread_files.popleft()
            for _ in range(len(self._unread_files) if limit is None else min(limit, len(self._unread_files)))
        ]
        found: dict[str, NoteFile | SkippedFile | None] = {file.path: file for file in batch}
        found |= dict.fromkeys(self._absent_paths)
        self._absent_paths = frozenset()
        changes = self._apply_found(found, rules, self._missing_by_digest, done=not self._unread_files)
        if not self._unread_files:
            self._unread_files, self._missing_by_digest = None, {}
        return changes

    def update_paths(self, paths: Iterable[str]) -> NoteChanges:
        """Take in the changes at these paths: notes, or folders, which stand for all below; "" is everything."""
        paths = set(paths)
        if "" in paths or not self._folder.is_dir():
            self._unread_files = None
            return self.refresh()
        try:
            rules = Rules(self._folder, self._settings)
            found: dict[str, NoteFile | SkippedFile | None] = {}
            for path in sorted(paths):
                found |= self._find_at(path, rules)
        except NotesError as error:
            return self._report_unavailable(error)
        self._folder_error = ""
        missing = self._paths_by_digest(path for path, entry in found.items() if entry is None)
        return self._apply_found(found, rules, missing, done=self._unread_files is None)

    def drop_notes(self, paths: Iterable[str]) -> NoteChanges:
        """Drop the records of these notes, although their files are still there."""
        found: dict[str, NoteFile | SkippedFile | None] = dict.fromkeys(path for path in paths if path in self._records)
        return self._apply_found(found, Rules(self._folder, self._settings), {}, done=self._unread_files is None)

    def _scan_folder(self, rules: Rules) -> None:
        seen = scan_folder(self._folder, rules)
        root = self._folder.stat()
        identity = f"{root.st_dev}:{root.st_ino}"
        if seen.empty and self._records and self._database.read_meta("root") not in {"", identity}:
            raise missing_folder_error(self._folder, None)
        self._skip_reasons = {skip.path: skip.reason for skip in seen.skipped}
        self._failure_reasons = {failure.path: failure.reason for failure in seen.failed}
        stamps = {path: (known.size, known.modified_ns) for path, known in self._records.items()}
        self._unread_files = deque(
            file for file in seen.files if stamps.get(file.path) != (file.size, file.modified_ns)
        )
        present = {file.path for file in seen.files}
        self._absent_paths = frozenset(self._exclude_unreadable(self._records.keys() - present, seen))
        self._missing_by_digest = self._paths_by_digest(self._absent_paths)
        with self._database.transaction():
            self._database.write_meta("root", identity)

    def _exclude_unreadable(self, paths: Iterable[str], seen: FolderScan) -> Iterable[str]:
        """The paths, without those below a folder that could not be listed."""
        closed = tuple(f"{folder.path}/" for folder in seen.failed)
        return (path for path in paths if not path.startswith(closed))

    def _paths_by_digest(self, paths: Iterable[str]) -> dict[str, str]:
        """Paths by the digests of their notes, to recognise a moved note; paths of other files by themselves."""
        known = ((path, self._records[path].note) for path in sorted(paths) if path in self._records)
        return {(path if note is None else note.digest): path for path, note in known}

    def _find_at(self, path: str, rules: Rules) -> dict[str, NoteFile | SkippedFile | None]:
        whole = self._folder / path
        try:
            if whole.is_file() or (path in self._records and not whole.is_dir()):
                return {path: find_note(self._folder, path, rules)}
        except OSError as error:
            self._failure_reasons[path] = error.strerror or str(error)
            return {}
        below = f"{path}/"
        for reasons in (self._skip_reasons, self._failure_reasons):
            for stale in [entry for entry in reasons if entry == path or entry.startswith(below)]:
                del reasons[stale]
        known = [child for child in self._records if child.startswith(below)]
        if not whole.is_dir():
            return dict.fromkeys(known)
        reason = rules.refusal_reason(path, is_folder=True) or rules.symlink_reason(path)
        if reason:
            self._skip_reasons[path] = reason
            return dict.fromkeys(known)
        seen = scan_folder(self._folder, rules, path)
        self._failure_reasons |= {failure.path: failure.reason for failure in seen.failed}
        found: dict[str, NoteFile | SkippedFile | None] = dict.fromkeys(self._exclude_unreadable(known, seen))
        found |= {skip.path: skip for skip in seen.skipped}
        return found | {file.path: file for file in seen.files}

    def _apply_found(
        self,
        found: Mapping[str, NoteFile | SkippedFile | None],
        rules: Rules,
        missing: Mapping[str, str],
        *,
        done: bool,
    ) -> NoteChanges:
        """Bring the records in step with `found`, by path: a file to read, a skipped file, or None for no file.

        `missing` has the paths that went away, by the digests of their notes.
        """
        updated: dict[str, FileRecord | None] = {}
        self._copied = self._find_copied() if found.keys() - self._records.keys() else {}
        for path, entry in found.items():
            self._skip_reasons.pop(path, None)
            self._failure_reasons.pop(path, None)
            known = self._records.get(path)
            match entry:
                case NoteFile():
                    now = self._read_record(entry, rules, missing)
                case SkippedFile():
                    self._skip_reasons[path] = entry.reason
                    now = None
                case None:
                    now = None
            if now != known:
                updated[path] = now
        changed = {
            path for path, now in updated.items() if now and now.note and _has_new_content(self._records.get(path), now)
        }
        removed = {
            path
            for path, now in updated.items()
            if (path in self.notes or path in self._resting) and (now is None or now.note is None)
        }
        moved = self._find_moved(updated, missing, changed, removed)
        self._commit_records(updated, done=done)
        return NoteChanges(changed=frozenset(changed), removed=frozenset(removed), moved=moved, left=self.unread_count)

    def _read_record(self, file: NoteFile, rules: Rules, missing: Mapping[str, str]) -> FileRecord | None:
        before = self._records.get(file.path)
        try:
            data = read_note(self._folder, file.path, rules)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._failure_reasons[file.path] = error.strerror or str(error)
            return before if error.errno in _TRANSIENT_ERRNOS else None
        if isinstance(data, SkippedFile):
            self._skip_reasons[file.path] = data.reason
            return None
        if is_binary(data):
            return FileRecord(size=file.size, modified_ns=file.modified_ns, skipped="binary")
        try:
            note = self._date_lines(file, data, missing)
            vectors = self._vector_ids(note)
        except Exception as error:  # noqa: BLE001 - one note that cannot be parsed costs no other note
            log_bug(log, f"{file.path} cannot be parsed", error)
            self._failure_reasons[file.path] = f"it cannot be parsed ({bug_place(error)})"
            return None
        return FileRecord(size=file.size, modified_ns=file.modified_ns, note=note, vectors=vectors)

    def _date_lines(self, file: NoteFile, data: bytes, missing: Mapping[str, str]) -> Note:
        """The note in `data`, as old as its bytes: what only was moved, copied, synced or restored was not written."""
        modified, digest = file.modified_ns / 1e9, note_digest(data)
        committed = self._history.committed_at(file.path, data) if self._history else None
        modified = modified if committed is None else min(modified, committed)
        known = self._records.get(file.path) or self._records.get(missing.get(digest, ""))
        before = known.note if known else self._copied.get(digest)
        if before is None:
            return parse_note(file.path, data, modified)
        if before.digest == digest:
            modified = min(modified, before.modified)
        return carry_line_times(before, parse_note(file.path, data, modified))

    def _find_copied(self) -> Mapping[str, Note]:
        """The notes by digest that are long enough for another note with the same bytes to be a copy."""
        return {
            note.digest: note
            for note in self.notes.values()
            if sum(len(passage.text) for passage in note.passages) >= MIN_COPY_CHARACTERS
        }

    def _vector_ids(self, note: Note) -> tuple[str, ...]:
        return tuple(
            embedding_text.vector_id(embedding_text.build_embedding_text(note, passage, self._boilerplate_keys))
            for passage in note.passages
        )

    def _find_moved(
        self, updated: Mapping[str, FileRecord | None], missing: Mapping[str, str], changed: set[str], removed: set[str]
    ) -> dict[str, str]:
        moved: dict[str, str] = {}
        for path in sorted(changed - self.notes.keys()):
            now = updated[path]
            old = missing.get(now.note.digest) if now is not None and now.note is not None else None
            if old is not None and old not in moved and (old in removed or old not in self.notes):
                moved[old] = path
        return moved

    def _commit_records(self, updated: Mapping[str, FileRecord | None], *, done: bool) -> None:
        unsettled = self._database.read_meta("unsettled")
        if not updated and not (done and unsettled):
            return
        before = self._records
        self._records = {path: known for path, known in before.items() if updated.get(path, known) is not None}
        self._records |= {path: now for path, now in updated.items() if now is not None}
        try:
            with self._database.transaction():
                for path, now in updated.items():
                    self._store_record(path, before.get(path), now)
                self._update_line_counts(before, updated)
                if done:
                    self._update_boilerplate()
                if bool(unsettled) == done:
                    self._database.write_meta("unsettled", "" if done else "1")
        except BaseException:
            self._records = before
            self._line_counts = None
            self._least_recurring = None
            raise
        self._let_rest(before, updated)
        self._publish_notes()
        if any(now is None or now.note is None for now in updated.values()):
            self._database.purge_dropped()

    def _store_record(self, path: str, before: FileRecord | None, now: FileRecord | None) -> None:
        if now is None:
            self._database.drop_record(path)
        elif _has_new_content(before, now) or (before and before.vectors != now.vectors):
            self._database.save_record(path, now)
        else:
            self._database.update_stamp(path, now)

    def _update_line_counts(self, before: Mapping[str, FileRecord], updated: Mapping[str, FileRecord | None]) -> None:
        """Know which lines stand in more or fewer notes. In a first pass none is counted before its end."""
        for path, now in updated.items():
            if self._line_counts is None and self._least_recurring is None:
                return
            was = before.get(path)
            gone, come = (
                boilerplate_lines.note_line_keys(record.note) if record is not None and record.note else frozenset()
                for record in (was, now)
            )
            self._recounted |= gone ^ come
            if self._line_counts is not None:
                self._line_counts.subtract(gone)
                self._line_counts.update(come)
            elif len(self._recounted) > MAX_LINES_LOOKED_FOR:
                self._least_recurring = None

    def _update_boilerplate(self) -> None:
        """Find the boilerplate again, and set other vector ids for the passages that it changes.

        After a start the lines of a few changed notes are looked for among the others; all lines of all notes are
        counted when many change, or when it takes another number of notes.
        """
        notes = {path: known.note for path, known in self._records.items() if known.note is not None}
        least = boilerplate_lines.least_notes(len(notes))
        if least == self._least_recurring:
            again = {key for key in self._recounted if self._recurs(key, least, notes)}
            recurring = (self._boilerplate_keys - self._recounted) | again
        else:
            if self._line_counts is None:
                self._line_counts = boilerplate_lines.count_notes_by_key(
                    map(boilerplate_lines.note_line_keys, notes.values())
                )
            recurring = boilerplate_lines.find_recurring_keys(self._line_counts, least)
        self._least_recurring, self._recounted = least, set()
        other = recurring ^ self._boilerplate_keys
        if not other:
            return
        self._boilerplate_keys = recurring
        self._database.write_meta("boilerplate", json.dumps(sorted(recurring)))
        for path in dict.fromkeys(path for key in sorted(other) for path in self._may_hold(key, notes)):
            known, vectors = self._records[path], self._vector_ids(notes[path])
            if vectors != known.vectors:
                self._records[path] = FileRecord(
                    size=known.size, modified_ns=known.modified_ns, note=notes[path], vectors=vectors
                )
                self._database.set_vector_ids(path, vectors)

    def _recurs(self, key: str, least: int, notes: Mapping[str, Note]) -> bool:
        """Whether a line of this key stands in so many notes."""
        if self._line_counts is not None:
            return self._line_counts[key] >= least
        paths = self._may_hold(key, notes)
        holding = (path for path in paths if boilerplate_lines.holds_key(notes[path], key))
        return len(paths) >= least and sum(1 for _ in islice(holding, least)) == least

    def _may_hold(self, key: str, notes: Mapping[str, Note]) -> list[str]:
        """The notes in which a line of this key may stand: those with its words."""
        words = boilerplate_lines.plain_words(key)
        return [path for path in self._database.find_paths(words) if path in notes] if words else list(notes)

    def _let_rest(self, before: Mapping[str, FileRecord], updated: Mapping[str, FileRecord | None]) -> None:
        """Hold no more notes in memory than there is room for: the oldest rest."""
        for path, now in updated.items():
            was = before.get(path)
            self._held_passages += (len(now.vectors) if now else 0) - (len(was.vectors) if was else 0)
        if self._held_passages <= resting_notes.MAX_HELD_PASSAGES:
            return
        stamped = (
            resting_notes.StampedNote(path, record.modified_ns, len(record.vectors))
            for path, record in self._records.items()
            if record.note is not None
        )
        most = int(resting_notes.ROOM_SHARE * resting_notes.MAX_HELD_PASSAGES)
        for path, passages in resting_notes.choose_resting(stamped, most).items():
            known = self._records[path]
            self._records[path] = FileRecord(size=known.size, modified_ns=known.modified_ns, resting=passages)
            self._held_passages -= passages
        self._line_counts, self._least_recurring = None, None

    def _publish_notes(self) -> None:
        self._resting = {path: record.resting for path, record in self._records.items() if record.resting}
        self._note_records: Mapping[str, FileRecord] = {
            path: record for path, record in self._records.items() if record.note is not None
        }
        self.notes = MappingProxyType(
            {path: record.note for path, record in self._note_records.items() if record.note is not None}
        )

    def _report_unavailable(self, error: NotesError) -> NoteChanges:
        self._folder_error = f"{error.title}: {error.message}. {error.hint}"
        self._unread_files, self._missing_by_digest, self._absent_paths = None, {}, frozenset()
        return NoteChanges()


def _has_new_content(before: FileRecord | None, now: FileRecord) -> bool:
    """Whether a file has other content than before, or is or was no note; a new modification time does not count."""
    return before is None or before.note is None or now.note is None or before.note.digest != now.note.digest
