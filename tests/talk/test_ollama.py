"""Ollama's adapter against a server that behaves, and against every way in which one does not."""

from __future__ import annotations

import asyncio
import socket
from contextlib import aclosing

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError
from proactive_tui.talk.llm.ollama import OllamaModel, connect_model
from proactive_tui.talk.llm.ollama_catalog import DownloadProgress, pull_model
from tests.ollama_server import SMOLLM, Model, OllamaServer, Script
from tests.waiting import until

ASK = [ChatMessage(role="system", text="Be brief."), ChatMessage(role="user", text="Say hello.")]


async def heard(model: OllamaModel, messages: list[ChatMessage] | None = None, most: int = 20) -> str:
    async with aclosing(model.stream(messages or ASK, max_tokens=most, temperature=0.1)) as pieces:
        return "".join([piece async for piece in pieces])


async def into(pieces: list[str], model: OllamaModel) -> None:
    async with aclosing(model.stream(ASK, max_tokens=20, temperature=0.1)) as stream:
        async for piece in stream:
            pieces.append(piece)  # noqa: PERF401  what came before an error is what is tested


@pytest.fixture
async def model(settings: LanguageModelConfig) -> object:
    model = await connect_model(settings)
    yield model
    await model.close()


async def test_asks_for_the_context_that_the_prompt_needs(ollama: OllamaServer, model: OllamaModel) -> None:
    ollama.say("hello", "hello", "hello")
    await heard(model)
    await heard(model, [ChatMessage(role="user", text="word " * 2500)])
    await heard(model)
    asked = [each["options"]["num_ctx"] for each in ollama.chats()]
    assert asked == [4096, 8192, 8192], "a conversation's from the start, and never back down: it would be loaded again"
    assert ollama.chats()[0]["keep_alive"] == "10m"
    assert ollama.chats()[0]["options"]["num_predict"] == 20
    assert "think" not in ollama.chats()[0]


async def test_asks_for_no_more_than_the_config_and_the_model_allow(ollama: OllamaServer) -> None:
    ollama.models = [Model("small:1b", context=3000)]
    ollama.say("hello")
    model = await connect_model(LanguageModelConfig(host=ollama.url))
    assert model.context_tokens == 3000
    await heard(model, [ChatMessage(role="user", text="word " * 2900)])
    await model.close()
    assert ollama.chats()[0]["options"]["num_ctx"] == 3000
    wide = await connect_model(LanguageModelConfig(host=ollama.url, max_context=1024))
    assert wide.context_tokens == 1024
    await wide.close()


async def test_a_schema_is_sent_and_not_thought_about(ollama: OllamaServer) -> None:
    ollama.models = [Model("qwen3:4b", capabilities=("completion", "thinking"))]
    ollama.say("{}", "hello")
    model = await connect_model(LanguageModelConfig(host=ollama.url, think=True))
    async with aclosing(model.stream(ASK, max_tokens=9, temperature=0.0, schema={"type": "object"})) as pieces:
        assert [piece async for piece in pieces] == ["{}"]
    await heard(model)
    await model.close()
    bound, free = ollama.chats()
    assert (bound["format"], bound["think"], bound["options"]["num_predict"]) == ({"type": "object"}, False, 9)
    assert not free.get("format")
    assert free["think"]


async def test_what_ollama_forwards_is_not_local(ollama: OllamaServer) -> None:
    ollama.models.append(Model("big:latest", elsewhere="https://ollama.com:443"))
    allowed = ("https://ollama.com:443",)
    for name, local in (("smollm2:135m", True), ("big:latest", False)):
        model = await connect_model(LanguageModelConfig(host=ollama.url, model=name, allowed_hosts=allowed))
        assert model.is_local is local
        await model.close()


@pytest.mark.parametrize("think", [True, False])
async def test_thinking_is_asked_for_only_where_the_model_can_and_never_shown(
    ollama: OllamaServer, think: bool
) -> None:
    ollama.models = [Model("qwen3:4b", capabilities=("completion", "thinking"))]
    ollama.say(Script(says="hello there", thinking="The user greets me."))
    model = await connect_model(LanguageModelConfig(host=ollama.url, think=think))
    assert await heard(model) == "hello there"
    await model.close()
    assert ollama.chats()[0]["think"] is think
    assert (ollama.chats()[0]["options"]["num_predict"] > 1000) is think


async def test_takes_the_best_model_or_the_one_in_the_config(ollama: OllamaServer) -> None:
    ollama.models = [
        SMOLLM,
        Model("nomic-embed-text:latest", family="nomic-bert"),
        Model("qwen3:latest", parameters="4.0B"),
    ]
    for wanted, expected in (("", "qwen3:latest"), ("smollm2:135m", "smollm2:135m"), ("qwen3", "qwen3:latest")):
        model = await connect_model(LanguageModelConfig(host=ollama.url, model=wanted))
        assert model.spoken_by == f"ollama:{expected}"
        await model.close()


@pytest.mark.parametrize(
    ("models", "wanted", "hint"),
    [([], "", "ollama pull qwen3:4b"), ([Model("bge-m3:latest", family="bert")], "", "ollama pull"), ([SMOLLM],
        "gemma", "ollama pull gemma")],
)  # fmt: skip
async def test_says_how_to_get_a_model(ollama: OllamaServer, models: list[Model], wanted: str, hint: str) -> None:
    ollama.models = models
    with pytest.raises(LanguageModelError) as failed:
        await connect_model(LanguageModelConfig(host=ollama.url, model=wanted))
    assert hint in failed.value.hint


@pytest.mark.parametrize(
    ("script", "said", "title"),
    [
        (Script(says="", status=500, error="something"), "", "Ollama failed"),
        (Script(says="", status=500, error="out of memory"), "", "The language model does not fit into memory"),
        (Script(says="one two three four", cut_after=2), "one two", "The connection to Ollama broke"),
        (
            Script(says="one two three four", error_after=2, error="llama runner ended"),
            "one two",
            "Ollama could not run the language model",
        ),
        (Script(says="one two three four", garbage_after=2), "one two", "Ollama cannot be understood"),
        (
            Script(says="x", status=400, error="the prompt exceeds the context"),
            "",
            "The language model cannot read so much",
        ),
    ],
    ids=["500", "memory", "cut", "error line", "garbage", "context"],
)
async def test_keeps_what_came_and_says_what_went_wrong(
    ollama: OllamaServer, model: OllamaModel, script: Script, said: str, title: str
) -> None:
    ollama.say(script, "all is well")
    pieces: list[str] = []
    with pytest.raises(LanguageModelError) as failed:
        await into(pieces, model)
    assert "".join(pieces) == said
    assert failed.value.title == title
    assert failed.value.hint
    assert await heard(model) == "all is well", "one failure does not spoil the next reply"


async def test_a_model_that_was_removed(ollama: OllamaServer, model: OllamaModel) -> None:
    ollama.models = []
    with pytest.raises(LanguageModelError) as failed:
        await heard(model)
    assert failed.value.hint == "ollama pull smollm2:135m"
    assert not (await model.status()).reachable


async def test_stopping_closes_the_connection_at_once(ollama: OllamaServer, model: OllamaModel) -> None:
    ollama.say(Script(says="one two three", between=600))
    stream = model.stream(ASK, max_tokens=20, temperature=0.1)
    assert await anext(stream) == "one"
    await asyncio.wait_for(stream.aclose(), 60)  # and not when the next word comes
    await until(lambda: ollama.closed == 1)


async def test_a_prompt_that_was_cut_in_silence_is_noticed(ollama: OllamaServer, model: OllamaModel) -> None:
    ollama.say(Script(says="something else entirely", reads=1026), "fine")
    with pytest.raises(PromptCutError) as failed:
        await heard(model, [ChatMessage(role="user", text="word " * 2500)])
    assert "1026" in failed.value.message
    assert model.context_tokens == 2048, "it knows now how much that server reads"


@pytest.mark.slow
async def test_the_server_cuts_as_ollama_does_and_the_adapter_sees_it(ollama: OllamaServer, model: OllamaModel) -> None:
    ollama.window = 1024
    with pytest.raises(PromptCutError):
        await heard(model, [ChatMessage(role="user", text="Tell me about apples and pears. " * 150)], most=4)


async def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(LanguageModelError) as failed:
        await connect_model(LanguageModelConfig(host=f"127.0.0.1:{port}"))
    assert failed.value.title == "Ollama cannot be reached"
    assert "ollama serve" in failed.value.hint


async def test_a_connection_that_was_given_up(ollama: OllamaServer) -> None:
    model = await connect_model(LanguageModelConfig(host=ollama.url))
    await model.close()
    with pytest.raises(LanguageModelError, match="given up"):
        await heard(model, [ChatMessage(role="user", text="Still there?")])


async def test_something_else_listens(ollama: OllamaServer) -> None:
    with pytest.raises(LanguageModelError):
        await connect_model(LanguageModelConfig(host=f"{ollama.url}/elsewhere"))


async def test_pulls_with_progress(ollama: OllamaServer) -> None:
    steps = [each async for each in pull_model(LanguageModelConfig(host=ollama.url), "qwen3:4b")]
    assert DownloadProgress(done=250, total=1000, status="pulling 5d2f") in steps
    assert steps[-1].status == "success"
    assert ollama.find("qwen3:4b")


async def test_a_pull_that_fails(ollama: OllamaServer) -> None:
    with pytest.raises(LanguageModelError):
        [each async for each in pull_model(LanguageModelConfig(host=ollama.url), "missing")]
