"""Ollama through its Python package; the only module that imports it (and httpx, whose errors it passes on)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from proactive_tui import allowed_hosts
from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError, OllamaUnreachableError
from proactive_tui.model import FrozenValue, SpeakerStatus
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError
from proactive_tui.talk.llm.model_ranking import InstalledModel, best_model, is_same_model
from proactive_tui.talk.llm.token_count import estimate_messages

if TYPE_CHECKING:
    from ollama import AsyncClient, ListResponse

SUGGESTED_MODEL = "qwen3:4b"
"""The model that a user without one is told to pull."""
PROBE_TIMEOUT_SECONDS = 2.0
"""Seconds for the server to list its models."""
MAX_REASONING_TOKENS = 2048
"""Extra tokens for the hidden reasoning of models that reason."""
MAX_CHARACTERS_PER_TOKEN = 16
"""Average characters of a token at the most."""
MAX_REPLY_SECONDS = 1800.0
"""Maximum seconds of a reply: a thousand tokens at one every two seconds."""
CONTEXT_SIZES = (2048, 4096, 8192, 16384, 32768, 65536, 131072)
"""Context sizes to ask for. They are few and only grow: a change makes Ollama load the model again."""


class DownloadProgress(FrozenValue, frozen=True, kw_only=True):
    """Progress of a download in bytes; `total` is 0 while unknown."""

    done: int
    total: int
    status: str


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
        elsewhere: bool = False,
    ) -> None:
        """`elsewhere` says that the server forwards its requests to another machine."""
        self.model = model
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
        """See `ChatModel.stream`. `timeout_seconds` of the config limits the wait for each piece.

        A server that ignores `max_tokens` is stopped after twice as many pieces or characters, or after
        `MAX_REPLY_SECONDS`: a LanguageModelError says so after the pieces so far.
        """
        needed = estimate_messages(messages)
        reasoning = self._thinks and self._settings.think and schema is None
        max_tokens += MAX_REASONING_TOKENS if reasoning else 0
        window = self._choose_window(needed + max_tokens)
        options: dict[str, Any] = {"num_ctx": window, "num_predict": max_tokens, "temperature": temperature}
        # None is left out of the request: models that cannot reason answer 400 to `think`, even where it is false.
        think = reasoning if self._thinks else None
        with _OllamaErrorTranslator(self._settings, self.model):
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
        try:
            while not done:
                try:
                    async with asyncio.timeout(self._settings.timeout_seconds):
                        with _OllamaErrorTranslator(self._settings, self.model):
                            part = await anext(parts)
                except StopAsyncIteration:
                    break
                except PromptCutError:
                    self._context = max(1024, self._context // 2)
                    raise
                except TimeoutError as error:
                    raise LanguageModelError(
                        "Ollama takes too long",
                        f"{self.model} said nothing for {self._settings.timeout_seconds:g} seconds",
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
                    self._detect_truncation(needed, window, part.prompt_eval_count)
        finally:
            await _close_stream(parts)  # closes the connection, at which Ollama stops generating
        if not done:
            raise LanguageModelError(
                "The reply broke off",
                f"Ollama at {allowed_hosts.ollama_address(self._settings)} closed the connection",
                "Ask again.",
            )

    def _choose_window(self, needed: int) -> int:
        fitting = next((size for size in CONTEXT_SIZES if size >= needed), needed)
        self._requested_context = min(max(fitting, self._requested_context), self._context)
        return self._requested_context

    def _detect_truncation(self, needed: int, window: int, read: int | None) -> None:
        """Notice a prompt that was cut silently: Ollama then reads half of the window it really has and says so
        only in this count. A count may also be low because part of the prompt was still in its cache, so two signs
        are required: far fewer tokens than the text can have (a third of an estimate that is at most twice too high),
        and about half of a power of two.
        """
        if not read or read >= needed / 3:
            return
        real = next((size for size in (1024, *CONTEXT_SIZES) if abs(read - size // 2) <= max(8, size // 64)), None)
        if real is None or real > window:
            return
        self._context = max(1024, min(self._context, real))
        raise PromptCutError(
            "The language model did not read everything",
            f"{self.model} read {read} of about {needed} tokens",
            "Ollama gives it a smaller context than was asked for: lower llm.max_context.",
        )

    async def status(self) -> SpeakerStatus:
        """Whether the server answers and still has the model."""
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
            detail=f"at {allowed_hosts.ollama_address(self._settings)}",
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()  # type: ignore[no-untyped-call]


async def connect_model(settings: LanguageModelConfig) -> OllamaModel:
    """The configured model, or the best that is installed. Raises LanguageModelError without one, or a server."""
    client = _make_client(settings)
    try:
        found = await fetch_models(client, settings)
        chosen = _choose_model(settings, found)
        name = chosen.name
        with _OllamaErrorTranslator(settings, name):
            async with asyncio.timeout(PROBE_TIMEOUT_SECONDS):
                shown = await client.show(name)
            limit = _trained_context(shown.modelinfo or {})
    except TimeoutError as error:
        await client.close()  # type: ignore[no-untyped-call]
        raise _unreachable_error(settings, "it does not answer") from error
    except BaseException:
        await client.close()  # type: ignore[no-untyped-call]
        raise
    return OllamaModel(
        settings,
        name,
        client,
        limit=limit,
        thinks="thinking" in (shown.capabilities or ()),
        elsewhere=bool(chosen.elsewhere),
    )


async def fetch_models(client: AsyncClient, settings: LanguageModelConfig) -> list[InstalledModel]:
    """The models that the server has. Raises LanguageModelError."""
    try:
        with _OllamaErrorTranslator(settings, ""):
            async with asyncio.timeout(PROBE_TIMEOUT_SECONDS):
                listed = await client._request(_list_response_type(), "GET", "/api/tags")
            return [_parse_model(model) for model in listed.models if model.model]
    except TimeoutError as error:
        raise _unreachable_error(settings, "it does not answer") from error


@cache
def _list_response_type() -> type[ListResponse]:
    """The type of the answer to `/api/tags`, with the machine that runs a cloud model, which the package leaves out."""
    from ollama import ListResponse  # noqa: PLC0415  see _make_client

    class CloudListResponse(ListResponse):
        class CloudModel(ListResponse.Model):
            remote_host: str | None = None

        models: Sequence[CloudModel]

    return CloudListResponse


def _parse_model(listed: ListResponse.Model) -> InstalledModel:
    details = listed.details
    return InstalledModel(
        name=listed.model or "",
        parameters=(details and details.parameter_size) or "",
        size=int(listed.size or 0),
        families=tuple((details and (details.families or [details.family or ""])) or ()),
        modified=listed.modified_at.timestamp() if listed.modified_at else 0.0,
        elsewhere=getattr(listed, "remote_host", None) or "",
    )


async def list_models(settings: LanguageModelConfig) -> list[InstalledModel]:
    """The models that the server of the config has, whatever they can do. Raises LanguageModelError."""
    client = _make_client(settings)
    try:
        return await fetch_models(client, settings)
    finally:
        await client.close()  # type: ignore[no-untyped-call]


async def pull_model(settings: LanguageModelConfig, model: str) -> AsyncIterator[DownloadProgress]:
    """Have the server download a model; yields its progress. Raises LanguageModelError."""
    client = _make_client(settings)
    try:
        with _OllamaErrorTranslator(settings, model):
            parts = await client.pull(model, stream=True)
            async for part in parts:
                yield DownloadProgress(done=part.completed or 0, total=part.total or 0, status=part.status or "")
    finally:
        await client.close()  # type: ignore[no-untyped-call]


def _make_client(settings: LanguageModelConfig) -> AsyncClient:
    """A client of an allowed server; any other is not contacted at all. Raises LanguageModelError."""
    if not (where := allowed_hosts.ollama_address(settings)):
        raise LanguageModelError(
            "There is no such address", settings.host or "OLLAMA_HOST", "Write llm.host as http://host:port."
        )
    for host in allowed_hosts.language_model_hosts(settings):
        _require_allowed(host)
    from ollama import AsyncClient  # noqa: PLC0415  a third of a second; only where Ollama is used

    from proactive_tui.talk.llm.bounded import BoundedTransport  # noqa: PLC0415  as above

    # Requests go to that host and nowhere else: no redirects, and no proxy of the environment.
    return AsyncClient(where, follow_redirects=False, trust_env=False, timeout=None, transport=BoundedTransport())


def _require_allowed(host: allowed_hosts.ContactedHost) -> None:
    if not host.allowed:
        raise LanguageModelError(
            f"{host.name} is another machine", host.origin, f"Nothing is sent there until {host.leave} names it."
        )


def _choose_model(settings: LanguageModelConfig, found: Sequence[InstalledModel]) -> InstalledModel:
    if settings.model:
        named = next((model for model in found if is_same_model(model.name, settings.model)), None)
        if named is None:
            raise LanguageModelError(
                "The language model is not installed",
                f"{settings.model} is not on Ollama at {allowed_hosts.ollama_address(settings)}",
                f"ollama pull {settings.model}",
            )
        if named.elsewhere:
            _require_allowed(allowed_hosts.cloud_host(settings, named.elsewhere))
        return named
    chosen = best_model(found)
    if chosen is None:
        raise LanguageModelError(
            "Ollama has no language model",
            f"none on {allowed_hosts.ollama_address(settings)} can converse",
            f"ollama pull {SUGGESTED_MODEL}",
        )
    return chosen


def _trained_context(info: Mapping[str, Any]) -> int:
    """The context that the model was trained for, in tokens, by `/api/show`."""
    found = [int(value) for key, value in info.items() if key.endswith(".context_length") and value]
    return min((length for length in found if length > 0), default=CONTEXT_SIZES[-1])


def _unreachable_error(settings: LanguageModelConfig, why: str) -> OllamaUnreachableError:
    return OllamaUnreachableError(
        "Ollama cannot be reached",
        f"{allowed_hosts.ollama_address(settings)}: {why}",
        "Start it with 'ollama serve', or set llm.host.",
    )


async def _close_stream(parts: AsyncIterator[Any]) -> None:
    if isinstance(parts, AsyncGenerator):
        await parts.aclose()


class _OllamaErrorTranslator:
    """A context that turns exceptions of Ollama's package into LanguageModelError."""

    def __init__(self, settings: LanguageModelConfig, model: str) -> None:
        self._settings = settings
        self._model = model

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        import httpx  # noqa: PLC0415  what Ollama's package is made of, loaded with it
        from ollama import ResponseError  # noqa: PLC0415  see _make_client

        where = allowed_hosts.ollama_address(self._settings)
        why = str(error.error or "") if isinstance(error, ResponseError) else ""
        match error:
            case ConnectionError() | httpx.ConnectError() | httpx.ConnectTimeout():
                raise _unreachable_error(self._settings, "nothing listens there") from error
            case ResponseError(status_code=404):
                raise LanguageModelError(
                    "The language model is not installed", f"{self._model}: {why}", f"ollama pull {self._model}"
                ) from error
            case ResponseError() if "context" in why and ("exceed" in why or "too long" in why):
                raise PromptCutError("The language model cannot read so much", why, "Lower llm.max_context.") from error
            case ResponseError():
                raise LanguageModelError(
                    "Ollama failed", f"{where}: {why or 'no reason given'}", "Ollama's own log says more."
                ) from error
            case httpx.HTTPError() | httpx.InvalidURL() | httpx.StreamError():
                raise LanguageModelError(
                    "The connection to Ollama broke", f"{where}: {error or type(error).__name__}", "Ask again."
                ) from error
            case ValueError() | TypeError() | AttributeError() | OverflowError() | RecursionError():
                raise LanguageModelError(
                    "Ollama cannot be understood",
                    f"{where} answered something else",
                    "Is it Ollama that listens there?",
                ) from error
            case RuntimeError():  # this client was closed, because another model speaks now
                raise LanguageModelError("The connection to Ollama was given up", where, "Ask again.") from error
