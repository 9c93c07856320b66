"""Writes the page of all keys from the commands: `python -m tests.keys_page docs/keys.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from proactive_tui.tui.command_tables.app_command import AppCommand, CommandScope
from proactive_tui.tui.commands import COMMAND_SCOPES, COMMANDS, command_keys
from proactive_tui.tui.controllers.slash_commands import SLASH_COMMANDS

INTRODUCTION = """\
# Keys

Written by `make keys` from the commands of the program; `F1` or `?` shows the same list inside it.

The keys of one row do the same thing. While you type, letters belong to the text; the keys `F1` to `F9`, and `Ctrl`
with a letter, work all the same, and `F2` brings you to the offer.

To put a command on keys of your own, write its id into the config, with the keys separated by commas:

    [face]
    keys = { "app.search" = "f5,ctrl+f" }
"""
PLACES: dict[CommandScope, tuple[str, str]] = {
    "Everywhere": ("Everywhere", ""),
    "Rooms": ("The other screens", "From the resting screen. `F9` lists all screens."),
    "Offer": ("When an offer is there", "Every answer can be taken back for some seconds."),
    "Question": (
        "When it asks about the moment",
        "In the first week, once a day at most. It asks whether an offer came at a good time.",
    ),
    "Home": ("On the resting screen", "The one that it starts with."),
    "Conversation": ("In a conversation", "`↑` and `↓` in an empty prompt walk through what you said before."),
    "Conversations": ("Among the conversations", ""),
    "Sources": ("On a source", "A source is a passage of your notes that an offer or a reply rests on."),
    "Search": ("In search", ""),
    "Agenda": ("In the agenda", "The keys of an offer answer the highlighted line, as on the shelf."),
    "Index": ("In the index", ""),
    "Learned": ("In what it learned", ""),
    "Data": ("In your data", ""),
    "Settings": ("In the settings", "Type to filter."),
    "Lists": ("In lists", ""),
}
"""The heading of each scope, and a sentence about it."""
COLUMNS = "| keys | command | what it does | id |\n| --- | --- | --- | --- |"


def page() -> str:
    """All commands by scope, and the slash commands, as Markdown."""
    parts = [INTRODUCTION]
    for room in COMMAND_SCOPES:
        heading, about = PLACES[room]
        rows = [row(each) for each in COMMANDS if each.scope == room]
        parts.append("\n".join([f"## {heading}", *([f"\n{about}"] if about else []), "", COLUMNS, *rows, ""]))
    typed = [f"| `{each.usage}` | {sentence(each.help)} |" for each in SLASH_COMMANDS]
    about = "Tab completes them. To say something that begins with a slash, double it: `//`."
    head = "## Typed into a conversation\n\n" + about + "\n\n| command | what it does |\n| --- | --- |"
    return "\n".join([*parts, head, *typed, ""])


def row(command: AppCommand) -> str:
    """One command as a row of a table."""
    keys = ", ".join(f"`{spelled(key)}`" for key in command_keys(command, {}))
    return f"| {keys} | {sentence(command.name)} | {sentence(command.help)} | `{command.id}` |"


def spelled(key: str) -> str:
    """The spelling of a key on the page: Ctrl+P for ^p."""
    return f"Ctrl+{key[1:].upper() if len(key) == 2 else key[1:]}" if key.startswith("^") and len(key) > 1 else key


def sentence(text: str) -> str:
    """The text with a capital first letter, and escaped for a table."""
    return (text[:1].upper() + text[1:]).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
