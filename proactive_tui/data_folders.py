"""Which data folder belongs to which folder of notes, so that opening other notes never throws an index away.

What is learned and indexed is of one folder of notes. The platform's data folder belongs to the first one, or to the
one that the config names; every other one gets a folder of its own below it. A file in each data folder says whose it
is. This module imports the standard library and `paths` only: a shell's prompt waits for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from proactive_tui.paths import (
    NOTES_RECORD,
    TRIAL_FOLDER,
    DataPaths,
    default_config_file,
    default_data_folder,
    example_notes,
    write_atomically,
)

FURTHER_FOLDERS = "folders"
"""The folder below the platform's data folder that holds those of further notes."""
MAX_FOLDER_NAME = 40
HASH_DIGITS = 10


class KeptFolder(NamedTuple):
    """A data folder, and the folder of notes that it belongs to."""

    data: Path
    notes: Path


def find_data_folder(data_dir: Path | None, notes: str, configured: str, home: Path | None = None) -> Path:
    """The data folder for `notes`, or for those that are `configured` where none are named; makes nothing.

    A folder named by `data_dir` is taken as it is. `home` is the platform's data folder.
    """
    if data_dir:
        return data_dir
    home = home or default_data_folder()
    if not (notes or configured):
        return home
    folder, config_folder = _resolve(notes or configured), _resolve(configured) if configured else None
    if folder == (trial := example_notes()):
        return home / TRIAL_FOLDER
    own = home / FURTHER_FOLDERS / _folder_name(folder)
    if own.is_dir():
        return own
    owner = _read_record_file(home)
    if owner is None:
        owner = config_folder or _read_status_folder(home)
        return home if owner is None or _is_same(folder, owner) else own
    # A vault that was moved is named by its new place in the config, and keeps what was learned of it.
    moved = folder == config_folder and (owner == trial or not owner.is_dir())
    return home if moved or _is_same(folder, owner) else own


def find_named_data_folder(config: str, data_dir: str, notes: str) -> Path | None:
    """The data folder that these options name, as written on a command line; None for the platform's.

    Reads the config only where other notes have data.
    """
    if data_dir or not (default_data_folder() / FURTHER_FOLDERS).is_dir():
        return Path(data_dir) if data_dir else None
    import tomllib  # noqa: PLC0415  (only here: a prompt waits)

    configured = ""
    with suppress(OSError, ValueError, AttributeError):  # the full command line reports what is wrong
        file = Path(config) if config else default_config_file()
        configured = str(tomllib.loads(file.read_text(encoding="utf-8")).get("notes", {}).get("folder", ""))
    return find_data_folder(None, notes, configured)


def record_notes_folder(paths: DataPaths, notes: Path) -> None:
    """Write down whose data folder it is; what cannot be written is reported where the folder is locked."""
    folder = _resolve(str(notes))
    if _read_record_file(paths.data) != folder:
        with suppress(OSError):
            write_atomically(paths.data / NOTES_RECORD, os.fsencode(folder) + b"\n")


def read_notes_record(data: Path) -> Path | None:
    """The folder of notes that a data folder belongs to, also where an earlier version made it; None if not known."""
    return _read_record_file(data) or _read_status_folder(data)


def list_other_folders(paths: DataPaths, home: Path | None = None) -> list[KeptFolder]:
    """The other data folders of this user whose notes are known, the platform's first; none beside a folder that
    `--data-dir` names.
    """
    home = home or default_data_folder()
    if home not in (paths.data, *paths.data.parents):
        return []
    further: list[Path] = []
    with suppress(OSError):
        further = sorted(path for path in (home / FURTHER_FOLDERS).iterdir() if path.is_dir())
    found = ((data, read_notes_record(data)) for data in (home, *further) if data != paths.data)
    return [KeptFolder(data, notes) for data, notes in found if notes]


def describe_data_folder(paths: DataPaths, notes: Path, home: Path | None = None) -> str:
    """Where what is learned of these notes is kept, in a sentence, if it is not the platform's folder; else empty."""
    home = home or default_data_folder()
    if home not in paths.data.parents:
        return ""
    owner = read_notes_record(home)
    other = f" What is kept of {owner} stays as it is." if owner else ""
    return f"What it learns of {notes} is kept in a folder of its own, {paths.data}.{other}"


def _read_record_file(data: Path) -> Path | None:
    try:
        recorded = (data / NOTES_RECORD).read_bytes().strip()
    except OSError:
        return None
    return Path(os.fsdecode(recorded)) if recorded else None


def _read_status_folder(data: Path) -> Path | None:
    """The notes that the instance watched which wrote its status last."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        if folder := json.loads(DataPaths(data).status_file.read_bytes())["notes"]["folder"]:
            return _resolve(folder)
    return None


def _resolve(folder: str) -> Path:
    with suppress(RuntimeError):  # nobody's home
        return Path(os.path.realpath(Path(folder).expanduser()))
    return Path(folder).absolute()


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, also where letters differ in case only."""
    with suppress(OSError):
        return one == other or one.samefile(other)
    return False


def _folder_name(folder: Path) -> str:
    """A name that a person recognises, and that no other folder has."""
    plain = re.sub(r"[^\w.-]+", "-", folder.name).strip("-.")[:MAX_FOLDER_NAME]
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:HASH_DIGITS]
    return f"{plain}-{digest}" if plain else digest
