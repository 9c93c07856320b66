"""Costs of each note become whole costs, in the order of the sizes."""

from __future__ import annotations

from benchmarks.growth_plot import Curve, totals

COSTS = {"ms a note": {"3000": 2.0, "300": 1.5}, "ms": {"300": 7.0}}


def test_a_cost_of_each_note_is_that_of_all() -> None:
    assert totals(COSTS, Curve("ms a note", "a", for_each_note=True)) == ([300, 3000], [450.0, 6000.0])
    assert totals(COSTS, Curve("ms", "b")) == ([300], [7.0])


def test_what_was_not_measured_is_empty() -> None:
    assert totals(COSTS, Curve("other", "c")) == ([], [])
