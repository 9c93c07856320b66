"""Intervals over persons, and curves that are the same file for the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.plots import Curve, Panel, draw, interval


@pytest.mark.slow
def test_the_interval_holds_the_mean_and_narrows_with_persons() -> None:
    rng = np.random.default_rng(1)
    few, many = rng.normal(2.0, 1.0, (10, 3)), rng.normal(2.0, 1.0, (1000, 3))
    for values in (few, many):
        mean, low, high = interval(values)
        assert mean.shape == low.shape == (3,)
        assert (low < mean).all()
        assert (mean < high).all()
    assert (np.subtract(*interval(many)[:0:-1]) < np.subtract(*interval(few)[:0:-1])).all()


@pytest.mark.slow
def test_the_same_numbers_are_the_same_small_file(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra 'bench' is not installed")
    panel = Panel("share", [1, 2, 3], {"one": Curve([1, 2, 3], [0, 1, 2], [2, 3, 4]), "other": Curve([3, 2, 1])})
    for name in ("a.svg", "b.svg"):
        draw([panel], "day", tmp_path / name, mark=1.5, said="here")
    first = (tmp_path / "a.svg").read_bytes()
    assert first == (tmp_path / "b.svg").read_bytes()
    assert b"here" in first
    assert b"<dc:date>" not in first
    assert len(first) < 40_000
