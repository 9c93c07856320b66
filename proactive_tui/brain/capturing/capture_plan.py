"""Where a captured line will go: which note, which line of it, and how it will read. Nothing is written here.

The note is the one that the config names, and no other: inside the notes folder, not excluded, a note by its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from proactive_tui.config import CaptureConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.sources.rules import SAFE_OPEN_FLAGS, Rules
from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.text.decoding import bom_encoding, is_binary
from proactive_tui.text.terminal_safe import one_line, sanitize_text

MAX_CAPTURED_CHARACTERS = 4000
"""The longest line that is captured."""
MAX_SHOWN_BEFORE = 200
MAX_NAMES_LOOKED_AT = 5000
_DATE_FIELD = re.compile(r"\{date(?::([^{}]+))?\}")
_DAILY_NAME = re.compile(r"\d{4}([-_.]?)\d{2}\1\d{2}")


class NoteBytes(NamedTuple):
    """A file as it is now; `digest` is empty where there is none yet."""

    data: bytes
    digest: str


def plan_capture(folder: Path, rules: Rules, settings: CaptureConfig, text: str, now: float) -> CapturePlan:
    """The line that `text` becomes, and its place as the file is now. Raises ProactiveError.

    `now` is unix seconds; the day of a daily note is the local one.
    """
    words = one_line(text)
    if not words:
        raise ProactiveError("There is nothing to note", "", "Write some words after it.")
    if len(words) > MAX_CAPTURED_CHARACTERS:
        raise ProactiveError("That is too long for a line", f"{len(words)} letters", "Write a note of its own.")
    moment = local_datetime(now)
    written = settings.line.replace("{time}", f"{moment:%H:%M}").replace("{date}", f"{moment:%Y-%m-%d}")
    line = written.replace("{text}", words) if "{text}" in written else f"{written}{words}"
    return place_line(folder, rules, settings, line, now)


def place_line(folder: Path, rules: Rules, settings: CaptureConfig, line: str, now: float) -> CapturePlan:
    """The place of a finished line, as the note is now. Raises ProactiveError."""
    if sanitize_text(line) != line or len(line.splitlines()) != 1:
        raise ProactiveError("That is no line", one_line(line), "capture.line in the config is one line.")
    path = resolve_capture_note(folder, rules, settings, local_datetime(now))
    found = read_note_bytes(folder / path)
    lines = _split_lines(_decode_note(found.data, path))
    before = one_line(lines[-1])[:MAX_SHOWN_BEFORE] if lines else ""
    return CapturePlan(path=path, line=len(lines) + 1, text=line, before=before, digest=found.digest)


def resolve_capture_note(folder: Path, rules: Rules, settings: CaptureConfig, day: datetime) -> str:
    """The path, in the notes folder, of the note that lines go to on this day. Raises ProactiveError."""
    named = settings.daily or settings.file
    if not named:
        raise ProactiveError(
            "No note for captures is named",
            "",
            f'Name one in [capture] of the config, as {_suggest_setting(folder)} or file = "inbox.md".',
        )
    path = _DATE_FIELD.sub(lambda match: day.strftime(match[1] or "%Y-%m-%d"), named).strip()
    parts = path.split("/")
    if one_line(path) != path or "\\" in path or any(part in ("", ".", "..", "~") for part in parts):
        raise _refuse_note(path, "not a path inside the notes folder")
    real = os.path.relpath(os.path.realpath(folder / path), os.path.realpath(folder))
    real_path = PurePosixPath(Path(real)).as_posix()
    if real_path.split("/")[0] == "..":
        raise _refuse_note(path, "a link that leads out of the folder")
    for place in dict.fromkeys((path, real_path)):
        reason = rules.refusal_reason(place) or (None if rules.is_note(place) else "not among notes.include")
        if reason:
            raise _refuse_note(place, reason)
    return path


def read_note_bytes(file: Path) -> NoteBytes:
    """The bytes of a note, which may not be there yet. Raises ProactiveError for what is no regular file."""
    try:
        with os.fdopen(os.open(os.path.realpath(file), SAFE_OPEN_FLAGS), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise _refuse_note(str(file), "no regular file")
            data = opened.read()
    except FileNotFoundError:
        return NoteBytes(b"", "")
    except OSError as error:
        raise _refuse_note(str(file), error.strerror or str(error)) from error
    return NoteBytes(data, hashlib.sha256(data).hexdigest())


def with_line(data: bytes, line: str, path: str) -> bytes:
    """A note's bytes with one more line: in its encoding, with its line ends, and its way of ending or not ending the
    last line. Raises ProactiveError for text that cannot be added to without harm.
    """
    text = _decode_note(data, path)
    end = "\r\n" if "\r\n" in text else "\n"
    ends = not text or text.endswith(("\n", "\r"))
    added = f"{line}{end}" if ends else f"{end}{line}"
    return data + added.encode(_detect_encoding(data))


def _decode_note(data: bytes, path: str) -> str:
    """The text exactly as it is written. Raises ProactiveError where the encoding is not certain."""
    try:
        if is_binary(data):
            raise _refuse_note(path, "binary")
        return data.decode(_detect_encoding(data))
    except UnicodeDecodeError as error:
        raise _refuse_note(path, "neither UTF-8 nor UTF-16") from error


def _detect_encoding(data: bytes) -> str:
    match bom_encoding(data):
        case "utf-16" | "utf-32" as wide:
            return f"{wide}-{'le' if data[:1] == bytes([0xFF]) else 'be'}"  # without the mark, which is there already
    return "utf-8"


def _split_lines(text: str) -> list[str]:
    lines = re.split("\r\n|\r|\n", text)
    return lines[:-1] if not lines[-1] else lines


def _refuse_note(path: str, reason: str) -> ProactiveError:
    return ProactiveError("Nothing can be noted there", f"{path}: {reason}", "Name another note in [capture].")


def _suggest_setting(folder: Path) -> str:
    """A setting that names the daily notes as they are kept here, else a usual one."""
    named: Counter[str] = Counter()
    for path in _daily_notes(folder):
        mark = _DAILY_NAME.fullmatch(path.stem)
        assert mark
        day = "{date}" if mark[1] == "-" else f"{{date:%Y{mark[1]}%m{mark[1]}%d}}"
        named[(path.parent / f"{day}{path.suffix}").as_posix()] += 1
    return f'daily = "{max(named, key=lambda name: (named[name], name)) if named else "journal/{date}.md"}"'


def _daily_notes(folder: Path) -> Iterator[PurePosixPath]:
    """Notes that are named after a day, of the first names that a walk meets, two folders deep."""
    seen = 0
    for where, folders, files in os.walk(folder):
        above = PurePosixPath(Path(where).relative_to(folder).as_posix())
        folders[:] = [] if len(above.parts) > 1 else [name for name in folders if not name.startswith(".")]
        for name in files:
            path = above / name
            if _DAILY_NAME.fullmatch(path.stem) and path.suffix in {".md", ".markdown", ".org", ".txt"}:
                yield path
        seen += len(files)
        if seen > MAX_NAMES_LOOKED_AT:
            return
