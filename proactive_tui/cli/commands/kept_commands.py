"""Commands on what is kept: the journal, what came of the offers, other settings tried on it, forgetting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Final

import msgspec
import typer

from proactive_tui.cli.command_context import load_context, print_json, write_json
from proactive_tui.cli.options import AsJson, ConfigFile, DataDir, NotesDir, Yes, parse_past_datetime
from proactive_tui.errors import ProactiveError


def print_journal(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, _as_json: AsJson = False
) -> None:
    """The events, as JSON Lines.

    Everything that it noticed and did, oldest first, one event a line. What it has learned comes from replaying these
    events. --json changes nothing.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import journal_shapes
    from proactive_tui.journal.journal import Journal

    with Journal.open_readonly(where.paths.journal_file) as events:
        for recorded in events.read_events():
            write_json(msgspec.json.encode(journal_shapes.event_json(recorded)))


def print_offer_statistics(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False
) -> None:
    """What came of the offers, and what it believes because of it.

    Over time, and by kind, hour, folder and framing, each share with its 95 % interval.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import json_shapes
    from proactive_tui.cli import answers, learning_tables

    found = answers.compute_statistics(where)
    print_json(json_shapes.statistics_json(found)) if as_json else learning_tables.print_statistics(found)


def replay_decisions(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="As offers.per_day=3; may be given again.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", help="From this time on.", metavar="TIME", parser=parse_past_datetime)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Your own weeks again under other settings.

    What would have been offered, and how welcome that would have been, as far as your answers can say; where they
    cannot, it says so. A setting is TABLE.NAME=VALUE, with the names and values of the config.
    """
    pairs = [setting.partition("=") for setting in settings or ()]
    if wrong := [key for key, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"write KEY=VALUE, not {wrong[0]}", param_hint="--set")
    where = load_context(config, data_dir, notes)
    from proactive_tui.brain.insight import journal_shapes
    from proactive_tui.cli import actions, learning_tables

    changed = {key: value for key, _, value in pairs}
    found = actions.evaluate_journal(
        where.config, where.paths, changed, since.astimezone().timestamp() if since else 0.0
    )
    print_json(journal_shapes.evaluation_json(found)) if as_json else learning_tables.print_evaluation(found)


def forget_kept(
    config: ConfigFile = None,
    data_dir: DataDir = None,
    notes: NotesDir = None,
    path: Annotated[str, typer.Option("--path", metavar="PATH", help="A note, as in `search`.")] = "",
    topic: Annotated[
        str, typer.Option("--topic", metavar="ID", help="A topic's id, as in `suggest` and `journal`.")
    ] = "",
    since: Annotated[
        datetime | None,
        typer.Option("--since", help="All since this time.", metavar="TIME", parser=parse_past_datetime),
    ] = None,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="All that one of `sources` brought.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All that was learned and indexed.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Remove what was learned and indexed, after asking.

    It is exact: afterwards the models are as if the events had never been. Notes are not touched; one that is still
    there is read again, unless notes.exclude or a .proactiveignore keeps it out.
    """
    if sum((bool(path), bool(topic), since is not None, bool(source), everything)) != 1:
        raise typer.BadParameter("name one of --path, --topic, --since, --source and --all")
    where = load_context(config, data_dir, notes)
    from proactive_tui.cli import answers, tables
    from proactive_tui.sources.source_registry import find_source

    of_source = find_source(source).name if source else None
    what = (
        path
        or topic
        or (source and f"what {source} brought")
        or (f"everything since {since:%Y-%m-%d %H:%M}" if since else "everything")
    )
    if not yes and not typer.confirm(f"Forget {what}?", err=True):
        raise typer.Exit(1)
    moment = since.astimezone().timestamp() if since else None
    gone, read = answers.forget_selected(
        where, path=path, topic=topic, since=moment, source=of_source, everything=everything
    )
    if (path or topic) and not (gone.events or read):
        hint = "Write a note as search shows it, a topic's id as suggest does."
        raise ProactiveError(f"Nothing is known of {path or topic}", "", hint)
    still_there = everything or bool(path and (where.folder / path).exists())
    print_json(gone) if as_json else tables.print_forgotten(gone, still_there)


def print_kept(
    config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None, as_json: AsJson = False
) -> None:
    """What is kept, what is noticed and what for, and what leaves.

    Signals are switched off in [sensors] of the config, or in the room about data; `forget` removes what is kept.
    """
    where = load_context(config, data_dir, notes)
    from proactive_tui.cli import actions, tables

    found = actions.describe_kept_data(where.config, where.paths)
    print_json(found) if as_json else tables.print_kept_data(found)


KEPT_COMMANDS: Final[Mapping[str, Callable[..., None]]] = {
    "journal": print_journal,
    "stats": print_offer_statistics,
    "replay": replay_decisions,
    "forget": forget_kept,
    "data": print_kept,
}
"""The commands by their names, in the order in which the help lists them."""
