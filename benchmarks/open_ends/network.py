"""Trains the networks of the classifier: Adam (Kingma and Ba, 2015) on weighted cross-entropy, with dropout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.open_ends.labelled_notes import NEGATIVE_LABELS, LabelledNote
from proactive_tui.topics.open_ends.open_end_classifier import (
    MAX_DEVIATIONS,
    OPEN_KINDS,
    Network,
    OpenEndClassifier,
    Probabilities,
    describe_neighbours,
)

HIDDEN: Final = 10
EPOCHS: Final = 15
NETWORKS: Final = 3
LEARNING_RATE: Final = 2e-3
DECAY: Final = 1e-3
DIRECT_DECAY: Final = 1e-2
DROPPED: Final = 0.15
BATCH: Final = 256
LEAST_DEVIATION: Final = 0.05
FOLDS: Final = 4
TRAP_WEIGHT: Final = 1.5
OURS_WEIGHT: Final = 0.7
OWNER_ENTRIES: Final = 2500
"""Entries of an owner that count; where an owner has more, each counts less."""

Floats = NDArray[np.float32]


def train_classifier(notes: Sequence[LabelledNote], version: str = "", seed: int = 0) -> OpenEndClassifier:
    """A classifier of these notes. The second network learns from what the first one says of owners it never saw."""
    notes = [note for note in notes if note.entries]
    inputs = np.vstack([note.features for note in notes])
    classes, weights = targets_of(notes)
    owners = sorted({note.owner for note in notes})
    fold = np.array([owners.index(note.owner) % FOLDS for note in notes for _ in note.entries])
    unseen = np.zeros((len(inputs), len(OPEN_KINDS)), dtype=np.float32)
    for number in range(min(FOLDS, len(owners))):
        chosen = (fold != number) & (weights > 0)
        held = fold == number
        unseen[held] = train_network(inputs[chosen], classes[chosen], weights[chosen], seed + number).probabilities(
            inputs[held]
        )
    known = weights > 0
    both = np.hstack([inputs, _neighbours(notes, unseen)])
    alone, among = (
        tuple(train_network(table[known], classes[known], weights[known], first + number) for number in range(NETWORKS))
        for table, first in ((inputs, seed), (both, seed + 100))
    )
    return OpenEndClassifier(alone, among, version)


def targets_of(notes: Sequence[LabelledNote]) -> tuple[NDArray[np.intp], Floats]:
    """The class of each entry of the notes, and how much it counts."""
    classes, weights = [], []
    entries = Counter[str]()
    for note in notes:
        entries[note.owner] += len(note.entries)
    for note in notes:
        share = min(1.0, OWNER_ENTRIES / entries[note.owner])
        for target in note.targets:
            classes.append(OPEN_KINDS.index(target) if target in OPEN_KINDS else 0)
            weight = 0.0 if target is None else TRAP_WEIGHT if target in NEGATIVE_LABELS else 1.0
            weights.append(weight * share * (OURS_WEIGHT if note.is_ours else 1.0))
    return np.array(classes, dtype=np.intp), np.array(weights, dtype=np.float32)


def _neighbours(notes: Sequence[LabelledNote], first: Probabilities) -> Floats:
    out, begin = [], 0
    for note in notes:
        end = begin + len(note.entries)
        out.append(describe_neighbours(note.entries, first[begin:end]))
        begin = end
    return np.vstack(out)


def train_network(inputs: Floats, classes: NDArray[np.intp], weights: Floats, seed: int) -> Network:
    """A network for inputs [rows, features] with their classes and weights [rows]."""
    random = np.random.default_rng(seed)
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0) + LEAST_DEVIATION
    standard = np.clip((inputs - mean) / scale, -MAX_DEVIATIONS, MAX_DEVIATIONS).astype(np.float32)
    rows, width = standard.shape
    wanted = np.eye(len(OPEN_KINDS), dtype=np.float32)[classes]
    first = (random.normal(size=(width, HIDDEN)) / np.sqrt(width)).astype(np.float32)
    second = (random.normal(size=(HIDDEN, len(OPEN_KINDS))) / np.sqrt(HIDDEN)).astype(np.float32)
    direct = np.zeros((width, len(OPEN_KINDS)), dtype=np.float32)
    first_bias, second_bias = np.zeros(HIDDEN, np.float32), np.zeros(len(OPEN_KINDS), np.float32)
    values = [first, first_bias, second, second_bias, direct]
    decays = [DECAY, 0.0, DECAY, 0.0, DIRECT_DECAY]
    momenta, squares = [np.zeros_like(value) for value in values], [np.zeros_like(value) for value in values]
    steps = EPOCHS * -(-rows // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(rows)
        for begin in range(0, rows, BATCH):
            chosen = order[begin : begin + BATCH]
            step += 1
            kept = random.random((len(chosen), width), dtype=np.float32) > DROPPED
            batch = standard[chosen] * kept / (1 - DROPPED)
            hidden = np.tanh(batch @ first + first_bias)
            scores = hidden @ second + batch @ direct + second_bias
            scores -= scores.max(axis=1, keepdims=True)
            found = np.exp(scores)
            found /= found.sum(axis=1, keepdims=True)
            error = (found - wanted[chosen]) * weights[chosen, None] / len(chosen)
            inner = (error @ second.T) * (1 - hidden * hidden)
            slopes = [batch.T @ inner, inner.sum(axis=0), hidden.T @ error, error.sum(axis=0), batch.T @ error]
            rate = LEARNING_RATE * (1 - step / steps)
            for value, slope, momentum, square, decay in zip(values, slopes, momenta, squares, decays, strict=True):
                np.add(momentum, 0.1 * (slope - momentum), out=momentum)
                np.add(square, 0.001 * (slope * slope - square), out=square)
                corrected = momentum / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
                np.subtract(value, rate * (corrected + decay * value), out=value)
    return Network(mean, scale, first, first_bias, second, second_bias, direct)
