"""py3langid's classifier in a sixth of the memory, with the same answers."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any, Final

import numpy as np
from py3langid.langid import LanguageIdentifier

STATE_MOVES: Final = 256
"""Moves of a state of the automaton: one for each byte that may come next."""
BLOCK: Final = 16
"""Moves that are kept together: most blocks of so many occur in many states."""
_HIGH_HALVES: Final = bytes(byte // BLOCK for byte in range(STATE_MOVES))
_LOW_HALVES: Final = bytes(byte % BLOCK for byte in range(STATE_MOVES))

Numbers = np.ndarray[Any, Any]


class CompactIdentifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid is not followed by mypy
    """A classifier that has the languages of `full` as they are chosen now, and its automaton without what is twice in
    it: 38,000 rows of 256 moves, 39 MB, are 56,000 blocks of 16, 6 MB. What is asked of neither is left out.
    """

    __slots__ = ("_block_places", "_moves", "_rows", "_state_features")

    def __init__(self, full: LanguageIdentifier) -> None:
        super().__init__(full.nb_ptc, full.nb_pc, full.nb_classes, (), (), norm_probs=True, tk_row=())
        moves, places = split_blocks(np.asarray(full.tk_nextmove).reshape(-1, BLOCK))
        self._moves = _pack("I", moves)
        self._block_places = _pack("I", places * BLOCK)
        self._rows = _pack("I", np.asarray(full.tk_row, np.uint32) * (STATE_MOVES // BLOCK))
        self._state_features = _pack("i", np.asarray(full.tk_output))

    def _raw_score(self, text: bytes) -> Numbers:
        """Overrides LanguageIdentifier's, to walk this automaton."""
        found = Counter(self._find_features(text))
        scores: Numbers = (
            self._sparse_score(found, self.nb_ptc) if found else np.zeros(len(self.nb_classes), np.float32)
        )
        return scores

    def _find_features(self, text: bytes) -> list[int]:
        """The features (groups of bytes) that occur in a text, as often as they do."""
        moves, places, rows, features = self._moves, self._block_places, self._rows, self._state_features
        found: list[int] = []
        state = 0
        for high, low in zip(text.translate(_HIGH_HALVES), text.translate(_LOW_HALVES), strict=True):
            state = moves[places[rows[state] + high] + low]
            if (feature := features[state]) >= 0:
                found.append(feature)
        return found


def split_blocks(blocks: Numbers) -> tuple[Numbers, Numbers]:
    """The different rows of `blocks`, and which of them each row is. They are told apart by random sums, which are
    drawn again where two different rows have the same: numpy's own comparison of rows takes two seconds.
    """
    draw = np.random.default_rng(0)
    while True:
        factors = draw.integers(1, 2**63, blocks.shape[1], dtype=np.uint64)
        sums = sum(column * factor for column, factor in zip(blocks.T.astype(np.uint64), factors, strict=True))
        _, firsts, places = np.unique(sums, return_index=True, return_inverse=True)
        if np.array_equal(blocks[firsts][places], blocks):
            return blocks[firsts], places


def _pack(typecode: str, numbers: Numbers) -> array[int]:
    packed = array(typecode)
    packed.frombytes(numbers.astype(packed.typecode).tobytes())
    return packed
