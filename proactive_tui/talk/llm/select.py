"""Selects the language model: Ollama where it answers and has a model, else the GGUF file, else none (templates)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError, OllamaUnreachableError
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.talk.llm.base import ChatModel
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel
from proactive_tui.talk.llm.ollama import OllamaModel, connect_model
from proactive_tui.talk.llm.ollama_catalog import SUGGESTED_MODEL


@dataclass(frozen=True, slots=True)
class SelectedModel:
    """The language model that speaks now, or None, and its status for the screen.

    `unfit` has the models, by name, that were seen not to read what they are sent; `trouble` is why no model speaks.
    """

    model: ChatModel | None
    status: SpeakerStatus
    unfit: Mapping[str, LanguageModelError] = field(default_factory=dict)
    trouble: LanguageModelError | None = None


async def select_model(settings: LanguageModelConfig, before: SelectedModel | None = None) -> SelectedModel:
    """Select the language model. Never raises: `status.detail` says what is missing and what to do about it.

    Cheap to call again with the selection `before` (one request to Ollama, nothing for a file): a model is kept while
    it can speak and closed when it cannot, and Ollama is selected again when it returns.
    """
    kept = before.model if before else None
    unfit = dict(before.unfit) if before else {}
    if isinstance(kept, OllamaModel):
        status = await kept.status()
        if status.reachable:
            return SelectedModel(kept, status, unfit)
        if kept.unfit is not None:
            unfit[kept.model] = kept.unfit
    problems: list[LanguageModelError] = []
    chosen: ChatModel | None = None
    if settings.backend in ("auto", "ollama"):
        chosen = await _connect_ollama(settings, problems, unfit)
    if chosen is None and (settings.backend == "llama.cpp" or (settings.backend == "auto" and settings.gguf)):
        chosen = (
            kept
            if isinstance(kept, LlamaCppModel) and (await kept.status()).reachable
            else _load_llama_cpp(settings, problems)
        )
    if kept is not None and kept is not chosen:
        await kept.close()
    if chosen is None:
        return SelectedModel(None, _template_status(settings, problems), unfit, next(iter(problems), None))
    status = await chosen.status()
    if isinstance(chosen, LlamaCppModel) and problems:
        status = SpeakerStatus(
            backend=status.backend, model=status.model, reachable=True, detail=_describe_error(problems[0])
        )
    return SelectedModel(chosen, status, unfit)


async def _connect_ollama(
    settings: LanguageModelConfig, problems: list[LanguageModelError], unfit: Mapping[str, LanguageModelError]
) -> ChatModel | None:
    try:
        return await connect_model(settings, unfit)
    except LanguageModelError as error:
        problems.append(error)
        return None


def _load_llama_cpp(settings: LanguageModelConfig, problems: list[LanguageModelError]) -> ChatModel | None:
    if not settings.gguf:
        problems.append(LanguageModelError("No GGUF file is set", "", "Name one with llm.gguf."))
        return None
    try:
        return LlamaCppModel(settings)
    except LanguageModelError as error:
        problems.append(error)
        return None


def _template_status(settings: LanguageModelConfig, problems: list[LanguageModelError]) -> SpeakerStatus:
    if settings.backend == "none":
        return SpeakerStatus(
            backend="template", model="", reachable=True, detail="no language model is wanted (llm.backend)"
        )
    detail = "; ".join(map(_describe_error, problems))
    if isinstance(problems[0], OllamaUnreachableError) and settings.backend == "auto":
        detail += f" For worded openers and replies: install Ollama, then 'ollama pull {SUGGESTED_MODEL}'."
    return SpeakerStatus(backend="template", model="", reachable=True, detail=detail, problem=problems[0].title)


def _describe_error(error: LanguageModelError) -> str:
    return f"{error.title}{f' ({error.message})' if error.message else ''}. {error.hint}"
