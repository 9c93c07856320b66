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
from base64 import b85encode
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from proactive_tui.topics.tenderness.classifier import LineClassifier, read_weights
from proactive_tui.topics.tenderness.gram_places import GRAM_PLACES, gram_places, masked_line
from proactive_tui.topics.tenderness.line_features import line_features

DATA: Final = Path(__file__).with_name("data") / "tenderness"
WEIGHTS: Final = Path(__file__).parent.parent / "proactive_tui" / "topics" / "tenderness" / "weights.tsv"
FOLDS: Final = 4
MAX_STEPS: Final = 250
ORDINARY_ALARMS: Final = 0.016
"""The share of unseen lines of ordinary notes that may be taken for tender; it sets the threshold."""
BESIDE_STEP: Final = 2.0
"""By how much (log-odds) the threshold of lines beside a tender one is lower."""
SQUARE_PENALTY: Final = 0.0004
"""The penalty of the square of every weight."""
PIECE_HEFT: Final = 3.0
"""How far the pieces of a line, taken together, count against one class of its words."""
BACKGROUND: Final = Path(__file__).with_name("data") / "open_ends"
"""Ordinary notes in all languages; their lines are plain, but for those with a word that is grave by itself."""
BACKGROUND_WEIGHT: Final = 0.5
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


class LineRow(NamedTuple):
    """What a line is judged by: the names of its features, and the places of its pieces in the table."""

    names: tuple[str, ...]
    places: tuple[int, ...]


class TrainedWeights(NamedTuple):
    """What training finds: a bias, weights by the names of features, and one for every place of the table."""

    bias: float
    weights: dict[str, float]
    table: list[float]


def read_row(text: str) -> LineRow:
    """What a line is judged by."""
    return LineRow(tuple(line_features(text)), tuple(gram_places(masked_line(text))))


def train_weights(rows: Sequence[LineRow], labels: Sequence[bool], ordinary: Sequence[LineRow] = ()) -> TrainedWeights:
    """A logistic regression with a penalty of the squares, the plain `ordinary` lines among it."""
    counts = Counter(name for row in rows for name in row.names)
    names = sorted(name for name in counts if counts[name] > 1)
    place = {name: GRAM_PLACES + at for at, name in enumerate(names)}
    cells = [
        (at, where, value)
        for at, row in enumerate([*rows, *ordinary])
        for where, value in [
            *((place[name], 1.0) for name in row.names if name in place),
            *((piece, PIECE_HEFT / len(row.places) ** 0.5) for piece in row.places),
        ]
    ]
    down, across, values = zip(*cells, strict=True)
    shape = len(rows) + len(ordinary), GRAM_PLACES + len(names)
    matrix = csr_matrix((values, (down, across)), shape=shape)
    sign = np.where(np.array([*labels, *(False for _ in ordinary)]), 1.0, -1.0)
    heft = np.where(np.arange(shape[0]) < len(rows), 1.0, BACKGROUND_WEIGHT)
    heft /= heft.sum()

    def loss(found: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        margin = sign * (matrix @ found[1:] + found[0])
        pull = -heft * sign / (1 + np.exp(margin))
        value = heft @ np.logaddexp(0, -margin) + SQUARE_PENALTY / 2 * found[1:] @ found[1:]
        return float(value), np.r_[pull.sum(), matrix.T @ pull + SQUARE_PENALTY * found[1:]]

    options = {"maxiter": MAX_STEPS}
    found = minimize(loss, np.zeros(shape[1] + 1), jac=True, method="L-BFGS-B", options=options).x
    weights = {name: round(float(found[1 + at]), 2) for name, at in place.items()}
    table = (PIECE_HEFT * found[1 : 1 + GRAM_PLACES]).tolist()
    return TrainedWeights(float(found[0]), {name: weight for name, weight in weights.items() if weight}, table)


def cross_validate(
    lines: Sequence[LabelledLine], rows: Sequence[LineRow], ordinary: Sequence[LineRow]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The log-odds of each line, and of each ordinary line, by a model that has not seen it."""
    order = sorted({line.number for line in lines})
    random.Random(3).shuffle(order)
    fold = {number: at % FOLDS for at, number in enumerate(order)}
    out, usual = np.zeros(len(lines)), np.zeros(len(ordinary))
    for held in range(FOLDS):
        seen = [at for at, line in enumerate(lines) if fold[line.number] != held]
        rest = [at for at, line in enumerate(lines) if fold[line.number] == held]
        known = [row for at, row in enumerate(ordinary) if at % FOLDS != held]
        found = train_weights([rows[at] for at in seen], [lines[at].tender for at in seen], known)
        model = LineClassifier("", found.bias, 0.0, 0.0, found.weights, found.table)
        out[rest] = [model.score_features(rows[at].names, rows[at].places) for at in rest]
        usual[held::FOLDS] = [model.score_features(row.names, row.places) for row in ordinary[held::FOLDS]]
    return out, usual


def measure_lines(title: str, lines: Sequence[LabelledLine], scores: Sequence[float], threshold: float) -> None:
    """Print recall and false alarms."""
    tender = [score >= threshold for line, score in zip(lines, scores, strict=True) if line.tender]
    plain = [score >= threshold for line, score in zip(lines, scores, strict=True) if not line.tender]
    print(
        f"{title:10} recall {np.mean(tender):.3f} ({sum(tender)}/{len(tender)})"
        f"   false alarms {np.mean(plain):.3f} ({sum(plain)}/{len(plain)})"
    )


def write_weights(found: TrainedWeights, alone: float, beside: float) -> None:
    """Write the weights into the package, with a version made from them; those of the table as one byte each."""
    step = max(map(abs, found.table)) / 127
    pieces = b85encode(bytes(round(weight / step) % 256 for weight in found.table)).decode()
    body = "".join(f"{name}\t{weight:g}\n" for name, weight in sorted(found.weights.items()))
    head = f"bias\t{found.bias:.3f}\nalone\t{alone:.3f}\nbeside\t{beside:.3f}\nstep\t{step:.6f}\npieces\t{pieces}\n"
    version = blake2b((head + body).encode(), digest_size=4).hexdigest()
    WEIGHTS.write_text(f"version\t2-{version}\n{head}{body}", encoding="utf-8")


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
    rows = [read_row(line.text) for line in seen]
    usual = map(read_row, read_background(background))
    ordinary = [row for row in usual if "class grave" not in row.names and "class doubt" not in row.names]
    held, usual_scores = cross_validate(seen, rows, ordinary)
    found = train_weights(rows, [line.tender for line in seen], ordinary)
    alone = float(np.quantile(usual_scores, 1 - ORDINARY_ALARMS))
    beside = alone - BESIDE_STEP
    measure_lines("folds", seen, held.tolist(), alone)
    classifier = LineClassifier("", found.bias, alone, beside, found.weights, found.table)
    scores = [classifier.score_text(line.text) for line in unseen]
    for language in sorted({line.language for line in unseen}):
        chosen = [at for at, line in enumerate(unseen) if line.language == language]
        measure_lines(language, [unseen[at] for at in chosen], [scores[at] for at in chosen], alone)
    measure_lines("test", unseen, scores, alone)
    print(f"{len(found.weights)} weights, bias {found.bias:.2f}, thresholds {alone:.2f} alone and {beside:.2f} beside")
    told = ([(seen, held.tolist())] if errors else []) + ([(unseen, scores)] if test_errors else [])
    for group, group_scores in told:
        for line, score in sorted(zip(group, group_scores, strict=True), key=lambda pair: pair[1]):
            if (score >= alone) != line.tender:
                print(f"  {score:6.2f} {'missed' if line.tender else 'alarm '} {line.language} {line.text}")
    if write:
        write_weights(found, alone, beside)


if __name__ == "__main__":
    main()
