"""Tells what entries leave open by a small trained network that reads each entry twice: by itself, then among its
neighbours.

The weights are made by `python -m benchmarks.open_ends.train` and are part of the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable, sibling_groups

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

    def standardize(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Rows of inputs in deviations from the mean, at most MAX_DEVIATIONS."""
        standard = (inputs - self.mean) / self.scale
        np.maximum(standard, np.float32(-MAX_DEVIATIONS), out=standard)
        np.minimum(standard, np.float32(MAX_DEVIATIONS), out=standard)
        return standard

    def probabilities(self, standard: NDArray[np.float32]) -> Probabilities:
        """The probabilities of the classes for rows of inputs that `standardize` made."""
        scores = np.tanh(standard @ self.first + self.first_bias) @ self.second + standard @ self.direct
        scores += self.second_bias
        scores -= scores.max(axis=1, keepdims=True)
        grown = np.exp(scores)
        result: Probabilities = grown / grown.sum(axis=1, keepdims=True)
        return result


class OpenEndClassifier(NamedTuple):
    """Networks for entries by themselves and among their neighbours, and the version of their weights.

    The networks of a reading differ in how their training began; the mean of what they say counts.
    """

    alone: tuple[Network, ...]
    among: tuple[Network, ...]
    version: str

    def classify(self, entries: Sequence[Entry], features: FeatureTable) -> Probabilities:
        """The probabilities of `OPEN_KINDS` for the entries of a note. `features` is what `describe_entries` gives."""
        if not entries:
            return np.zeros((0, len(OPEN_KINDS)), dtype=np.float32)
        first = mean_probabilities(self.alone, features)
        return mean_probabilities(self.among, np.hstack([features, describe_neighbours(entries, first)]))


def mean_probabilities(networks: Sequence[Network], inputs: NDArray[np.float32]) -> Probabilities:
    """The mean of what several networks say of rows of inputs."""
    every: list[Probabilities] = []
    last, standard = networks[0], networks[0].standardize(inputs)
    for network in networks:
        if network.mean is not last.mean or network.scale is not last.scale:
            last, standard = network, network.standardize(inputs)
        every.append(network.probabilities(standard))
    result: Probabilities = np.mean(every, axis=0, dtype=np.float32)
    return result


def describe_neighbours(entries: Sequence[Entry], first: Probabilities) -> NDArray[np.float32]:
    """What the entries around each entry seem to be: float32 [entries, NEIGHBOUR_NAMES]."""
    closed = np.clip(first[:, 0], LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    odds = np.log((1 - closed) / closed)
    count = len(entries)
    means, highest, children, parents = (np.full(count, NO_NEIGHBOUR_LOG_ODDS, dtype=np.float32) for _ in range(4))
    for places in sibling_groups(entries).values():
        if len(places) > 1:
            beside = odds[places]
            means[places] = (beside.sum() - beside) / (len(places) - 1)
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
        under[places] = odds[places].mean()
    none = np.array([NO_NEIGHBOUR_LOG_ODDS], dtype=np.float32)
    kinds = np.log(np.clip(first[:, 1:], LEAST_PROBABILITY, 1))
    before, after = np.concatenate([none, odds[:-1]]), np.concatenate([odds[1:], none])
    whole = np.full(count, odds.mean(), dtype=np.float32)
    table = np.column_stack([odds, means, highest, before, after, parents, children, whole, under, kinds])
    return table.astype(np.float32)


@lru_cache(maxsize=1)
def load_classifier() -> OpenEndClassifier:
    """The classifier of the package."""
    with (files(__package__) / WEIGHTS_FILE).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        if tuple(str(stored["features"]).split("\n")) != FEATURE_NAMES:
            raise ValueError("the weights were trained on other features: run python -m benchmarks.open_ends.train")
        count = int(stored["networks"])
        alone, among = (
            _share_scales(
                Network(*(stored[f"{reading}{number}_{field}"].astype(np.float32) for field in Network._fields))
                for number in range(count)
            )
            for reading in ("alone", "among")
        )
        return OpenEndClassifier(alone, among, str(stored["version"]))


def _share_scales(networks: Iterable[Network]) -> tuple[Network, ...]:
    """The networks, with one array for means and scales that are equal: their inputs are standardised once."""
    out: list[Network] = []
    for network in networks:
        same = out and all(map(np.array_equal, network[:2], out[0][:2]))
        out.append(network._replace(mean=out[0].mean, scale=out[0].scale) if same else network)
    return tuple(out)


def save_classifier(classifier: OpenEndClassifier, path: Path) -> None:
    """Write a classifier as `load_classifier` reads it, in half precision."""
    arrays: dict[str, Any] = {
        "features": np.array("\n".join(FEATURE_NAMES)),
        "version": np.array(classifier.version),
        "networks": np.array(len(classifier.alone)),
    }
    for reading, networks in (("alone", classifier.alone), ("among", classifier.among)):
        for number, network in enumerate(networks):
            for field, values in network._asdict().items():
                arrays[f"{reading}{number}_{field}"] = values.astype(np.float16)
    np.savez_compressed(path, **arrays)
