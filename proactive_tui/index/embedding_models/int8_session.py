"""Runs MiniLM in int8 by ONNX Runtime, and checks it against the reference before it is used."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.minilm_graph import SIZE, write_minilm
from proactive_tui.index.tokenizer import MODEL_MAX_TOKENS, load_tokenizer

FORM_VERSION: Final = 2
"""Raise it where the graph's numbers change: vectors are then made again."""
MAX_TOKENS_IN_RUN: Final = 128
"""Texts with the same number of tokens run together up to this; longer runs are slower, for they leave the cache."""
MIN_COSINE: Final = 0.985
WEIGHT_FORMS: Final = ((127, 0.996), (63, 0.99))
"""How near its vectors have to be to those of sentence-transformers: MIN_COSINE of each reference text, and on average
what stands beside a weight's levels. The 16-bit sums of some processors overflow with 8 bits, and 7 are tried then.
"""


class UnfitModelFormError(Exception):
    """The int8 form cannot be made or run on this machine, or its vectors are not near enough to the reference."""


class Int8Session:
    """MiniLM in int8. It is made from the weights in memory, in half a second. Raises UnfitModelFormError."""

    def __init__(self, weights: Path, threads: int) -> None:
        for levels, least_mean in WEIGHT_FORMS:
            try:
                self._session = _open_session(write_minilm(weights, levels), threads)
                cosines = self._reference_cosines()
            except Exception as error:  # whatever ONNX Runtime raises, another way is left
                raise UnfitModelFormError(f"{type(error).__name__}: {error}") from error
            if cosines.min() >= MIN_COSINE and cosines.mean() >= least_mean:
                return
        raise UnfitModelFormError(
            f"its vectors differ from the reference: cosine {cosines.min():.3f}, {cosines.mean():.3f} on average"
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, float32 [len(texts), SIZE]. Raises what ONNX Runtime does."""
        tokens = [_cut_tokens(encoding.ids) for encoding in load_tokenizer().encode_batch(list(texts))]
        vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
        for places in _batches([len(numbers) for numbers in tokens]):
            batch = np.array([tokens[place] for place in places], dtype=np.int32)
            (vectors[places],) = self._session.run(["vectors"], {"tokens": batch})
        return vectors

    def _reference_cosines(self) -> Vectors:
        texts, reference = read_reference()
        cosines: Vectors = (self.embed(texts) * reference).sum(axis=1)
        return cosines


def read_reference() -> tuple[list[str], Vectors]:
    """The reference texts and their vectors by sentence-transformers, of unit length."""
    kept = json.loads(resources.files(__package__).joinpath("reference.json").read_text("utf-8"))
    numbers = [np.frombuffer(base64.b85decode(vector), dtype=np.int8).astype(np.float32) for vector in kept.values()]
    vectors = np.stack(numbers)
    return list(kept), vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def pack_reference(texts: Sequence[str], vectors: Vectors) -> str:
    """The content of reference.json, of these texts and their vectors, which keep 8 bits a number."""
    numbers = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    packed = (base64.b85encode(row.tobytes()).decode() for row in numbers)
    return json.dumps(dict(zip(texts, packed, strict=True)), ensure_ascii=False, indent=1) + "\n"


def _open_session(model: bytes, threads: int) -> Any:
    import onnxruntime  # noqa: PLC0415  (0.1 s that a process without notes need not spend)

    onnxruntime.disable_telemetry_events()
    onnxruntime.set_default_logger_severity(4)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 4
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )  # it is written as it should run
    options.enable_cpu_mem_arena = False  # it would keep the most that any run has needed
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # waiting threads leave the cores to others
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    session._model_bytes = b""  # kept only to open the model with other providers: 23 MB
    return session


def _cut_tokens(tokens: list[int]) -> list[int]:
    """At most as many tokens as the model reads; the last one, which ends each text, is kept."""
    return tokens if len(tokens) <= MODEL_MAX_TOKENS else [*tokens[: MODEL_MAX_TOKENS - 1], tokens[-1]]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of texts that run together: equal in length, at most MAX_TOKENS_IN_RUN tokens or a single text."""
    places = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, group in groupby(places, key=lengths.__getitem__):
        alike = list(group)
        step = max(1, MAX_TOKENS_IN_RUN // length)
        for start in range(0, len(alike), step):
            yield alike[start : start + step]
