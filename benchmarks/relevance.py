"""Fits the floor of search: `python -m benchmarks.relevance BENCH NOTES`.

Queries with known answers are the questions of BENCH's `data/answers` about NOTES (the example notes); queries about
what the notes say nothing of are the claims of SciFact. Prints the weights of `index.query.relevance`, and how many of
either kind get an answer.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from proactive_tui.config import Config
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import split_query
from proactive_tui.index.query.relevance import query_coverage, terms_around
from proactive_tui.model.note_values import SearchHit
from proactive_tui.paths import DataPaths

FOREIGN_QUERIES = 120
STEPS, RATE = 20_000, 0.1


def main(arguments: Sequence[str]) -> int:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("notes", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        index = NoteIndex(DataPaths(Path(folder)), given.notes, Config(), MiniLM())
        index.refresh()
        while index.vectors.embed_batch(64):
            pass
        rows, labels = _measure(index, given.bench)
        kept = [_answered(index, queries) for queries in (_own_queries(given.bench), _foreign_queries(given.bench))]
        index.close()
    weights, bias = _fit(np.array(rows), np.array(labels, dtype=float))
    sys.stdout.write(f"coverage {weights[0]:.1f}, similarity {weights[1]:.1f}, bias {bias:.2f}\n")
    sys.stdout.write(f"answered: {kept[0]:.3f} of the questions, {kept[1]:.3f} of the foreign claims\n")
    return 0


def _own_queries(bench: Path) -> list[dict[str, Any]]:
    lines = (bench / "data/answers/given.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return [
        question
        for question in asked
        if question["vault"] == "examples" and question["sources"] and not question["after"]
    ]


def _foreign_queries(bench: Path) -> list[dict[str, Any]]:
    lines = (bench / "data/scifact/queries.test.tsv").read_text("utf-8").splitlines()
    claims = [line.split("\t")[1] for line in lines if "\t" in line]
    return [{"question": claim, "sources": []} for claim in random.Random(1).sample(claims, FOREIGN_QUERIES)]


def _measure(index: NoteIndex, bench: Path) -> tuple[list[tuple[float, float]], list[bool]]:
    """Coverage and similarity of hits, and whether each answers its query."""
    rows: list[tuple[float, float]] = []
    labels: list[bool] = []
    for query in [*_own_queries(bench), *_foreign_queries(bench)]:
        is_source = _source_test(query["sources"])
        for hit in index.search(query["question"], 10 if query["sources"] else 5):
            if query["sources"] and not is_source(hit):
                continue  # it may answer as well
            rows.append(_hit_features(index, query["question"], hit))
            labels.append(bool(query["sources"]))
    return rows, labels


def _source_test(sources: list[dict[str, Any]]) -> Callable[[SearchHit], bool]:
    def is_source(hit: SearchHit) -> bool:
        passage = hit.passage
        return any(
            source["path"] == passage.path
            and source["line"] <= passage.line_end
            and source["line_end"] >= passage.line_start
            for source in sources
        )

    return is_source


def _hit_features(index: NoteIndex, query: str, hit: SearchHit) -> tuple[float, float]:
    terms = split_query(query)
    matched = {match.term for match in find_matches(terms, hit.passage.text)} | terms_around(hit, terms, index.notes)
    return query_coverage(matched, index.term_weights(terms)), hit.channels.get("meaning", 0.0)


def _fit(rows: np.ndarray[Any, Any], labels: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], float]:
    """Logistic regression in which both classes weigh the same, by gradient descent with a little decay."""
    weights, bias = np.zeros(rows.shape[1]), 0.0
    importance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    for _ in range(STEPS):
        error = importance * (1 / (1 + np.exp(-(rows @ weights + bias))) - labels)
        weights -= RATE * (rows.T @ error / len(rows) + 1e-4 * weights)
        bias -= RATE * float(error.mean())
    return weights, bias


def _answered(index: NoteIndex, queries: list[dict[str, Any]]) -> float:
    return sum(bool(index.find_answers(query["question"], 10)) for query in queries) / len(queries)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
