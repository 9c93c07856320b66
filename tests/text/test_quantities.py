from __future__ import annotations

import pytest

from proactive_tui.text.quantities import format_ago, format_bytes, format_count, format_duration


def test_counts_have_their_nouns() -> None:
    assert [format_count(n, "note") for n in (0, 1, 2, 1_204)] == ["0 notes", "1 note", "2 notes", "1,204 notes"]


def test_sizes_are_in_steps_of_a_thousand() -> None:
    sizes = (1, 999, 1000, 323_800, 5_000_000, 7_200_000_000_000)
    assert [format_bytes(size) for size in sizes] == [
        "1 byte", "999 bytes", "1.0 kB", "323.8 kB", "5.0 MB", "7,200.0 GB"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 s"),
        (8.4, "8 s"),
        (89, "89 s"),
        (90, "2 min"),
        (200, "3 min"),
        (5400, "1 h 30 min"),
        (7200, "2 h"),
        (90_000, "25 h"),
        (400_000, "5 d"),
    ],
)
def test_how_long_something_takes(seconds: float, words: str) -> None:
    assert format_duration(seconds) == words
    assert format_ago(seconds) == f"{words} ago"
