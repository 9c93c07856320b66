"""Between the steps of a round of mining a saved note is taken in, and the round is begun anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from proactive_tui.brain.indexing.backlog import FEW_TEXTS
from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
from proactive_tui.brain.services import Services
from proactive_tui.brain.worker import PriorityWorker
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from tests.brain.build import services as open_small_vault
from tests.waiting import until

NOW = 1_795_800_000.0
NEW = "2026-11-22-boat.md"


def maintain(services: Services, worker: PriorityWorker, troubles: list[str]) -> IndexMaintainer:
    return IndexMaintainer(
        services,
        worker,
        lambda: NOW,
        on_progress=lambda: None,
        on_edit=lambda _: None,
        on_left=lambda _: None,
        on_trouble=lambda title, message: troubles.append(f"{title}: {message}"),
    )


async def test_a_note_saved_in_the_middle_of_a_round_does_not_wait_for_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = open_small_vault(tmp_path)
    worker, steps = PriorityWorker("index"), 0
    found_after: list[int] = []
    troubles: list[str] = []
    mine = Services.mine_in_steps

    def mine_and_save(self: Services, at: float, kinds: Sequence[Kind]) -> Iterator[tuple[Topic, ...] | None]:
        nonlocal steps
        for step in mine(self, at, kinds):
            steps += 1
            if steps == 2:
                (services.folder / NEW).write_text("# Boat\n\nWhy does the boat leak at the stern?\n", "utf-8")
                loop.call_soon_threadsafe(maintainer.queue_changes, frozenset({NEW}))
            elif NEW in services.index.notes:
                found_after.append(steps)
            yield step

    monkeypatch.setattr(Services, "mine_in_steps", mine_and_save)
    maintainer, loop = maintain(services, worker, troubles), asyncio.get_running_loop()
    running = asyncio.create_task(maintainer.run())
    try:
        await until(lambda: maintainer.is_complete and NEW in services.index.notes)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.to_thread(worker.close)
        services.close()
    assert not troubles
    assert found_after[0] == 3, "the first step after it is that of another round"
    assert any(NEW in topic.paths for topic in maintainer.pool)


def test_no_theme_is_found_while_the_first_vectors_are_made(tmp_path: Path) -> None:
    lag = "Consumer lag grows after every rebalance of the notifier group."
    notes = {f"lag{number}.md": f"# Lag {number}\n\n{lag} Part {number}.\n" for number in range(6)}
    notes |= {f"other{number}.md": f"# Other {number}\n\nTiles {number} of the map.\n" for number in range(40)}
    with closing(open_small_vault(tmp_path, notes=notes)) as made:
        made.index.refresh()
        found: dict[int, set[str]] = {}
        while 0 not in found:
            mined = made.run_miners(time.time(), made.enabled_kinds)
            found[made.index.vectors.pending_count] = {topic.title for topic in mined if topic.kind == "theme"}
            made.index.vectors.embed_batch(10)
    assert not any(themes for pending, themes in found.items() if pending > FEW_TEXTS)
    assert found[0]
