"""Ranks installed models by how well they converse on this machine, and says why one was picked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from proactive_tui.allowed_hosts import is_cloud_model
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.text.quantities import format_bytes, format_count

MAX_COMFORTABLE_BILLIONS = 15.0
"""Billions of parameters up to which bigger is better; a larger model answers too slowly to open a conversation on most
machines, so it comes after the others, the smallest first."""
MIN_SENSIBLE_BILLIONS = 1.0
"""Billions of parameters below which replies are poor; it is said."""
NARROW_SHARE = 0.2
"""What a parameter of a model made for code or mathematics counts, beside one of a general model."""
USABLE_MEMORY_SHARE = 0.75
"""Share of the machine's memory that a model may take; the rest is for everything else."""
RUNNING_BYTES = 500_000_000
"""Memory that a model takes beside its weights: the context it begins with, and buffers."""

_NON_CHAT_NAMES = re.compile(
    r"embed|minilm|(?:^|[/-])(?:bge|e5|gte|arctic)\b|rerank|reward|guard|ocr|whisper|moderation|clip\b|diffusion"
    r"|moondream|florence|\btts\b|[-:]tts",
    re.IGNORECASE,
)
_NON_CHAT_FAMILIES = frozenset({"bert", "nomic-bert", "nomic-bert-moe", "xlm-roberta", "clip", "roberta", "t5"})
_NARROW_NAMES = re.compile(r"coder|code|math|sql|medical|vision|llava|translat", re.IGNORECASE)
_BASE_NAMES = re.compile(r"[-:_](?:base|text|pt|pretrained|foundation)(?:\b|[-_])", re.IGNORECASE)
_PARAMETER_COUNT = re.compile(r"([\d.]+)\s*([KMBT])?", re.IGNORECASE)
_BILLIONS_PER_UNIT = {"k": 1e-6, "m": 1e-3, "b": 1.0, "t": 1e3, "": 1e-9}


class InstalledModel(FrozenValue, frozen=True, kw_only=True):
    """A model as `/api/tags` lists it. `parameters` as Ollama writes them ("4.0B"), `size` in bytes.

    `elsewhere` is the address of another machine that runs the model for Ollama, or "". `capabilities` is empty where
    the server does not list them (before 0.32). `obstacle` says why it cannot converse, where that has been found out.
    """

    name: str
    parameters: str = ""
    size: int = 0
    families: tuple[str, ...] = ()
    modified: float = 0.0
    elsewhere: str = ""
    capabilities: tuple[str, ...] = ()
    obstacle: str = ""


def rank_models(models: Iterable[InstalledModel], memory: int = 0) -> list[InstalledModel]:
    """The models to choose from when none is configured, the best first.

    Models that cannot converse are left out, and so are models in Ollama's cloud, because notes do not leave this
    machine unless somebody says so. Those that fit into `memory` (bytes of the machine; 0 is unknown) come before
    those that do not, models made for conversation before base models, those up to `MAX_COMFORTABLE_BILLIONS` before
    larger ones, more parameters before fewer (those of a narrow model count `NARROW_SHARE`), newer before older.
    """
    return sorted(filter(can_converse, models), key=lambda model: _rank_key(model, memory), reverse=True)


def can_converse(model: InstalledModel) -> bool:
    """Whether a model on this machine can hold a conversation, by its family, name and what was found out of it."""
    families = {family.lower() for family in model.families}
    mute = bool(_NON_CHAT_NAMES.search(model.name)) or not _NON_CHAT_FAMILIES.isdisjoint(families)
    speechless = bool(model.capabilities) and "completion" not in model.capabilities
    return not (mute or speechless or model.obstacle or model.elsewhere or is_cloud_model(model.name))


def parameter_billions(model: InstalledModel) -> float:
    """Parameters in billions; guessed from the file's size (five bits a parameter) where Ollama does not say."""
    match = _PARAMETER_COUNT.match(model.parameters.strip())
    if match:
        return float(match[1]) * _BILLIONS_PER_UNIT[(match[2] or "").lower()]
    return model.size * 8 / 5 / 1e9


def fits_memory(model: InstalledModel, memory: int) -> bool:
    """Whether a model runs within `memory` bytes of the machine, or nothing is known of either."""
    return not memory or not model.size or model.size + RUNNING_BYTES <= memory * USABLE_MEMORY_SHARE


def explain_pick(chosen: InstalledModel, models: Sequence[InstalledModel], memory: int = 0) -> str:
    """Why `chosen` is the best of `models`, and what is wrong with it, in a line; "" where there is nothing to say."""
    fit = rank_models(models, memory)
    said = [f"the best of {format_count(len(fit), 'model')} that can converse"] if len(fit) > 1 else []
    for model in models:
        if model.name != chosen.name and parameter_billions(model) > parameter_billions(chosen):
            said += _why_passed_over(model, chosen, memory)
    if not fits_memory(chosen, memory):
        said.append(f"it needs more memory than the {format_bytes(memory)} of this machine leave it")
    if is_base_model(chosen):
        said.append("a base model, not made for conversation")
    if 0 < parameter_billions(chosen) < MIN_SENSIBLE_BILLIONS:
        said.append("with under a billion parameters, its replies will be poor")
    return "; ".join(said)


def is_base_model(model: InstalledModel) -> bool:
    """Whether a model was trained on text only, and not to converse, by its name."""
    return bool(_BASE_NAMES.search(model.name))


def is_same_model(name: str, other: str) -> bool:
    """Whether two names mean the same model: "qwen3" is "qwen3:latest"."""
    return _full_name(name) == _full_name(other)


def _why_passed_over(model: InstalledModel, chosen: InstalledModel, memory: int) -> list[str]:
    """Why a larger model was not picked; nothing where that goes without saying."""
    if model.obstacle:
        return [f"{model.name} {model.obstacle}"]
    if not can_converse(model):
        return []
    if not fits_memory(model, memory) and fits_memory(chosen, memory):
        return [f"{model.name} is too large for {format_bytes(memory)} of memory"]
    if is_base_model(model) and not is_base_model(chosen):
        return [f"{model.name} is a base model"]
    if parameter_billions(model) > MAX_COMFORTABLE_BILLIONS >= parameter_billions(chosen):
        return [f"{model.name} would answer slowly"]
    return [f"{model.name} is made for something narrower"] if _NARROW_NAMES.search(model.name) else []


def _full_name(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _rank_key(model: InstalledModel, memory: int) -> tuple[bool, bool, bool, float, float, str]:
    size = parameter_billions(model)
    fits, comfortable = fits_memory(model, memory), size <= MAX_COMFORTABLE_BILLIONS
    worth = size * (NARROW_SHARE if _NARROW_NAMES.search(model.name) else 1.0)
    return (
        fits,
        not is_base_model(model),
        comfortable,
        worth if fits and comfortable else -size,
        model.modified,
        model.name,
    )
