"""A short soak; `python -m tests.endurance.soak` and `python -m tests.endurance.screen` are the long ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.endurance.growth import Bound, Sample, drift, grown, table


def run(*words: str) -> str:
    ended = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False, timeout=180)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.slow
def test_nothing_of_the_brain_grows_beyond_what_was_said() -> None:
    assert "0 things grew" in run("tests.endurance.soak", "--hours", "2", "--samples", "8", "--quick")


@pytest.mark.slow
def test_nothing_of_the_face_grows() -> None:
    assert "0 things grew" in run("tests.endurance.screen", "--rounds", "3", "--samples", "3")


def samples(*held: float) -> list[Sample]:
    return [
        Sample(hours=n, things=9 * n, events=100 * n, said=1_000 * n, held={"it": each}) for n, each in enumerate(held)
    ]


def test_a_leak_is_seen_and_a_peak_is_none() -> None:
    leaking = samples(0, 50, 51, 52, 53, 54, 55, 56)
    assert grown(leaking, {"it": Bound(flat=4)})
    assert not grown(leaking, {"it": Bound(flat=5)})
    assert not grown(samples(0, 50, 50, 99, 50, 50, 12, 50), {"it": Bound(flat=0)})
    assert not grown(samples(0, 50, 5, 5, 5, 5, 5, 5), {"it": Bound(flat=0)}), "warming up is no leak"


def test_what_was_said_may_be_kept() -> None:
    growing = samples(0, 1, 2, 3, 4, 5, 6, 7)
    assert grown(growing, {"it": Bound(flat=0)})
    assert not grown(growing, {"it": Bound(flat=0, event=0.01)})
    assert not grown(growing, {"it": Bound(flat=0, byte=0.001)})


def test_a_drift_is_a_slope_over_the_whole() -> None:
    assert drift([(0, 0), (1, 2), (2, 4), (3, 6)]) == 6
    assert drift([(0, 5)]) == 0


def test_the_table_has_start_and_end() -> None:
    lines = list(table(samples(0, 1, 2, 3_000_000)))
    assert lines[0].split() == ["start", "warm", "middle", "end", "drift"]
    assert lines[-1].split()[:2] == ["it", "0"]
    assert "3.00 MB" in lines[-1]
