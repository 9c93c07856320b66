"""Every command, defined once: bindings, footer, palette, help and remapping are all read from here.

A text input that has the focus takes letters, so commands that must work while typing have a function key too.
No command is only on Ctrl+A, Ctrl+B or Ctrl+O, which terminal multiplexers use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from textual.binding import BindingType
from textual.keys import format_key

from proactive_tui.tui.command_tables.app_command import AppCommand, CommandScope
from proactive_tui.tui.command_tables.everywhere_commands import EVERYWHERE_COMMANDS
from proactive_tui.tui.command_tables.offer_commands import OFFER_COMMANDS
from proactive_tui.tui.command_tables.screen_commands import SCREEN_COMMANDS
from proactive_tui.tui.command_tables.talk_commands import TALK_COMMANDS

COMMANDS: Final[tuple[AppCommand, ...]] = (*EVERYWHERE_COMMANDS, *OFFER_COMMANDS, *TALK_COMMANDS, *SCREEN_COMMANDS)

COMMAND_SCOPES: tuple[CommandScope, ...] = get_args(CommandScope)


def command_bindings(*ids: str) -> list[BindingType]:
    """Make the bindings of these commands, for a class's BINDINGS."""
    return [binding for identifier in ids for binding in find_command(identifier).to_bindings()]


def find_command(identifier: str) -> AppCommand:
    """The command of this id. Raises KeyError when there is none."""
    for entry in COMMANDS:
        if entry.id == identifier:
            return entry
    raise KeyError(identifier)


def command_keys(command: AppCommand, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command as people read them ("Enter", "^q", "/"), with the owner's own keys applied."""
    return tuple(
        format_key_name(key.strip()) for key in remapped.get(command.id, command.keys).split(",") if key.strip()
    )


def unknown_command_ids(remapped: Mapping[str, str]) -> list[str]:
    """The ids of a remapping that belong to no command, sorted."""
    known = {entry.id for entry in COMMANDS}
    return sorted(set(remapped) - known)


def format_key_name(key: str) -> str:
    """A key of Textual as people read it: "ctrl+p" is "^p"."""
    *modifiers, last = key.split("+")
    name = {
        "enter": "Enter",
        "escape": "Esc",
        "pageup": "PgUp",
        "pagedown": "PgDn",
        "space": "Space",
        "delete": "Del",
        "tab": "Tab",
    }.get(last)
    name = name or (last.upper() if last[:1] == "f" and last[1:].isdigit() else format_key(last))
    marks = "".join(
        {"ctrl": "^", "shift": "Shift+", "alt": "Alt+"}.get(modifier, f"{modifier}+") for modifier in modifiers
    )
    return marks + name
