"""Tells what entries leave open by a small trained network that reads each entry twice: by itself, then among its
neighbours.

The weights are made by `python -m benchmarks.open_ends.train` and are part of the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable, sibling_groups
from proactive_tui.topics.open_ends.words.telling_words import TellingWords

OpenKind = Literal["none", "question", "task", "goal", "idea"]
OPEN_KINDS: tuple[OpenKind, ...] = ("none", "question", "task", "goal", "idea")
"""The classes, in the order of the columns of probabilities."""

WEIGHTS_FILE = "weights.npz"
NEIGHBOUR_NAMES = (
    "own", "siblings mean", "siblings highest", "before", "after", "parent", "children", "note", "same heading",
    "own question", "own task", "own goal", "own idea",
)  # fmt: skip
"""What the second network reads beside the features: log-odds of the first one, of the entry and those around it."""
NO_NEIGHBOUR_LOG_ODDS = -2.5
MAX_DEVIATIONS = 4.0
MAX_ROWS_AT_ONCE = 16
"""Rows that are multiplied at once: for more, the library would start threads, which cost more than they bring."""
LEAST_PROBABILITY = 1e-4

Probabilities = NDArray[np.float32]
"""float32 [entries, OPEN_KINDS]; rows sum to 1."""


class Network(NamedTuple):
    """A network with one hidden layer and a linear path beside it.

    `mean` and `scale` [inputs] standardise the inputs; `first` [inputs, hidden], `first_bias`, `second`
    [hidden, classes], `second_bias`; `direct` [inputs, classes].
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    second: NDArray[np.float32]
    second_bias: NDArray[np.float32]
    direct: NDArray[np.float32]


class NetworkGroup(NamedTuple):
    """Networks of one shape side by side, which read the same standardised inputs.

    `first` [inputs, networks * hidden + networks * classes] has the weights of all first layers, then those of all
    linear paths; `first_bias` [networks * hidden]; `second` [networks, hidden, classes], `second_bias`
    [networks, 1, classes].
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    second: NDArray[np.float32]
    second_bias: NDArray[np.float32]

    @classmethod
    def of(cls, networks: Sequence[Network]) -> NetworkGroup:
        """The group of these networks. Raises ValueError where their inputs are standardised in several ways."""
        one = networks[0]
        if not all(np.array_equal([one.mean, one.scale], [other.mean, other.scale]) for other in networks):
            raise ValueError("the networks of a group must share mean and scale")
        return cls(
            one.mean,
            one.scale,
            np.hstack([*(network.first for network in networks), *(network.direct for network in networks)]),
            np.concatenate([network.first_bias for network in networks]),
            np.stack([network.second for network in networks]),
            np.stack([network.second_bias[np.newaxis] for network in networks]),
        )

    def probabilities(self, inputs: NDArray[np.float32]) -> Probabilities:
        """The mean of what the networks say of rows of inputs."""
        count, hidden, classes = self.second.shape
        sums = self._first_sums(inputs)
        layer = np.tanh(sums[:, : count * hidden] + self.first_bias).reshape(-1, count, hidden).swapaxes(0, 1)
        scores = layer @ self.second + sums[:, count * hidden :].reshape(-1, count, classes).swapaxes(0, 1)
        scores += self.second_bias
        scores -= np.maximum.reduce(scores, axis=2, keepdims=True)
        grown = np.exp(scores, out=scores)
        grown /= np.add.reduce(grown, axis=2, keepdims=True)
        result: Probabilities = np.add.reduce(grown, axis=0) / np.float32(count)
        return result

    def _first_sums(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """The weighted sums of the standardised inputs, a few rows at once."""
        standard = inputs - self.mean
        standard /= self.scale
        np.maximum(standard, np.float32(-MAX_DEVIATIONS), out=standard)
        np.minimum(standard, np.float32(MAX_DEVIATIONS), out=standard)
        sums = np.empty((len(inputs), self.first.shape[1]), dtype=np.float32)
        for begin in range(0, len(inputs), MAX_ROWS_AT_ONCE):
            rows = slice(begin, begin + MAX_ROWS_AT_ONCE)
            np.matmul(standard[rows], self.first, out=sums[rows])
        return sums


@dataclass(frozen=True)
class OpenEndClassifier:
    """Networks for entries by themselves and among their neighbours, the words that tell, and the version of them all.

    The networks of a reading differ in how their training began; the mean of what they say counts.
    """

    alone: tuple[Network, ...]
    among: tuple[Network, ...]
    words: TellingWords
    version: str

    @cached_property
    def readings(self) -> tuple[NetworkGroup, NetworkGroup]:
        """The networks of the first and of the second reading."""
        return NetworkGroup.of(self.alone), NetworkGroup.of(self.among)

    def classify(self, entries: Sequence[Entry], features: FeatureTable) -> Probabilities:
        """The probabilities of `OPEN_KINDS` for the entries of a note. `features` is what `describe_entries` gives."""
        if not entries:
            return np.zeros((0, len(OPEN_KINDS)), dtype=np.float32)
        alone, among = self.readings
        described = np.hstack([features, self.words.describe(entries)])
        first = alone.probabilities(described)
        return among.probabilities(np.hstack([described, describe_neighbours(entries, first)]))

    def classify_alone(self, entries: Sequence[Entry], features: FeatureTable) -> Probabilities:
        """The same by the first reading only, which knows nothing of the entries around an entry."""
        return self.readings[0].probabilities(np.hstack([features, self.words.describe(entries)]))


def describe_neighbours(entries: Sequence[Entry], first: Probabilities) -> NDArray[np.float32]:
    """What the entries around each entry seem to be: float32 [entries, NEIGHBOUR_NAMES]."""
    closed = np.clip(first[:, 0], LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    odds = np.log((1 - closed) / closed)
    count = len(entries)
    means, highest, children, parents = (np.full(count, NO_NEIGHBOUR_LOG_ODDS, dtype=np.float32) for _ in range(4))
    for places in sibling_groups(entries).values():
        if len(places) > 1:
            beside = odds[places]
            means[places] = (np.add.reduce(beside) - beside) / (len(places) - 1)
            top, next_top = np.sort(beside)[-1:-3:-1]
            highest[places] = np.where(beside == top, next_top, top)
    below: defaultdict[int, list[float]] = defaultdict(list)
    headed: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        headed[entry.headings].append(place)
        if entry.parent >= 0:
            parents[place] = odds[entry.parent]
            below[entry.parent].append(odds[place])
    for place, found in below.items():
        children[place] = sum(found) / len(found)
    under = np.empty(count, dtype=np.float32)
    for places in headed.values():
        under[places] = np.add.reduce(odds[places]) / np.float32(len(places))
    none = np.array([NO_NEIGHBOUR_LOG_ODDS], dtype=np.float32)
    kinds = np.log(np.clip(first[:, 1:], LEAST_PROBABILITY, 1))
    before, after = np.concatenate([none, odds[:-1]]), np.concatenate([odds[1:], none])
    table = np.empty((count, len(NEIGHBOUR_NAMES)), dtype=np.float32)
    for column, values in enumerate((odds, means, highest, before, after, parents, children)):
        table[:, column] = values
    table[:, 7] = np.add.reduce(odds) / np.float32(count)
    table[:, 8] = under
    table[:, 9:] = kinds
    return table


@lru_cache(maxsize=1)
def load_classifier() -> OpenEndClassifier:
    """The classifier of the package."""
    with (files(__package__) / WEIGHTS_FILE).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        if tuple(str(stored["features"]).split("\n")) != FEATURE_NAMES:
            raise ValueError("the weights were trained on other features: run python -m benchmarks.open_ends.train")
        count = int(stored["networks"])
        alone, among = (
            tuple(
                Network(*(stored[f"{reading}{number}_{field}"].astype(np.float32) for field in Network._fields))
                for number in range(count)
            )
            for reading in ("alone", "among")
        )
        phrases = str(stored["phrases"]).split("\n")
        words = TellingWords(dict(zip(phrases, stored["phrase_weights"].tolist(), strict=True)))
        return OpenEndClassifier(alone, among, words, str(stored["version"]))


def save_classifier(classifier: OpenEndClassifier, path: Path) -> None:
    """Write a classifier as `load_classifier` reads it, in half precision."""
    arrays: dict[str, Any] = {
        "features": np.array("\n".join(FEATURE_NAMES)),
        "version": np.array(classifier.version),
        "networks": np.array(len(classifier.alone)),
        "phrases": np.array("\n".join(classifier.words.weights)),
        "phrase_weights": np.array(list(classifier.words.weights.values()), dtype=np.float16),
    }
    for reading, networks in (("alone", classifier.alone), ("among", classifier.among)):
        for number, network in enumerate(networks):
            for field, values in network._asdict().items():
                arrays[f"{reading}{number}_{field}"] = values.astype(np.float16)
    np.savez_compressed(path, **arrays)
