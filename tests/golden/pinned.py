"""What golden tests share: where their data lies, a vault that never changes, an embedder that never does, and how
values are compared with what was written down.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from proactive_tui.index.embedder import Vectors

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
NOTES = HERE / "notes"
"""The vault: short notes in several languages and syntaxes. A change of one changes `data/ids.json`."""

AT = 1_763_982_000.0 + 365 * 86_400.0
"""The time at which the vault is looked at: Tuesday, 24 November 2026, 11:00 UTC."""
WRITTEN = AT - 40 * 86_400.0
"""When all of its notes were written, for those that name no date."""

BY_NAME = frozenset({"features", "contributions", "channels", "detail", "propensity", "when", "events", "versions"})
"""Mappings in what commands print whose keys are data, not names that scripts rely on."""


def read(name: str) -> Any:
    """What was written down under this name."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def write(name: str, value: Any) -> None:
    """Write it down."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False)
    (DATA / name).write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def in_utc() -> Iterator[None]:
    """Local time is UTC meanwhile: days and hours are the owner's."""
    try:
        with mock.patch.dict(os.environ, {"TZ": "UTC"}):
            time.tzset()
            yield
    finally:
        time.tzset()


def vault(folder: Path) -> Path:
    """A copy of the notes below `folder`, all written at one time."""
    notes = folder / "notes"
    shutil.copytree(NOTES, notes)
    for each in notes.rglob("*"):
        os.utime(each, (WRITTEN, WRITTEN))
    return notes


class HashedWords:
    """An embedder of hashed words, by MiniLM's tokenizer: quick, and the same for ever."""

    identity = "golden-words-128"
    dimensions = 128
    older_forms = ()
    trouble = ""

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in filter(lambda word: len(word) > 3, re.findall(r"\w+", text.lower())):
                row[hashlib.blake2b(word.encode(), digest_size=1).digest()[0] % self.dimensions] += 1
            row[0] += 0.01
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def shape(value: Any, name: str = "") -> Any:
    """The keys of a JSON value, recursively: elements of a list together, what is no container as ""."""
    match value:
        case dict() if name in BY_NAME:
            return {"*": _together([shape(each) for each in value.values()])}
        case dict():
            return {key: shape(each, key) for key, each in value.items()}
        case list():
            return [_together([shape(each) for each in value])]
    return ""


def _together(shapes: list[Any]) -> Any:
    """One shape that has the keys of all."""
    mappings = [each for each in shapes if isinstance(each, dict)]
    if mappings:
        keys = dict.fromkeys(key for each in mappings for key in each)
        return {key: _together([each[key] for each in mappings if key in each]) for key in keys}
    lists = [each[0] for each in shapes if isinstance(each, list)]
    return [_together(lists)] if lists else ""


def missing(golden: Any, now: Any, at: str = "$") -> list[str]:
    """Where `now` does not say what `golden` says. What it says besides is not missed: values may grow."""
    match golden, now:
        case dict(), dict():
            gone = [f"{at}.{key} is gone" for key in golden if key not in now]
            return gone + [
                each for key in golden if key in now for each in missing(golden[key], now[key], f"{at}.{key}")
            ]
        case list(), list():
            if len(golden) != len(now):
                return [f"{at} has {len(now)} elements, not {len(golden)}"]
            pairs = zip(golden, now, strict=True)
            return [each for number, pair in enumerate(pairs) for each in missing(*pair, f"{at}[{number}]")]
        case float() | int(), float() | int() if not isinstance(golden, bool) and not isinstance(now, bool):
            close = abs(golden - now) <= 1e-9 * max(1.0, abs(golden))
            return [] if close else [f"{at} is {now!r}, not {golden!r}"]
    return [] if golden == now and type(golden) is type(now) else [f"{at} is {now!r}, not {golden!r}"]
