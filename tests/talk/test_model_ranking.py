"""Which of the installed models speaks, and the reasons that are given for it."""

from __future__ import annotations

import pytest

from proactive_tui.talk.llm.model_ranking import InstalledModel, can_converse, explain_pick, rank_models

GB = 10**9


def model(name: str, billions: float, **rest: object) -> InstalledModel:
    return InstalledModel(
        name=name,
        parameters=f"{billions}B",
        size=int(billions * 0.65 * GB),
        **rest,  # type: ignore[arg-type]
    )


TINY = model("gemma3:270m", 0.27)
CODER = model("qwen2.5-coder:1.5b", 1.8)
SMALL = model("llama3.2:3b", 3.2)
MIDDLE = model("qwen3:8b", 8.2)
BASE = model("mistral:7b-text", 7.2)
LARGE = model("qwen3:30b", 30.5)


@pytest.mark.parametrize(
    ("models", "memory", "expected"),
    [
        ([TINY, CODER], 0, CODER),
        ([TINY, model("smollm2:135m", 0.135), model("deepseek-coder:6.7b", 6.7)], 0, model("deepseek-coder:6.7b", 6.7)),
        ([CODER, SMALL], 0, SMALL),
        ([BASE, SMALL], 0, SMALL),
        ([BASE, TINY], 0, TINY),
        ([SMALL, MIDDLE], 16 * GB, MIDDLE),
        ([SMALL, MIDDLE], 6 * GB, SMALL),
        ([MIDDLE, LARGE], 0, MIDDLE),
        ([LARGE, MIDDLE], 2 * GB, MIDDLE),
        ([model("x:4b", 4.0, capabilities=("embedding",)), TINY], 0, TINY),
        ([model("x:4b", 4.0, obstacle="has no chat template"), TINY], 0, TINY),
        ([model("moondream:1.8b", 1.8), TINY], 0, TINY),
        ([model("nomic-embed-text", 0.1)], 0, None),
    ],
)
def test_size_kind_and_memory_are_weighed(
    models: list[InstalledModel], memory: int, expected: InstalledModel | None
) -> None:
    expected_first = [expected] if expected else []
    assert rank_models(models, memory)[:1] == expected_first
    assert rank_models(models[::-1], memory)[:1] == expected_first


@pytest.mark.parametrize(
    ("chosen", "models", "memory", "said"),
    [
        (CODER, [TINY, CODER], 0, "the best of 2 models that can converse"),
        (SMALL, [SMALL, MIDDLE], 6 * GB, "qwen3:8b is too large for 6.0 GB of memory"),
        (SMALL, [SMALL, BASE], 0, "mistral:7b-text is a base model"),
        (MIDDLE, [MIDDLE, LARGE], 0, "qwen3:30b would answer slowly"),
        (TINY, [TINY], 0, "its replies will be poor"),
        (SMALL, [SMALL, model("x:4b", 4.0, obstacle="has no chat template")], 0, "x:4b has no chat template"),
        (LARGE, [LARGE], 8 * GB, "needs more memory"),
        (SMALL, [SMALL, model("x-coder:7b", 7.0)], 0, "x-coder:7b is made for something narrower"),
    ],
)
def test_the_reason_is_given(chosen: InstalledModel, models: list[InstalledModel], memory: int, said: str) -> None:
    assert rank_models(models, memory)[0] == chosen
    assert said in explain_pick(chosen, models, memory)


def test_one_good_model_needs_no_reason() -> None:
    assert explain_pick(SMALL, [SMALL]) == ""
    assert not can_converse(model("gpt-oss:120b-cloud", 120.0))
