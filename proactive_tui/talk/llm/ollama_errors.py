"""Turns what Ollama, its package and httpx say of a failure into errors with words for the owner."""

from __future__ import annotations

import re
from typing import NamedTuple

from proactive_tui import allowed_hosts
from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError, OllamaUnreachableError
from proactive_tui.talk.llm.base import PromptCutError


class OllamaComplaint(NamedTuple):
    """What Ollama says of a failure, by its text, and what to tell the owner."""

    pattern: re.Pattern[str]
    title: str
    hint: str
    prompt_cut: bool = False


def _known_complaint(pattern: str, title: str, hint: str, *, prompt_cut: bool = False) -> OllamaComplaint:
    return OllamaComplaint(re.compile(pattern, re.IGNORECASE), title, hint, prompt_cut)


COMPLAINTS = (
    # 0.24: "the input length exceeds the context length", "exceeds the available context size"; 0.32: "the prompt is
    # longer than the context length currently available to the model; …", "exceed_context_size_error".
    _known_complaint(
        r"longer than the (?:maximum )?context|exceeds?\b.{0,40}\bcontext|exceed_context"
        r"|context (?:length|size)\b.{0,40}\bexceed|(?:prompt|input|context).{0,20}too (?:long|large)",
        "The language model cannot read so much",
        "Lower llm.max_context.",
        prompt_cut=True,
    ),
    _known_complaint(
        r"requires more system memory|out of (?:device )?memory|(?:not enough|insufficient) memory|failed to allocate"
        r"|allocation failed|cudaMalloc failed|unable to allocate|model requires more",
        "The language model does not fit into memory",
        "Choose a smaller model with llm.model, or lower llm.max_context.",
    ),
    _known_complaint(
        r"https?://127\.0\.0\.1:\d+/|timed out waiting for|(?:runner|llama-server) (?:process|ended)",
        "Ollama could not run the language model",
        "Ask again; if it fails again, choose a smaller model with llm.model.",
    ),
    _known_complaint(
        r"no such host|dial tcp|network is unreachable|TLS handshake|proxyconnect|temporary failure in name resolution"
        r"|i/o timeout|connection refused",
        "Ollama has no connection to the internet",
        "Try again when there is one.",
    ),
    _known_complaint(r"no space left", "Ollama's disk is full", "Make room, or remove a model with 'ollama rm'."),
    _known_complaint(
        r"pull model manifest: file does not exist|manifest unknown",
        "There is no such model to pull",
        "Look for its name at ollama.com/library.",
    ),
    _known_complaint(
        r"requires a newer version|newer version of ollama",
        "Ollama is too old for this model",
        "Update Ollama, or choose another model with llm.model.",
    ),
    _known_complaint(
        r"does not support (?:chat|generate|completion)",
        "This model cannot converse",
        "Choose another model with llm.model.",
    ),
    _known_complaint(r"server busy|maximum pending requests", "Ollama is busy", "Ask again in a moment."),
    _known_complaint(
        r"unauthorized|\bsign ?in\b|authorization", "Ollama's cloud wants you to sign in", "Run 'ollama signin'."
    ),
    _known_complaint(
        r"unable to load model|error loading model|unsupported (?:model|architecture)|unknown model architecture"
        r"|invalid file magic",
        "Ollama cannot load the language model",
        "Pull it again, update Ollama, or choose another model with llm.model.",
    ),
)
"""What Ollama 0.24 to 0.33 says; the first that fits counts."""


def unreachable_error(settings: LanguageModelConfig, why: str) -> OllamaUnreachableError:
    """The error for a server that does not answer."""
    return OllamaUnreachableError(
        "Ollama cannot be reached",
        f"{allowed_hosts.ollama_address(settings)}: {why}",
        "Start it with 'ollama serve', or set llm.host.",
    )


def explain_complaint(text: str, where: str) -> LanguageModelError:
    """The error for what Ollama at `where` said of a failure."""
    for complaint in COMPLAINTS:
        if complaint.pattern.search(text):
            kind = PromptCutError if complaint.prompt_cut else LanguageModelError
            return kind(complaint.title, text, complaint.hint)
    return LanguageModelError("Ollama failed", f"{where}: {text or 'no reason given'}", "Ollama's own log says more.")


class OllamaErrorTranslator:
    """A context that turns exceptions of Ollama's package into LanguageModelError."""

    def __init__(self, settings: LanguageModelConfig, model: str) -> None:
        self._settings = settings
        self._model = model

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        import httpx  # noqa: PLC0415  what Ollama's package is made of, loaded with it
        from ollama import ResponseError  # noqa: PLC0415  a third of a second; only where Ollama is used

        from proactive_tui.talk.llm.bounded import EndlessAnswerError  # noqa: PLC0415  it loads httpx

        where = allowed_hosts.ollama_address(self._settings)
        why = str(error.error or "") if isinstance(error, ResponseError) else ""
        match error:
            case ConnectionError() | httpx.ConnectError() | httpx.ConnectTimeout():
                raise unreachable_error(self._settings, "nothing listens there") from error
            case ResponseError(status_code=404):
                raise LanguageModelError(
                    "The language model is not installed", f"{self._model}: {why}", f"ollama pull {self._model}"
                ) from error
            case ResponseError():
                raise explain_complaint(why, where) from error
            case EndlessAnswerError():
                raise LanguageModelError("The connection to Ollama broke", f"{where}: {error}", "Ask again.") from error
            case httpx.HTTPError() | httpx.InvalidURL() | httpx.StreamError():
                raise LanguageModelError(
                    "The connection to Ollama broke", f"{where} ended it in the middle", "Ask again."
                ) from error
            case ValueError() | TypeError() | AttributeError() | OverflowError() | RecursionError():
                raise LanguageModelError(
                    "Ollama cannot be understood",
                    f"{where} answered something else",
                    "Is it Ollama that listens there?",
                ) from error
            case RuntimeError():  # this client was closed, because another model speaks now
                raise LanguageModelError("The connection to Ollama was given up", where, "Ask again.") from error
