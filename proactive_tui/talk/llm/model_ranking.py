"""Ranks installed models by how well they word things."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proactive_tui.allowed_hosts import is_cloud_model
from proactive_tui.model import FrozenValue

MAX_COMFORTABLE_BILLIONS = 15.0
"""Billions of parameters up to which bigger is better; a larger model answers too slowly to open a conversation on most
machines, so it comes after the others, the smallest first."""

_NON_CHAT_NAMES = re.compile(
    r"embed|minilm|(?:^|[/-])(?:bge|e5|gte|arctic)\b|rerank|reward|guard|ocr|whisper|moderation|clip\b|diffusion",
    re.IGNORECASE,
)
_NON_CHAT_FAMILIES = frozenset({"bert", "nomic-bert", "nomic-bert-moe", "xlm-roberta", "clip", "roberta", "t5"})
_SPECIALISED_NAMES = re.compile(
    r"coder|code|math|sql|-base\b|:base\b|-text\b|medical|vision|llava|moondream", re.IGNORECASE
)
_PARAMETER_COUNT = re.compile(r"([\d.]+)\s*([KMBT])?", re.IGNORECASE)
_BILLIONS_PER_UNIT = {"k": 1e-6, "m": 1e-3, "b": 1.0, "t": 1e3, "": 1e-9}


class InstalledModel(FrozenValue, frozen=True, kw_only=True):
    """A model as `/api/tags` lists it. `parameters` as Ollama writes them ("4.0B"), `size` in bytes.

    `elsewhere` is the address of another machine that runs the model for Ollama, or "".
    """

    name: str
    parameters: str = ""
    size: int = 0
    families: tuple[str, ...] = ()
    modified: float = 0.0
    elsewhere: str = ""


def best_model(models: Iterable[InstalledModel]) -> InstalledModel | None:
    """The model to use when none is configured, or None.

    Models that cannot converse are left out (embedding, reranking, guard models; by family and name), and so are models
    in Ollama's cloud, because notes do not leave this machine unless somebody says so. General models come before
    narrow ones (code, mathematics, base models), those up to `MAX_COMFORTABLE_BILLIONS` before larger ones, more
    parameters before fewer, newer before older.
    """
    return max(filter(can_converse, models), key=_rank_key, default=None)


def can_converse(model: InstalledModel) -> bool:
    """Whether a model on this machine can hold a conversation."""
    mute = _NON_CHAT_NAMES.search(model.name) or _NON_CHAT_FAMILIES & {family.lower() for family in model.families}
    return not (mute or model.elsewhere or is_cloud_model(model.name))


def parameter_billions(model: InstalledModel) -> float:
    """Parameters in billions; guessed from the file's size (five bits a parameter) where Ollama does not say."""
    match = _PARAMETER_COUNT.match(model.parameters.strip())
    if match:
        return float(match[1]) * _BILLIONS_PER_UNIT[(match[2] or "").lower()]
    return model.size * 8 / 5 / 1e9


def is_same_model(name: str, other: str) -> bool:
    """Whether two names mean the same model: "qwen3" is "qwen3:latest"."""
    return _full_name(name) == _full_name(other)


def _full_name(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _rank_key(model: InstalledModel) -> tuple[bool, bool, float, float, str]:
    size = parameter_billions(model)
    comfortable = size <= MAX_COMFORTABLE_BILLIONS
    return (
        not _SPECIALISED_NAMES.search(model.name),
        comfortable,
        size if comfortable else -size,
        model.modified,
        model.name,
    )
