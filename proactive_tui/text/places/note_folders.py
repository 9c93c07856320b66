"""The folder that a note belongs to for its owner: without folders that only stand for a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Final

DATED_FOLDER: Final = re.compile(r"[\d\W_]+")
"""The name of a folder for a year, a month or a day: "2026", "2026-11", "11_30"."""


@lru_cache(maxsize=16384)
def named_folder(path: str, levels: int | None = None) -> str:
    """The folder of a note up to the first one that stands for a date, at most `levels` deep; "" at the top.

    "journals/2026/11/30.md" is in "journals", so that what is said about it holds for the next month too.
    """
    folders = takewhile(lambda name: not DATED_FOLDER.fullmatch(name), path.split("/")[:-1])
    return "/".join(list(folders)[:levels])


def is_inside(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of these notes, or lies below one of these folders."""
    return any(path == place or path.startswith(f"{place}/") for place in places)
