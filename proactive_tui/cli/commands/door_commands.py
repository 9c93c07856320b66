"""Commands that open the assistant to other programs."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from proactive_tui.cli.command_context import load_context, print_json
from proactive_tui.cli.options import AsJson, ConfigFile, DataDir, NotesDir, Yes
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.paths import private_umask, resolve_notes_folder
from proactive_tui.text.terminal_safe import one_line, sanitize_text

MAX_TRIES = 20
"""How often a line is placed anew with --yes while another program keeps writing the note."""


def take_note(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to note; one line.")],
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Append a line to the daily note or inbox.

    The note is the one that [capture] of the config names, and no other is ever written to. File, line and place are
    shown first; a note that changed meanwhile is shown anew.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.capturing.capture_plan import plan_capture
    from proactive_tui.brain.capturing.capture_writing import append_capture
    from proactive_tui.sources.rules import Rules

    folder, settings = where.folder, where.config.capture
    rules = Rules(folder, where.config.notes)
    with private_umask() as umask:  # that of the owner, which cannot be read without being set
        pass
    plan, written, tries = plan_capture(folder, rules, settings, " ".join(words), time.time()), False, 0
    while not written:
        if not yes:
            typer.echo(("It has changed meanwhile. " if tries else "") + _describe_plan(plan), err=True)
            if not typer.confirm("Write it?", default=True, err=True):
                raise typer.Exit(1)
        elif tries == MAX_TRIES:
            raise ProactiveError("The note changes all the time", plan.path, "Nothing was written: try again.")
        plan, written = append_capture(folder, rules, settings, plan, time.time(), umask)
        tries += 1
    if as_json:
        print_json({"path": plan.path, "line": plan.line, "text": plan.text})
    else:
        typer.echo(f"Written: {one_line(plan.path)}, line {plan.line}.")


def _describe_plan(plan: CapturePlan) -> str:
    place = f"line {plan.line}, after “{one_line(plan.before)}”" if plan.before else f"line {plan.line}"
    place = place if plan.digest else "a new note"
    return f"{one_line(plan.path)}, {place}:\n  {sanitize_text(plan.text)}"


def serve_mcp(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None) -> None:
    """A read-only MCP server over standard input and output.

    An assistant of yours starts it and may search the notes, list what they leave open, and ask what would be raised
    now and why. What is excluded or painful stays out; nothing is written. It needs the extra `mcp`.
    """
    where = load_context(config, data_dir, notes)
    try:
        from proactive_tui.cli.mcp_server import serve
    except ImportError as error:
        raise ProactiveError(
            "The package mcp is not installed", str(error.name or error), "Run: pip install 'proactive-tui[mcp]'"
        ) from error
    serve(where)


def serve_browser(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="PORT", help="A port; 0 takes a free one.")
    ] = 0,
) -> None:
    """The assistant in a browser of this machine.

    It prints an address with a secret in it, which a browser on this machine opens; whoever lacks it is refused. One
    window or terminal shows the assistant at a time, as ever. Ctrl+C ends it. It needs the extra `serve`.
    """
    where = load_context(config, data_dir, notes)
    resolve_notes_folder(where.notes)  # raises now if there is none
    try:
        from proactive_tui.web.browser_server import serve_app
    except ImportError as error:
        raise ProactiveError(
            "The package textual-serve is not installed",
            str(error.name or error),
            "Run: pip install 'proactive-tui[serve]'",
        ) from error
    places = (("--config", config), ("--data-dir", data_dir), ("--notes", notes))
    named = [word for option, path in places if path for word in (option, str(path.expanduser().absolute()))]

    def announce(address: str) -> None:
        typer.echo(f"Open {address}\nIt is for you alone: whoever has it sees your notes. Ctrl+C ends it.")

    serve_app([sys.executable, "-m", "proactive_tui", "run", *named], port, announce)
