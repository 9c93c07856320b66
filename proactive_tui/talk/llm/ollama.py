"""A model of an Ollama server: connects to it and streams its replies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from proactive_tui import allowed_hosts
from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError, UnfitModelError
from proactive_tui.talk.llm.model_ranking import (
    InstalledModel,
    explain_pick,
    is_same_model,
    parameter_billions,
    rank_models,
)
from proactive_tui.talk.llm.ollama_catalog import (
    NO_CHAT_TEMPLATE,
    SUGGESTED_MODEL,
    fetch_models,
    inspect_model,
    is_shown_notes,
    machine_memory,
    make_client,
    mark_obstacle,
    require_allowed,
    show_model,
)
from proactive_tui.talk.llm.ollama_errors import OllamaErrorTranslator
from proactive_tui.talk.llm.prompt_check import find_cut
from proactive_tui.talk.llm.token_count import estimate_messages, least_tokens

if TYPE_CHECKING:
    from ollama import AsyncClient, ShowResponse

MAX_REASONING_TOKENS = 2048
"""Extra tokens for the hidden reasoning of models that reason."""
MAX_CHARACTERS_PER_TOKEN = 16
"""Average characters of a token at the most."""
MAX_REPLY_SECONDS = 1800.0
"""Maximum seconds of a reply: a thousand tokens at one every two seconds."""
FIRST_PIECE_PATIENCE = 5.0
"""How many times `timeout_seconds` the first piece may take: a model is loaded and reads, and its server is alive."""
LIFE_CHECK_SECONDS = 5.0
"""Seconds without a piece after which the server is asked whether it is still there."""
CONTEXT_SIZES = (4096, 8192, 16384, 32768, 65536, 131072)
"""Context sizes to ask for. They are few and only grow: a change makes Ollama load the model again. The first is what a
conversation needs, for else the first reply after an opener would load the model again."""


class OllamaModel:
    """A model of an Ollama server, made by `connect_model`, which finds out what the model can do."""

    def __init__(
        self,
        settings: LanguageModelConfig,
        model: str,
        client: AsyncClient,
        *,
        limit: int,
        thinks: bool,
        billions: float = 0.0,
        elsewhere: bool = False,
        why_picked: str = "",
    ) -> None:
        """`elsewhere` says that the server forwards its requests to another machine; `why_picked` why the model was
        chosen of those installed, "" where the config names it.
        """
        self.model = model
        self.billions = billions
        self.unfit: UnfitModelError | None = None
        """Why it cannot converse, once a reply has shown that."""
        self._why_picked = why_picked
        self._elsewhere = elsewhere or allowed_hosts.is_cloud_model(model)
        self._settings = settings
        self._client = client
        self._thinks = thinks
        self._context = min(settings.max_context, limit)
        self._requested_context = 0

    @property
    def spoken_by(self) -> str:
        """The speaker's name, "ollama:MODEL"."""
        return f"ollama:{self.model}"

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine and runs the model itself."""
        address = allowed_hosts.ollama_address(self._settings)
        return not self._elsewhere and allowed_hosts.is_local_address(address)

    @property
    def context_tokens(self) -> int:
        """Most tokens of prompt and reply: the least of the config's, the model's and what it was seen to read."""
        return self._context

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float,
        schema: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[str, None]:
        """See `ChatModel.stream`.

        `timeout_seconds` of the config limits the time without a sign of life: a piece, hidden reasoning, or an answer
        of the server beside. So a model that is being loaded, or that reads slowly, is waited for, up to
        `FIRST_PIECE_PATIENCE` times as long. A server that ignores `max_tokens` is stopped after twice as many pieces
        or characters, or after `MAX_REPLY_SECONDS`: a LanguageModelError says so after the pieces so far.
        """
        needed, least = estimate_messages(messages), least_tokens(messages)
        reasoning = self._thinks and self._settings.think and schema is None
        max_tokens += MAX_REASONING_TOKENS if reasoning else 0
        window = self._choose_window(needed + max_tokens)
        options: dict[str, Any] = {"num_ctx": window, "num_predict": max_tokens, "temperature": temperature}
        # None is left out of the request: models that cannot reason answer 400 to `think`, even where it is false.
        think = reasoning if self._thinks else None
        with OllamaErrorTranslator(self._settings, self.model):
            parts = await self._client.chat(
                self.model,
                [{"role": message.role, "content": message.text} for message in messages],
                stream=True,
                format=dict(schema) if schema is not None else None,
                options=options,
                keep_alive=self._settings.keep_alive,
                think=think,
            )
        done, pieces, room = False, 2 * max_tokens, 2 * max_tokens * MAX_CHARACTERS_PER_TOKEN
        ends = time.monotonic() + MAX_REPLY_SECONDS
        heard_at = time.monotonic()
        first_by, begun = heard_at + FIRST_PIECE_PATIENCE * self._settings.timeout_seconds, False
        try:
            while not done:
                try:
                    with OllamaErrorTranslator(self._settings, self.model):
                        part = await self._next_part(parts, ends if begun else first_by)
                    begun, heard_at = True, time.monotonic()
                except StopAsyncIteration:
                    break
                except PromptCutError:
                    self._context = max(1024, self._context // 2)
                    raise
                except TimeoutError as error:
                    raise LanguageModelError(
                        "Ollama takes too long",
                        f"{self.model} said nothing for {time.monotonic() - heard_at:.0f} seconds",
                        "Raise llm.timeout_seconds, or choose a smaller model with llm.model.",
                    ) from error
                content = part.message.content or ""
                if content and room:
                    yield content[:room]
                pieces, room, done = pieces - 1, room - len(content), bool(part.done)
                if room < 0 or (not done and (not pieces or time.monotonic() > ends)):
                    raise LanguageModelError(
                        "The reply was cut off", f"{self.model} said more than it was asked for", "Ask again."
                    )
                if done:
                    self._refuse_cut_prompt(least, window, part.prompt_eval_count)
        finally:
            await _close_stream(parts)  # closes the connection, at which Ollama stops generating
        if not done:
            raise LanguageModelError(
                "The reply broke off",
                f"Ollama at {allowed_hosts.ollama_address(self._settings)} closed the connection",
                "Ask again.",
            )

    async def _next_part(self, parts: AsyncIterator[Any], until: float) -> Any:
        """The next part of a reply; raises TimeoutError where the server is silent too long, or `until` has come."""
        limit = self._settings.timeout_seconds
        coming, alive_at = asyncio.ensure_future(anext(parts)), time.monotonic()
        try:
            while True:
                await asyncio.wait({coming}, timeout=min(LIFE_CHECK_SECONDS, limit))
                if coming.done():
                    return await coming
                if await self._shows_life(coming):
                    alive_at = time.monotonic()
                if time.monotonic() > min(until, alive_at + limit):
                    raise TimeoutError
        finally:
            await _cancel_and_await(coming)

    async def _shows_life(self, coming: asyncio.Future[Any]) -> bool:
        """Whether the server answers a question beside, whatever it answers, or the part is there meanwhile."""
        from ollama import ResponseError  # noqa: PLC0415  see make_client

        asked = asyncio.ensure_future(self._client._request_raw("GET", "/api/version"))  # type: ignore[no-untyped-call]
        try:
            await asyncio.wait({asked, coming}, timeout=LIFE_CHECK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return coming.done() or (asked.done() and isinstance(asked.exception(), ResponseError | None))
        finally:
            await _cancel_and_await(asked)

    def _choose_window(self, needed: int) -> int:
        fitting = next((size for size in CONTEXT_SIZES if size >= needed), needed)
        self._requested_context = min(max(fitting, self._requested_context), self._context)
        return self._requested_context

    def _refuse_cut_prompt(self, least: int, window: int, read: int | None) -> None:
        """Raise PromptCutError where the model read less than was sent, which Ollama says in this count only."""
        cut = find_cut(read, least, window, (1024, 2048, *CONTEXT_SIZES))
        if cut is None:
            return
        told = f"{self.model} read {read} of at least {least} tokens"
        if cut.context:
            self._context = min(self._context, cut.context)
            hint = "Ollama gives it a smaller context than was asked for: lower llm.max_context."
            raise PromptCutError("The language model did not read everything", told, hint)
        self.unfit = UnfitModelError(
            "The language model is not shown your notes", told, f"Choose another with llm.model: {_pull_hint()}"
        )
        raise self.unfit

    async def status(self) -> SpeakerStatus:
        """Whether the server answers, still has the model, and the model reads what it is sent."""
        if self.unfit is not None:
            return SpeakerStatus(
                backend="ollama",
                model=self.model,
                reachable=False,
                detail=f"{self.unfit.message}. {self.unfit.hint}",
                problem=self.unfit.title,
            )
        try:
            found = await fetch_models(self._client, self._settings)
        except LanguageModelError as error:
            return SpeakerStatus(
                backend="ollama", model=self.model, reachable=False, detail=error.message, problem=error.title
            )
        if not any(is_same_model(model.name, self.model) for model in found):
            return SpeakerStatus(
                backend="ollama", model=self.model, reachable=False, detail=f"not installed: ollama pull {self.model}"
            )
        return SpeakerStatus(
            backend="ollama",
            model=self.model,
            reachable=True,
            detail="; ".join(filter(None, (f"at {allowed_hosts.ollama_address(self._settings)}", self._why_picked))),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()  # type: ignore[no-untyped-call]


async def connect_model(
    settings: LanguageModelConfig, unfit: Mapping[str, LanguageModelError] | None = None
) -> OllamaModel:
    """The configured model, or the best that is installed. `unfit` has, by name, models that were seen not to do.

    Raises LanguageModelError without one, or a server; UnfitModelError where there are only models that cannot
    converse.
    """
    client = make_client(settings)
    try:
        return await _choose_model(client, settings, unfit or {})
    except BaseException:
        await client.close()  # type: ignore[no-untyped-call]
        raise


async def _choose_model(
    client: AsyncClient, settings: LanguageModelConfig, unfit: Mapping[str, LanguageModelError]
) -> OllamaModel:
    found = await fetch_models(client, settings)
    if settings.model:
        chosen = _find_named(settings, found)
        if chosen.name in unfit:
            raise unfit[chosen.name]
        shown = await show_model(client, settings, chosen.name)
        if not is_shown_notes(shown):
            raise _obstacle_error(mark_obstacle(chosen, NO_CHAT_TEMPLATE))
        return _build_model(settings, client, chosen, shown)
    found = [
        mark_obstacle(model, f"cannot converse: {unfit[model.name].message}") if model.name in unfit else model
        for model in found
    ]
    memory = machine_memory(settings)
    for best in rank_models(found, memory):
        told, looked_at = await inspect_model(client, settings, best)
        if told is not None and not looked_at.obstacle:
            return _build_model(settings, client, best, told, explain_pick(best, found, memory))
        found = [looked_at if model == best else model for model in found]
    raise _no_model_error(settings, found)


def _build_model(
    settings: LanguageModelConfig,
    client: AsyncClient,
    chosen: InstalledModel,
    shown: ShowResponse,
    why_picked: str = "",
) -> OllamaModel:
    return OllamaModel(
        settings,
        chosen.name,
        client,
        limit=_trained_context(shown.modelinfo or {}),
        thinks="thinking" in (shown.capabilities or ()),
        billions=parameter_billions(chosen),
        elsewhere=bool(chosen.elsewhere),
        why_picked=why_picked,
    )


def _find_named(settings: LanguageModelConfig, found: Sequence[InstalledModel]) -> InstalledModel:
    """The model that the config names. Raises LanguageModelError where it is not there, or may not be used."""
    named = next((model for model in found if is_same_model(model.name, settings.model)), None)
    if named is None:
        raise LanguageModelError(
            "The language model is not installed",
            f"{settings.model} is not on Ollama at {allowed_hosts.ollama_address(settings)}",
            f"ollama pull {settings.model}",
        )
    if named.elsewhere:
        require_allowed(allowed_hosts.cloud_host(settings, named.elsewhere))
    return named


def _no_model_error(settings: LanguageModelConfig, found: Sequence[InstalledModel]) -> LanguageModelError:
    if hindered := next((model for model in found if model.obstacle), None):
        return _obstacle_error(hindered)
    return LanguageModelError(
        "Ollama has no language model",
        f"none on {allowed_hosts.ollama_address(settings)} can converse",
        _pull_hint(),
    )


def _obstacle_error(model: InstalledModel) -> UnfitModelError:
    return UnfitModelError("The language model cannot converse", f"{model.name} {model.obstacle}", _pull_hint())


def _pull_hint() -> str:
    return f"ollama pull {SUGGESTED_MODEL}"


def _trained_context(info: Mapping[str, Any]) -> int:
    """The context that the model was trained for, in tokens, by `/api/show`."""
    found = [
        value for key, value in info.items() if key.endswith(".context_length") and isinstance(value, int) and value
    ]
    return min((length for length in found if length > 0), default=CONTEXT_SIZES[-1])


async def _cancel_and_await(task: asyncio.Future[Any]) -> None:
    """Cancel a task and wait until it has let its connection go."""
    if not task.done():
        task.cancel()
        await asyncio.wait({task})


async def _close_stream(parts: AsyncIterator[Any]) -> None:
    if isinstance(parts, AsyncGenerator):
        await parts.aclose()
