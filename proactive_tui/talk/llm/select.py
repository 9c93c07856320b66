"""Who speaks: Ollama where it answers and has a model, else the GGUF file, else nobody (templates and quotations)."""

from __future__ import annotations

from dataclasses import dataclass

from proactive_tui.config import LanguageModel as Settings
from proactive_tui.errors import LanguageModelError
from proactive_tui.model import SpeakerStatus
from proactive_tui.talk.llm.base import LanguageModel
from proactive_tui.talk.llm.llama_cpp import Embedded
from proactive_tui.talk.llm.ollama import SUGGESTED, Ollama, connect


@dataclass(frozen=True, slots=True)
class Speaker:
    """The language model that speaks now, or None, and what the screen says about it."""

    model: LanguageModel | None
    status: SpeakerStatus


async def pick(settings: Settings, before: Speaker | None = None) -> Speaker:
    """Who speaks now. Never raises: what is missing is in `status.detail`, with what to do about it.

    Cheap to call again with what it gave `before` (one request to Ollama, nothing for a file): the model is kept while
    it can speak, given up when it cannot, and Ollama is taken back when it returns. A model given up is closed.
    """
    kept = before.model if before else None
    if isinstance(kept, Ollama):
        status = await kept.status()
        if status.reachable:
            return Speaker(kept, status)
    problems: list[LanguageModelError] = []
    chosen: LanguageModel | None = None
    if settings.backend in ("auto", "ollama"):
        chosen = await _ollama(settings, problems)
    if chosen is None and (settings.backend == "llama.cpp" or (settings.backend == "auto" and settings.gguf)):
        chosen = (
            kept if isinstance(kept, Embedded) and (await kept.status()).reachable else _embedded(settings, problems)
        )
    if kept is not None and kept is not chosen:
        await kept.close()
    if chosen is None:
        return Speaker(None, _nobody(settings, problems))
    status = await chosen.status()
    if isinstance(chosen, Embedded) and problems:
        status = SpeakerStatus(backend=status.backend, model=status.model, reachable=True, detail=_brief(problems[0]))
    return Speaker(chosen, status)


async def _ollama(settings: Settings, problems: list[LanguageModelError]) -> LanguageModel | None:
    try:
        return await connect(settings)
    except LanguageModelError as error:
        problems.append(error)
        return None


def _embedded(settings: Settings, problems: list[LanguageModelError]) -> LanguageModel | None:
    if not settings.gguf:
        problems.append(LanguageModelError("No GGUF file is set", "", "Name one with llm.gguf."))
        return None
    try:
        return Embedded(settings)
    except LanguageModelError as error:
        problems.append(error)
        return None


def _nobody(settings: Settings, problems: list[LanguageModelError]) -> SpeakerStatus:
    if settings.backend == "none":
        return SpeakerStatus(
            backend="template", model="", reachable=True, detail="no language model is wanted (llm.backend)"
        )
    detail = "; ".join(map(_brief, problems))
    if problems[0].title == "Ollama cannot be reached" and settings.backend == "auto":
        detail += f" For worded openers and replies: install Ollama, then 'ollama pull {SUGGESTED}'."
    return SpeakerStatus(backend="template", model="", reachable=True, detail=detail)


def _brief(error: LanguageModelError) -> str:
    return f"{error.title}{f' ({error.message})' if error.message else ''}. {error.hint}"
