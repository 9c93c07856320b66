"""Commands that are typed into the prompt, after a slash. Defined once: hints, help and meaning are from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, kw_only=True)
class Slash:
    """One command; `argument` is how what may follow it is shown."""

    name: str
    help: str
    argument: str = ""

    @property
    def usage(self) -> str:
        """As one types it."""
        return f"/{self.name} {self.argument}".strip()


SLASHES = (
    Slash(name="search", argument="WORDS", help="search your notes"),
    Slash(name="source", help="go to the sources of the last reply"),
    Slash(name="save", argument="NAME [last]", help="write this conversation, or its last reply, as a new note"),
    Slash(name="new", help="a new conversation about the same topic"),
    Slash(name="model", argument="[NAME]", help="which language models there are; let another one speak"),
    Slash(name="why", help="why this was raised"),
    Slash(name="help", help="all keys and commands"),
)


class Call(NamedTuple):
    """A command and what followed it."""

    name: str
    rest: str


class Unknown(NamedTuple):
    """Something after a slash that is no command."""

    name: str


def read(text: str) -> Call | Unknown | str:
    """What was typed: a command, or what is to be said. A text that begins with a slash is said by doubling it."""
    if not text.startswith("/"):
        return text
    if text.startswith("//"):
        return text[1:]
    name, *rest = text[1:].split(maxsplit=1) if text[1:2].strip() else [""]
    known = {each.name for each in SLASHES}
    return Call(name, rest[0].strip() if rest else "") if name in known else Unknown(name)


def typed(said: str) -> str:
    """What one types to say this."""
    return f"/{said}" if said.startswith("/") else said


def hints(text: str) -> tuple[Slash, ...]:
    """The commands that may be meant by what is typed so far."""
    if not text.startswith("/") or text.startswith("//") or "\n" in text:
        return ()
    name, space, _ = text[1:].partition(" ")
    return tuple(each for each in SLASHES if (each.name == name if space else each.name.startswith(name)))


def completed(text: str) -> str:
    """The text with its command written out, where one is begun; the first of several."""
    found = hints(text)
    return f"/{found[0].name} " if found and " " not in text else text


def unknown(name: str) -> str:
    """What is said to a command that does not exist."""
    there = " ".join(f"/{each.name}" for each in SLASHES)
    return f"There are {there}. To say something that begins with a slash, double it: //{name}"


def save_words(rest: str) -> tuple[str, bool]:
    """The name that follows /save, and whether only the last reply is meant."""
    name, _, tail = rest.rpartition(" ")
    return (name.strip(), True) if name.strip() and tail == "last" else (rest.strip(), False)
