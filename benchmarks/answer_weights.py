"""Trains what tells an answer from other lines.

    python -m benchmarks.answer_weights QUESTIONS VAULT=FOLDER… [--write]

QUESTIONS is a file as the yardstick `answers.py` reads it; write your own, over notes whose questions are not measured.
Prints, for vaults that were left out of the training in turn, how often all facts stand in what is quoted, and what a
threshold costs. With --write the weights go into the package.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.answers_adapter import Answers
from proactive_tui.brain.conversations.searched_index import SearchedIndex
from proactive_tui.config import LanguageModelConfig
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers import answer_model
from proactive_tui.talk.answers.answer_finding import choose_statements
from proactive_tui.talk.answers.answer_model import ANSWER_SIGNS, AnswerRegression, answer_summary
from proactive_tui.talk.answers.answer_signs import STATEMENT_SIGNS
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.candidate_search import AnswerCandidates, find_candidates

WEIGHTS: Final = Path(answer_model.__file__).with_name("weights.json")
STATEMENT_RIDGE, ANSWER_RIDGE = 3.0, 5.0
Floats = npt.NDArray[np.float64]


class Row(NamedTuple):
    """A question with its candidates, and which of them hold its gold lines."""

    question: dict[str, Any]
    candidates: AnswerCandidates
    gold: list[bool]


class KeptIndex(SearchedIndex):
    """Keeps every vector, on disk as well, so that a second training embeds nothing."""

    kept: dict[str, npt.NDArray[np.float32]]

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32] | None:
        missing = [text for text in dict.fromkeys(texts) if text not in self.kept]
        if missing:
            self.kept.update(zip(missing, self._services.embedder.embed(missing), strict=True))
        return np.stack([self.kept[text] for text in texts])


def fit(signs: Floats, wanted: Floats, worth: Floats, ridge: float) -> AnswerRegression:
    """The regression that fits best, by Newton's method."""
    mean, spread = signs.mean(axis=0), np.where(signs.std(axis=0) > 1e-3, signs.std(axis=0), 1.0)
    rows = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    weights, penalty = np.zeros(rows.shape[1]), np.eye(rows.shape[1]) * ridge
    penalty[-1, -1] = 1e-3
    for _ in range(60):
        found = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (worth * (found - wanted)) + penalty @ weights
        curve = (rows * (worth * found * (1 - found))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return AnswerRegression(mean, spread, weights)


def read_rows(questions: Sequence[dict[str, Any]], vaults: dict[str, str], keep: Path) -> list[Row]:
    """The candidates of every question; a follow-up comes after what the gold lines of the first cite."""
    file = keep / "answer-vectors.pickle"
    kept = pickle.loads(file.read_bytes()) if file.is_file() else {}
    by_id = {question["id"]: question for question in questions}
    rows = []
    for vault, folder in vaults.items():
        policy = Answers(str(keep), LanguageModelConfig(), speaks=False)
        policy.open(folder)
        assert policy.services
        notes = KeptIndex(policy.services)
        notes.kept = kept
        for question in (found for found in questions if found["vault"] == vault):
            turns = _turns(by_id[question["after"]]) if question.get("after") else []
            asked = read_question(question["question"], turns, question.get("at") or time.time())
            candidates = find_candidates(asked, notes)
            gold = [
                any(
                    statement.path == source["path"]
                    and statement.line_start <= source["line_end"]
                    and statement.line_end >= source["line"]
                    for source in question["sources"]
                )
                for statement in candidates.statements
            ]
            rows.append(Row(question, candidates, gold))
        file.write_bytes(pickle.dumps(kept))
        sys.stderr.write(f"{vault}: {len(rows)}\n")
    return rows


def _turns(question: dict[str, Any]) -> list[Turn]:
    sources = tuple(
        Evidence(path=source["path"], line_start=source["line"], line_end=source["line_end"], text="")
        for source in question["sources"]
    )
    return [
        Turn(role="user", text=question["question"], at=0.0),
        Turn(role="assistant", text="…", at=0.0, sources=sources),
    ]


def train_statements(rows: Sequence[Row]) -> AnswerRegression:
    """Each question weighs the same, its gold statements half of that."""
    rows = [row for row in rows if row.gold]
    worth = [
        np.where(row.gold, 0.5 / max(1, sum(row.gold)), 0.5 / max(1, len(row.gold) - sum(row.gold)))
        * (10.0 if any(row.gold) else 5.0)
        for row in rows
    ]
    return fit(
        np.concatenate([row.candidates.signs for row in rows]),
        np.concatenate([np.array(row.gold, dtype=float) for row in rows]),
        np.concatenate(worth),
        STATEMENT_RIDGE,
    )


def choose(row: Row, model: AnswerRegression) -> tuple[Floats, float] | None:
    """The signs of what would be quoted, and the share of the facts that are in it; None where nothing is found."""
    if not row.candidates.statements:
        return None
    likely = model.likelihood(row.candidates.signs)
    chosen = choose_statements(row.candidates.statements, likely)
    text = " ".join("\n".join(row.candidates.statements[at].plain for at in chosen).lower().split())
    must = row.question["must"]
    held = [any(" ".join(form.lower().split()) in text for form in forms) for forms in must]
    found = row.candidates
    summary = answer_summary(found.question, found.statements, found.signs, likely, chosen)
    return summary, float(np.mean(held)) if must else 0.0


def train_answers(chosen: Sequence[tuple[Floats, float]]) -> AnswerRegression:
    """From the signs of what would be quoted, whether it holds the facts."""
    facts = np.array([share for _, share in chosen])
    return fit(np.stack([signs for signs, _ in chosen]), facts, np.ones(len(chosen)), ANSWER_RIDGE)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answer_weights", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("vaults", nargs="+", metavar="VAULT=FOLDER")
    parser.add_argument("--keep", type=Path, default=Path(".run/bench"))
    parser.add_argument("--threshold", type=float, default=0.45)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    vaults = dict(vault.split("=", 1) for vault in given.vaults)
    questions = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines()]
    rows = read_rows(questions, vaults, given.keep)
    left_out: list[tuple[Row, tuple[Floats, float]]] = []
    for vault in vaults:
        model = train_statements([row for row in rows if row.question["vault"] != vault])
        left_out += [(row, found) for row in rows if row.question["vault"] == vault and (found := choose(row, model))]
    report(left_out, list(vaults))
    statements = train_statements(rows)
    answers = train_answers([found for _, found in left_out])
    for name, weight in sorted(zip(STATEMENT_SIGNS, statements.weights, strict=False), key=lambda pair: -abs(pair[1])):
        sys.stdout.write(f"  {weight:+.2f} {name}\n")
    sys.stdout.write("answers\n")
    for name, weight in sorted(zip(ANSWER_SIGNS, answers.weights, strict=False), key=lambda pair: -abs(pair[1])):
        sys.stdout.write(f"  {weight:+.2f} {name}\n")
    if given.write:
        kept = {
            "statements": {name: getattr(statements, name).round(5).tolist() for name in AnswerRegression._fields},
            "answers": {name: getattr(answers, name).round(5).tolist() for name in AnswerRegression._fields},
            "threshold": given.threshold,
        }
        WEIGHTS.write_text(json.dumps(kept) + "\n", "utf-8")
    return 0


def report(found: Sequence[tuple[Row, tuple[Floats, float]]], vaults: Sequence[str]) -> None:
    """Print what each threshold gives, for vaults that were left out of the training."""
    scores = np.zeros(len(found))
    for vault in vaults:
        inside = [at for at, (row, _) in enumerate(found) if row.question["vault"] == vault]
        model = train_answers([choice for row, choice in found if row.question["vault"] != vault])
        scores[inside] = model.likelihood(np.stack([found[at][1][0] for at in inside]))
    answerable = np.array([bool(row.question["must"]) for row, _ in found])
    right = np.array([share == 1.0 for _, (_, share) in found])
    sys.stdout.write(f"all facts quoted: {right[answerable].mean():.3f} of {answerable.sum()}\n")
    good, bad = scores[right], scores[~answerable]
    sys.stdout.write(f"right before unanswerable: {np.mean(good[:, None] > bad[None, :]):.3f}\n")
    for threshold in np.arange(0.2, 0.85, 0.05):
        said = scores >= threshold
        sys.stdout.write(
            f"  {threshold:.2f}: right {(said & right)[answerable].mean():.3f}, silent "
            f"{(~said)[~answerable].mean():.3f}, false {np.mean(said & ~right):.3f}\n"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
