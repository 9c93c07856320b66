"""The options that several commands have, as Typer reads them, and the times that they name."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

PLATFORM_DEFAULT = "the platform's"
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Config file.", show_default=PLATFORM_DEFAULT)
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="Where data is kept.", show_default=PLATFORM_DEFAULT)
]
NotesDir = Annotated[
    Path | None, typer.Option("--notes", metavar="DIR", help="The notes folder.", show_default="from the config")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def parse_past_datetime(text: str) -> datetime:
    """The local time that an option names: an ISO date or time, "yesterday", "2 h", "3 days ago"."""
    from proactive_tui.text.dates.typed_times import parse_past_time

    return _local_time(text, parse_past_time(text, time.time()), "yesterday or 3 days ago")


def parse_any_datetime(text: str) -> datetime:
    """The local time that an option names, to come or past: as above, "fri 9:30", "tomorrow", which begins at 8."""
    from proactive_tui.text.dates.typed_times import parse_future_time, parse_past_time

    now = time.time()
    try:
        at: float | None = parse_future_time(text, now, "08:00")
    except ValueError:
        at = parse_past_time(text, now)
    return _local_time(text, at, "fri 9:30 or yesterday")


def _local_time(text: str, at: float | None, examples: str) -> datetime:
    from proactive_tui.text.dates.local_days import local_datetime

    if at is None:
        raise typer.BadParameter(f"'{text}' is no time; write 2026-11-24, 2026-11-24 18:00, {examples}")
    return local_datetime(at)
