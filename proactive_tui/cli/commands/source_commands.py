"""The commands about sources of items: list, add, test, poll, remove."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from proactive_tui.cli.command_context import load_context, print_json
from proactive_tui.cli.manpage import help_epilog
from proactive_tui.cli.options import AsJson, ConfigFile, DataDir, NotesDir, Yes
from proactive_tui.errors import ProactiveError, SourceError

if TYPE_CHECKING:
    from proactive_tui.cli.command_context import CommandContext
    from proactive_tui.config import Config
    from proactive_tui.sources.contract import SourceSpec

sources_app = typer.Typer(
    help="What else it may talk about than your notes.",
    epilog=help_epilog("sources"),
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
SourceArgument = Annotated[str, typer.Argument(metavar="NAME", help="A source, as `sources` lists them.")]
TESTED_ITEMS = 5
"""How many of the items that a test found are shown."""


@sources_app.callback(invoke_without_command=True)
def list_sources(
    context: typer.Context,
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
) -> None:
    """The sources: which are on, what they hold, whom they ask, and what was wrong.

    Each is off until it is switched on. A source only reads, and its items are kept here.
    """
    if context.invoked_subcommand is not None:
        return
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight.json_shapes import source_json
    from proactive_tui.cli import tables
    from proactive_tui.cli.actions import load_source_status
    from proactive_tui.sources.source_registry import all_sources

    found = load_source_status(where.config, where.paths)
    asked: dict[str, tuple[str, ...]] = {
        spec.name: tuple(spec.origins(where.config)) if spec.is_enabled(where.config) else () for spec in all_sources()
    }
    if as_json:
        print_json([source_json(status, asked[status.name]) for status in found])
    else:
        reads = {spec.name: spec.reads for spec in all_sources()}
        tables.print_sources(found, cast("Mapping[str, str]", reads), cast("Mapping[str, tuple[str, ...]]", asked))


@sources_app.command("add", epilog=help_epilog("sources add"))
def add_source(
    name: SourceArgument,
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PLACE]...", help="A folder, a file, a host or an address."),
    ] = None,
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
) -> None:
    """Switch a source on, in the config.

    Its places are added to those that are there. What it asks another machine for is said; nothing is written there.
    """
    from proactive_tui.config_reading import with_value
    from proactive_tui.settings import lacks_places, save_settings, source_changes
    from proactive_tui.sources.source_registry import find_source

    where, spec = load_context(config, data_dir, notes), find_source(name)
    changes = source_changes(where.config, spec.name, places or ())
    settings = where.config
    for key, value in changes.items():
        settings = with_value(settings, key, value)
    save_settings(where.file, changes)
    _apply_config(where)
    typer.echo(f"{name} is on: {spec.reads}.")
    for origin in spec.origins(settings):
        typer.echo(f"It asks {origin}.")
    if lacks_places(settings, spec.name):
        typer.echo(f"It has nothing to read yet: proactive-tui sources add {name} PLACE")
    typer.echo(f"Try it with 'proactive-tui sources test {name}'.")


@sources_app.command("test", epilog=help_epilog("sources test"))
def try_source(
    name: SourceArgument,
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
) -> None:
    """Ask a source once, and show what it brings; nothing is kept."""
    from proactive_tui.brain.collecting.polling import ask_source
    from proactive_tui.cli import tables

    where = load_context(config, data_dir, notes)
    spec = _enabled_source(where.config, name)
    outcome = ask_source(spec, where.config, "", time.time())
    if outcome.poll is None:
        raise outcome.failure or SourceError("It cannot be read", name)
    found = [{"path": item.path, "title": item.title, "author": item.origin.author} for item in outcome.poll.items]
    shown = found[:TESTED_ITEMS]
    if as_json:
        print_json({"source": name, "items": len(found), "first": shown, "trouble": outcome.poll.trouble})
    else:
        tables.print_test(name, len(found), [(item["title"], item["author"]) for item in shown], outcome.poll.trouble)


@sources_app.command("poll", epilog=help_epilog("sources poll"))
def poll_source(
    name: SourceArgument,
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    as_json: AsJson = False,
) -> None:
    """Ask a source now, and keep what is new.

    While the assistant runs it does so by itself, and when asked.
    """
    from proactive_tui.cli import answers, tables

    where = load_context(config, data_dir, notes)
    changed, gone, trouble = answers.poll_source(where, _enabled_source(where.config, name))
    if as_json:
        print_json(
            {
                "source": name,
                "changed": changed,
                "gone": gone,
                "trouble": trouble,
            }
        )
    else:
        tables.print_poll(name, len(changed), len(gone), trouble)


@sources_app.command("export-opml", epilog=help_epilog("sources export-opml"))
def write_feed_list(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, or - for standard output.")] = "-",
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
) -> None:
    """Your feeds as an OPML file, which other readers of feeds take in.

    They have the titles and addresses that polls have found. A file that is there is not written over.
    """
    from proactive_tui.cli.actions import export_feeds

    where = load_context(config, data_dir, notes)
    text = export_feeds(where.config, where.paths)
    if file == "-":
        typer.echo(text, nl=False)
        return
    try:
        with Path(file).expanduser().open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise SourceError(
            "The feeds cannot be written", f"{file}: {error.strerror or error}", "Name another file."
        ) from error
    typer.echo(f"Written: {file}", err=True)


@sources_app.command("remove", epilog=help_epilog("sources remove"))
def remove_source(
    name: SourceArgument, config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, yes: Yes = False
) -> None:
    """Switch a source off, and forget all that it brought, after asking."""
    from proactive_tui.cli import answers
    from proactive_tui.settings import save_settings
    from proactive_tui.sources.source_registry import find_source

    where, spec = load_context(config, data_dir, notes), find_source(name)
    if not yes and not typer.confirm(f"Switch {name} off, and forget what it brought?", err=True):
        raise typer.Exit(1)
    save_settings(where.file, {spec.switch: False})
    _apply_config(where)
    answers.forget_selected(where, source=spec.name)
    typer.echo(f"{name} is off, and what it brought is forgotten.")


def _enabled_source(config: Config, name: str) -> SourceSpec:
    """A source that is on. Raises SourceError."""
    from proactive_tui.sources.source_registry import find_source

    spec = find_source(name)
    if not spec.is_enabled(config):
        raise SourceError(f"The source {name} is off", "", f"Switch it on with 'proactive-tui sources add {name}'.")
    return spec


def _apply_config(where: CommandContext) -> None:
    """Have the assistant that runs here take the config as it is now."""
    from proactive_tui.cli.answers import tell_config

    try:
        tell_config(where)
    except ProactiveError as error:
        typer.echo(f"The running assistant takes it when it starts again. {error}", err=True)
