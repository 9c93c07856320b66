"""Which task for the index is the most urgent, as a decision without a loop, a thread or an index."""

from __future__ import annotations

from typing import NoReturn

import pytest

from proactive_tui.brain.indexing.backlog import (
    FEW_TEXTS,
    MAX_POOL_AGE_SECONDS,
    REMINE_SECONDS,
    IndexBacklog,
    IndexConditions,
    IndexTask,
)
from proactive_tui.index.catalogs.note_catalog import NoteChanges

NOW = 1_000_000.0
EDITED = NoteChanges(changed=frozenset({"a.md"}))
GONE = NoteChanges(removed=frozenset({"gone.md"}))


def caught_up(now: float = NOW) -> IndexBacklog:
    """A backlog that has read, mined and swept everything."""
    backlog = IndexBacklog()
    backlog.folder_read_started()
    backlog.folder_batch_read(NoteChanges())
    backlog.take_departures()
    backlog.mining_started(NOW)
    backlog.pool_published(now)
    backlog.vectors_swept()
    return backlog


def next_task(
    backlog: IndexBacklog, *, now: float = NOW, pending: int = 0, model_loaded: bool = True, compaction: bool = False
) -> IndexTask | None:
    return backlog.next_task(IndexConditions(now, pending, model_loaded, lambda: compaction))


def test_words_come_first_then_the_model_then_topics_then_vectors_then_files() -> None:
    backlog, order = IndexBacklog(), []
    backlog.notes_changed(frozenset({"b.md"}))

    def note(task: IndexTask, **conditions: bool | int) -> None:
        assert next_task(backlog, compaction=True, **{"model_loaded": False, **conditions}) == task  # type: ignore[arg-type]
        order.append(task)

    note(IndexTask.READ_FOLDER)
    backlog.folder_read_started()
    backlog.folder_batch_read(EDITED)
    note(IndexTask.READ_CHANGES)
    backlog.changes_read(NoteChanges()) if backlog.take_changed_paths() else None
    note(IndexTask.LOAD_MODEL, pending=3)
    note(IndexTask.MINE_TOPICS, pending=3, model_loaded=True)
    backlog.mining_started(NOW)
    backlog.pool_published(NOW)
    note(IndexTask.EMBED_PASSAGES, pending=3, model_loaded=True)
    note(IndexTask.SWEEP_VECTORS, model_loaded=True)
    backlog.vectors_swept()
    note(IndexTask.COMPACT_VECTORS, model_loaded=True)
    assert set(order) == set(IndexTask), "every task has its turn"
    assert next_task(backlog) is None


def test_topics_do_not_wait_for_a_model_that_cannot_be_loaded() -> None:
    backlog = IndexBacklog()
    backlog.folder_read_started()
    backlog.folder_batch_read(EDITED)
    assert next_task(backlog, pending=3, model_loaded=False) == IndexTask.LOAD_MODEL
    backlog.work_failed(IndexTask.LOAD_MODEL)
    assert next_task(backlog, pending=3, model_loaded=False) == IndexTask.READ_FOLDER
    backlog.folder_read_started()
    backlog.folder_batch_read(NoteChanges())
    assert next_task(backlog, pending=3, model_loaded=False) == IndexTask.MINE_TOPICS
    backlog.mining_started(NOW)
    backlog.pool_published(NOW)
    assert next_task(backlog, pending=3, model_loaded=False) == IndexTask.LOAD_MODEL, "it is tried again"


def test_while_vectors_come_in_topics_are_mined_now_and_then() -> None:
    backlog = caught_up()
    backlog.vectors_gained()
    assert next_task(backlog, pending=FEW_TEXTS + 1, now=NOW + REMINE_SECONDS) == IndexTask.EMBED_PASSAGES
    assert next_task(backlog, pending=FEW_TEXTS + 1, now=NOW + REMINE_SECONDS + 1) == IndexTask.MINE_TOPICS
    assert next_task(backlog, pending=FEW_TEXTS + 1, now=NOW - 1) == IndexTask.MINE_TOPICS, "the clock was set back"
    assert next_task(backlog, pending=0) == IndexTask.MINE_TOPICS, "all vectors are there"


def test_few_texts_are_embedded_before_topics_are_mined() -> None:
    backlog = caught_up()
    backlog.changes_read(EDITED)
    late = NOW + REMINE_SECONDS + 1
    assert next_task(backlog, pending=FEW_TEXTS, now=late) == IndexTask.EMBED_PASSAGES
    assert next_task(backlog, pending=FEW_TEXTS, now=late, model_loaded=False) == IndexTask.LOAD_MODEL
    assert next_task(backlog, pending=FEW_TEXTS + 1, now=late) == IndexTask.MINE_TOPICS


def test_topics_do_not_wait_for_texts_that_cannot_be_embedded() -> None:
    backlog = caught_up()
    backlog.changes_read(EDITED)
    backlog.work_failed(IndexTask.EMBED_PASSAGES)
    backlog.folder_read_started()
    backlog.folder_batch_read(NoteChanges())
    assert next_task(backlog, pending=1, now=NOW + REMINE_SECONDS + 1) == IndexTask.MINE_TOPICS
    backlog.vectors_gained()
    assert next_task(backlog, pending=1, now=NOW + REMINE_SECONDS + 1) == IndexTask.EMBED_PASSAGES


def test_a_round_is_begun_anew_where_notes_change_but_not_for_ever() -> None:
    backlog = caught_up()
    backlog.mining_started(NOW)
    assert not backlog.is_round_outdated(NOW)
    backlog.notes_changed(frozenset({"b.md"}))
    assert backlog.is_round_outdated(NOW + REMINE_SECONDS)
    backlog.round_broken_off()
    assert next_task(backlog) == IndexTask.READ_CHANGES
    backlog.mining_started(NOW + REMINE_SECONDS)
    assert not backlog.is_round_outdated(NOW + REMINE_SECONDS + 1), "it goes on to its end"
    backlog.topics_invalidated(reread=True)
    assert backlog.is_round_outdated(NOW + REMINE_SECONDS + 1), "a note may have to leave"
    backlog.pool_published(NOW + REMINE_SECONDS + 1)
    backlog.mining_started(NOW + 2 * REMINE_SECONDS + 2)
    backlog.folder_read_started()
    assert backlog.is_round_outdated(NOW + 2 * REMINE_SECONDS + 3), "the next one may be begun anew again"


def test_a_note_that_left_makes_the_pool_outdated_until_it_is_mined_again() -> None:
    backlog = caught_up()
    backlog.changes_read(GONE)
    assert backlog.pool_outdated
    assert next_task(backlog, pending=5) == IndexTask.MINE_TOPICS, "it is not waited for vectors"
    backlog.mining_started(NOW)
    backlog.pool_published(NOW)
    assert not backlog.pool_outdated


def test_a_folder_that_was_invalidated_while_topics_were_mined_keeps_the_pool_outdated() -> None:
    backlog = caught_up()
    backlog.topics_invalidated(reread=True)
    backlog.folder_read_started()
    backlog.mining_started(NOW)
    backlog.topics_invalidated(reread=True)
    backlog.pool_published(NOW)
    assert (backlog.pool_outdated, backlog.topics_stale, backlog.folder_unread) == (True, True, True)


def test_what_left_is_told_once_when_the_whole_folder_was_read() -> None:
    backlog = IndexBacklog()
    backlog.folder_read_started()
    backlog.folder_batch_read(NoteChanges(removed=frozenset({"a.md"}), moved={"a.md": "b.md"}, left=1))
    assert backlog.take_departures() is None
    assert next_task(backlog) == IndexTask.READ_FOLDER
    backlog.folder_read_started()
    backlog.folder_batch_read(GONE)
    assert backlog.take_departures() == NoteChanges(removed=frozenset({"a.md", "gone.md"}), moved={"a.md": "b.md"})
    assert backlog.take_departures() == NoteChanges()


def test_work_that_failed_reads_the_folder_again() -> None:
    backlog = caught_up()
    backlog.notes_changed(frozenset({"a.md"}))
    assert backlog.take_changed_paths() == {"a.md"}
    backlog.work_failed(IndexTask.READ_CHANGES)
    assert next_task(backlog) == IndexTask.READ_FOLDER


@pytest.mark.parametrize(("age", "stale"), [(0.0, False), (MAX_POOL_AGE_SECONDS, True), (-1.0, True)])
def test_a_pool_of_another_hour_is_stale(age: float, stale: bool) -> None:
    backlog = caught_up()
    assert backlog.clock_checked(NOW + age) is stale
    assert next_task(backlog) == (IndexTask.MINE_TOPICS if stale else None)


def test_a_compaction_that_failed_waits_and_the_index_is_asked_last() -> None:
    backlog = caught_up()
    backlog.compaction_failed(NOW)
    assert next_task(backlog, compaction=True) is None
    assert next_task(backlog, compaction=True, now=NOW + MAX_POOL_AGE_SECONDS) == IndexTask.COMPACT_VECTORS

    def asked() -> NoReturn:
        raise AssertionError("there is something more urgent")

    backlog.vectors_gained()
    assert backlog.next_task(IndexConditions(NOW, 0, True, asked)) == IndexTask.MINE_TOPICS


def test_a_pool_is_stale_when_an_appointment_begins() -> None:
    backlog = IndexBacklog()
    backlog.pool_published(NOW, NOW + 600)
    assert backlog.clock_checked(NOW + 599) is False
    assert backlog.clock_checked(NOW + 600) is True
    backlog.pool_published(NOW + 600)
    assert backlog.clock_checked(NOW + 1200) is False
