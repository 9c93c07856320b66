"""Checks each part of the program by using it, and says how to mend a part that does not work."""

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
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.paths import DataPaths, lock_data_folder, open_data_folder, resolve_notes_folder

FRESHNESS_TIMEOUT_SECONDS = 30.0
"""How long to wait until search finds a new note."""
PROOF_SENTENCE = "The heron over the millpond proves that the index is fresh."


class DoctorCheck(FrozenValue, frozen=True, kw_only=True):
    """The result for one part: whether it works, what was found, and what to do."""

    check: str
    ok: bool
    detail: str
    hint: str = ""


def run_health_checks(config: Config, paths: DataPaths, notes: str) -> list[DoctorCheck]:
    """Run all checks, in the order of the pipeline. None writes to the notes, the journal or the index."""
    return [
        _run_check("notes folder", lambda: _check_notes(config, notes)),
        _run_check("data folder", lambda: _check_data_folder(paths)),
        _run_check("journal", lambda: _check_journal(paths)),
        _run_check("embedding model", lambda: _check_embedding(config)),
        _run_check("fresh index", lambda: _check_freshness(config)),
        _run_check("language model", lambda: _check_language_model(config)),
        _run_check("other machines", lambda: _check_remote_hosts(config)),
        _run_check("sources", lambda: _check_sources(config, paths)),
        _run_check("sensors", lambda: _check_sensors(config, Path(notes) if notes else None)),
    ]


def _run_check(name: str, check: Callable[[], str]) -> DoctorCheck:
    try:
        return DoctorCheck(check=name, ok=True, detail=check())
    except ProactiveError as error:
        return DoctorCheck(
            check=name, ok=False, detail=": ".join(filter(None, (error.title, error.message))), hint=error.hint
        )
    except Exception as error:  # noqa: BLE001 - a doctor reports what breaks, whatever it is
        return DoctorCheck(
            check=name,
            ok=False,
            detail=f"{type(error).__name__}: {error}",
            hint="Run 'make setup' again, or report this.",
        )


def _check_notes(config: Config, notes: str) -> str:
    from proactive_tui.sources.folder import scan_folder
    from proactive_tui.sources.rules import Rules

    folder = resolve_notes_folder(notes)
    found = scan_folder(folder, Rules(folder, config.notes))
    return f"{folder}: {len(found.files)} notes, {len(found.skipped)} files skipped"


def _check_data_folder(paths: DataPaths) -> str:
    try:
        with lock_data_folder(paths):
            return str(paths.data)
    except DataFolderBusyError:
        return f"{paths.data} (held by the instance that is running)"


def _check_journal(paths: DataPaths) -> str:
    from proactive_tui.journal.journal import Journal
    from proactive_tui.journal.recovery import list_damaged

    with Journal.open_readonly(paths.journal_file) as journal:
        now = journal.read_status()
    words = f"{now.events} events, {now.offers} offers, {now.reactions} reactions"
    kept = list_damaged(paths.journal_file)
    return f"{words}; a damaged one is kept: {', '.join(file.name for file in kept)}" if kept else words


def _check_embedding(config: Config) -> str:
    from proactive_tui.brain.services import embedding_threads
    from proactive_tui.index.embedding_models.model_choice import select_embedder

    model = select_embedder(config.index.model, embedding_threads(config))
    began = time.monotonic()
    vector = model.embed(["a word"])[0]
    loaded = f"{model.identity}, {len(vector)} dimensions, loaded in {time.monotonic() - began:.1f} s"
    return f"{loaded}. {model.trouble}".removesuffix(". ")


def _check_freshness(config: Config) -> str:
    """Write a note into a temporary folder, and wait until the watcher and the index have it."""
    from proactive_tui.brain.services import services_context
    from proactive_tui.sources.watcher import Watcher

    with tempfile.TemporaryDirectory() as below:
        folder = Path(below) / "notes"
        folder.mkdir()
        seen = threading.Event()
        with services_context(config, open_data_folder(Path(below) / "data"), folder) as services:
            services.index.refresh()
            watcher = Watcher(folder, config.notes, lambda _: seen.set()).start()
            with closing(watcher):
                began = time.monotonic()
                (folder / "proof.md").write_text(f"# Proof\n\n{PROOF_SENTENCE}\n", encoding="utf-8")
                if not seen.wait(FRESHNESS_TIMEOUT_SECONDS):
                    raise ProactiveError(
                        "A new note was not noticed", watcher.detail, 'Set notes.watch = "polling" in the config.'
                    )
                services.index.refresh()
                while services.index.vectors.pending_count:
                    services.index.vectors.embed_batch(config.index.batch)
                hits = services.index.search(PROOF_SENTENCE, 1)
                if not hits or hits[0].passage.path != "proof.md":
                    raise ProactiveError("A new note is not found", "", "Run 'proactive-tui index --rebuild'.")
                took = time.monotonic() - began
                return f"a new note was found by words and meaning after {took:.1f} s ({watcher.mode})"


def _check_language_model(config: Config) -> str:
    """Select the model and have one token of it generated, which shows that it runs and reads what it is sent."""
    from proactive_tui.talk.llm.base import UnfitModelError
    from proactive_tui.talk.llm.prompt_check import generate_probe
    from proactive_tui.talk.llm.select import select_model

    async def probe_model() -> str:
        speaker = await select_model(config.llm)
        model, now = speaker.model, speaker.status
        if model is None:
            if isinstance(speaker.trouble, UnfitModelError):
                raise speaker.trouble
            if config.llm.backend not in {"auto", "none"}:
                raise ProactiveError(
                    "The configured language model does not answer", now.detail, "Start it, or set llm.backend."
                )
            return f"none: openers are templates, replies are quotations. {now.detail}".strip()
        try:
            seconds = await generate_probe(model)
        finally:
            await model.close()
        return f"{model.spoken_by}, {now.detail}. It read a note and began to reply after {seconds:.1f} s"

    return asyncio.run(probe_model())


def _check_remote_hosts(config: Config) -> str:
    others = [host for host in allowed_hosts.contacted_hosts(config) if not host.local]
    said = [
        f"{other.name} at {other.origin} is told {other.what}." if other.allowed else other.refusal for other in others
    ]
    return " ".join(said) or "nothing leaves this one"


def _check_sources(config: Config, paths: DataPaths) -> str:
    """How the last polls of the sources that are on went. Nothing is asked."""
    from proactive_tui.cli.actions import load_source_status
    from proactive_tui.text.quantities import format_count

    found = [source for source in load_source_status(config, paths) if source.enabled]
    if broken := [source for source in found if source.failures]:
        first = broken[0]
        raise ProactiveError(
            f"The source {first.name} was not read",
            f"{format_count(first.failures, 'poll')} failed in a row: {first.trouble}",
            f"Try it with 'proactive-tui sources test {first.name}'.",
        )
    told = [f"{source.name}: {source.trouble or format_count(source.items, 'item')}" for source in found]
    return "; ".join(told) or "none is on"


def _check_sensors(config: Config, notes: Path | None) -> str:
    from proactive_tui.moment.sensors.registry import describe_sensors

    return "; ".join(f"{name}: {state}" for name, state in describe_sensors(config.sensors, notes).items())
