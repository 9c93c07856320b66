"""Keeps what was made of a note while what it was made of stays the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, TypeVar, cast

Made = TypeVar("Made")
MAX_KNOWN_WORDINGS = 8192
"""Short texts of which is known what functions make of them."""
MAX_KNOWN_PASSAGES = 32_768
"""Passages of which is known whether they are tender."""
MAX_KNOWN_PARTS = 16_384
"""Pairs of passages, and sentences, of which is known what connections make of them."""
MAX_NAMED_PASSAGES = 512
"""Passages of which the terms are known that may name a theme."""
MAX_KNOWN_ITEMS = 16_384
"""Items of which is known what of the notes bears on them."""


class NoteMemo(Generic[Made]):
    """What was made of notes, by path: one value a note. What fails is not kept."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[object, ...], Made]] = {}

    def recall(self, path: str, made_of: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` returns, from memory where it was made of equal things before."""
        known = self._known.get(path)
        if known is None or known[0] != made_of:
            known = self._known[path] = (made_of, make())
        return known[1]

    def peek(self, path: str) -> tuple[tuple[object, ...], Made] | None:
        """What was made of a note last, after what it was made of; None where nothing was."""
        return self._known.get(path)

    def forget(self, paths: Collection[str]) -> None:
        """Drop what was made of these notes."""
        for path in paths:
            self._known.pop(path, None)


class WordingMemo:
    """What functions made of short texts, such as titles; the oldest is dropped where it is full."""

    def __init__(self) -> None:
        self._known: dict[tuple[Callable[[str], object], str], object] = {}

    def recall(self, make: Callable[[str], Made], text: str) -> Made:
        """What `make` returns for a text. It must return the same each time."""
        key = (make, text)
        if key not in self._known:
            if len(self._known) >= MAX_KNOWN_WORDINGS:
                del self._known[next(iter(self._known))]
            self._known[key] = make(text)
        return cast("Made", self._known[key])


class BoundedMemo(Generic[Made]):
    """What was made of texts that come and go, by a name of each; the oldest is dropped where it is full. What fails is
    not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[str, tuple[tuple[object, ...], Made]] = {}

    def recall(self, name: str, made_of: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` returns, from memory where it was made of equal things before; without a name, made each time."""
        if not name:
            return make()
        known = self._known.get(name)
        if known is None or known[0] != made_of:
            if known is None and len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            known = self._known[name] = (made_of, make())
        return known[1]

    def clear(self) -> None:
        """Drop everything."""
        self._known.clear()
