"""Which of the installed models words things best."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proactive_tui.allowed_hosts import cloud
from proactive_tui.model import Value

COMFORTABLE = 15.0
"""Billions of parameters up to which bigger is better; a larger model answers too slowly to open a conversation on most
machines, so it comes after the others, the smallest first."""

_MUTE = re.compile(
    r"embed|minilm|(?:^|[/-])(?:bge|e5|gte|arctic)\b|rerank|reward|guard|ocr|whisper|moderation|clip\b|diffusion",
    re.IGNORECASE,
)
_MUTE_FAMILIES = frozenset({"bert", "nomic-bert", "nomic-bert-moe", "xlm-roberta", "clip", "roberta", "t5"})
_NARROW = re.compile(r"coder|code|math|sql|-base\b|:base\b|-text\b|medical|vision|llava|moondream", re.IGNORECASE)
_SIZE = re.compile(r"([\d.]+)\s*([KMBT])?", re.IGNORECASE)
_UNIT = {"k": 1e-6, "m": 1e-3, "b": 1.0, "t": 1e3, "": 1e-9}


class Installed(Value, frozen=True, kw_only=True):
    """A model as `/api/tags` lists it. `parameters` as Ollama writes them ("4.0B"), `size` in bytes.

    `elsewhere` is the address of the machine that Ollama has answer for it, where it does not answer itself.
    """

    name: str
    parameters: str = ""
    size: int = 0
    families: tuple[str, ...] = ()
    modified: float = 0.0
    elsewhere: str = ""


def best(models: Iterable[Installed]) -> Installed | None:
    """The one to speak when none is configured, or None.

    Left out: what cannot converse (embedding, reranking, guard models; by family and name), and models that Ollama
    runs in its cloud, because notes do not leave this machine unless somebody says so. Then general models before
    narrow ones (code, mathematics, base models), up to `COMFORTABLE` before larger ones, more parameters before fewer,
    newer before older.
    """
    return max(filter(converses, models), key=_worth, default=None)


def converses(model: Installed) -> bool:
    """Whether a model on this machine can hold a conversation."""
    mute = _MUTE.search(model.name) or _MUTE_FAMILIES & {each.lower() for each in model.families}
    return not (mute or model.elsewhere or cloud(model.name))


def billions(model: Installed) -> float:
    """Parameters in billions; guessed from the file's size (five bits a parameter) where Ollama does not say."""
    match = _SIZE.match(model.parameters.strip())
    if match:
        return float(match[1]) * _UNIT[(match[2] or "").lower()]
    return model.size * 8 / 5 / 1e9


def same(name: str, other: str) -> bool:
    """Whether two names mean the same model: "qwen3" is "qwen3:latest"."""
    return _full(name) == _full(other)


def _full(name: str) -> str:
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def _worth(model: Installed) -> tuple[bool, bool, float, float, str]:
    size = billions(model)
    comfortable = size <= COMFORTABLE
    return (not _NARROW.search(model.name), comfortable, size if comfortable else -size, model.modified, model.name)
