"""River's detectors and bandits in the place of ours: each row runs, and the same people meet each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import river_pieces


def test_bandits_are_compared_in_four_worlds(capsys: pytest.CaptureFixture[str]) -> None:
    assert river_pieces.main(["--people", "2", "--days", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("the prior") for line in lines) == 4
    assert sum(line.split()[0] == "River" for line in lines) == 4 * 4
    assert all(" +0.0000 [+0.0000, +0.0000]" in line for line in lines if "this project" in line)


def test_detectors_are_compared_before_and_after_the_switch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng, file = np.random.default_rng(1), tmp_path / "made.npz"
    np.savez(file, items=rng.standard_normal((25, 3)).astype(np.float32), ratings=rng.uniform(-10, 10, (2, 25)),
             engage_at=0.0, follow_up_at=5.0, dismiss_at=-5.0)  # fmt: skip
    assert river_pieces.main([str(file), "--people", "2"]) == 0
    out = capsys.readouterr().out
    assert [out.count(name) for name in ("page_hinkley", "adwin", "before", "after")] == [3, 3, 1, 1]
