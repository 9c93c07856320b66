"""Searches the raw bytes of files, with free pages and logs, for a text or a vector."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

ALIKE = 1e-5
"""Tolerance for the numbers of a vector: Chroma normalizes it once more."""


def words(folder: Path, word: str) -> list[str]:
    """The files below the folder that contain a word or its stem, in any case."""
    spelled = [word.encode(), word.encode("utf-16-le"), word[:-2].encode()]
    return [name for name, raw in _files(folder) if any(each in raw.lower() for each in spelled)]


def vector(folder: Path, wanted: npt.NDArray[np.float32]) -> list[str]:
    """The files below the folder that contain the float32 numbers of a vector in a row."""
    return [name for name, raw in _files(folder) if any(_holds(raw[start:], wanted) for start in range(4))]


def _holds(raw: bytes, wanted: npt.NDArray[np.float32]) -> bool:
    numbers = np.frombuffer(raw[: len(raw) // 4 * 4], dtype="<f4")
    at = np.arange(max(0, len(numbers) - len(wanted) + 1))
    for place in np.argsort(-np.abs(wanted)):  # the rarest first
        with np.errstate(invalid="ignore"):
            at = at[np.abs(numbers[at + place] - wanted[place]) < ALIKE]
    return bool(len(at))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for place, _, files in os.walk(folder):
        for name in files:
            with suppress(FileNotFoundError):  # the file was removed meanwhile
                yield str((Path(place) / name).relative_to(folder)), (Path(place) / name).read_bytes()
