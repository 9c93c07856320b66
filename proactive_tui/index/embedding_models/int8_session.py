"""Runs a BERT encoder in int8 by ONNX Runtime, and checks it against its reference before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np

from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.bert_graph import SIZE, BertWeights, write_encoder
from proactive_tui.index.embedding_models.reference_texts import ReferenceName, read_reference

FORM_VERSION: Final = 2
"""Raise it where the graph's numbers change: vectors are then made again."""
MAX_TOKENS_IN_RUN: Final = 128
"""Texts with the same number of tokens run together up to this; longer runs are slower, for they leave the cache."""
MIN_COSINE: Final = 0.985
WEIGHT_FORMS: Final = ((127, 0.996), (63, 0.99))
"""How near its vectors have to be to those of the reference: MIN_COSINE of each text, and on average what stands beside
a weight's levels. The 16-bit sums of some processors overflow with 8 bits, and 7 are tried then.
"""


class UnfitModelFormError(Exception):
    """The int8 form cannot be made or run on this machine, or its vectors are not near enough to the reference."""


class Int8Session:
    """An encoder in int8, made in memory from what `open_weights` returns. Raises UnfitModelFormError."""

    def __init__(self, open_weights: Callable[[], BertWeights], reference: ReferenceName, threads: int) -> None:
        try:
            texts, vectors = read_reference(reference)
            self._weights = open_weights()
            for levels, least_mean in WEIGHT_FORMS:
                self._session = _open_session(write_encoder(self._weights, levels), threads)
                cosines = (self.embed(texts) * vectors).sum(axis=1)
                if cosines.min() >= MIN_COSINE and cosines.mean() >= least_mean:
                    return
        except Exception as error:  # whatever ONNX Runtime raises, another way may be left
            raise UnfitModelFormError(f"{type(error).__name__}: {error}") from error
        raise UnfitModelFormError(
            f"its vectors differ from the reference: cosine {cosines.min():.3f}, {cosines.mean():.3f} on average"
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, float32 [len(texts), SIZE]. Raises what ONNX Runtime does."""
        tokens = self._weights.tokenize(texts)
        vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
        for places in _batches([len(numbers) for numbers in tokens]):
            embedded = self._weights.embed_tokens(np.array([tokens[place] for place in places]))
            (vectors[places],) = self._session.run(["vectors"], {"embedded": embedded})
        return vectors


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


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of texts that run together: equal in length, at most MAX_TOKENS_IN_RUN tokens or a single text."""
    places = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, group in groupby(places, key=lengths.__getitem__):
        alike = list(group)
        step = max(1, MAX_TOKENS_IN_RUN // length)
        for start in range(0, len(alike), step):
            yield alike[start : start + step]
