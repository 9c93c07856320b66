"""Every command, defined once: bindings, footer, palette, help and remapping are all read from here.

A letter alone would be taken by a text input that has the focus, so what must work while typing has a function key too.
No command is only on Ctrl+A, Ctrl+B or Ctrl+O, which terminal multiplexers keep for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from textual.binding import Binding, BindingType
from textual.keys import format_key

Room = Literal[
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


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing the owner can do. `keys` are alternatives, the first is the one shown; `action` is Textual's."""

    id: str
    keys: str
    action: str
    name: str
    help: str
    room: Room
    shown: bool = False
    priority: bool = False
    palette: bool = True

    def binding(self) -> Binding:
        """The command as a Textual binding, remapped by its id."""
        return Binding(
            self.keys, self.action, self.name, show=self.shown, priority=self.priority, tooltip=self.help, id=self.id
        )


COMMANDS: tuple[Command, ...] = (
    Command(
        id="app.help",
        keys="f1",
        action="help",
        name="Help",
        help="All keys",
        room="Everywhere",
        shown=True,
        priority=True,
    ),
    Command(
        id="app.palette",
        keys="ctrl+p",
        action="command_palette",
        name="Commands",
        help="Find any command by its name",
        room="Everywhere",
        priority=True,
        palette=False,
    ),
    Command(
        id="app.search",
        keys="slash,f5",
        action="search",
        name="Search",
        help="Search your notes, by words and by meaning",
        room="Everywhere",
        shown=True,
    ),
    Command(
        id="app.conversations",
        keys="c,ctrl+t",
        action="conversations",
        name="Conversations",
        help="All that were kept: search, resume, export, delete",
        room="Everywhere",
    ),
    Command(
        id="app.new",
        keys="ctrl+n",
        action="new",
        name="New conversation",
        help="Ask first, about anything in your notes",
        room="Everywhere",
    ),
    Command(
        id="app.why",
        keys="w,f6",
        action="why",
        name="Why",
        help="Why it spoke, or why it is silent",
        room="Everywhere",
        shown=True,
    ),
    Command(
        id="app.speak_now",
        keys="t,f7",
        action="speak_now",
        name="Suggest",
        help="Suggest something now, whatever the hour",
        room="Everywhere",
        shown=True,
    ),
    Command(
        id="app.quiet",
        keys="z,f8",
        action="quiet",
        name="Quiet",
        help="Say nothing by itself for an hour; again ends that",
        room="Everywhere",
        shown=True,
    ),
    Command(
        id="app.rooms",
        keys="f9",
        action="rooms",
        name="Rooms",
        help="A menu of all rooms",
        room="Everywhere",
        shown=True,
    ),
    Command(
        id="app.index",
        keys="i",
        action="index",
        name="Index",
        help="What is watched, indexed, skipped and failed, and how far it is",
        room="Rooms",
    ),
    Command(
        id="app.learned",
        keys="l",
        action="learned",
        name="Learned",
        help="What came of the offers, and what it believes because of it",
        room="Rooms",
    ),
    Command(
        id="app.data",
        keys="d",
        action="data",
        name="Data",
        help="What is kept, what leaves this machine; export, forget, pause",
        room="Rooms",
    ),
    Command(
        id="app.settings",
        keys="comma",
        action="settings",
        name="Settings",
        help="Every setting, with what it may be",
        room="Rooms",
    ),
    Command(
        id="app.quit",
        keys="ctrl+q",
        action="quit",
        name="Quit",
        help="Close the assistant",
        room="Everywhere",
        priority=True,
    ),
    Command(
        id="offer.focus",
        keys="f2",
        action="focus_offer",
        name="Go to the offer",
        help="Move from what you type to the offer, and back",
        room="Offer",
    ),
    Command(
        id="offer.talk",
        keys="enter,y",
        action="talk",
        name="talk",
        help="Talk about it",
        room="Offer",
    ),
    Command(
        id="offer.not_now",
        keys="n",
        action="not_now",
        name="not now",
        help="A bad moment; teaches when, not what",
        room="Offer",
    ),
    Command(
        id="offer.not_this",
        keys="x",
        action="not_this",
        name="not this",
        help="A wrong topic; teaches what, not when",
        room="Offer",
    ),
    Command(
        id="offer.never",
        keys="v",
        action="never",
        name="never",
        help="Never this kind of topic; also counts as not this",
        room="Offer",
    ),
    Command(
        id="offer.snooze",
        keys="s",
        action="snooze",
        name="snooze",
        help="Bring it up again later: in 15 minutes, an hour, tomorrow, or on a date",
        room="Offer",
    ),
    Command(
        id="offer.undo",
        keys="u,ctrl+z",
        action="take_back",
        name="Undo",
        help="Take the last answer back, for some seconds",
        room="Offer",
    ),
    Command(
        id="offer.bring_back",
        keys="b",
        action="bring_back",
        name="Bring back",
        help="Bring the last offer back that left by itself",
        room="Offer",
    ),
    Command(
        id="home.prepared",
        keys="p",
        action="prepared",
        name="Prepared",
        help="Show what it has prepared, or hide it",
        room="Home",
    ),
    Command(
        id="question.good",
        keys="y",
        action="good_moment",
        name="yes",
        help="It was a good moment to bring it up",
        room="Question",
        palette=False,
    ),
    Command(
        id="question.bad",
        keys="n",
        action="bad_moment",
        name="no",
        help="It was a bad one; you need not answer at all",
        room="Question",
        palette=False,
    ),
    Command(
        id="home.resume",
        keys="enter",
        action="select",
        name="Resume",
        help="Go on with the conversation",
        room="Home",
        palette=False,
    ),
    Command(
        id="room.back",
        keys="escape",
        action="back",
        name="Back",
        help="Leave this screen; in a conversation, first take back what waits, then stop the reply",
        room="Everywhere",
        palette=False,
    ),
    Command(
        id="conversation.send",
        keys="enter",
        action="send",
        name="Send",
        help="Say it; while a reply is being given it waits for its turn",
        room="Conversation",
        palette=False,
    ),
    Command(
        id="conversation.newline",
        keys="ctrl+j,shift+enter,alt+enter",
        action="newline",
        name="New line",
        help="Begin a new line",
        room="Conversation",
        palette=False,
    ),
    Command(
        id="conversation.sources",
        keys="f3",
        action="sources",
        name="Sources",
        help="Go to the sources of the last reply, and back",
        room="Conversation",
        shown=True,
    ),
    Command(
        id="conversation.edit",
        keys="ctrl+e",
        action="edit",
        name="Edit",
        help="Say your last message in other words, in its place (↑ in an empty prompt does the same)",
        room="Conversation",
        priority=True,
    ),
    Command(
        id="conversation.retry",
        keys="ctrl+r",
        action="retry",
        name="Retry",
        help="Have your last message answered again",
        room="Conversation",
        priority=True,
    ),
    Command(
        id="conversation.copy",
        keys="ctrl+y",
        action="copy",
        name="Copy",
        help="Copy the code of the last reply, else the reply; again copies what comes next in it",
        room="Conversation",
        shown=True,
        priority=True,
    ),
    Command(
        id="conversation.complete",
        keys="tab",
        action="complete",
        name="Complete",
        help="Complete a command that begins with a slash",
        room="Conversation",
        palette=False,
    ),
    Command(
        id="conversation.up",
        keys="pageup,ctrl+up",
        action="page(-1)",
        name="Read back",
        help="Scroll towards the beginning, and to what is not shown any more",
        room="Conversation",
        palette=False,
    ),
    Command(
        id="conversation.down",
        keys="pagedown,ctrl+down",
        action="page(1)",
        name="Read on",
        help="Scroll towards the end, where the reply is followed again",
        room="Conversation",
        palette=False,
    ),
    Command(
        id="source.show",
        keys="enter",
        action="select",
        name="Look",
        help="The passage among the lines around it",
        room="Sources",
        palette=False,
    ),
    Command(
        id="source.open",
        keys="o,f4",
        action="open_source",
        name="Open in the editor",
        help="The note, at the line, in your own editor",
        room="Sources",
        palette=False,
    ),
    Command(
        id="conversations.resume",
        keys="enter",
        action="resume",
        name="Resume",
        help="Go on with it",
        room="Conversations",
        shown=True,
        palette=False,
    ),
    Command(
        id="conversations.new",
        keys="n",
        action="new_here",
        name="New",
        help="A new conversation, about nothing yet",
        room="Conversations",
        palette=False,
    ),
    Command(
        id="conversations.find",
        keys="slash",
        action="find",
        name="Find",
        help="Those that hold some words; Esc ends it",
        room="Conversations",
        shown=True,
        palette=False,
    ),
    Command(
        id="conversations.export",
        keys="e",
        action="export",
        name="Export",
        help="Write it to a Markdown file",
        room="Conversations",
        shown=True,
        palette=False,
    ),
    Command(
        id="conversations.drop",
        keys="delete,backspace",
        action="drop",
        name="Delete",
        help="Delete it for good; asks by wanting the key twice",
        room="Conversations",
        shown=True,
        palette=False,
    ),
    Command(
        id="search.talk",
        keys="enter",
        action="talk_about",
        name="Talk",
        help="Talk about this passage",
        room="Search",
        shown=True,
        palette=False,
    ),
    Command(
        id="search.open",
        keys="f4,o",
        action="open_hit",
        name="Open",
        help="Open the note at the line (o from the list of results)",
        room="Search",
        shown=True,
        palette=False,
    ),
    Command(
        id="index.open",
        keys="enter,f4",
        action="open_note",
        name="Open",
        help="Open the note that was skipped or failed in your editor",
        room="Index",
        shown=True,
        palette=False,
    ),
    Command(
        id="learned.evidence",
        keys="enter",
        action="evidence",
        name="Evidence",
        help="The offers that a belief rests on",
        room="Learned",
        shown=True,
        palette=False,
    ),
    Command(
        id="learned.forget",
        keys="x",
        action="forget_belief",
        name="Forget this",
        help="Forget what a belief rests on, after asking",
        room="Learned",
        shown=True,
        palette=False,
    ),
    Command(
        id="learned.next",
        keys="right",
        action="turn(1)",
        name="Next plot",
        help="The next plot, where not all have room",
        room="Learned",
        palette=False,
    ),
    Command(
        id="learned.previous",
        keys="left",
        action="turn(-1)",
        name="Previous plot",
        help="The plot before",
        room="Learned",
        palette=False,
    ),
    Command(
        id="data.toggle",
        keys="space,enter",
        action="pause",
        name="Pause",
        help="Stop collecting this signal, or go on",
        room="Data",
        shown=True,
        palette=False,
    ),
    Command(
        id="data.export",
        keys="e",
        action="export",
        name="Export",
        help="Write everything in open formats into a folder",
        room="Data",
        shown=True,
    ),
    Command(
        id="data.forget",
        keys="f",
        action="forget",
        name="Forget",
        help="Forget a note, a topic, since a time, or everything, after asking",
        room="Data",
        shown=True,
    ),
    Command(
        id="settings.edit",
        keys="enter",
        action="edit",
        name="Change",
        help="Change this setting",
        room="Settings",
        shown=True,
        palette=False,
    ),
    Command(
        id="settings.reset",
        keys="ctrl+r",
        action="reset",
        name="Default",
        help="Set it to its default again",
        room="Settings",
        shown=True,
        palette=False,
    ),
    Command(
        id="list.down",
        keys="down,j",
        action="cursor_down",
        name="Down",
        help="One further down",
        room="Lists",
        palette=False,
    ),
    Command(
        id="list.up",
        keys="up,k",
        action="cursor_up",
        name="Up",
        help="One further up",
        room="Lists",
        palette=False,
    ),
)

ROOMS: tuple[Room, ...] = get_args(Room)


def bindings(*ids: str) -> list[BindingType]:
    """The bindings of these commands, for a class's BINDINGS."""
    return [command(each).binding() for each in ids]


def command(identifier: str) -> Command:
    """The command of this id. Raises KeyError when there is none."""
    for each in COMMANDS:
        if each.id == identifier:
            return each
    raise KeyError(identifier)


def keys_of(each: Command, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command as people read them ("Enter", "^q", "/"), with the owner's own keys applied."""
    return tuple(display(key.strip()) for key in remapped.get(each.id, each.keys).split(",") if key.strip())


def unknown(remapped: Mapping[str, str]) -> list[str]:
    """The ids in a remapping that no command has."""
    known = {each.id for each in COMMANDS}
    return sorted(set(remapped) - known)


def display(key: str) -> str:
    """A key as people read it."""
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
    marks = "".join({"ctrl": "^", "shift": "Shift+", "alt": "Alt+"}.get(each, f"{each}+") for each in modifiers)
    return marks + name
