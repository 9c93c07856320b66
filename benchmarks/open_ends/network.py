"""Trains the networks of the classifier: Adam (Kingma and Ba, 2015) on weighted cross-entropy, with dropout."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.open_ends.labelled_notes import NEGATIVE_LABELS, POSITIVE_LABELS, LabelledNote
from benchmarks.open_ends.word_weights import learn_words
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.open_end_classifier import (
    MAX_DEVIATIONS,
    OPEN_KINDS,
    Network,
    NetworkGroup,
    OpenEndClassifier,
    Probabilities,
    describe_neighbours,
)
from proactive_tui.topics.open_ends.words.telling_words import TELLING_NAMES

HIDDEN: Final = 10
EPOCHS: Final = 15
NETWORKS: Final = 5
NETWORKS_UNSEEN: Final = 2
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
"""Entries of an owner that count; of an owner with more, some notes are left out."""

Floats = NDArray[np.float32]


def train_classifier(notes: Sequence[LabelledNote], version: str = "", seed: int = 0) -> OpenEndClassifier:
    """A classifier of these notes. The second network learns from what the first one says of owners it never saw, and
    both from what words tell that were counted in the notes of other owners.

    Where a label is of a line with several sentences, nobody said which of them is open: each counts in part at first,
    then only the one counts that is most probably open by networks that never saw its owner.
    """
    notes = _cap_owners([note for note in notes if note.entries])
    entries = [entry for note in notes for entry in note.entries]
    owner_of = [note.owner for note in notes for _ in note.entries]
    classes, weights = targets_of(notes)
    shared = _shared_labels(notes)
    parted = weights.copy()
    for places in shared:
        parted[places] /= len(places)
    owners = sorted(set(owner_of))
    fold = np.array([owners.index(owner) % FOLDS for owner in owner_of])
    told = _words_of_others(entries, owner_of, fold, classes > 0, parted)
    inputs = np.hstack([np.vstack([note.features for note in notes]), told])
    unseen = np.zeros((len(inputs), len(OPEN_KINDS)), dtype=np.float32)
    for number in range(min(FOLDS, len(owners))):
        chosen = (fold != number) & (parted > 0)
        held = fold == number
        networks = train_networks(inputs[chosen], classes[chosen], parted[chosen], seed + number, NETWORKS_UNSEEN)
        unseen[held] = NetworkGroup.of(networks).probabilities(inputs[held])
    for places in shared:
        most = places[int(unseen[places, 0].argmin())]
        weights[[place for place in places if place != most]] = 0
    known = weights > 0
    both = np.hstack([inputs, _neighbours(notes, unseen)])
    alone, among = (
        train_networks(table[known], classes[known], weights[known], first)
        for table, first in ((inputs, seed), (both, seed + 100))
    )
    return OpenEndClassifier(alone, among, learn_words(entries, owner_of, classes > 0, parted), version)


def _words_of_others(
    entries: Sequence[Entry], owners: Sequence[str], fold: NDArray[np.intp], is_open: NDArray[np.bool_], counts: Floats
) -> Floats:
    """What words tell of each entry that were counted in the notes of owners of the other folds."""
    told = np.zeros((len(entries), len(TELLING_NAMES)), dtype=np.float32)
    for number in np.unique(fold):
        others, held = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        words = learn_words(
            [entries[place] for place in others],
            [owners[place] for place in others],
            is_open[others],
            counts[others],
        )
        told[held] = words.describe([entries[place] for place in held])
    return told


def _cap_owners(notes: Sequence[LabelledNote]) -> list[LabelledNote]:
    """The notes, but of an owner of more than `OWNER_ENTRIES` entries only some of those in which nothing is open."""
    random = np.random.default_rng(0)
    entries = Counter[str]()
    for note in notes:
        entries[note.owner] += len(note.entries)
    return [
        note
        for note in notes
        if entries[note.owner] <= OWNER_ENTRIES
        or random.random() < OWNER_ENTRIES / entries[note.owner]
        or not POSITIVE_LABELS.isdisjoint(map(str, note.targets))
    ]


def _shared_labels(notes: Sequence[LabelledNote]) -> list[list[int]]:
    """The places, among the entries of all notes, of open sentences on one line, of which one label is."""
    out: list[list[int]] = []
    begin = 0
    for note in notes:
        lines: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for place, (entry, target) in enumerate(zip(note.entries, note.targets, strict=True), begin):
            if target in POSITIVE_LABELS:
                lines[entry.line_start, str(target)].append(place)
        out += [places for places in lines.values() if len(places) > 1]
        begin += len(note.entries)
    return out


def targets_of(notes: Sequence[LabelledNote]) -> tuple[NDArray[np.intp], Floats]:
    """The class of each entry of the notes, and how much it counts."""
    classes, weights = [], []
    for note in notes:
        for target in note.targets:
            classes.append(OPEN_KINDS.index(target) if target in OPEN_KINDS else 0)
            weight = 0.0 if target is None else TRAP_WEIGHT if target in NEGATIVE_LABELS else 1.0
            weights.append(weight * (OURS_WEIGHT if note.is_ours else 1.0))
    return np.array(classes, dtype=np.intp), np.array(weights, dtype=np.float32)


def _neighbours(notes: Sequence[LabelledNote], first: Probabilities) -> Floats:
    out, begin = [], 0
    for note in notes:
        end = begin + len(note.entries)
        out.append(describe_neighbours(note.entries, first[begin:end]))
        begin = end
    return np.vstack(out)


def train_networks(
    inputs: Floats, classes: NDArray[np.intp], weights: Floats, seed: int, count: int = NETWORKS
) -> tuple[Network, ...]:
    """Networks for inputs [rows, features] with their classes and weights [rows]. They differ in how they begin."""
    random = np.random.default_rng(seed)
    mean = inputs.mean(axis=0).astype(np.float32)
    scale = (inputs.std(axis=0) + LEAST_DEVIATION).astype(np.float32)
    standard = np.clip((inputs - mean) / scale, -MAX_DEVIATIONS, MAX_DEVIATIONS).astype(np.float32)
    rows, width = standard.shape
    kinds = len(OPEN_KINDS)
    wanted = np.eye(kinds, dtype=np.float32)[classes]
    first = (random.normal(size=(width, count * HIDDEN)) / np.sqrt(width)).astype(np.float32)
    second = (random.normal(size=(count, HIDDEN, kinds)) / np.sqrt(HIDDEN)).astype(np.float32)
    direct = np.zeros((width, count * kinds), dtype=np.float32)
    first_bias, second_bias = np.zeros(count * HIDDEN, np.float32), np.zeros((count, kinds), np.float32)
    values = [first, first_bias, second, second_bias, direct]
    decays = [DECAY, 0.0, DECAY, 0.0, DIRECT_DECAY]
    momenta, squares = [np.zeros_like(value) for value in values], [np.zeros_like(value) for value in values]
    steps = EPOCHS * -(-rows // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = random.permutation(rows)
        for begin in range(0, rows, BATCH):
            chosen = order[begin : begin + BATCH]
            size = len(chosen)
            step += 1
            kept = random.random((size, width), dtype=np.float32) > DROPPED
            batch = standard[chosen] * (kept / np.float32(1 - DROPPED))
            hidden = np.tanh(batch @ first + first_bias).reshape(size, count, HIDDEN).transpose(1, 0, 2)
            scores = hidden @ second + (batch @ direct).reshape(size, count, kinds).transpose(1, 0, 2)
            scores += second_bias[:, None]
            scores -= scores.max(axis=2, keepdims=True)
            found = np.exp(scores)
            found /= found.sum(axis=2, keepdims=True)
            error = (found - wanted[chosen]) * (weights[chosen, None] / np.float32(size))
            inner = (error @ second.transpose(0, 2, 1)) * (1 - hidden * hidden)
            inner_rows = inner.transpose(1, 0, 2).reshape(size, count * HIDDEN)
            error_rows = error.transpose(1, 0, 2).reshape(size, count * kinds)
            slopes = [
                batch.T @ inner_rows,
                inner_rows.sum(axis=0),
                hidden.transpose(0, 2, 1) @ error,
                error.sum(axis=1),
                batch.T @ error_rows,
            ]
            rate = LEARNING_RATE * (1 - step / steps)
            for value, slope, momentum, square, decay in zip(values, slopes, momenta, squares, decays, strict=True):
                np.add(momentum, 0.1 * (slope - momentum), out=momentum)
                np.add(square, 0.001 * (slope * slope - square), out=square)
                corrected = momentum / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
                np.subtract(value, rate * (corrected + decay * value), out=value)
    return tuple(
        Network(
            mean,
            scale,
            first[:, number * HIDDEN : (number + 1) * HIDDEN].copy(),
            first_bias[number * HIDDEN : (number + 1) * HIDDEN].copy(),
            second[number],
            second_bias[number],
            direct[:, number * kinds : (number + 1) * kinds].copy(),
        )
        for number in range(count)
    )
