"""The command line. Heavy imports live inside the commands, so that --help and the first frame come at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from proactive_tui import __version__
from proactive_tui.config import Config, load
from proactive_tui.errors import DataFolderBusyError, ProactiveError
from proactive_tui.harmless import escaped, one_line
from proactive_tui.paths import TRIAL, Paths, default_config, default_data, locked, notes_folder, open_data

if TYPE_CHECKING:
    from proactive_tui.brain.wiring import Services

app = typer.Typer(
    help="A companion for your notes that starts the conversation.",
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ConfigFile = Annotated[Path | None, typer.Option("--config", help="Config file.", show_default="the platform's")]
DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Where data is kept.", show_default="the platform's")]
NotesDir = Annotated[Path | None, typer.Option("--notes", help="The notes folder.", show_default="from the config")]
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
    with locked(where.paths):
        from proactive_tui.brain.server import quieten
        from proactive_tui.brain.wiring import opened

        quieten(where.config, where.paths.log)
        with opened(where.config, where.paths, folder) as services:
            yield services


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
    """A companion for your notes that starts the conversation. With no command, `run`."""
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        run(config, data_dir, notes)


@app.command()
def run(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None) -> None:
    """The assistant; where there is no config yet, a guide that makes one comes first."""
    file = config or default_config()
    if notes is None and sys.stdin.isatty() and sys.stdout.isatty() and not file.exists():
        config, data_dir, notes = _guided(file, data_dir)
    where = _where(config, data_dir, notes)
    folder = where.folder
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise ProactiveError("The assistant needs a terminal", "", "Other commands work without: see --help.")
    with locked(where.paths):
        pass  # say so now if another instance holds it; the brain takes the lock for itself in a moment
    from proactive_tui.brain.client import ChildBrain
    from proactive_tui.brain.protocol import Hello
    from proactive_tui.tui.app import ProactiveApp

    hello = Hello(notes=str(folder), data=str(where.paths.data), config=where.config)
    ProactiveApp(ChildBrain(hello, where.paths.log), where.config, str(folder), where.file).run()


def _guided(file: Path, data_dir: Path | None) -> tuple[Path, Path | None, Path | None]:
    """Config, data folder and notes to go on with, as the guide's reader chose. Ends the program when it was left."""
    from proactive_tui import setup
    from proactive_tui.guide.app import GuideApp

    data = data_dir or default_data()
    guide = GuideApp(file, data, setup.examples())
    guided = guide.run()
    if guided is None:
        sys.stderr.write("Nothing was written. It asks again next time; 'proactive-tui init' asks line by line.\n")
        raise typer.Exit(guide.return_code or 0)
    # What is learned from the example notes is kept apart from what is learned from the owner's.
    return (file, data / TRIAL, guided.trial) if guided.trial else (file, data_dir, None)


@app.command()
def init(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, yes: Yes = False) -> None:
    """Ask for the notes folder, look for Ollama and its models, and write a commented config."""
    from proactive_tui import init

    init.run(config or default_config(), notes, data_dir, yes=yes)


@app.command()
def index(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Throw words and vectors away first.")] = False,
    as_json: AsJson = False,
) -> None:
    """One pass over the notes, with a progress bar and an estimate."""
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui import tables
        from proactive_tui.brain import headless

        with tables.progress() as report:
            headless.index_pass(services, report, rebuild=rebuild)
        status = services.index.status()
        _print_json(status) if as_json else tables.index(status, services.index.passages, services.index.embedded)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many results.")] = 10,
    as_json: AsJson = False,
) -> None:
    """What the notes say, by words and by meaning."""
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui import tables
        from proactive_tui.brain import headless, reports

        with tables.progress() as report:
            headless.catch_up(services, report)
        hits = services.search(query, k)
        _print_json([reports.hit(each) for each in hits]) if as_json else tables.hits(hits)


@app.command()
def suggest(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    n: Annotated[int, typer.Option("-n", min=1, help="How many suggestions.")] = 5,
    at: Annotated[datetime | None, typer.Option("--at", help="As if it were this time.", formats=TIMES)] = None,
    as_json: AsJson = False,
) -> None:
    """What it would raise now and why; nothing counts as shown."""
    with _services(_where(config, data_dir, notes)) as services:
        from proactive_tui import tables
        from proactive_tui.brain import headless, reports

        with tables.progress() as report:
            headless.catch_up(services, report)
        made = headless.suggest(services, n, at.astimezone().timestamp() if at else time.time())
        if as_json:
            _print_json([reports.suggestion(each.suggestion, each.opener, each.reasons) for each in made])
        else:
            tables.suggestions(made)


@app.command()
def why(
    offer: Annotated[str, typer.Argument(help="An offer's id, as in `journal`.")] = "",
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
) -> None:
    """Why an offer was made; with no argument, the newest offer or silence."""
    where = _where(config, data_dir, notes)
    from proactive_tui import tables
    from proactive_tui.brain import headless, reports

    decision, reasons = headless.why(where.paths, offer)
    _print_json(reports.why(decision, reasons)) if as_json else tables.why(decision, reasons)


@app.command()
def status(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
    line: Annotated[bool, typer.Option("--line", help="One line from the running instance, for a status bar.")] = False,
) -> None:
    """What is watched, indexed, embedded, skipped and failed, and which model speaks."""
    where = _where(config, data_dir, notes)
    from proactive_tui.brain import latest

    if line:
        try:
            with locked(where.paths):
                return  # nothing runs, and nothing is started
        except DataFolderBusyError:
            print(latest.line(latest.last_status(where.paths), time.time()))
            return
    from proactive_tui import tables
    from proactive_tui.brain import headless, reports

    try:
        with _services(where) as services:
            now = headless.status(services)
    except DataFolderBusyError:
        now = latest.last_status(where.paths)
    _print_json(reports.status(now)) if as_json else tables.status(now)


@app.command()
def doctor(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False
) -> None:
    """Check each part and say how to mend it."""
    where = _where(config, data_dir, notes)
    from proactive_tui import tables
    from proactive_tui.brain.doctor import examine

    checks = examine(where.config, where.paths, where.notes)
    _print_json(checks) if as_json else tables.checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


@app.command()
def journal(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, _as_json: AsJson = False
) -> None:
    """The events, as JSON Lines; --json changes nothing."""
    where = _where(config, data_dir, notes)
    from proactive_tui.brain import reports
    from proactive_tui.journal.store import Journal

    with Journal.read(where.paths.journal) as events:
        for recorded in events.events():
            sys.stdout.write(escaped(msgspec.json.encode(reports.event(recorded)).decode()) + "\n")


@app.command()
def stats(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False) -> None:
    """What came of the offers, over time and by kind, hour, source and framing, and what it believes because of it."""
    where = _where(config, data_dir, notes)
    from proactive_tui import tables
    from proactive_tui.brain import headless, reports

    found = headless.look_back(where.config, where.paths)
    _print_json(reports.stats(found)) if as_json else tables.stats(found)


@app.command()
def replay(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="KEY=VALUE, as offers.per_day=3.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", help="From this time on.", formats=TIMES)] = None,
    as_json: AsJson = False,
) -> None:
    """Your own weeks again under other settings: what would have been offered, and how welcome."""
    pairs = [each.partition("=") for each in settings or ()]
    if wrong := [key for key, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"write KEY=VALUE, not {wrong[0]}", param_hint="--set")
    where = _where(config, data_dir, notes)
    from proactive_tui import tables
    from proactive_tui.brain import headless, reports

    changed = {key: value for key, _, value in pairs}
    found = headless.again(where.config, where.paths, changed, since.astimezone().timestamp() if since else 0.0)
    _print_json(reports.replayed(found)) if as_json else tables.again(found)


@app.command()
def forget(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    path: Annotated[str, typer.Option("--path", help="A note, as in `search`.")] = "",
    topic: Annotated[str, typer.Option("--topic", help="A topic's id, as in `suggest` and `journal`.")] = "",
    since: Annotated[datetime | None, typer.Option("--since", help="All since this time.", formats=TIMES)] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that was learned and indexed.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Remove what was learned and indexed from it, after asking."""
    if sum((bool(path), bool(topic), since is not None, everything)) != 1:
        raise typer.BadParameter("name one of --path, --topic, --since and --all")
    where = _where(config, data_dir, notes)
    from proactive_tui import tables
    from proactive_tui.brain import headless

    what = path or topic or (f"everything since {since:%Y-%m-%d %H:%M}" if since else "everything")
    if not yes and not typer.confirm(f"Forget {what}?", err=True):
        raise typer.Exit(1)
    with _services(where) as services:
        gone = headless.forget(
            services,
            path=path or None,
            topic=topic or None,
            since=since.astimezone().timestamp() if since else None,
            everything=everything,
        )
    still_there = everything or bool(path and (where.folder / path).exists())
    _print_json(gone) if as_json else tables.forgotten(gone, still_there)


def main() -> None:
    """The entry point: errors that a person can act on become one line and an exit status."""
    try:
        app()
    except ProactiveError as error:
        sys.stderr.write(f"error: {one_line(str(error))}\n")
        sys.exit(error.exit_status)
