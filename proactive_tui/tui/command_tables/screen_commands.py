"""Commands of the other screens, and of lists."""

from __future__ import annotations

from proactive_tui.tui.command_tables.app_command import AppCommand

SCREEN_COMMANDS: tuple[AppCommand, ...] = (
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
        "search.related",
        "f3",
        "related",
        "Related",
        "Go to the notes that link here, are linked or are near in meaning, and back",
        "Search",
        shown=True,
        palette=False,
    ),
    AppCommand(
        "agenda.turn",
        "p",
        "turn_agenda",
        "By person",
        "Group it by person, or by day again",
        "Agenda",
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
