"""What an Ollama server has: lists its models, finds out what they can do, and pulls one. With `ollama.py` and
`ollama_errors.py` the only module that imports Ollama's package (and httpx, whose errors it passes on).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import structs

from proactive_tui import allowed_hosts
from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError, OllamaUnreachableError
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.talk.llm.chat_template import shows_conversation
from proactive_tui.talk.llm.model_ranking import InstalledModel, can_converse
from proactive_tui.talk.llm.ollama_errors import OllamaErrorTranslator, unreachable_error

if TYPE_CHECKING:
    from ollama import AsyncClient, ListResponse, ShowResponse

SUGGESTED_MODEL = "qwen3:4b"
"""The model that a user without one is told to pull."""
PROBE_TIMEOUT_SECONDS = 2.0
"""Seconds for the server to list its models, or to describe one."""
LOCAL_CONNECT_SECONDS = 0.5
"""Seconds in which this machine accepts or refuses a connection; where it takes longer, the client tries again."""
NO_CHAT_TEMPLATE = "has no chat template in Ollama, so it is not shown what your notes say"


class DownloadProgress(FrozenValue, frozen=True, kw_only=True):
    """Progress of a download in bytes; `total` is 0 while unknown."""

    done: int
    total: int
    status: str


async def fetch_models(client: AsyncClient, settings: LanguageModelConfig) -> list[InstalledModel]:
    """The models that the server has. Raises LanguageModelError."""
    try:
        with OllamaErrorTranslator(settings, ""):
            async with asyncio.timeout(PROBE_TIMEOUT_SECONDS):
                listed = await client._request(_list_response_type(), "GET", "/api/tags")
            return [_parse_model(model) for model in listed.models if model.model]
    except TimeoutError as error:
        raise unreachable_error(settings, "it does not answer") from error


@cache
def _list_response_type() -> type[ListResponse]:
    """The type of the answer to `/api/tags`, with what the package leaves out: the machine that runs a cloud
    model, and what a model can do.
    """
    from ollama import ListResponse  # noqa: PLC0415  see make_client

    class CloudListResponse(ListResponse):
        class CloudModel(ListResponse.Model):
            remote_host: str | None = None
            capabilities: Sequence[str] | None = None

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
        capabilities=tuple(getattr(listed, "capabilities", None) or ()),
    )


async def list_models(settings: LanguageModelConfig, *, look: bool = False) -> list[InstalledModel]:
    """The models that the server of the config has, whatever they can do. Raises LanguageModelError.

    With `look` it is found out which of them have no chat template; that takes a request for each.
    """
    client = make_client(settings)
    try:
        found = await fetch_models(client, settings)
        if not look:
            return found
        return [(await inspect_model(client, settings, model))[1] if can_converse(model) else model for model in found]
    finally:
        await client.close()  # type: ignore[no-untyped-call]


async def pull_model(settings: LanguageModelConfig, model: str) -> AsyncIterator[DownloadProgress]:
    """Have the server download a model; yields its progress. Raises LanguageModelError."""
    client = make_client(settings)
    try:
        with OllamaErrorTranslator(settings, model):
            parts = await client.pull(model, stream=True)
            async for part in parts:
                yield DownloadProgress(done=part.completed or 0, total=part.total or 0, status=part.status or "")
    finally:
        await client.close()  # type: ignore[no-untyped-call]


def make_client(settings: LanguageModelConfig) -> AsyncClient:
    """A client of an allowed server; any other is not contacted at all. Raises LanguageModelError."""
    if not (where := allowed_hosts.ollama_address(settings)):
        raise LanguageModelError(
            "There is no such address", settings.host or "OLLAMA_HOST", "Write llm.host as http://host:port."
        )
    for host in allowed_hosts.language_model_hosts(settings):
        require_allowed(host)
    if _is_refused_here(where):
        raise unreachable_error(settings, "nothing listens there")
    from ollama import AsyncClient  # noqa: PLC0415  a third of a second; only where Ollama is used

    from proactive_tui.talk.llm.bounded import BoundedTransport  # noqa: PLC0415  as above

    # Requests go to that host and nowhere else: no redirects, and no proxy of the environment.
    return AsyncClient(where, follow_redirects=False, trust_env=False, timeout=None, transport=BoundedTransport())


def _is_refused_here(where: str) -> bool:
    """Whether nothing listens at an address of this machine: then what speaks to Ollama need not be loaded."""
    address = urlsplit(where)
    if not address.hostname or not allowed_hosts.is_local_address(where):
        return False
    try:
        with socket.create_connection((address.hostname, address.port or 0), LOCAL_CONNECT_SECONDS):
            return False
    except ConnectionRefusedError:
        return True
    except OSError:  # whatever it is, the client finds the words for it
        return False


def require_allowed(host: allowed_hosts.ContactedHost) -> None:
    """Raise LanguageModelError where the owner has not allowed this host."""
    if not host.allowed:
        raise LanguageModelError(
            f"{host.name} is another machine", host.origin, f"Nothing is sent there until {host.leave} names it."
        )


async def show_model(client: AsyncClient, settings: LanguageModelConfig, name: str) -> ShowResponse:
    """What the server tells of one model. Raises LanguageModelError."""
    try:
        with OllamaErrorTranslator(settings, name):
            async with asyncio.timeout(PROBE_TIMEOUT_SECONDS):
                return await client.show(name)
    except TimeoutError as error:
        raise unreachable_error(settings, "it does not answer") from error


def is_shown_notes(shown: ShowResponse) -> bool:
    """Whether a model reads the whole of a conversation, by its chat template."""
    details = shown.details
    return shows_conversation(shown.template or "", shown.modelfile or "", (details and details.format) or "")


async def inspect_model(
    client: AsyncClient, settings: LanguageModelConfig, model: InstalledModel
) -> tuple[ShowResponse | None, InstalledModel]:
    """What the server tells of a model, and the model, with what hinders it in a conversation.

    Raises OllamaUnreachableError; a model that the server cannot describe counts as hindered.
    """
    try:
        shown = await show_model(client, settings, model.name)
    except OllamaUnreachableError:
        raise
    except LanguageModelError as error:
        return None, mark_obstacle(model, f"cannot be used: {error.message}")
    return shown, model if is_shown_notes(shown) else mark_obstacle(model, NO_CHAT_TEMPLATE)


def mark_obstacle(model: InstalledModel, why: str) -> InstalledModel:
    """The model, marked as one that cannot converse; `why` goes on after its name."""
    return structs.replace(model, obstacle=why)


def machine_memory(settings: LanguageModelConfig) -> int:
    """Bytes of memory of the machine that runs Ollama; 0 where it is another than this one."""
    if not allowed_hosts.is_local_address(allowed_hosts.ollama_address(settings)):
        return 0
    import psutil  # noqa: PLC0415  needed only where a model has to be chosen

    return int(psutil.virtual_memory().total)
