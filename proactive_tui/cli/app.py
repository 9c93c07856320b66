"""The command line. Heavy imports live inside the commands, so that --help and the first frame come at once."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from typing import Annotated

import typer
import typer.main
from typer.core import TyperGroup

from proactive_tui import __version__
from proactive_tui.brain import status_line
from proactive_tui.cli.command_context import load_context, print_json
from proactive_tui.cli.commands.door_commands import serve_browser, serve_mcp, take_note
from proactive_tui.cli.commands.kept_commands import KEPT_COMMANDS
from proactive_tui.cli.commands.source_commands import sources_app
from proactive_tui.cli.manpage import help_epilog, man_page
from proactive_tui.cli.options import (
    AsJson,
    ConfigFile,
    DataDir,
    NotesDir,
    Yes,
    parse_any_datetime,
)
from proactive_tui.data_folders import describe_data_folder, find_named_data_folder
from proactive_tui.paths import (
    APP_NAME,
    default_config_file,
    resolve_data_paths,
)

app = typer.Typer(
    epilog=help_epilog(""),
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(sources_app, name="sources")
app.command("note", epilog=help_epilog("note"))(take_note)
app.command("serve", epilog=help_epilog("serve"))(serve_browser)
app.command("mcp", epilog=help_epilog("mcp"))(serve_mcp)


@app.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """A companion for your notes that starts the conversation.

    It watches a folder of notes, finds what is worth talking about, and opens a conversation by itself when the moment
    is right. Notes are read and never written to; everything runs on this machine. With no command, `run`.
    """
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        run(config, data_dir, notes)
    elif config or data_dir or notes:
        raise typer.BadParameter(
            f"write it after '{context.invoked_subcommand}'", param_hint="--config, --data-dir or --notes"
        )


@app.command(epilog=help_epilog("run"))
def run(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Lines instead of a screen, for screen readers and dumb terminals.")
    ] = False,
) -> None:
    """The assistant itself, in this terminal.

    Where there is no config yet, a guide that makes one comes first. F1 shows all keys, Ctrl+Q ends it; F10 leaves it
    running, and `run` shows it again. The other commands work beside it. --plain draws nothing: it reads and writes
    lines, also through a pipe; a terminal that cannot draw (TERM=dumb) gets it by itself.
    """
    from proactive_tui.cli.assistant import run_assistant

    run_assistant(config, data_dir, notes, plain=plain)


@app.command(epilog=help_epilog("watch"))
def watch(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    install: Annotated[
        bool, typer.Option("--install", help="Write a service of your system that does so at each login, after asking.")
    ] = False,
    yes: Yes = False,
) -> None:
    """The assistant without a terminal that shows it.

    It notices, learns and holds what it would raise; nothing is offered until `run` shows it. Ctrl+C or `stop` ends it.
    """
    from proactive_tui.cli import brain_process

    if install:
        brain_process.install_service(config, data_dir, notes, yes=yes)
    else:
        brain_process.watch(load_context(config, data_dir, notes))


@app.command(epilog=help_epilog("stop"))
def stop(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None) -> None:
    """End the assistant that runs on this data folder.

    What it is writing is finished first. Terminals that show it are closed.
    """
    from proactive_tui.cli.brain_process import stop_brain

    typer.echo("It is stopped." if stop_brain(load_context(config, data_dir, notes)) else "Nothing runs here.")


@app.command(epilog=help_epilog("init"))
def init(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, yes: Yes = False) -> None:
    """Ask for the notes folder and write a config.

    It looks for Ollama and its models as well. Every key is in the file as a comment, with its default and what it
    does; a config that is there already is not written over.
    """
    from proactive_tui.setup import prompts

    prompts.run(config or default_config_file(), notes, data_dir, yes=yes)


@app.command(epilog=help_epilog("index"))
def index(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Throw words and vectors away first.")] = False,
    as_json: AsJson = False,
) -> None:
    """One pass over the notes, with a progress bar and an estimate.

    `run` does the same by itself while it watches. What was skipped or cannot be read is listed with the reason.
    """
    where = load_context(config, data_dir, notes)
    if whose := describe_data_folder(where.paths, where.folder):
        typer.echo(whose, err=True)
    from proactive_tui.cli import answers, tables

    now, passages, vectors = answers.refresh_index(where, rebuild=rebuild)
    print_json(now) if as_json else tables.print_index(now, passages, vectors)


@app.command(epilog=help_epilog("search"))
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for.")],
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    k: Annotated[int, typer.Option("-k", min=1, metavar="N", help="How many results.")] = 10,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="Only notes, or only one of `sources`.")] = "",
    as_json: AsJson = False,
) -> None:
    """What the notes and other sources say of it.

    Notes that changed are taken in first. Each result is a passage with its file and the line that matches. What only
    is nearest, and says nothing of it, is not shown.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import answers, tables

    hits = answers.search_notes(where, query, k, source)
    print_json([json_shapes.hit_json(hit) for hit in hits]) if as_json else tables.print_hits(hits)


@app.command(epilog=help_epilog("suggest"))
def suggest(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    n: Annotated[int, typer.Option("-n", min=1, metavar="N", help="How many suggestions.")] = 5,
    at: Annotated[
        datetime | None,
        typer.Option("--at", help="As if it were this time.", metavar="TIME", parser=parse_any_datetime),
    ] = None,
    weak: Annotated[bool, typer.Option("--weak", help="Also what is worth too little to be raised.")] = False,
    as_json: AsJson = False,
) -> None:
    """What it would raise now and why; nothing counts as shown.

    The same ranking as in the assistant, without asking whether the moment is good. What is worth little is left
    out, so there may be fewer than N.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import answers, tables

    made = answers.list_suggestions(where, n, at.astimezone().timestamp() if at else None, with_weak=weak)
    print_json([*map(json_shapes.worded_suggestion_json, made)]) if as_json else tables.print_suggestions(made)


@app.command(epilog=help_epilog("why"))
def why(
    offer: Annotated[str, typer.Argument(metavar="OFFER", help="An offer's id, as in `journal`.")] = "",
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
) -> None:
    """Why an offer was made, or none.

    With no argument, the newest decision: an offer, or a silence although there was something to say. It says what
    spoke for the topic, which gates were open, and what would have changed the decision.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import answers, tables

    decision, reasons, otherwise = answers.explain_decision(where, offer)
    if as_json:
        print_json(json_shapes.decision_json(decision, reasons, otherwise))
    else:
        tables.print_decision(decision, reasons)


@app.command(epilog=help_epilog("status"))
def status(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
    line: Annotated[bool, typer.Option("--line", help="One line from the running instance, for a status bar.")] = False,
) -> None:
    """How things stand: notes, index, journal and language model.

    While an instance runs, it is asked; otherwise the notes are looked at now. --line is made for a
    status bar or a prompt: it starts nothing, and says nothing where nothing runs. ● is an offer that waits.
    """
    if line:
        data = find_named_data_folder(str(config or ""), str(data_dir or ""), str(notes or ""))
        sys.stdout.write(status_line.read_status_line(resolve_data_paths(data), time.time()))
        return
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import answers, tables

    now, process = answers.read_status(where)
    if as_json:
        print_json({**json_shapes.status_json(now, process), "data": str(where.paths.data)})
    else:
        tables.print_status(now, process, str(where.paths.data))


@app.command(epilog=help_epilog("doctor"))
def doctor(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False
) -> None:
    """Check each part and say how to mend it.

    The status is 1 if any part is not well.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.cli import tables
    from proactive_tui.cli.doctor import run_health_checks

    checks = run_health_checks(where.config, where.paths, where.notes)
    print_json(checks) if as_json else tables.print_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


for _name, _command in KEPT_COMMANDS.items():
    app.command(_name, epilog=help_epilog(_name))(_command)


@app.command(epilog=help_epilog("licences"))
def licences(as_json: AsJson = False) -> None:
    """The licences of all packages it is installed with.

    As the packages state them, with their versions. Packages that only its development needs are left out.
    """
    from proactive_tui.cli import tables
    from proactive_tui.cli.licences import list_licences

    found = list_licences()
    print_json(found) if as_json else tables.print_licences(found)


@app.command(epilog=help_epilog("man"))
def man() -> None:
    """This help as a man page, in roff."""
    sys.stdout.write(man_page(command_group(), APP_NAME, __version__))


def command_group() -> TyperGroup:
    """The commands as a Click group, for code that reads their names, options and help."""
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made
