"""Trains and tests the tenderness classifier: `python -m benchmarks.tenderness [--write] [--vault FOLDER …]`.

It trains on the lines marked `train` in `data/tenderness/*.tsv` (columns: set, label, text) and on the ordinary notes
of `data/open_ends`, and reports recall and false alarms on the lines marked `test`, by language. Thresholds are set on
the ordinary notes and by cross-validation; lines of the same number in several languages are one fold, as some are
translations of each other. `--write` writes the weights into the package. `--vault` counts the lines of a folder's
notes that are taken for tender, and `--lines` prints them.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from proactive_tui.topics.tenderness.classifier import LineClassifier, read_weights
from proactive_tui.topics.tenderness.line_features import line_features

DATA: Final = Path(__file__).with_name("data") / "tenderness"
WEIGHTS: Final = Path(__file__).parent.parent / "proactive_tui" / "topics" / "tenderness" / "weights.tsv"
FOLDS: Final = 6
STEPS: Final = 400
ORDINARY_ALARMS: Final = 0.012
"""The share of lines of ordinary notes that may be taken for tender; it sets the threshold."""
WANTED_NEAR_RECALL: Final = 0.982
"""The recall of the cross-validation that sets the threshold of lines beside a tender one."""
PENALTIES: Final = {
    "gathered": 0.00002,
    "class": 0.0001,
    "twice": 0.0001,
    "both": 0.0006,
    "word": 0.0005,
    "pair": 0.0006,
}
"""The penalty of the absolute value of a weight, by the sort of its feature."""
SQUARE_PENALTY: Final = 0.0005
"""The penalty of the square of every weight."""
MIN_COUNT: Final = {"word": 2, "pair": 3, "both": 2}
"""Training lines in which a feature of a sort must stand."""
BACKGROUND: Final = Path(__file__).with_name("data") / "open_ends"
"""Ordinary notes in all languages; their lines are plain, but for those with a word that is grave by itself."""
BACKGROUND_WEIGHT: Final = 1.0
"""How much an ordinary line counts against one of the data."""


class LabelledLine(NamedTuple):
    """A line of the data: its language, its number in there, its set, and whether it is tender."""

    language: str
    number: int
    is_test: bool
    tender: bool
    text: str


def read_lines(folder: Path = DATA) -> list[LabelledLine]:
    """The labelled lines of all languages."""
    out = []
    for file in sorted(folder.glob("*.tsv")):
        for number, row in enumerate(file.read_text(encoding="utf-8").splitlines()):
            marked, label, text = row.split("\t")
            out.append(LabelledLine(file.stem, number, marked == "test", label == "tender", text))
    return out


def read_background(folder: Path) -> list[str]:
    """The lines of ordinary notes; each has a letter and a tab before it, and rows of "=" name the notes."""
    rows = (row for file in sorted(folder.glob("*.txt")) for row in file.read_text(encoding="utf-8").splitlines())
    texts = dict.fromkeys(row.partition("\t")[2].strip() for row in rows if "\t" in row)
    return [text for text in texts if any(map(str.isalpha, text))]


def train_weights(
    rows: Sequence[Mapping[str, float]], labels: Sequence[bool], ordinary: Sequence[Mapping[str, float]] = ()
) -> tuple[float, dict[str, float]]:
    """Bias and weights of a logistic regression with an elastic net (FISTA: Beck and Teboulle, 2009)."""
    labels, rows, labelled = [*labels, *(False for _ in ordinary)], [*rows, *ordinary], len(rows)
    counts = Counter(name for row in rows[:labelled] for name in row)
    names = sorted(name for name in counts if counts[name] >= MIN_COUNT.get(name.split()[0], 2))
    place = {name: at for at, name in enumerate(names)}
    cells = [(at, place[name]) for at, row in enumerate(rows) for name in row.keys() & place.keys()]
    shape = len(rows), len(names)
    matrix = csr_matrix((np.ones(len(cells)), np.array(cells).T), shape=shape)
    columns = matrix.T.tocsr()
    wanted = np.array(labels, dtype=float)
    heft = np.where(np.arange(len(rows)) < labelled, 1.0, BACKGROUND_WEIGHT)
    heft /= heft[:labelled].sum()
    penalty = np.array([PENALTIES.get(name.split()[0], 0.0004) for name in names])
    step = 1.0 / (0.25 * _largest_eigenvalue(diags(np.sqrt(heft)) @ matrix) + 0.26)
    weights, ahead, bias, momentum = np.zeros(len(names)), np.zeros(len(names)), 0.0, 1.0
    for _ in range(STEPS):
        miss = heft * (1 / (1 + np.exp(-(matrix @ ahead + bias))) - wanted)
        moved = ahead - step * (columns @ miss + SQUARE_PENALTY * ahead)
        moved = np.sign(moved) * np.maximum(np.abs(moved) - step * penalty, 0.0)
        bias -= step * float(miss.sum())
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead, weights, momentum = moved + (momentum - 1) / following * (moved - weights), moved, following
    return bias, {name: round(float(weights[at]), 2) for name, at in place.items() if abs(weights[at]) >= 0.02}


def _largest_eigenvalue(matrix: Any) -> float:
    """An upper bound, nearly reached, of the largest eigenvalue of matrix.T @ matrix, by power iteration."""
    vector = np.ones(matrix.shape[1])
    for _ in range(30):
        vector = matrix.T @ (matrix @ vector)
        vector /= np.linalg.norm(vector)
    return 1.1 * float(np.linalg.norm(matrix @ vector)) ** 2


def cross_validate(
    lines: Sequence[LabelledLine], rows: Sequence[Mapping[str, float]], ordinary: Sequence[Mapping[str, float]]
) -> NDArray[Any]:
    """The log-odds of each line by a model that has not seen it."""
    order = sorted({line.number for line in lines})
    random.Random(3).shuffle(order)
    fold = {number: at % FOLDS for at, number in enumerate(order)}
    out = np.zeros(len(lines))
    for held in range(FOLDS):
        seen = [at for at, line in enumerate(lines) if fold[line.number] != held]
        rest = [at for at, line in enumerate(lines) if fold[line.number] == held]
        bias, weights = train_weights([rows[at] for at in seen], [lines[at].tender for at in seen], ordinary)
        model = LineClassifier("", bias, 0.0, 0.0, weights)
        out[rest] = [model.score_features(rows[at]) for at in rest]
    return out


def measure_lines(title: str, lines: Sequence[LabelledLine], scores: Sequence[float], threshold: float) -> None:
    """Print recall and false alarms."""
    tender = [score >= threshold for line, score in zip(lines, scores, strict=True) if line.tender]
    plain = [score >= threshold for line, score in zip(lines, scores, strict=True) if not line.tender]
    print(
        f"{title:10} recall {np.mean(tender):.3f} ({sum(tender)}/{len(tender)})"
        f"   false alarms {np.mean(plain):.3f} ({sum(plain)}/{len(plain)})"
    )


def write_weights(bias: float, weights: Mapping[str, float], alone: float, beside: float) -> None:
    """Write the weights into the package, with a version made from them."""
    body = "".join(f"{name}\t{weight:g}\n" for name, weight in sorted(weights.items()) if weight)
    head = f"bias\t{bias:.3f}\nalone\t{alone:.3f}\nbeside\t{beside:.3f}\n"
    version = blake2b((head + body).encode(), digest_size=4).hexdigest()
    WEIGHTS.write_text(f"version\t1-{version}\n{head}{body}", encoding="utf-8")


def read_vault_lines(folder: Path) -> list[str]:
    """The lines of the notes below a folder that have words."""
    files = [file for kind in ("md", "txt", "org") for file in sorted(folder.rglob(f"*.{kind}"))]
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in files)
    return [line.strip() for text in texts for line in text.splitlines() if any(map(str.isalpha, line))]


def measure_vault(folder: Path, classifier: LineClassifier, *, show: bool, most: int) -> None:
    """Print how many lines of a vault are taken for tender; at most `most` lines, drawn at random, are read."""
    lines = read_vault_lines(folder)
    chosen = random.Random(1).sample(lines, min(most, len(lines)))
    found = [(score, line) for line in chosen if (score := classifier.score_text(line)) >= classifier.alone]
    print(f"{folder.name:28} {1000 * len(found) / max(1, len(chosen)):6.1f} of 1,000 ({len(chosen):,} lines)")
    for score, line in sorted(found, reverse=True) if show else ():
        print(f"    {score:5.2f} {line[:160]}")


def main() -> None:
    """Train, test, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    parser.add_argument("--background", type=Path, default=BACKGROUND, help="a folder of ordinary notes")
    parser.add_argument("--errors", action="store_true", help="print what is wrong on the training lines, unseen")
    parser.add_argument("--test-errors", action="store_true", help="print what is wrong on the test lines")
    parser.add_argument("--vault", type=Path, action="append", default=[], help="a folder of notes")
    parser.add_argument("--lines", action="store_true", help="print the lines of the vaults that are taken for tender")
    parser.add_argument("--most", type=int, default=4000, help="lines read of each vault")
    wanted = parser.parse_args()
    if not wanted.vault:
        train_and_report(wanted.background, write=wanted.write, errors=wanted.errors, test_errors=wanted.test_errors)
    for folder in wanted.vault:
        measure_vault(folder, read_weights(), show=wanted.lines, most=wanted.most)


def train_and_report(background: Path, *, write: bool, errors: bool, test_errors: bool) -> None:
    """Train on the training lines, set the thresholds by cross-validation, and print figures for the test lines."""
    lines = read_lines()
    seen, unseen = [line for line in lines if not line.is_test], [line for line in lines if line.is_test]
    rows = [line_features(line.text) for line in seen]
    ordinary = [line_features(text) for text in read_background(background)]
    ordinary = [row for row in ordinary if "class grave" not in row and "class doubt" not in row]
    held = cross_validate(seen, rows, ordinary)
    bias, weights = train_weights(rows, [line.tender for line in seen], ordinary)
    model = LineClassifier("", bias, 0.0, 0.0, weights)
    alone = float(np.quantile([model.score_features(row) for row in ordinary], 1 - ORDINARY_ALARMS))
    beside = min(alone, float(np.quantile(held[[line.tender for line in seen]], 1 - WANTED_NEAR_RECALL)))
    measure_lines("folds", seen, held.tolist(), alone)
    classifier = LineClassifier("", bias, alone, beside, weights)
    scores = [classifier.score_text(line.text) for line in unseen]
    for language in sorted({line.language for line in unseen}):
        chosen = [at for at, line in enumerate(unseen) if line.language == language]
        measure_lines(language, [unseen[at] for at in chosen], [scores[at] for at in chosen], alone)
    measure_lines("test", unseen, scores, alone)
    print(f"{len(weights)} weights, bias {bias:.2f}, thresholds {alone:.2f} alone and {beside:.2f} beside")
    told = ([(seen, held.tolist())] if errors else []) + ([(unseen, scores)] if test_errors else [])
    for group, found in told:
        for line, score in sorted(zip(group, found, strict=True), key=lambda pair: pair[1]):
            if (score >= alone) != line.tender:
                print(f"  {score:6.2f} {'missed' if line.tender else 'alarm '} {line.language} {line.text}")
    if write:
        write_weights(bias, weights, alone, beside)


if __name__ == "__main__":
    main()
