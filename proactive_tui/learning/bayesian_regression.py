"""An online linear regression that knows how unsure it is and forgets: a River regressor.

A Kalman filter over the weights (West and Harrison, *Bayesian Forecasting and Dynamic Models*, 1997). Each weight
starts at 0 with a prior variance of its own and drifts back there (an Ornstein-Uhlenbeck process), so that forgetting
makes the model less certain, not more. River's own BayesianLinearRegression (0.26) has one prior variance for all
weights, inverts a matrix to forget, and costs the square of the number of features. Here features of which each vault
has its own, such as tags (`sparse`), keep a variance each and no covariances (assumed-density filtering, Opper 1998):
a thousand tags cost a thousand numbers.

This module imports River; import it only where a model is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from river import base

from proactive_tui.learning.feature_table import FeatureTable

Floats = NDArray[np.float64]


class DriftingRegression(base.Regressor):  # type: ignore[misc]  # River is untyped here (follow_imports = skip)
    """Bayesian linear regression with drifting weights.

    Parameters
    ----------
    noise
        Variance of the target around its mean.
    spread
        Prior standard deviation of a weight, by the name of its feature; None means 1 for every weight.
    sparse
        Prefixes of the features that have no covariances; None gives all features covariances.
    half_life
        Number of targets after which what was learned before counts half.

    """

    def __init__(
        self,
        noise: float = 1.0,
        spread: Callable[[str], float] | None = None,
        sparse: tuple[str, ...] | None = None,
        half_life: float = math.inf,
    ) -> None:
        self.noise = noise
        self.spread = spread
        self.sparse = sparse
        self.half_life = half_life
        self._dense_weights = _DenseWeights()
        self._sparse_weights = _SparseWeights()

    def learn_one(self, x: Mapping[str, float], y: float) -> None:
        """Learn the target `y` of the features `x`. O(d²) in the dense features seen so far."""
        self.apply_decay(1.0 / self.half_life)
        names = sorted(x, key=str)
        self._dense_weights.add_features([name for name in names if not self._is_sparse(name)], self._prior_variance)
        self._sparse_weights.add_features([name for name in names if self._is_sparse(name)], self._prior_variance)
        dense, sparse = self._dense_weights.feature_vector(x), self._sparse_weights.feature_vector(x)
        gain_dense, gain_sparse = self._dense_weights.covariance @ dense, self._sparse_weights.variance * sparse
        scale = self.noise + max(0.0, float(dense @ gain_dense)) + float(sparse @ gain_sparse)
        error = float(y) - float(dense @ self._dense_weights.mean) - float(sparse @ self._sparse_weights.mean)
        self._dense_weights.mean += gain_dense * (error / scale)
        self._sparse_weights.mean += gain_sparse * (error / scale)
        self._dense_weights.covariance -= np.outer(gain_dense, gain_dense / scale)
        self._sparse_weights.variance -= gain_sparse**2 / scale

    def apply_decay(self, half_lives: float) -> None:
        """Forget: the weights halve `half_lives` times, and their variances grow back towards the prior."""
        if half_lives > 0.0:
            kept = 0.5**half_lives
            self._dense_weights.apply_decay(kept)
            self._sparse_weights.apply_decay(kept)

    def predict_one(self, x: Mapping[str, float]) -> float:
        """The expected target; a feature never seen before adds nothing."""
        return float(self._dense_weights.feature_vector(x) @ self._dense_weights.mean) + float(
            self._sparse_weights.feature_vector(x) @ self._sparse_weights.mean
        )

    def learned_weight(self, name: str) -> float:
        """The learned weight of a feature; 0 of one that was never seen."""
        for part in (self._dense_weights, self._sparse_weights):
            place = part.index.get(name)
            if place is not None:
                return float(part.mean[place])
        return 0.0

    def learned_weights(self) -> dict[str, float]:
        """The learned weight of every feature seen so far."""
        parts = (self._dense_weights, self._sparse_weights)
        return {name: weight for part in parts for name, weight in zip(part.index, part.mean.tolist(), strict=True)}

    def predict_variances(self, table: FeatureTable) -> Floats:
        """The variance of the expected target of each row, without the noise, float64 [rows].

        A feature never seen before counts with its prior variance.
        """
        known = [place for place, name in enumerate(table.columns) if name in self._dense_weights.index]
        places = [self._dense_weights.index[table.columns[place]] for place in known]
        rows = table.dense[:, known]
        together = np.maximum((rows @ self._dense_weights.covariance[np.ix_(places, places)] * rows).sum(axis=1), 0.0)
        apart = [0.0 if name in self._dense_weights.index else self._marginal_variance(name) for name in table.columns]
        found: Floats = together + table.dense**2 @ np.array(apart) + table.sparse_sums(self._marginal_variance)
        return found

    def _marginal_variance(self, name: str) -> float:
        """The variance of a weight that has no covariances, or of a feature never seen before."""
        place = self._sparse_weights.index.get(name)
        return self._prior_variance(name) if place is None else float(self._sparse_weights.variance[place])

    def _prior_variance(self, name: str) -> float:
        """The variance of a weight before the model learned anything."""
        return 1.0 if self.spread is None else self.spread(name) ** 2

    def _is_sparse(self, name: Any) -> bool:
        return self.sparse is not None and str(name).startswith(self.sparse)


class _DenseWeights:
    """Weights with covariances: mean [d], covariance [d, d], prior variance [d]."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.mean: Floats = np.zeros(0)
        self.prior: Floats = np.zeros(0)
        self.covariance: Floats = np.zeros((0, 0))

    def add_features(self, names: Sequence[str], prior: Callable[[str], float]) -> None:
        new = _register_names(self.index, names, prior)
        if len(new):
            size = len(self.mean)
            self.mean = np.append(self.mean, np.zeros(len(new)))
            self.prior = np.append(self.prior, new)
            grown = np.diag(self.prior)
            grown[:size, :size] = self.covariance
            self.covariance = grown

    def feature_vector(self, x: Mapping[str, float]) -> Floats:
        return _feature_vector(self.index, x)

    def apply_decay(self, kept: float) -> None:
        self.mean *= kept
        self.covariance *= kept * kept
        self.covariance[np.diag_indices_from(self.covariance)] += (1.0 - kept * kept) * self.prior


class _SparseWeights:
    """Weights that are independent of each other: mean, variance and prior variance [d]."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.mean: Floats = np.zeros(0)
        self.prior: Floats = np.zeros(0)
        self.variance: Floats = np.zeros(0)

    def add_features(self, names: Sequence[str], prior: Callable[[str], float]) -> None:
        new = _register_names(self.index, names, prior)
        self.mean = np.append(self.mean, np.zeros(len(new)))
        self.prior = np.append(self.prior, new)
        self.variance = np.append(self.variance, new)

    def feature_vector(self, x: Mapping[str, float]) -> Floats:
        return _feature_vector(self.index, x)

    def apply_decay(self, kept: float) -> None:
        self.mean *= kept
        self.variance = self.prior + kept * kept * (self.variance - self.prior)


def _register_names(index: dict[str, int], names: Sequence[str], prior: Callable[[str], float]) -> Floats:
    """Give each new name the next place; returns the prior variances of the new ones, in order."""
    new = [name for name in names if name not in index]
    for name in new:
        index[name] = len(index)
    return np.array([prior(name) for name in new], dtype=np.float64)


def _feature_vector(index: dict[str, int], x: Mapping[str, float]) -> Floats:
    row = np.zeros(len(index))
    for name, value in x.items():
        if (place := index.get(name)) is not None:
            row[place] = value
    return row
