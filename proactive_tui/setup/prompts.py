"""The command `init`: asks the setup questions line by line, for simple terminals and scripts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from proactive_tui.config import LanguageModelConfig
from proactive_tui.console import PlainTextConsole
from proactive_tui.errors import LanguageModelError
from proactive_tui.paths import default_data_folder
from proactive_tui.settings import PLACES_ASKED, places_problem, split_places
from proactive_tui.setup import steps
from proactive_tui.setup.note_styles import describe_styles
from proactive_tui.setup.source_choices import describe_asking, find_choices
from proactive_tui.talk.llm import ollama_catalog
from proactive_tui.talk.llm.model_offers import describe_offer, suggest_model
from proactive_tui.text.quantities import format_count


def run(file: Path, notes: Path | None, data: Path | None, *, yes: bool) -> None:
    """Ask (or, with `yes`, take the defaults) and write `file`. Raises ProactiveError; an existing file is kept."""
    console = PlainTextConsole(stderr=True)
    if file.exists() and (
        yes or not typer.confirm(f"{file} exists. Replace it (the old one is kept beside it)?", err=True)
    ):
        raise steps.config_exists_error(file)
    folder = _ask_folder(console, notes, yes=yes)
    index_model = "" if yes else _look_at_folder(console, folder)
    console.print("\n".join(steps.privacy_sentences(data or default_data_folder())))
    probe = asyncio.run(_ask_ollama(console, yes=yes))
    model = _ask_model(console, probe, yes=yes)
    per_day = None if yes else _ask_offers_per_day(console)
    sources = {} if yes else _ask_sources(console, folder)
    host, allowed = probe.settings.host, probe.settings.allowed_hosts
    answers = steps.SetupAnswers(
        folder=folder,
        model=model,
        per_day=per_day,
        host=host,
        allowed_hosts=allowed,
        index_model=index_model,
        sources=sources,
    )
    steps.write_config(file, answers, replace=True)
    console.print(f"Written: {file}. Every other setting is there too, with its default. Start with: proactive-tui")


def _ask_folder(console: PlainTextConsole, given: Path | None, *, yes: bool) -> Path:
    guess = next(iter(steps.likely_folders()), "")
    while True:
        answer = (
            str(given) if given else guess if yes else typer.prompt("Folder of your notes", guess or None, err=True)
        )
        found = steps.summarize_folder(answer)
        console.print(
            f"{found.folder}: {format_count(found.notes, 'note')} would be read, {found.left_out:,} left out."
        )
        if found.styles:
            console.print(f"{describe_styles(found.styles)}.")
        if yes or given or typer.confirm("Use this folder?", default=True, err=True):
            return found.folder


def _look_at_folder(console: PlainTextConsole, folder: Path) -> str:
    """Say what the notes hold; returns the embedding model that fits their language, as `index.model`."""
    from proactive_tui.setup.notes_look import look_at_notes  # noqa: PLC0415  (a second, and not for --help)

    console.print("Looking at your notes …")
    look = look_at_notes(folder)
    model, why = steps.choose_index_model(look)
    console.print("\n".join(filter(None, (look.describe(), why))))
    return model


async def _ask_ollama(console: PlainTextConsole, *, yes: bool) -> steps.OllamaProbe:
    """Ask Ollama for its models. Another machine is asked only with the owner's leave, and with `yes` never."""
    probe = await steps.probe_ollama()
    if probe.stranger is None:
        return probe
    console.print(f"{probe.stranger.refusal} It would be sent {probe.stranger.what}.")
    if yes:
        return probe
    allowed = typer.confirm(f"Allow {probe.stranger.origin}?", default=False, err=True)
    return await steps.probe_ollama(
        steps.settings_allowing_host(probe.stranger) if allowed else steps.local_only_settings()
    )


def _ask_model(console: PlainTextConsole, probe: steps.OllamaProbe, *, yes: bool) -> str:
    """The model to write into the config, or "" to take the best one installed at each start."""
    if probe.stranger is not None:
        console.print(WITHOUT_MODEL_MESSAGE)
        return ""
    if probe.trouble is not None:
        console.print(f"{probe.trouble.title}: {probe.trouble.message}. {WITHOUT_MODEL_MESSAGE}")
        console.print(f"Later: {probe.trouble.hint}")
        return ""
    for model in probe.unfit:
        if model.obstacle not in probe.why_first:
            console.print(f"{model.name} {model.obstacle}.")
    if not probe.models:
        console.print(f"Ollama at {probe.ollama_url} has no language model. {WITHOUT_MODEL_MESSAGE}")
        offered = suggest_model(probe.memory)
        about = describe_offer(offered, probe.memory)
        if yes or not typer.confirm(f"Pull {offered.name} now ({about})?", default=True, err=True):
            console.print(f"Later: ollama pull {offered.name} ({about})")
            return ""
        return _pull_or_later(console, probe.settings, offered.name)
    console.print(f"Ollama at {probe.ollama_url}: {probe.models[0].name} would speak (the best installed).")
    if probe.why_first:
        console.print(f"Why: {probe.why_first}.")
    if yes:
        return ""
    answer: str = typer.prompt("Model (Enter for the best installed at each start)", "", show_default=False, err=True)
    return answer.strip()


WITHOUT_MODEL_MESSAGE = "It works without: openers are templates, replies quotations."


def _ask_offers_per_day(console: PlainTextConsole) -> int:
    console.print(steps.silence_sentence())
    choices = ", ".join(f"{words}: {number}" for words, number in steps.TALKATIVENESS_LEVELS)
    answer: int = typer.prompt(f"Offers a day at the most ({choices})", 6, type=int, err=True)
    return answer


def _ask_sources(console: PlainTextConsole, notes: Path) -> dict[str, dict[str, Any]]:
    """The settings of the sources that are switched on; none without a yes."""
    if not typer.confirm("May it talk about more than your notes (you choose what)?", default=False, err=True):
        return {}
    chosen: dict[str, dict[str, Any]] = {}
    for choice in find_choices(notes):
        console.print(
            f"{choice.spec.name}: {choice.spec.reads}. {describe_asking(choice, choice.changes())} {choice.found}"
        )
        if not typer.confirm(f"Switch {choice.spec.name} on?", default=False, err=True):
            continue
        if not choice.needs_place:
            chosen[choice.spec.name] = choice.changes()
        elif places := _ask_places(console, choice.spec.name):
            chosen[choice.spec.name] = choice.changes(places)
    return chosen


def _ask_places(console: PlainTextConsole, source: str) -> tuple[str, ...]:
    """What a source is to read; nothing where it stays off."""
    while True:
        typed: str = typer.prompt(f"{PLACES_ASKED[source]} Enter leaves it off", "", show_default=False, err=True)
        if not typed.strip():
            return ()
        if not (problem := places_problem(source, typed)):
            return split_places(typed)
        console.print(problem)


def _pull_or_later(console: PlainTextConsole, settings: LanguageModelConfig, model: str) -> str:
    """The model once it is there, or "" where the download fails or is left (Ctrl+C): the answers are kept."""
    try:
        asyncio.run(_pull_with_progress(console, settings, model))
    except LanguageModelError as error:
        console.print(f"{error.title}: {error.message}. {error.hint}")
    except KeyboardInterrupt:
        console.print("Stopped. Ollama keeps what it has, and goes on from there.")
    else:
        return model
    console.print(f"Later: ollama pull {model}")
    return ""


async def _pull_with_progress(console: PlainTextConsole, settings: LanguageModelConfig, model: str) -> None:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(model, total=None)
        async for step in ollama_catalog.pull_model(settings, model):
            bars.update(task, description=step.status, completed=step.done, total=step.total or None)
