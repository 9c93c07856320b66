"""Which language models the guide offers to pull: those of a small kept table that fit this machine's memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from proactive_tui.talk.llm.model_ranking import InstalledModel, fits_memory, is_same_model
from proactive_tui.text.quantities import format_bytes


class OfferedModel(NamedTuple):
    """A model by its name in Ollama's library, with the bytes of its download."""

    name: str
    size: int


OFFERED_MODELS: Final = (
    OfferedModel("qwen3:14b", 9_300_000_000),
    OfferedModel("qwen3:8b", 5_200_000_000),
    OfferedModel("qwen3:4b", 2_500_000_000),
    OfferedModel("qwen3:1.7b", 1_400_000_000),
    OfferedModel("qwen3:0.6b", 520_000_000),
)
"""The largest first; sizes as the library lists them, rounded."""
COMFORTABLE_SHARE: Final = 0.35
"""The share of the machine's memory up to which a model leaves enough for everything else."""
MAX_OFFERED: Final = 3


def offer_models(memory: int, installed: Iterable[str] = ()) -> tuple[OfferedModel, ...]:
    """The models to offer on a machine with this much memory (bytes; 0 is unknown), the one that suits it best first.

    Models that are installed already are left out, and so are those that do not fit.
    """
    have = tuple(installed)
    fitting = [
        model for model in OFFERED_MODELS if fits_memory(InstalledModel(name=model.name, size=model.size), memory)
    ]
    best = suggest_model(memory)
    ordered = sorted(fitting, key=lambda model: (model.name != best.name, abs(model.size - best.size)))
    return tuple(model for model in ordered if not any(is_same_model(model.name, name) for name in have))[:MAX_OFFERED]


def suggest_model(memory: int) -> OfferedModel:
    """The model that suits a machine with this much memory (bytes): the largest that leaves room; 4 billion parameters
    where the memory is not known.
    """
    room = memory * COMFORTABLE_SHARE or OFFERED_MODELS[2].size
    return next((model for model in OFFERED_MODELS if model.size <= room), OFFERED_MODELS[-1])


def describe_offer(model: OfferedModel, memory: int) -> str:
    """How large the download is, and how it suits this machine."""
    size = format_bytes(model.size)
    if not memory:
        return size
    if model == suggest_model(memory):
        return f"{size} · suits the {format_bytes(memory)} of this machine"
    return f"{size} · {'answers better, and slower' if model.size > suggest_model(memory).size else 'answers faster'}"
