"""The runner of the yardsticks: what it refuses, and what it prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import adapters
from benchmarks.__main__ import PUBLISHED, YARDSTICKS, irreproducible, main, table


def result(bm25: float, limit: int | None = None) -> dict[str, Any]:
    rows = {name: {"nDCG@10": published} for name, published in PUBLISHED.items()}
    rows["BM25 1.2/0.75"] = {"nDCG@10": bm25}
    rows["this project"] = {"nDCG@10": 0.73}
    return {"rows": rows, "limit": limit, "difference_mean_low_high": {"nDCG@10": {"MiniLM exact": [0.1, 0.05, 0.15]}}}


def test_a_published_figure_that_is_off_is_refused() -> None:
    assert list(irreproducible("retrieval", result(0.6791))) == []
    assert list(irreproducible("retrieval", result(0.6850))) == ["BM25 1.2/0.75: 0.6789 published, 0.685 measured"]
    assert list(irreproducible("retrieval", result(0.5, limit=10))) == []


def test_the_table_has_every_row_and_the_paired_interval() -> None:
    lines = table("nDCG@10", result(0.6791))
    assert len(lines) == 4
    assert lines[2].endswith("+0.1000  [+0.0500, +0.1500]  better")


def test_every_yardstick_has_an_adapter() -> None:
    assert {each.script for each in YARDSTICKS} <= set(vars(adapters))


def test_a_folder_without_yardsticks_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "make bench DATA=path" in capsys.readouterr().err
