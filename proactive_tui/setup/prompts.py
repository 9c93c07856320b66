"""`init`: the first steps line by line, for a terminal that is no more than that, and for scripts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from proactive_tui.config import LanguageModel
from proactive_tui.console import OnlyText
from proactive_tui.paths import default_data
from proactive_tui.setup import steps
from proactive_tui.talk.llm import ollama
from proactive_tui.tui.formatting.status_text import count


def run(file: Path, notes: Path | None, data: Path | None, *, yes: bool) -> None:
    """Ask (or, with `yes`, take the defaults) and write `file`. Raises ProactiveError; an existing file is kept."""
    console = OnlyText(stderr=True)
    if file.exists() and (
        yes or not typer.confirm(f"{file} exists. Replace it (the old one is kept beside it)?", err=True)
    ):
        raise steps.there_already(file)
    folder = _folder(console, notes, yes=yes)
    console.print("\n".join(steps.privacy(data or default_data())))
    heard = asyncio.run(_heard(console, yes=yes))
    model = asyncio.run(_model(console, heard, yes=yes))
    per_day = None if yes else _per_day(console)
    host, allowed = heard.settings.host, heard.settings.allowed_hosts
    answers = steps.Answers(folder=folder, model=model, per_day=per_day, host=host, allowed_hosts=allowed)
    steps.write(file, answers, replace=True)
    console.print(f"Written: {file}. Every other setting is there too, with its default. Start with: proactive-tui")


def _folder(console: OnlyText, given: Path | None, *, yes: bool) -> Path:
    guess = next(iter(steps.likely()), "")
    while True:
        answer = (
            str(given) if given else guess if yes else typer.prompt("Folder of your notes", guess or None, err=True)
        )
        found = steps.look(answer)
        console.print(f"{found.folder}: {count(found.notes, 'note')} would be read, {found.left_out:,} left out.")
        if yes or given or typer.confirm("Use this folder?", default=True, err=True):
            return found.folder


async def _heard(console: OnlyText, *, yes: bool) -> steps.Heard:
    """What Ollama has. Another machine is asked only with leave, and with `yes` never."""
    heard = await steps.hear()
    if heard.stranger is None:
        return heard
    console.print(f"{heard.stranger.refusal} It would be sent {heard.stranger.what}.")
    if yes:
        return heard
    allowed = typer.confirm(f"Allow {heard.stranger.origin}?", default=False, err=True)
    return await steps.hear(steps.allowing(heard.stranger) if allowed else steps.staying())


async def _model(console: OnlyText, heard: steps.Heard, *, yes: bool) -> str:
    """The model to write into the config, or "" to take the best one installed at each start."""
    if heard.stranger is not None:
        console.print(WITHOUT)
        return ""
    if heard.trouble is not None:
        console.print(f"{heard.trouble.title}: {heard.trouble.message}. {WITHOUT}")
        console.print(f"Later: {heard.trouble.hint}")
        return ""
    if not heard.models:
        console.print(f"Ollama at {heard.host} has no language model. {WITHOUT}")
        if yes or not typer.confirm(f"Pull {ollama.SUGGESTED} now?", default=True, err=True):
            console.print(f"Later: ollama pull {ollama.SUGGESTED}")
            return ""
        await _pull(console, heard.settings, ollama.SUGGESTED)
        return ollama.SUGGESTED
    console.print(f"Ollama at {heard.host}: {heard.models[0].name} would speak (the best installed).")
    if yes:
        return ""
    answer: str = typer.prompt("Model (Enter for the best installed at each start)", "", show_default=False, err=True)
    return answer.strip()


WITHOUT = "It works without: openers are templates, replies quotations."


def _per_day(console: OnlyText) -> int:
    console.print(steps.silence())
    choices = ", ".join(f"{words}: {number}" for words, number in steps.TALKATIVE)
    answer: int = typer.prompt(f"Offers a day at the most ({choices})", 6, type=int, err=True)
    return answer


async def _pull(console: OnlyText, settings: LanguageModel, model: str) -> None:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(model, total=None)
        async for step in ollama.pull(settings, model):
            bars.update(task, description=step.status, completed=step.done, total=step.total or None)
