"""Every command, defined once: bindings, footer, palette, help and remapping are all read from here.

A text input that has the focus takes letters, so commands that must work while typing have a function key too.
No command is only on Ctrl+A, Ctrl+B or Ctrl+O, which terminal multiplexers use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Literal, get_args

from textual.binding import Binding, BindingType
from textual.keys import format_key

CommandScope = Literal[
    "Everywhere",
    "Rooms",
    "Offer",
    "Question",
    "Home",
    "Conversation",
    "Conversations",
    "Sources",
    "Search",
    "Index",
    "Learned",
    "Data",
    "Settings",
    "Lists",
]
"""Where a command works."""


@dataclass(frozen=True)
class AppCommand:
    """A command of the owner. `keys` are alternatives, of which the first is shown; `action` is a Textual action."""

    id: str
    keys: str
    action: str
    name: str
    help: str
    scope: CommandScope
    _: KW_ONLY
    shown: bool = False
    priority: bool = False
    palette: bool = True

    def to_binding(self) -> Binding:
        """The command as a Textual binding, remapped by its id."""
        return Binding(
            self.keys, self.action, self.name, show=self.shown, priority=self.priority, tooltip=self.help, id=self.id
        )


COMMANDS: tuple[AppCommand, ...] = (
    AppCommand("app.help", "f1", "enter('help')", "Help", "All keys", "Everywhere", shown=True, priority=True),
    AppCommand(
        "app.palette",
        "ctrl+p",
        "command_palette",
        "Commands",
        "Find any command by its name",
        "Everywhere",
        priority=True,
        palette=False,
    ),
    AppCommand(
        "app.search",
        "slash,f5",
        "enter('search')",
        "Search",
        "Search your notes, by words and by meaning",
        "Everywhere",
        shown=True,
    ),
    AppCommand(
        "app.conversations",
        "c,ctrl+t",
        "enter('conversations')",
        "Conversations",
        "All that were kept: search, resume, export, delete",
        "Everywhere",
    ),
    AppCommand("app.new", "ctrl+n", "new", "New conversation", "Ask first, about anything in your notes", "Everywhere"),
    AppCommand("app.why", "w,f6", "enter('why')", "Why", "Why it spoke, or why it is silent", "Everywhere", shown=True),
    AppCommand(
        "app.speak_now",
        "t,f7",
        "speak_now",
        "Suggest",
        "Suggest something now, whatever the hour",
        "Everywhere",
        shown=True,
    ),
    AppCommand(
        "app.quiet",
        "z,f8",
        "quiet",
        "Quiet",
        "Say nothing by itself for an hour; again ends that",
        "Everywhere",
        shown=True,
    ),
    AppCommand("app.rooms", "f9", "rooms", "Rooms", "A menu of all rooms", "Everywhere", shown=True),
    AppCommand(
        "app.digest",
        "g",
        "enter('digest')",
        "Digest",
        "One brief of stories, work, appointments and what was held; Enter raises a line",
        "Rooms",
    ),
    AppCommand(
        "app.index",
        "i",
        "enter('index')",
        "Index",
        "What is watched, indexed, skipped and failed, and how far it is",
        "Rooms",
    ),
    AppCommand(
        "app.learned",
        "l",
        "enter('learned')",
        "Learned",
        "What came of the offers, and what it believes because of it",
        "Rooms",
    ),
    AppCommand(
        "app.data",
        "d",
        "enter('data')",
        "Data",
        "What is kept, what leaves this machine; export, forget, pause",
        "Rooms",
    ),
    AppCommand("app.settings", "comma", "enter('settings')", "Settings", "Every setting, with what it may be", "Rooms"),
    AppCommand(
        "app.detach",
        "f10",
        "detach",
        "Detach",
        "Close this terminal's view and let the assistant go on; `proactive-tui` shows it again",
        "Everywhere",
        priority=True,
    ),
    AppCommand("app.quit", "ctrl+q", "quit", "Quit", "Close the assistant", "Everywhere", priority=True),
    AppCommand(
        "offer.focus", "f2", "focus_offer", "Go to the offer", "Move from what you type to the offer, and back", "Offer"
    ),
    AppCommand("offer.talk", "enter,y", "talk", "talk", "Talk about it", "Offer"),
    AppCommand("offer.not_now", "n", "not_now", "not now", "A bad moment; teaches when, not what", "Offer"),
    AppCommand("offer.not_this", "x", "not_this", "not this", "A wrong topic; teaches what, not when", "Offer"),
    AppCommand(
        "offer.already_done",
        "a",
        "already_done",
        "already done",
        "It is done, or answered: closes it; your note stays as it is",
        "Offer",
    ),
    AppCommand(
        "offer.not_mine",
        "m",
        "not_mine",
        "not mine",
        "Not yours to do, or no such thing; teaches how your notes are read",
        "Offer",
    ),
    AppCommand("offer.never", "v", "never", "never", "Never this kind of topic; also counts as not this", "Offer"),
    AppCommand(
        "offer.never_folder",
        "V",
        "never_folder",
        "never this folder",
        "Never ask about this folder (repository, calendar, feed); search still finds it. Also counts as not mine",
        "Offer",
    ),
    AppCommand(
        "offer.snooze",
        "s",
        "snooze",
        "snooze",
        "Bring it up again later: in 15 minutes, an hour, tomorrow, or on a date",
        "Offer",
    ),
    AppCommand("offer.undo", "u,ctrl+z", "take_back", "Undo", "Take the last answer back, for some seconds", "Offer"),
    AppCommand(
        "offer.bring_back", "b", "bring_back", "Bring back", "Bring the last offer back that left by itself", "Offer"
    ),
    AppCommand("home.prepared", "p", "prepared", "Prepared", "Show what it has prepared, or hide it", "Home"),
    AppCommand(
        "question.good", "y", "good_moment", "yes", "It was a good moment to bring it up", "Question", palette=False
    ),
    AppCommand(
        "question.bad",
        "n",
        "bad_moment",
        "no",
        "It was a bad one; you need not answer at all",
        "Question",
        palette=False,
    ),
    AppCommand("home.resume", "enter", "select", "Resume", "Go on with the conversation", "Home", palette=False),
    AppCommand(
        "room.back",
        "escape",
        "back",
        "Back",
        "Leave this screen; in a conversation, first take back what waits, then stop the reply",
        "Everywhere",
        palette=False,
    ),
    AppCommand(
        "conversation.send",
        "enter",
        "send",
        "Send",
        "Say it; while a reply is being given it waits for its turn",
        "Conversation",
        palette=False,
    ),
    AppCommand(
        "conversation.newline",
        "ctrl+j,shift+enter,alt+enter",
        "newline",
        "New line",
        "Begin a new line",
        "Conversation",
        palette=False,
    ),
    AppCommand(
        "conversation.sources",
        "f3",
        "sources",
        "Sources",
        "Go to the sources of the last reply, and back",
        "Conversation",
        shown=True,
    ),
    AppCommand(
        "conversation.edit",
        "ctrl+e",
        "edit",
        "Edit",
        "Say your last message in other words, in its place (↑ in an empty prompt does the same)",
        "Conversation",
        priority=True,
    ),
    AppCommand(
        "conversation.retry",
        "ctrl+r",
        "retry",
        "Retry",
        "Have your last message answered again",
        "Conversation",
        priority=True,
    ),
    AppCommand(
        "conversation.copy",
        "ctrl+y",
        "copy",
        "Copy",
        "Copy the code of the last reply, else the reply; again copies what comes next in it",
        "Conversation",
        shown=True,
        priority=True,
    ),
    AppCommand(
        "conversation.complete",
        "tab",
        "complete",
        "Complete",
        "Complete a command that begins with a slash",
        "Conversation",
        palette=False,
    ),
    AppCommand(
        "conversation.up",
        "pageup,ctrl+up",
        "page(-1)",
        "Read back",
        "Scroll towards the beginning, and to what is not shown any more",
        "Conversation",
        palette=False,
    ),
    AppCommand(
        "conversation.down",
        "pagedown,ctrl+down",
        "page(1)",
        "Read on",
        "Scroll towards the end, where the reply is followed again",
        "Conversation",
        palette=False,
    ),
    AppCommand(
        "source.show", "enter", "select", "Look", "The passage among the lines around it", "Sources", palette=False
    ),
    AppCommand(
        "source.open",
        "o,f4",
        "open_source",
        "Open in the editor",
        "The note, at the line, in your own editor",
        "Sources",
        palette=False,
    ),
    AppCommand(
        "conversations.resume", "enter", "resume", "Resume", "Go on with it", "Conversations", shown=True, palette=False
    ),
    AppCommand(
        "conversations.new",
        "n",
        "new_here",
        "New",
        "A new conversation, about nothing yet",
        "Conversations",
        palette=False,
    ),
    AppCommand(
        "conversations.find",
        "slash",
        "find",
        "Find",
        "Those that hold some words; Esc ends it",
        "Conversations",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "conversations.export",
        "e",
        "export",
        "Export",
        "Write it to a Markdown file",
        "Conversations",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "conversations.drop",
        "delete,backspace",
        "drop",
        "Delete",
        "Delete it for good; asks by wanting the key twice",
        "Conversations",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "search.talk", "enter", "talk_about", "Talk", "Talk about this passage", "Search", shown=True, palette=False
    ),
    AppCommand(
        "search.open",
        "f4,o",
        "open_hit",
        "Open",
        "Open the note at the line (o from the list of results)",
        "Search",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "index.open",
        "enter,f4",
        "open_note",
        "Open",
        "Open the note that was skipped or failed in your editor",
        "Index",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "learned.evidence",
        "enter",
        "evidence",
        "Evidence",
        "The offers that a belief rests on",
        "Learned",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "learned.forget",
        "x",
        "forget_belief",
        "Forget this",
        "Forget what a belief rests on, after asking",
        "Learned",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "learned.next",
        "right",
        "turn(1)",
        "Next plot",
        "The next plot, where not all have room",
        "Learned",
        palette=False,
    ),
    AppCommand("learned.previous", "left", "turn(-1)", "Previous plot", "The plot before", "Learned", palette=False),
    AppCommand(
        "data.toggle",
        "space,enter",
        "pause",
        "Pause",
        "Stop collecting this signal, or go on",
        "Data",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "data.export", "e", "export", "Export", "Write everything in open formats into a folder", "Data", shown=True
    ),
    AppCommand(
        "data.forget",
        "f",
        "forget",
        "Forget",
        "Forget a note, a topic, since a time, or everything, after asking",
        "Data",
        shown=True,
    ),
    AppCommand(
        "settings.edit", "enter", "edit", "Change", "Change this setting", "Settings", shown=True, palette=False
    ),
    AppCommand(
        "settings.reset",
        "ctrl+r",
        "reset",
        "Default",
        "Set it to its default again",
        "Settings",
        shown=True,
        palette=False,
    ),
    AppCommand("list.down", "down,j", "cursor_down", "Down", "One further down", "Lists", palette=False),
    AppCommand("list.up", "up,k", "cursor_up", "Up", "One further up", "Lists", palette=False),
)

COMMAND_SCOPES: tuple[CommandScope, ...] = get_args(CommandScope)


def command_bindings(*ids: str) -> list[BindingType]:
    """Make the bindings of these commands, for a class's BINDINGS."""
    return [find_command(identifier).to_binding() for identifier in ids]


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
