"""Exports everything that is kept, in open formats: JSON Lines, Markdown, TOML."""

from __future__ import annotations

from pathlib import Path

import msgspec

from proactive_tui.brain.conversations import markdown_export
from proactive_tui.brain.insight.journal_shapes import event_json
from proactive_tui.config import Config
from proactive_tui.config_reading import list_settings, setting_value
from proactive_tui.errors import ProactiveError
from proactive_tui.journal.journal import Journal
from proactive_tui.paths import replace_atomically
from proactive_tui.settings import example_config

MAX_EXPORTED_CONVERSATIONS = 1_000_000
"""More conversations than anybody has."""


def export_everything(journal: Journal, config: Config, folder: Path) -> dict[str, int]:
    """Write the journal, the conversations and the settings into a new folder (0700); returns how many of each.

    The folder appears whole or not at all. Raises ProactiveError when there is something in it already, or it cannot
    be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ProactiveError("There is something in that folder", str(folder), "Name a new one.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with replace_atomically(folder, folder=True) as part:
            written = {
                "journal.jsonl": _write_journal(journal, part / "journal.jsonl"),
                "conversations": _write_conversations(journal, part / "conversations"),
                "settings.toml": _write_settings(config, part / "settings.toml"),
            }
    except OSError as error:
        raise ProactiveError(
            "It cannot be exported there", f"{folder}: {error.strerror or error}", "Name another folder."
        ) from error
    return written


def _write_journal(journal: Journal, file: Path) -> int:
    count = 0
    with file.open("wb") as out:
        for recorded in journal.read_events():
            out.write(msgspec.json.encode(event_json(recorded)) + b"\n")
            count += 1
    return count


def _write_conversations(journal: Journal, folder: Path) -> int:
    folder.mkdir()
    kept = [
        whole
        for summary in journal.recent_conversations(MAX_EXPORTED_CONVERSATIONS)
        if (whole := journal.find_conversation(summary.id)) and whole.turns
    ]
    for conversation in kept:
        (folder / f"{markdown_export.title_file_name(conversation)} {conversation.id}.md").write_text(
            markdown_export.conversation_markdown(conversation), encoding="utf-8"
        )
    return len(kept)


def _write_settings(config: Config, file: Path) -> int:
    """The settings that differ from their defaults; every other one as a comment."""
    chosen = {
        setting.key: value
        for setting in list_settings()
        if (value := setting_value(config, setting.key)) != setting.default
    }
    file.write_text(example_config(chosen), encoding="utf-8")
    return len(chosen)
