"""Everything that is kept of its owner, written in open formats: JSON Lines, Markdown, TOML."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from proactive_tui import config as configuration
from proactive_tui.brain.conversations import markdown_export
from proactive_tui.brain.insight.json_shapes import event
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.journal.journal import Journal

EVERY = 1_000_000
"""More conversations than anybody has."""


def export(journal: Journal, config: Config, folder: Path) -> dict[str, int]:
    """Write the journal, the conversations and the settings into a new folder (0700); how much is in each.

    The folder appears whole or not at all. Raises ProactiveError when there is something in it already, or it cannot
    be written.
    """
    part = folder.with_name(folder.name + ".part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ProactiveError("There is something in that folder", str(folder), "Name a new one.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        written = {
            "journal.jsonl": _journal(journal, part / "journal.jsonl"),
            "conversations": _conversations(journal, part / "conversations"),
            "settings.toml": _settings(config, part / "settings.toml"),
        }
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise ProactiveError(
            "It cannot be exported there", f"{folder}: {error.strerror or error}", "Name another folder."
        ) from error
    return written


def _journal(journal: Journal, file: Path) -> int:
    count = 0
    with file.open("wb") as out:
        for recorded in journal.events():
            out.write(msgspec.json.encode(event(recorded)) + b"\n")
            count += 1
    return count


def _conversations(journal: Journal, folder: Path) -> int:
    folder.mkdir()
    kept = [whole for each in journal.conversations(EVERY) if (whole := journal.conversation(each.id)) and whole.turns]
    for each in kept:
        (folder / f"{markdown_export.title_as_name(each)} {each.id}.md").write_text(
            markdown_export.markdown(each), encoding="utf-8"
        )
    return len(kept)


def _settings(config: Config, file: Path) -> int:
    """The settings that differ from their defaults; every other one as a comment."""
    chosen = {
        f"{table}.{key}": value
        for table, section in configuration.sections()
        for key, _, default in configuration.describe(section)
        if (value := getattr(getattr(config, table), key)) != default
    }
    file.write_text(configuration.example(chosen), encoding="utf-8")
    return len(chosen)
