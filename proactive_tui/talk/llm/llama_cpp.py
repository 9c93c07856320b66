"""Runs a GGUF file through llama.cpp in this process (`xllamacpp`, the extra "embedded"); the only module that imports
it.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import threading
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError, UnfitModelError
from proactive_tui.talk.llm.gguf import read_gguf_facts
from proactive_tui.talk.llm.model_ranking import InstalledModel, parameter_billions

_END_OF_REPLY = object()
_SIZE_LABEL = re.compile(r"\d[\d.]*[MB]")
"""The sizes that are one number: a mixture of experts ("8x7B") is told by its file."""
READING_BATCH = 64
"""Tokens of a prompt that are read at once: after each batch a reply can be stopped, and gives a sign of life."""


class LlamaCppModel:
    """A model in a GGUF file: loaded at the first reply, in a thread; one reply at a time; a stopped reply ends at its
    next token.
    """

    def __init__(self, settings: LanguageModelConfig) -> None:
        """Raises LanguageModelError where the file is missing or llama.cpp is not installed, UnfitModelError where the
        file has no chat template: such a model continues texts, and does not converse.
        """
        self._path = Path(settings.gguf).expanduser()
        self._settings = settings
        if not self._path.is_file():
            raise LanguageModelError("The GGUF file cannot be read", f"{self._path}: no such file", "Mend llm.gguf.")
        try:
            import xllamacpp  # noqa: PLC0415  100 MB of native code, only where it is configured
        except ImportError as error:
            raise LanguageModelError(
                "llama.cpp is not installed", str(error), "pip install 'proactive-tui[embedded]'"
            ) from error
        self._library: Any = xllamacpp
        facts = read_gguf_facts(self._path)
        if facts.template == "":
            raise UnfitModelError(
                "The language model cannot converse",
                f"{self._path.name} has no chat template",
                "Name another file with llm.gguf: one made for instructions or chat.",
            )
        label = facts.size_label if _SIZE_LABEL.fullmatch(facts.size_label) else ""
        size = self._path.stat().st_size
        self.billions = parameter_billions(InstalledModel(name=self._path.name, parameters=label, size=size))
        self._context = min(settings.max_context, facts.context or settings.max_context)
        self._server: Any = None
        self._server_lock = threading.Lock()

    @property
    def spoken_by(self) -> str:
        """The speaker's name, "llama.cpp:FILE" without the folder."""
        return f"llama.cpp:{self._path.name}"

    @property
    def is_local(self) -> bool:
        """True: it runs in this process."""
        return True

    @property
    def context_tokens(self) -> int:
        """Maximum tokens of prompt and reply: the smaller of the config's and the file's."""
        return self._context

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float,
        schema: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[str, None]:
        """See `ChatModel.stream`. `timeout_seconds` of the config limits the time without a sign of life once the model
        is loaded: llama.cpp reports each `READING_BATCH` tokens of the prompt that it has read.
        """
        request: dict[str, Any] = {
            "messages": [{"role": message.role, "content": message.text} for message in messages],
            "max_tokens": max_tokens,
            "temperature": temperature,
            "stream": True,
            "return_progress": True,
        }
        if schema is not None:
            request["response_format"] = {"type": "json_schema", "json_schema": {"schema": schema}}
        loop, pieces, stopped = asyncio.get_running_loop(), asyncio.Queue[object](), threading.Event()

        def put_item(item: object) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(pieces.put_nowait, item)

        worker = threading.Thread(
            target=self._run_completion, args=(request, put_item, stopped), name="llama.cpp", daemon=True
        )
        worker.start()
        timeout: float | None = None if self._server is None else self._settings.timeout_seconds
        try:
            while True:
                try:
                    async with asyncio.timeout(timeout):
                        item = await pieces.get()
                except TimeoutError as error:
                    raise LanguageModelError(
                        "llama.cpp takes too long",
                        f"{self._path.name} gave no sign of life for {self._settings.timeout_seconds:g} seconds",
                        "Raise llm.timeout_seconds, or choose a smaller file with llm.gguf.",
                    ) from error
                if item is _END_OF_REPLY:
                    return
                if isinstance(item, LanguageModelError):
                    raise item
                timeout = self._settings.timeout_seconds
                if item:
                    yield str(item)
        finally:
            stopped.set()

    async def status(self) -> SpeakerStatus:
        """Whether the file still exists."""
        found = self._path.is_file()
        return SpeakerStatus(
            backend="llama.cpp",
            model=self._path.name,
            reachable=found,
            detail="in this process" if found else f"{self._path}: no such file",
        )

    async def close(self) -> None:
        """Free the model after the current reply."""
        await asyncio.to_thread(self._free_server)

    def _free_server(self) -> None:
        with self._server_lock:
            self._server = None

    def _run_completion(self, request: dict[str, Any], put: Any, stopped: threading.Event) -> None:
        """Run a completion in a thread; pieces and errors go through `put`."""
        failed: list[Mapping[str, Any]] = []

        def receive_chunk(chunk: Mapping[str, Any]) -> bool:
            """Pass a chunk on; returns True to stop llama.cpp."""
            if "error" in chunk:
                failed.append(chunk["error"])
                return True
            for choice in chunk.get("choices", ()):
                put((choice.get("delta") or {}).get("content") or "")
            return stopped.is_set()

        try:
            with self._server_lock:
                put("")  # its turn has come
                if not stopped.is_set():
                    self._load_server().handle_chat_completions(request, receive_chunk)
        except LanguageModelError as error:
            put(error)
        except Exception as error:  # noqa: BLE001  what crosses from C++ has no common type
            put(self._failure_error(str(error)))
        else:
            put(self._translate_error(failed[0]) if failed else _END_OF_REPLY)

    def _load_server(self) -> Any:
        if self._server is None:
            try:
                self._server = self._library.Server(self._server_parameters())
            except Exception as error:
                raise LanguageModelError(
                    "The GGUF file cannot be loaded",
                    f"{self._path}: {error}",
                    "Is it whole, and is there memory for it?",
                ) from error
        return self._server

    def _server_parameters(self) -> Any:
        parameters = self._library.CommonParams()
        parameters.model.path = str(self._path)
        parameters.n_ctx = self._context
        parameters.n_parallel = 1
        parameters.n_batch = parameters.n_ubatch = READING_BATCH
        parameters.cpuparams.n_threads = max(1, (os.cpu_count() or 2) // 2)
        parameters.verbosity = -1
        parameters.warmup = False
        # llama.cpp's server comes with an HTTP port of its own on this machine, which nobody needs here: nothing
        # answers without the key, and nobody has the key.
        parameters.api_keys = [secrets.token_urlsafe(32)]
        parameters.ui = False
        parameters.endpoint_slots = False
        return parameters

    def _translate_error(self, error: Mapping[str, Any]) -> LanguageModelError:
        message = str(error.get("message", error))
        if error.get("type") == "exceed_context_size_error":
            return PromptCutError("The language model cannot read so much", message, "Lower llm.max_context.")
        return self._failure_error(message)

    def _failure_error(self, message: str) -> LanguageModelError:
        return LanguageModelError(
            "llama.cpp failed", f"{self._path.name}: {message}", "Try another file with llm.gguf."
        )
