"""What is typed, as a command or as something said. Pure.

At rest every line is a command. In a conversation a line is a message, unless it is one of a few commands by itself,
search and words, or a command with a number; with a slash every command works there as well, and a message that begins
with a slash is typed with two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

CommandTime = Literal["offer", "result", "always", "talk"]
"""When a command is of use: while an offer waits, after its answer, always, or in a conversation."""

TIME_HEADINGS: dict[CommandTime, str] = {
    "offer": "To answer what was brought up",
    "result": "After an answer",
    "always": "At any time",
    "talk": "In a conversation",
}


@dataclass(frozen=True, kw_only=True)
class TypedCommand:
    """A command: its `names` (the first is its own), the letter that it has as a key on the card, what it takes."""

    names: tuple[str, ...]
    help: str
    time: CommandTime
    letter: str = ""
    argument: str = ""
    bare_in_talk: bool = False

    @property
    def usage(self) -> str:
        """The command as it is typed."""
        return f"{self.names[0]} {self.argument}".strip()


TYPED_COMMANDS = (
    TypedCommand(
        names=("talk", "yes"),
        letter="y",
        argument="[NUMBER]",
        time="offer",
        help="talk about it, or about a line of the last list",
    ),
    TypedCommand(
        names=("later", "not now", "no"), letter="n", time="offer", help="a bad moment; teaches when, not what"
    ),
    TypedCommand(names=("less", "not this"), letter="x", time="offer", help="a wrong topic; teaches what, not when"),
    TypedCommand(
        names=("done", "already done", "answered"),
        letter="a",
        time="offer",
        help="it is done, or answered; your note stays as it is",
    ),
    TypedCommand(names=("not mine",), letter="m", time="offer", help="not yours to do, or no such thing"),
    TypedCommand(names=("never",), letter="v", time="offer", help="never this kind of topic"),
    TypedCommand(
        names=("never there", "never this folder"),
        letter="V",
        time="offer",
        help="never about this folder, repository, calendar or feed",
    ),
    TypedCommand(
        names=("snooze",),
        letter="s",
        argument="TIME",
        time="offer",
        help="again at a time, as: snooze 1 hour, snooze fri 9:30",
    ),
    TypedCommand(names=("good",), time="offer", help="the moment that it asks about was a good one"),
    TypedCommand(names=("bad",), time="offer", help="the moment that it asks about was a bad one"),
    TypedCommand(names=("undo",), letter="u", time="result", help="take the last answer back", bare_in_talk=True),
    TypedCommand(
        names=("bring back",), letter="b", time="result", help="bring the last offer back that left by itself"
    ),
    TypedCommand(
        names=("why",), letter="w", time="always", help="why it was brought up, or why it is silent", bare_in_talk=True
    ),
    TypedCommand(names=("ask",), argument="WORDS", time="always", help="begin a conversation with a question of yours"),
    TypedCommand(names=("search",), argument="WORDS", time="always", help="search your notes by words and by meaning"),
    TypedCommand(
        names=("read",), argument="NUMBER", time="always", help="read a line of the last list among the lines around it"
    ),
    TypedCommand(names=("suggest",), letter="t", time="always", help="bring something up now"),
    TypedCommand(
        names=("digest",),
        letter="g",
        time="always",
        help="one brief of what there is; talk and a number bring a line up",
    ),
    TypedCommand(
        names=("conversations",),
        letter="c",
        argument="[WORDS]",
        time="always",
        help="those that were kept; talk and a number go on with one",
    ),
    TypedCommand(
        names=("shelf",), letter="h", time="always", help="what is held, has left, is snoozed and would come next"
    ),
    TypedCommand(names=("agenda",), letter="A", time="always", help="what is overdue, due, planned and promised"),
    TypedCommand(
        names=("capture", "note"),
        letter="+",
        argument="WORDS",
        time="always",
        help="append a line to your daily note or inbox; it says where, and asks",
    ),
    TypedCommand(names=("learned",), letter="l", time="always", help="what came of the offers, and what it believes"),
    TypedCommand(
        names=("forget",),
        argument="WHAT",
        time="always",
        help="take back the line of learned with a number; or path PATH, topic TITLE, since TIME, everything; it says"
        " how much that is, and asks",
    ),
    TypedCommand(
        names=("settings",),
        letter=",",
        argument="[WORDS]",
        time="always",
        help="the settings that you have changed, or those with these words",
    ),
    TypedCommand(
        names=("set",), argument="NAME [VALUE]", time="always", help="change a setting, or say what it is and may be"
    ),
    TypedCommand(names=("reset",), argument="NAME", time="always", help="give a setting its default again"),
    TypedCommand(
        names=("quiet",), letter="z", time="always", help="say nothing by itself for an hour; again ends that"
    ),
    TypedCommand(names=("again",), time="always", help="say the last thing again", bare_in_talk=True),
    TypedCommand(names=("status",), time="always", help="how things stand", bare_in_talk=True),
    TypedCommand(names=("help",), argument="[COMMAND]", time="always", help="all commands, or one", bare_in_talk=True),
    TypedCommand(names=("detach",), time="always", help="end here, and let the assistant go on", bare_in_talk=True),
    TypedCommand(names=("quit", "exit"), letter="q", time="always", help="end", bare_in_talk=True),
    TypedCommand(names=("stop",), time="talk", help="stop the reply; Ctrl+C does so too", bare_in_talk=True),
    TypedCommand(names=("retry",), time="talk", help="have your last message answered again", bare_in_talk=True),
    TypedCommand(
        names=("sources",),
        time="talk",
        help="the sources of the last reply; read and a number read one",
        bare_in_talk=True,
    ),
    TypedCommand(names=("next",), time="talk", help="the next comment of a review", bare_in_talk=True),
    TypedCommand(
        names=("save",),
        argument="NAME [last]",
        time="talk",
        help="write the conversation, or its last reply, as a new note",
    ),
    TypedCommand(names=("leave", "back"), time="talk", help="leave the conversation; it is kept", bare_in_talk=True),
)

ANSWER_NAMES = ("talk", "later", "less", "done", "not mine", "snooze", "why", "never", "never there")
"""The answers that are named below an offer."""
URGENT_NAMES = frozenset({"stop", "quit", "detach"})
"""The commands that do not wait for the end of a reply."""


class TypedCall(NamedTuple):
    """A command and its argument."""

    name: str
    rest: str = ""


class TypedMessage(NamedTuple):
    """Something said in a conversation."""

    text: str


class UnknownTyped(NamedTuple):
    """What is no command; `reason` says why, and what to type."""

    reason: str


TypedLine: TypeAlias = TypedCall | TypedMessage | UnknownTyped | None
"""None is a line without words."""


def parse_typed(line: str, *, talking: bool) -> TypedLine:
    """Parse a line that was typed at rest, or while `talking`."""
    text = line.strip()
    if not text:
        return None
    if talking and text.startswith("//"):
        return TypedMessage(text[1:])
    if text.startswith("/"):
        return _parse_command(text[1:].strip())
    if not talking:
        return _parse_command(text)
    found = find_typed(text)
    if found is None:
        return TypedMessage(text)
    command, rest = found
    is_number = rest.isdigit() and command.argument.strip("[]") == "NUMBER"
    is_meant = is_number if rest else command.bare_in_talk and text != command.letter
    if command.names[0] == "search":  # whether it is said or typed as a command, the notes are searched
        is_meant = bool(rest)
    return TypedCall(command.names[0], rest) if is_meant else TypedMessage(text)


def is_urgent(line: str, *, talking: bool) -> bool:
    """Whether a line does not wait for the end of a reply."""
    call = parse_typed(line, talking=talking)
    return isinstance(call, TypedCall) and call.name in URGENT_NAMES


def _parse_command(text: str) -> TypedCall | UnknownTyped:
    found = find_typed(text)
    if found is None:
        return UnknownTyped(
            f"“{text[:60]}” is no command. Help says all of them; ask and your question begin a conversation."
        )
    command, rest = found
    if rest and not command.argument:
        return UnknownTyped(f"“{command.names[0]}” stands alone. It was not done.")
    return TypedCall(command.names[0], rest)


def find_typed(text: str) -> tuple[TypedCommand, str] | None:
    """The command that a text begins with, by the longest of its names or by its letter alone, and the rest of it."""
    for command in TYPED_COMMANDS:
        if command.letter and text == command.letter:
            return command, ""
    words = text.split()
    for count in (3, 2, 1):
        name = " ".join(words[:count]).casefold()
        for command in TYPED_COMMANDS:
            if len(words) >= count and name in command.names:
                return command, text.split(maxsplit=count)[count] if len(words) > count else ""
    return None


def help_sentences(about: str = "") -> list[str]:
    """What can be typed: the names of the commands, what one of them does, or with "all" what each does."""
    if about and about != "all":
        found = find_typed(about)
        return [_describe_command(found[0])] if found else [f"There is no command “{about[:60]}”."]
    lines = ["Type a word and Enter."]
    for time, heading in TIME_HEADINGS.items():
        commands = [command for command in TYPED_COMMANDS if command.time == time]
        if about:
            lines += [f"{heading}:", *map(_describe_command, commands)]
        else:
            lines.append(f"{heading}: {', '.join(command.usage for command in commands)}.")
    lines.append(
        "In a conversation all else that you type is said. There, a command that takes words begins with a slash, as in"
        " /save NAME."
    )
    if about:
        lines.append("Exports and sources have commands of their own: proactive-tui --help.")
    else:
        lines.append("Help and a command says what it does; help all says it of every one.")
    return lines


def _describe_command(command: TypedCommand) -> str:
    also = [*command.names[1:], *([f"the letter {command.letter}"] if command.letter else [])]
    return f"{command.usage}{''.join(f', or {name}' for name in also)}: {command.help}."
