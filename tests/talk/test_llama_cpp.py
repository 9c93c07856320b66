"""llama.cpp's adapter around a library that is told what to do: errors, stopping, the port that nobody may use."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel

ASK = [ChatMessage(role="user", text="hello")]


def said(text: str) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text}}]}


class Library:
    """Stands in for xllamacpp: `speak` is called with what the adapter listens with."""

    def __init__(self, speak: Callable[[Callable[[dict[str, Any]], bool]], None]) -> None:
        self.speak = speak
        self.parameters: Any = None

    def CommonParams(self) -> Any:  # noqa: N802  the library's name
        return SimpleNamespace(model=SimpleNamespace(), cpuparams=SimpleNamespace())

    def Server(self, parameters: Any) -> Any:  # noqa: N802  the library's name
        self.parameters = parameters
        return SimpleNamespace(handle_chat_completions=lambda request, heard: self.speak(heard))


@pytest.fixture
async def made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., tuple[LlamaCppModel, Library]]]:
    models: list[LlamaCppModel] = []
    (tmp_path / "m.gguf").write_bytes(b"GGUF")

    def make(speak: Callable[[Callable[[dict[str, Any]], bool]], None]) -> tuple[LlamaCppModel, Library]:
        library = Library(speak)
        monkeypatch.setitem(sys.modules, "xllamacpp", library)
        models.append(
            LlamaCppModel(LanguageModelConfig(gguf=str(tmp_path / "m.gguf"), timeout_seconds=0.2, max_context=2048))
        )
        return models[-1], library

    yield make
    for each in models:
        await each.close()


Made = Callable[..., tuple[LlamaCppModel, Library]]


async def heard(model: LlamaCppModel) -> list[str]:
    async with aclosing(model.stream(ASK, max_tokens=9, temperature=0.0)) as pieces:
        return [piece async for piece in pieces]


async def test_streams_and_lets_nobody_use_its_port(made: Made) -> None:
    model, library = made(lambda listen: [listen(said(each)) for each in ("one", "", " two")] and None)
    assert await heard(model) == ["one", " two"]
    assert len(library.parameters.api_keys[0]) > 30
    assert library.parameters.n_ctx == model.context_tokens == 2048


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"type": "exceed_context_size_error", "message": "too long"}, PromptCutError),
        ({"message": "odd"}, LanguageModelError),
    ],
)
async def test_what_the_library_reports_becomes_our_error(
    made: Made, error: dict[str, Any], kind: type[Exception]
) -> None:
    model, _ = made(lambda listen: listen({"error": error}) and None)
    with pytest.raises(kind, match=error["message"]):
        await heard(model)


async def test_what_the_library_raises_becomes_our_error(made: Made) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("from C++")

    model, _ = made(fail)
    with pytest.raises(LanguageModelError, match=r"from C\+\+"):
        await heard(model)


async def test_stopping_ends_it_at_the_next_token(made: Made) -> None:
    ended = threading.Event()

    def endless(listen: Callable[[dict[str, Any]], bool]) -> None:
        while not listen(said("more ")):
            pass
        ended.set()

    model, _ = made(endless)
    stream = model.stream(ASK, max_tokens=9, temperature=0.0)
    assert await anext(stream) == "more "
    await stream.aclose()
    assert await asyncio.to_thread(ended.wait, 5)


async def test_a_loaded_model_that_says_nothing_is_not_waited_for(made: Made) -> None:
    release = threading.Event()
    model, library = made(lambda listen: listen(said("one")) and None)
    await heard(model)

    def silent(_: object) -> None:
        release.wait(10)

    library.speak = silent
    with pytest.raises(LanguageModelError) as failed:
        await heard(model)
    assert failed.value.title == "llama.cpp takes too long"
    release.set()
