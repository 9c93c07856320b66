"""Holds the features of many candidates as arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPARSE_PREFIXES: Final = ("folder:", "source:", "author:", "tag:", "person:")
"""Prefixes of the features of which each vault has its own. A row has such a feature (1) or not."""


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Rows of features.

    `dense` float64 [rows, columns] has the values of the features named by `columns`, 0 where a row lacks the feature.
    `sparse_index` int64 [rows, most] has for each row the indices into `sparse_names` of its other features, whose
    value is 1; -1 fills up the rest of the row.
    """

    columns: tuple[str, ...]
    dense: Floats
    sparse_names: tuple[str, ...]
    sparse_index: Ints

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, float]]) -> FeatureTable:
        """The table of rows given as mappings; features of SPARSE_PREFIXES that are always 1 become sparse."""
        names = sorted({name for row in rows for name in row})
        valued = {name for row in rows for name, value in row.items() if value != 1.0}
        sparse = tuple(name for name in names if name.startswith(SPARSE_PREFIXES) and name not in valued)
        places = {name: place for place, name in enumerate(sparse)}
        columns = tuple(name for name in names if name not in places)
        dense = np.array([[row.get(name, 0.0) for name in columns] for row in rows], dtype=np.float64)
        index = pad_rows([[places[name] for name in row if name in places] for row in rows])
        dense = dense.reshape(len(rows), len(columns))
        return cls(columns=columns, dense=dense, sparse_names=sparse, sparse_index=index)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.dense)

    def row(self, number: int) -> dict[str, float]:
        """A row as a mapping, without the features that are 0."""
        values = self.dense[number]
        found = {self.columns[place]: float(values[place]) for place in np.flatnonzero(values)}
        return found | {self.sparse_names[place]: 1.0 for place in self.sparse_index[number] if place >= 0}

    def take_rows(self, rows: Ints) -> FeatureTable:
        """The table of these rows, in their order."""
        return FeatureTable(
            columns=self.columns,
            dense=self.dense[rows],
            sparse_names=self.sparse_names,
            sparse_index=self.sparse_index[rows],
        )

    def with_columns(self, columns: Sequence[str], values: Floats) -> FeatureTable:
        """The same rows with more columns: `values` float64 [rows, columns]."""
        wider = np.hstack([self.dense, values])
        return FeatureTable(
            columns=(*self.columns, *columns),
            dense=wider,
            sparse_names=self.sparse_names,
            sparse_index=self.sparse_index,
        )

    def column(self, name: str) -> Floats:
        """The values of a dense feature, float64 [rows]; 0 where the table has no such feature."""
        if name not in self.columns:
            return np.zeros(len(self))
        values: Floats = self.dense[:, self.columns.index(name)]
        return values

    def weighted_sums(self, weight: Callable[[str], float]) -> Floats:
        """The sum over each row's features of weight × value, float64 [rows]."""
        summed: Floats = self.dense @ np.array([weight(name) for name in self.columns]) + self.sparse_sums(weight)
        return summed

    def sparse_sums(self, weight: Callable[[str], float]) -> Floats:
        """The sum of `weighted_sums` over the sparse features alone, float64 [rows]."""
        weights = np.array([*(weight(name) for name in self.sparse_names), 0.0])  # the last weight is that of -1
        summed: Floats = weights[self.sparse_index].sum(axis=1)
        return summed


def pad_rows(rows: Sequence[Sequence[int]]) -> Ints:
    """Rows of different lengths as one array, filled up with -1."""
    width = max(map(len, rows), default=0)
    padded = chain.from_iterable(chain(row, repeat(-1, width - len(row))) for row in rows)
    return np.fromiter(padded, dtype=np.int64, count=len(rows) * width).reshape(len(rows), width)
