"""Everything that is kept of its owner, written in open formats: JSON Lines, Markdown, TOML."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import msgspec

from proactive_tui import config as configuration
from proactive_tui.brain.reports import event
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.journal.store import Journal
from proactive_tui.model import Conversation

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


def markdown(conversation: Conversation) -> str:
    """A conversation as Markdown, each turn with who said it and when, and the sources of an answer."""
    lines = [f"# {conversation.title or 'Conversation'}", ""]
    for turn in conversation.turns:
        who = (
            "You" if turn.role == "user" else f"proactive-tui ({turn.spoken_by})" if turn.spoken_by else "proactive-tui"
        )
        lines += [f"## {who}, {_time(turn.at)}", "", turn.text, ""]
        lines += [f"- {number}. {each.path}:{each.line_start}" for number, each in enumerate(turn.sources, 1)]
        lines += [""] if turn.sources else []
    return "\n".join(lines).rstrip() + "\n"


def _journal(journal: Journal, file: Path) -> int:
    count = 0
    with file.open("wb") as out:
        for recorded in journal.events():
            out.write(msgspec.json.encode(event(recorded)) + b"\n")
            count += 1
    return count


def _conversations(journal: Journal, folder: Path) -> int:
    folder.mkdir()
    kept = journal.conversations(EVERY)
    for each in kept:
        if whole := journal.conversation(each.id):
            words = re.sub(r"[^\w]+", "-", whole.title).strip("-")[:40]
            name = f"{datetime.fromtimestamp(whole.at):%Y-%m-%d}-{words}-{whole.id}.md"  # noqa: DTZ006 - the local day
            (folder / name).write_text(markdown(whole), encoding="utf-8")
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


def _time(at: float) -> str:
    return f"{datetime.fromtimestamp(at):%Y-%m-%d %H:%M}"  # noqa: DTZ006 - local time, as its owner lived it
