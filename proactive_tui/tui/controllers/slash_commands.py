"""The slash commands of the prompt, defined once for hints, help and parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class SlashCommand:
    """A slash command; `argument` is the placeholder for its argument."""

    name: str
    help: str
    argument: str = ""

    @property
    def usage(self) -> str:
        """The command as it is typed."""
        return f"/{self.name} {self.argument}".strip()


SLASH_COMMANDS = (
    SlashCommand(name="search", argument="WORDS", help="search your notes"),
    SlashCommand(name="next", help="the next comment of a review, with the note that bears on it"),
    SlashCommand(name="source", help="go to the sources of the last reply"),
    SlashCommand(name="save", argument="NAME [last]", help="write this conversation, or its last reply, as a new note"),
    SlashCommand(name="capture", argument="TEXT", help="append a line to your daily note or inbox, shown first"),
    SlashCommand(name="new", help="a new conversation about the same topic"),
    SlashCommand(name="model", argument="[NAME]", help="which language models there are; let another one speak"),
    SlashCommand(name="why", help="why this was raised"),
    SlashCommand(name="help", help="all keys and commands"),
)


class SlashCall(NamedTuple):
    """A typed command and its argument."""

    name: str
    rest: str


class UnknownSlash(NamedTuple):
    """A word after a slash that is no command."""

    name: str


def parse_prompt(text: str) -> SlashCall | UnknownSlash | str:
    """Parse the prompt into a command or a message. A message that begins with a slash is typed with two."""
    if not text.startswith("/"):
        return text
    if text.startswith("//"):
        return text[1:]
    name, *rest = text[1:].split(maxsplit=1) if text[1:2].strip() else [""]
    known = {command.name for command in SLASH_COMMANDS}
    return SlashCall(name, rest[0].strip() if rest else "") if name in known else UnknownSlash(name)


def escape_slash(said: str) -> str:
    """Return a message as it is typed: with a leading slash doubled."""
    return f"/{said}" if said.startswith("/") else said


def matching_commands(text: str) -> tuple[SlashCommand, ...]:
    """The commands that begin with the typed text."""
    if not text.startswith("/") or text.startswith("//") or "\n" in text:
        return ()
    name, space, _ = text[1:].partition(" ")
    return tuple(
        command for command in SLASH_COMMANDS if (command.name == name if space else command.name.startswith(name))
    )


def complete_command(text: str) -> str:
    """Complete the typed command to the first match; other text is returned unchanged."""
    found = matching_commands(text)
    return f"/{found[0].name} " if found and " " not in text else text


def format_unknown_command(name: str) -> str:
    """The answer to a command that does not exist."""
    there = " ".join(f"/{command.name}" for command in SLASH_COMMANDS)
    return f"There are {there}. To say something that begins with a slash, double it: //{name}"


def parse_save_arguments(rest: str) -> tuple[str, bool]:
    """Parse the argument of /save into the name, and whether only the last reply is meant."""
    name, _, tail = rest.rpartition(" ")
    return (name.strip(), True) if name.strip() and tail == "last" else (rest.strip(), False)
