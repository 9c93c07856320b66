"""The command line. Heavy imports live inside the commands, so that --help and the first frame come at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
import typer.main
from typer.core import TyperGroup

from proactive_tui import __version__
from proactive_tui.brain import status_line
from proactive_tui.cli.manpage import epilog, page
from proactive_tui.config import Config, load
from proactive_tui.errors import DataFolderBusyError, ProactiveError
from proactive_tui.paths import (
    APP,
    TRIAL,
    Paths,
    clear,
    default_config,
    default_data,
    example_notes,
    locked,
    named,
    notes_folder,
    open_data,
    private,
)
from proactive_tui.text.terminal_safe import escaped, one_line

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

app = typer.Typer(
    epilog=epilog(""),
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

PLATFORMS = "the platform's"
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Config file.", show_default=PLATFORMS)
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="Where data is kept.", show_default=PLATFORMS)
]
NotesDir = Annotated[
    Path | None, typer.Option("--notes", metavar="DIR", help="The notes folder.", show_default="from the config")
]
TIMES = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class Where(msgspec.Struct, frozen=True):
    """What --config, --data-dir and --notes come to."""

    config: Config
    file: Path
    paths: Paths
    notes: str

    @property
    def folder(self) -> Path:
        """The notes folder. Raises NotesError when there is none."""
        return notes_folder(self.notes)


def _where(config: Path | None, data_dir: Path | None, notes: Path | None) -> Where:
    file = config or (default_config() if default_config().exists() else None)
    settings = load(file)
    return Where(settings, config or default_config(), open_data(data_dir), str(notes or settings.notes.folder))


@contextmanager
def _services(where: Where) -> Iterator[Services]:
    """The services of this data folder, which nobody else may hold meanwhile."""
    folder = where.folder
    with private(), locked(where.paths):
        from proactive_tui.brain.server import quieten
        from proactive_tui.brain.services import opened

        quieten(where.config, where.paths.log)
        with opened(where.config, where.paths, folder) as services:
            for notice in services.notices:
                sys.stderr.write(f"The journal was damaged. {one_line(notice)}\n")
            yield services
            for notice in services.index.take_notices():
                sys.stderr.write(f"{one_line(notice)}\n")


def _print_json(value: Any) -> None:
    sys.stdout.write(escaped(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()) + "\n")


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


@app.command(epilog=epilog("run"))
def run(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None) -> None:
    """The assistant itself, in this terminal.

    Where there is no config yet, a guide that makes one comes first. F1 shows all keys, Ctrl+Q ends it. One program at
    a time may use a data folder; status, why, journal, stats and replay work beside it.
    """
    file = config or default_config()
    if notes is None and _has_a_screen() and not file.exists():
        config, data_dir, notes = _guided(file, data_dir)
    where = _where(config, data_dir, notes)
    folder = where.folder
    if not _has_a_screen():
        raise ProactiveError("The assistant needs a terminal", "", "Other commands work without: see --help.")
    with locked(where.paths):
        pass  # say so now if another instance holds it; the brain takes the lock for itself in a moment
    from proactive_tui.ipc.client import ChildBrain
    from proactive_tui.ipc.requests import Hello
    from proactive_tui.tui.app import ProactiveApp

    hello = Hello(notes=str(folder), data=str(where.paths.data), config=where.config)
    ProactiveApp(ChildBrain(hello, where.paths.log), where.config, str(folder), where.file, where.paths.drafts).run()


def _has_a_screen() -> bool:
    """Whether there is a terminal, or a driver of Textual's that stands for one: a browser's, under `textual serve`."""
    return "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())


def _guided(file: Path, data_dir: Path | None) -> tuple[Path, Path | None, Path | None]:
    """Config, data folder and notes to go on with, as the guide's reader chose. Ends the program when it was left."""
    from proactive_tui.setup.wizard.app import GuideApp

    data = data_dir or default_data()
    guide = GuideApp(file, data, example_notes())
    guided = guide.run()
    if guided is None:
        sys.stderr.write("Nothing was written. It asks again next time; 'proactive-tui init' asks line by line.\n")
        raise typer.Exit(guide.return_code or 0)
    # What is learned from the example notes is kept apart from what is learned from the owner's.
    return (file, data / TRIAL, guided.trial) if guided.trial else (file, data_dir, None)


@app.command(epilog=epilog("init"))
def init(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, yes: Yes = False) -> None:
    """Ask for the notes folder and write a config.

    It looks for Ollama and its models as well. Every key is in the file as a comment, with its default and what it
    does; a config that is there already is not written over.
    """
    from proactive_tui.setup import prompts

    prompts.run(config or default_config(), notes, data_dir, yes=yes)


@app.command(epilog=epilog("index"))
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
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui.cli import actions, tables

        with tables.progress() as report:
            actions.index_pass(services, report, rebuild=rebuild)
        status = services.index.status()
        _print_json(status) if as_json else tables.index(status, services.index.passages, services.index.embedded)


@app.command(epilog=epilog("search"))
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for.")],
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    k: Annotated[int, typer.Option("-k", min=1, metavar="N", help="How many results.")] = 10,
    as_json: AsJson = False,
) -> None:
    """What the notes say, by words and by meaning.

    Notes that changed are taken in first. Each result is a passage with its file and line.
    """
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui.brain.insight import json_shapes
        from proactive_tui.cli import actions, tables

        with tables.progress() as report:
            actions.catch_up(services, report)
        hits = services.search(query, k)
        _print_json([json_shapes.hit(each) for each in hits]) if as_json else tables.hits(hits)


@app.command(epilog=epilog("suggest"))
def suggest(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    n: Annotated[int, typer.Option("-n", min=1, metavar="N", help="How many suggestions.")] = 5,
    at: Annotated[
        datetime | None, typer.Option("--at", help="As if it were this time.", metavar="TIME", formats=TIMES)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What it would raise now and why; nothing counts as shown.

    The same ranking as in the assistant, without asking whether the moment is good.
    """
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui.brain.insight import json_shapes
        from proactive_tui.cli import actions, tables

        with tables.progress() as report:
            actions.catch_up(services, report)
        made = actions.suggest(services, n, at.astimezone().timestamp() if at else time.time())
        if as_json:
            _print_json([json_shapes.suggestion(each.suggestion, each.opener, each.reasons) for each in made])
        else:
            tables.suggestions(made)


@app.command(epilog=epilog("why"))
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
    where = _where(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import actions, tables

    decision, reasons = actions.why(where.paths, offer)
    _print_json(json_shapes.why(decision, reasons)) if as_json else tables.why(decision, reasons)


@app.command(epilog=epilog("status"))
def status(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
    line: Annotated[bool, typer.Option("--line", help="One line from the running instance, for a status bar.")] = False,
) -> None:
    """How things stand: notes, index, journal and language model.

    While an instance runs, this is what it said last; otherwise the notes are looked at now. --line is made for a
    status bar or a prompt: it starts nothing, and says nothing where nothing runs. ● is an offer that waits.
    """
    if line:
        sys.stdout.write(status_line.told(named(data_dir), time.time()))
        return
    where = _where(config, data_dir, notes)
    from proactive_tui.brain import status_file
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import actions, tables

    try:
        with _services(where) as services:
            now = actions.status(services)
    except DataFolderBusyError:
        now = status_file.last_status(where.paths)
    _print_json(json_shapes.status(now)) if as_json else tables.status(now)


@app.command(epilog=epilog("doctor"))
def doctor(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False
) -> None:
    """Check each part and say how to mend it.

    The status is 1 if any part is not well.
    """
    where = _where(config, data_dir, notes)
    from proactive_tui.cli import tables
    from proactive_tui.cli.doctor import examine

    checks = examine(where.config, where.paths, where.notes)
    _print_json(checks) if as_json else tables.checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


@app.command(epilog=epilog("journal"))
def journal(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, _as_json: AsJson = False
) -> None:
    """The events, as JSON Lines.

    Everything that it was told and did, oldest first, one a line: what was learned is these events replayed. --json
    changes nothing.
    """
    where = _where(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.journal.journal import Journal

    with Journal.read(where.paths.journal) as events:
        for recorded in events.events():
            sys.stdout.write(escaped(msgspec.json.encode(json_shapes.event(recorded)).decode()) + "\n")


@app.command(epilog=epilog("stats"))
def stats(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False) -> None:
    """What came of the offers, and what it believes because of it.

    Over time, and by kind, hour, folder and framing, each share with its 95 % interval.
    """
    where = _where(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import actions, tables

    found = actions.look_back(where.config, where.paths)
    _print_json(json_shapes.stats(found)) if as_json else tables.stats(found)


@app.command(epilog=epilog("replay"))
def replay(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="As offers.per_day=3; may be given again.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", help="From this time on.", metavar="TIME", formats=TIMES)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Your own weeks again under other settings.

    What would have been offered, and how welcome that would have been, as far as your answers can say; where they
    cannot, it says so. A setting is TABLE.NAME=VALUE, with the names and values of the config.
    """
    pairs = [each.partition("=") for each in settings or ()]
    if wrong := [key for key, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"write KEY=VALUE, not {wrong[0]}", param_hint="--set")
    where = _where(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import actions, tables

    changed = {key: value for key, _, value in pairs}
    found = actions.again(where.config, where.paths, changed, since.astimezone().timestamp() if since else 0.0)
    _print_json(json_shapes.replayed(found)) if as_json else tables.again(found)


@app.command(epilog=epilog("forget"))
def forget(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    path: Annotated[str, typer.Option("--path", metavar="PATH", help="A note, as in `search`.")] = "",
    topic: Annotated[
        str, typer.Option("--topic", metavar="ID", help="A topic's id, as in `suggest` and `journal`.")
    ] = "",
    since: Annotated[
        datetime | None, typer.Option("--since", help="All since this time.", metavar="TIME", formats=TIMES)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that was learned and indexed.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Remove what was learned and indexed, after asking.

    It is exact: afterwards the models are as if the events had never been. Notes are not touched; one that is still
    there is read again, unless notes.exclude or a .proactiveignore keeps it out.
    """
    if sum((bool(path), bool(topic), since is not None, everything)) != 1:
        raise typer.BadParameter("name one of --path, --topic, --since and --all")
    where = _where(config, data_dir, notes)
    from proactive_tui.cli import actions, tables

    what = path or topic or (f"everything since {since:%Y-%m-%d %H:%M}" if since else "everything")
    if not yes and not typer.confirm(f"Forget {what}?", err=True):
        raise typer.Exit(1)
    with _services(where) as services:
        gone = actions.forget(
            services,
            path=path or None,
            topic=topic or None,
            since=since.astimezone().timestamp() if since else None,
            everything=everything,
        )
    if everything:
        with locked(where.paths):
            clear(where.paths)
    still_there = everything or bool(path and (where.folder / path).exists())
    _print_json(gone) if as_json else tables.forgotten(gone, still_there)


@app.command(epilog=epilog("data"))
def data(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False) -> None:
    """What is kept, what is noticed and what for, and what leaves.

    Signals are switched off in [sensors] of the config, or in the room about data; `forget` removes what is kept.
    """
    where = _where(config, data_dir, notes)
    from proactive_tui.cli import actions, tables

    found = actions.kept(where.config, where.paths)
    _print_json(found) if as_json else tables.kept(found)


@app.command(epilog=epilog("licences"))
def licences(as_json: AsJson = False) -> None:
    """The licences of all packages it is installed with.

    As the packages state them, with their versions; those it works with only while being developed are left out.
    """
    from proactive_tui.cli import tables
    from proactive_tui.cli.licences import installed

    found = installed()
    _print_json(found) if as_json else tables.licences(found)


@app.command(epilog=epilog("man"))
def man() -> None:
    """This help as a man page, in roff."""
    sys.stdout.write(page(program(), APP, __version__))


def program() -> TyperGroup:
    """The commands as Typer made them, for what looks at their names, options and help."""
    made = typer.main.get_command(app)
    assert isinstance(made, TyperGroup)
    return made
