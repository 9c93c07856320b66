"""Which models are offered to a machine."""

from __future__ import annotations

import pytest

from proactive_tui.talk.llm.model_offers import describe_offer, offer_models, suggest_model
from proactive_tui.talk.llm.ollama_catalog import SUGGESTED_MODEL

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("memory", "best"),
    [(0, SUGGESTED_MODEL), (2 * GB, "qwen3:0.6b"), (4 * GB, "qwen3:1.7b"), (8 * GB, "qwen3:4b"), (16 * GB, "qwen3:8b"),
     (64 * GB, "qwen3:14b")],
)  # fmt: skip
def test_the_best_one_leaves_room(memory: int, best: str) -> None:
    assert suggest_model(memory).name == best
    assert offer_models(memory)[0].name == best


def test_what_is_there_or_does_not_fit_is_not_offered() -> None:
    assert "qwen3:8b" not in [model.name for model in offer_models(16 * GB, ["qwen3:8b", "gemma3:4b"])]
    assert [model.name for model in offer_models(2 * GB)] == ["qwen3:0.6b"]
    assert offer_models(GB // 2) == ()
    assert len(offer_models(64 * GB)) == 3


def test_in_words() -> None:
    first, *others = offer_models(16 * GB)
    assert describe_offer(first, 16 * GB) == "5.2 GB · suits the 16.0 GB of this machine"
    assert {describe_offer(model, 16 * GB).split(" · ")[1] for model in others} <= {
        "answers faster", "answers better, and slower",
    }  # fmt: skip
    assert describe_offer(first, 0) == "5.2 GB"
