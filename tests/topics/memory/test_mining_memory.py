"""One changed note is read again, with those that share something telling with it, and no other one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.topics import mining_context
from proactive_tui.topics.memory import mining_memory
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.open_ends.finding import read_open_ends
from tests.topics.builders import NOW, build_pool, library, note

STRETCH = "- [{}] stretch in the morning"  # ticked and open again: a habit
DAYS = [
    note(
        "\n".join(
            (
                "# Day\n\n## Tasks\n",
                STRETCH.format("x" if day % 9 == 5 else " "),
                f"- [ ] call number {day} of the list\n\nWhat went well?\n",
            )
        ),
        f"2026-10-{day:02}.md",
        40 - day,
    )
    for day in range(1, 31)
]
PLANS = [
    note(f"# Plan {number}\n\nThe boiler {number} has to be drained before winter.\n", f"plan {number}.md", 3 + number)
    for number in range(20)
]
READERS = ("read_note_alone", "read_provenance", "read_dated_boxes", "read_note_fields")


def read_by(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the calls of what reads a note."""
    calls: Counter[str] = Counter()

    def counted(name: str, reader: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            calls[name] += 1
            return reader(*arguments)

        return call

    for name in READERS:
        monkeypatch.setattr(mining_memory, name, counted(name, getattr(mining_memory, name)))
    monkeypatch.setattr(mining_context, "read_open_ends", counted("read_open_ends", read_open_ends))
    return calls


@pytest.mark.parametrize(
    ("edited", "others"),
    [
        (note("# Plan 3\n\nThe boiler 3 was drained. Who fills it again?\n", "plan 3.md", 0.1), 0),
        (note("# Day\n\n## Tasks\n\n- [x] stretch in the morning\n\nWhat went well?\n", "2026-10-30.md", 0.1), 0),
        (note("# Plan 3\n\nThe boiler 4 has to be drained before winter.\n", "plan 3.md", 0.1), 1),
    ],
)
def test_one_changed_note_is_read_again_with_those_that_share_rare_lines_with_it(
    edited: Note, others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = PoolCache()
    build_pool(library(*DAYS, *PLANS), NOW, cache=cache)
    after = [edited if known.path == edited.path else known for known in (*DAYS, *PLANS)]
    calls = read_by(monkeypatch)
    build_pool(library(*after), NOW, cache=cache)
    assert calls["read_note_alone"] == calls["read_dated_boxes"] == calls["read_note_fields"] == 1
    assert calls["read_provenance"] == 1 + others
    assert 1 <= calls["read_open_ends"] <= 1 + others
    calls.clear()
    build_pool(library(*after), NOW, cache=cache)
    assert not calls


def test_a_note_that_is_gone_is_forgotten() -> None:
    cache = PoolCache()
    build_pool(library(*DAYS), NOW, cache=cache)
    build_pool(library(*DAYS[1:]), NOW, cache=cache)
    memory = cache.memory
    assert memory.reading_of(DAYS[0]) is None
    assert memory.reading_of(DAYS[1]) is not None
    assert DAYS[0].path not in memory.provenances
    assert not any(DAYS[0].path in mined.notes for mined in cache.mined.values())
