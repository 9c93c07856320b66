"""Both models of vectors, on questions in several languages: `python -m benchmarks.language_retrieval FOLDER`.

FOLDER has files of SQuAD's form by language, as `xquad.de.json` of XQuAD (google-deepmind/xquad on GitHub, CC BY-SA
4.0): the same questions over the same 240 paragraphs, translated. Of every fourth question the nDCG@10 of its paragraph
among all, by meaning alone: in its own language, and among the English ones; and the processor time of a paragraph.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from proactive_tui.config import MULTILINGUAL_MODEL
from proactive_tui.index.embedder import Embedder, Vectors
from proactive_tui.index.embedding_models.model_choice import select_embedder

DEPTH = 10
EVERY = 4


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a line for each language and model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language_retrieval", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", nargs="+", default=["en", "de", "es", "ro", "ru", "tr", "zh", "el", "ar", "hi"])
    given = parser.parse_args(arguments)
    sys.stdout.write(f"{'':14}{'language':10}{'own':>8}{'English':>9}{'ms a paragraph':>16}\n")
    for name in ("", MULTILINGUAL_MODEL):
        model = select_embedder(name, 1)
        model.embed(["a word"])
        english = model.embed(read_questions(given.folder / "xquad.en.json")[0])
        for language in given.languages:
            own, cross, seconds = measure(model, given.folder / f"xquad.{language}.json", english)
            sys.stdout.write(f"{name or 'MiniLM':14}{language:10}{own:8.3f}{cross:9.3f}{seconds * 1000:16.1f}\n")
            sys.stdout.flush()
    return 0


def read_questions(file: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """The paragraphs, and each question with the place of its paragraph."""
    paragraphs: list[str] = []
    questions: list[tuple[str, int]] = []
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            questions += [(asked["question"], len(paragraphs)) for asked in paragraph["qas"]]
            paragraphs.append(paragraph["context"])
    return paragraphs, questions


def measure(model: Embedder, file: Path, english: Vectors) -> tuple[float, float, float]:
    """nDCG among the paragraphs of the file and among the English ones, and seconds of processor time a paragraph."""
    paragraphs, questions = read_questions(file)
    asked = questions[::EVERY]
    began = time.process_time()
    vectors = model.embed(paragraphs)
    seconds = (time.process_time() - began) / len(paragraphs)
    sought = model.embed([question for question, _ in asked])
    right = np.array([place for _, place in asked])
    return mean_gain(sought @ vectors.T, right), mean_gain(sought @ english.T, right), seconds


def mean_gain(scores: Vectors, right: np.ndarray) -> float:
    """nDCG@DEPTH where one paragraph is right; scores are [questions, paragraphs]."""
    of_right = scores[np.arange(len(right)), right]
    better = (scores > of_right[:, None]).sum(axis=1)
    return float(np.where(better < DEPTH, 1 / np.log2(better + 2), 0).mean())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
