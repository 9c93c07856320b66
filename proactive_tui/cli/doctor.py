"""Checks each part the way it is used, and says how to mend what does not work."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from proactive_tui import allowed_hosts
from proactive_tui.config import Config
from proactive_tui.errors import DataFolderBusyError, ProactiveError
from proactive_tui.model import Value
from proactive_tui.paths import Paths, locked, notes_folder, open_data

FRESH_SECONDS = 30.0
"""A note that search does not find after so long counts as not seen."""
PROOF = "The heron over the millpond proves that the index is fresh."


class Check(Value, frozen=True, kw_only=True):
    """One part: whether it works, what was seen, and what to do."""

    check: str
    ok: bool
    detail: str
    hint: str = ""


def examine(config: Config, paths: Paths, notes: str) -> list[Check]:
    """All checks, in the order of the pipeline. Nothing of the owner's is written."""
    return [
        _check("notes folder", lambda: _notes(config, notes)),
        _check("data folder", lambda: _data(paths)),
        _check("journal", lambda: _journal(paths)),
        _check("embedding model", lambda: _embedding(config)),
        _check("fresh index", lambda: _fresh(config)),
        _check("language model", lambda: _language_model(config)),
        _check("other machines", lambda: _other_machines(config)),
        _check("sensors", lambda: _sensors(config, Path(notes) if notes else None)),
    ]


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(check=name, ok=True, detail=look())
    except ProactiveError as error:
        return Check(
            check=name, ok=False, detail=": ".join(filter(None, (error.title, error.message))), hint=error.hint
        )
    except Exception as error:  # noqa: BLE001 - a doctor reports what breaks, whatever it is
        return Check(
            check=name,
            ok=False,
            detail=f"{type(error).__name__}: {error}",
            hint="Run 'make setup' again, or report this.",
        )


def _notes(config: Config, notes: str) -> str:
    from proactive_tui.sources.folder import scan
    from proactive_tui.sources.rules import Rules

    folder = notes_folder(notes)
    found = scan(folder, Rules(folder, config.notes))
    return f"{folder}: {len(found.files)} notes, {len(found.skipped)} files skipped"


def _data(paths: Paths) -> str:
    try:
        with locked(paths):
            return str(paths.data)
    except DataFolderBusyError:
        return f"{paths.data} (held by the instance that is running)"


def _journal(paths: Paths) -> str:
    from proactive_tui.journal.journal import Journal
    from proactive_tui.journal.recovery import damaged

    with Journal.read(paths.journal) as journal:
        now = journal.status()
    words = f"{now.events} events, {now.offers} offers, {now.reactions} reactions"
    kept = damaged(paths.journal)
    return f"{words}; a damaged one is kept: {', '.join(each.name for each in kept)}" if kept else words


def _embedding(config: Config) -> str:
    from proactive_tui.brain.services import threads
    from proactive_tui.index.embedder import MiniLM

    model = MiniLM(config.index.model, threads(config))
    began = time.monotonic()
    vector = model.embed(["a word"])[0]
    return f"{model.identity}, {len(vector)} dimensions, loaded in {time.monotonic() - began:.1f} s"


def _fresh(config: Config) -> str:
    """Write a note into a folder of our own, and wait until the watcher and the index have it."""
    from proactive_tui.brain.services import opened
    from proactive_tui.sources.watcher import Watcher

    with tempfile.TemporaryDirectory() as below:
        folder = Path(below) / "notes"
        folder.mkdir()
        seen = threading.Event()
        with opened(config, open_data(Path(below) / "data"), folder) as services:
            services.index.refresh()
            watcher = Watcher(folder, config.notes, lambda _: seen.set()).start()
            with closing(watcher):
                began = time.monotonic()
                (folder / "proof.md").write_text(f"# Proof\n\n{PROOF}\n", encoding="utf-8")
                if not seen.wait(FRESH_SECONDS):
                    raise ProactiveError(
                        "A new note was not noticed", watcher.detail, 'Set notes.watch = "polling" in the config.'
                    )
                services.index.refresh()
                while services.index.pending:
                    services.index.embed_some(config.index.batch)
                hits = services.index.search(PROOF, 1)
                if not hits or hits[0].passage.path != "proof.md":
                    raise ProactiveError("A new note is not found", "", "Run 'proactive-tui index --rebuild'.")
                took = time.monotonic() - began
                return f"a new note was found by words and meaning after {took:.1f} s ({watcher.mode})"


def _language_model(config: Config) -> str:
    from proactive_tui.talk.llm.select import pick

    async def look() -> str:
        speaker = await pick(config.llm)
        model, now = speaker.model, speaker.status
        if model:
            await model.close()
        if config.llm.backend not in {"auto", "none"} and model is None:
            raise ProactiveError(
                "The configured language model does not answer", now.detail, "Start it, or set llm.backend."
            )
        speaks = model.spoken_by if model else "none: openers are templates, replies are quotations"
        return f"{speaks}. {now.detail}".strip()

    return asyncio.run(look())


def _other_machines(config: Config) -> str:
    others = [each for each in allowed_hosts.told(config) if not each.local]
    said = [f"{each.name} at {each.origin} is told {each.what}." if each.allowed else each.refusal for each in others]
    return " ".join(said) or "nothing leaves this one"


def _sensors(config: Config, notes: Path | None) -> str:
    from proactive_tui.moment.sensors.registry import describe

    return "; ".join(f"{name}: {state}" for name, state in describe(config.sensors, notes).items())
