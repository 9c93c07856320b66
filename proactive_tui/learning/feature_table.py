"""The features of many candidates at once: what is a mapping for one is a table for a thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPARSE_PREFIXES: Final = ("folder:", "tag:", "person:")
"""Features of which each vault has its own, and any number. They are there (1) or not."""


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Rows of features.

    `dense` float64 [rows, columns] has the values of the features named by `columns`, 0 where a row has none of it.
    `held` int64 [rows, most] has for each row the places in `marks` of the features that are just there; -1 fills up.
    """

    columns: tuple[str, ...]
    dense: Floats
    sparse_names: tuple[str, ...]
    sparse_index: Ints

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, float]]) -> FeatureTable:
        """The table of rows given one by one; what is just there, as SPARSE says, becomes a mark."""
        names = sorted({name for row in rows for name in row})
        valued = {name for row in rows for name, value in row.items() if value != 1.0}
        marks = tuple(name for name in names if name.startswith(SPARSE_PREFIXES) and name not in valued)
        places = {name: place for place, name in enumerate(marks)}
        columns = tuple(name for name in names if name not in places)
        dense = np.array([[row.get(name, 0.0) for name in columns] for row in rows], dtype=np.float64)
        held = pad_rows([[places[name] for name in row if name in places] for row in rows])
        return cls(columns=columns, dense=dense.reshape(len(rows), len(columns)), sparse_names=marks, sparse_index=held)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.dense)

    def row(self, number: int) -> dict[str, float]:
        """One row as a mapping; what is 0 is left out."""
        values = self.dense[number]
        found = {self.columns[place]: float(values[place]) for place in np.flatnonzero(values)}
        return found | {self.sparse_names[place]: 1.0 for place in self.sparse_index[number] if place >= 0}

    def take_rows(self, rows: Ints) -> FeatureTable:
        """Some of its rows, in the order asked for."""
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

    def weighted_sums(self, weight: Callable[[str], float]) -> Floats:
        """The sum over each row's features of weight × value, float64 [rows]."""
        summed: Floats = self.dense @ np.array([weight(name) for name in self.columns]) + self.sparse_sums(weight)
        return summed

    def sparse_sums(self, weight: Callable[[str], float]) -> Floats:
        """The same for the marks alone."""
        weights = np.array([*(weight(name) for name in self.sparse_names), 0.0])  # the last one is for -1
        summed: Floats = weights[self.sparse_index].sum(axis=1)
        return summed


def pad_rows(rows: Sequence[Sequence[int]]) -> Ints:
    """Rows of different lengths as one array, filled up with -1."""
    width = max(map(len, rows), default=0)
    return np.array([[*row, *[-1] * (width - len(row))] for row in rows], dtype=np.int64).reshape(len(rows), width)
