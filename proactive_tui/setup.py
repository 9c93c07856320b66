"""`init`: asks for the notes folder, looks for Ollama and its models, and writes a commented config."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from proactive_tui.config import LanguageModel, Notes, example, parse
from proactive_tui.errors import ConfigError, LanguageModelError
from proactive_tui.paths import notes_folder
from proactive_tui.sources.folder import scan
from proactive_tui.sources.rules import Rules
from proactive_tui.talk.llm import ollama

USUAL = ("~/notes", "~/Notes", "~/Documents/Notes", "~/vault", "~/Obsidian", "~/zettelkasten")
"""Folders that are looked at for a first guess."""


def run(file: Path, notes: Path | None, *, yes: bool) -> None:
    """Ask (or, with `yes`, take the defaults) and write `file`. Raises ProactiveError; an existing file is kept."""
    console = Console(stderr=True, highlight=False, markup=False)
    if file.exists() and (
        yes or not typer.confirm(f"{file} exists. Replace it (the old one is kept beside it)?", err=True)
    ):
        raise ConfigError("There is a config already", str(file), "Edit it, or name another file with --config.")
    folder = _folder(console, notes, yes=yes)
    chosen: dict[str, str] = {"notes.folder": str(folder)}
    if model := asyncio.run(_model(console, yes=yes)):
        chosen["llm.model"] = model
    text = example(chosen)
    parse(text, str(file))  # what is written can be read
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            file.replace(file.with_suffix(".toml.old"))
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            "The config cannot be written", f"{file}: {error.strerror or error}", "Name another file with --config."
        ) from error
    console.print(f"Written: {file}. Every other setting is there too, with its default. Start with: proactive-tui")


def _folder(console: Console, given: Path | None, *, yes: bool) -> Path:
    guess = next((each for each in USUAL if Path(each).expanduser().is_dir()), "")
    while True:
        answer = (
            str(given) if given else guess if yes else typer.prompt("Folder of your notes", guess or None, err=True)
        )
        folder = notes_folder(answer)
        found = scan(folder, Rules(folder, Notes(folder=str(folder))))
        console.print(f"{folder}: {len(found.files)} notes would be read, {len(found.skipped)} files skipped.")
        if yes or given or typer.confirm("Use this folder?", default=True, err=True):
            return folder


async def _model(console: Console, *, yes: bool) -> str:
    """The model to write into the config, or "" to take the best one installed at each start."""
    settings = LanguageModel()
    try:
        found = await ollama.connect(settings)
    except LanguageModelError as error:
        console.print(f"{error.title}: {error.message}. It works without: openers are templates, replies quotations.")
        nothing_listens = "no language model" not in error.title
        if nothing_listens or yes or not typer.confirm(f"Pull {ollama.SUGGESTED} now?", default=True, err=True):
            console.print(f"Later: {error.hint}")
            return ""
        await _pull(console, settings, ollama.SUGGESTED)
        return ollama.SUGGESTED
    console.print(f"Ollama at {ollama.host(settings)}: {found.model} would speak (the best installed).")
    await found.close()
    if yes:
        return ""
    answer: str = typer.prompt("Model (Enter for the best installed at each start)", "", show_default=False, err=True)
    return answer.strip()


async def _pull(console: Console, settings: LanguageModel, model: str) -> None:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(model, total=None)
        async for step in ollama.pull(settings, model):
            bars.update(task, description=step.status, completed=step.done, total=step.total or None)
