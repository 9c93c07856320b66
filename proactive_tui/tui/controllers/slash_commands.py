"""Commands that are typed into the prompt, after a slash. Defined once: hints, help and meaning are from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class SlashCommand:
    """One command; `argument` is how what may follow it is shown."""

    name: str
    help: str
    argument: str = ""

    @property
    def usage(self) -> str:
        """As one types it."""
        return f"/{self.name} {self.argument}".strip()


SLASH_COMMANDS = (
    SlashCommand(name="search", argument="WORDS", help="search your notes"),
    SlashCommand(name="source", help="go to the sources of the last reply"),
    SlashCommand(name="save", argument="NAME [last]", help="write this conversation, or its last reply, as a new note"),
    SlashCommand(name="new", help="a new conversation about the same topic"),
    SlashCommand(name="model", argument="[NAME]", help="which language models there are; let another one speak"),
    SlashCommand(name="why", help="why this was raised"),
    SlashCommand(name="help", help="all keys and commands"),
)


class SlashCall(NamedTuple):
    """A command and what followed it."""

    name: str
    rest: str


class UnknownSlash(NamedTuple):
    """Something after a slash that is no command."""

    name: str


def parse_prompt(text: str) -> SlashCall | UnknownSlash | str:
    """What was typed: a command, or what is to be said. A text that begins with a slash is said by doubling it."""
    if not text.startswith("/"):
        return text
    if text.startswith("//"):
        return text[1:]
    name, *rest = text[1:].split(maxsplit=1) if text[1:2].strip() else [""]
    known = {command.name for command in SLASH_COMMANDS}
    return SlashCall(name, rest[0].strip() if rest else "") if name in known else UnknownSlash(name)


def escape_slash(said: str) -> str:
    """What one types to say this."""
    return f"/{said}" if said.startswith("/") else said


def matching_commands(text: str) -> tuple[SlashCommand, ...]:
    """The commands that may be meant by what is typed so far."""
    if not text.startswith("/") or text.startswith("//") or "\n" in text:
        return ()
    name, space, _ = text[1:].partition(" ")
    return tuple(
        command for command in SLASH_COMMANDS if (command.name == name if space else command.name.startswith(name))
    )


def complete_command(text: str) -> str:
    """The text with its command written out, where one is begun; the first of several."""
    found = matching_commands(text)
    return f"/{found[0].name} " if found and " " not in text else text


def format_unknown_command(name: str) -> str:
    """What is said to a command that does not exist."""
    there = " ".join(f"/{command.name}" for command in SLASH_COMMANDS)
    return f"There are {there}. To say something that begins with a slash, double it: //{name}"


def parse_save_arguments(rest: str) -> tuple[str, bool]:
    """The name that follows /save, and whether only the last reply is meant."""
    name, _, tail = rest.rpartition(" ")
    return (name.strip(), True) if name.strip() and tail == "last" else (rest.strip(), False)
