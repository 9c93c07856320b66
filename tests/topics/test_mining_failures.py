"""What fails costs itself: a note, a topic or a kind that cannot be mined is left out, kept and logged once."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import connection, fading, theme, thread
from proactive_tui.topics import pool as pooling
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.pool import MINERS, NoteMiner, VaultMiner, merge_topics, run_miners
from tests.topics.builders import NOW, library, note

NOTES = (
    note("# Desk\n\n- [ ] buy the alarm clock\n\nI don't know who rotates the keys.\n", "desk.md"),
    note("# Peak\n\n- [ ] send Mara the figures\n", "peak.md"),
)

TASKS: tuple[Kind, ...] = ("task",)


def broken(*_: object) -> list[Topic]:
    raise ValueError("words " * 2)


def reasons(cache: PoolCache) -> dict[str, str]:
    return {file.path: file.reason for file in cache.failures.listed()}


def test_a_note_that_cannot_be_mined_costs_that_kind_of_that_note(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    miner = MINERS["task"]
    assert isinstance(miner, NoteMiner)
    find: Callable[[Note, MiningContext], list[Topic]] = miner.from_note
    monkeypatch.setitem(
        MINERS,
        "task",
        miner._replace(from_note=lambda each, to: broken() if each.path == "desk.md" else find(each, to)),
    )
    cache = PoolCache()
    for _ in range(2):
        found = run_miners(library(*NOTES), NOW, ("open question", "task"), cache)
        assert {(topic.kind, topic.paths[0]) for topic in found} == {("task", "peak.md"), ("open question", "desk.md")}
        assert list(reasons(cache)) == ["desk.md"]
    assert "no task" in reasons(cache)["desk.md"]
    assert "ValueError in test_mining_failures.py" in reasons(cache)["desk.md"]
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == 1, "it is logged once, not once a round"
    assert "desk.md" in logged[0].getMessage()
    assert "words words" not in caplog.text + reasons(cache)["desk.md"], "a message may quote a note"
    mended = note("# Desk\n\n- [ ] buy another clock\n", "desk.md")
    monkeypatch.setitem(MINERS, "task", miner)
    run_miners(library(mended, NOTES[1]), NOW, TASKS, cache)
    assert reasons(cache) == {}


def test_a_topic_that_cannot_be_weighed_costs_that_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    miner = MINERS["task"]
    assert isinstance(miner, NoteMiner)

    def weigh(topic: Topic, context: MiningContext, at: float) -> Topic | None:
        return miner.weigh(topic, context, at) if "Mara" in topic.title else broken()[0]

    monkeypatch.setitem(MINERS, "task", miner._replace(weigh=weigh))
    cache = PoolCache()
    assert [topic.paths[0] for topic in run_miners(library(*NOTES), NOW, TASKS, cache)] == ["peak.md"]
    assert list(reasons(cache)) == ["desk.md"]


@pytest.mark.parametrize("kind", ["thread", "theme", "fading", "connection"])
def test_a_kind_that_cannot_be_mined_costs_that_kind(monkeypatch: pytest.MonkeyPatch, kind: Kind) -> None:
    monkeypatch.setitem(MINERS, kind, VaultMiner(broken))
    cache = PoolCache()
    found = run_miners(library(*NOTES, vectors=True), NOW, cache=cache)
    assert {topic.kind for topic in found} >= {"task", "open question"}
    assert list(reasons(cache)) == ["."]


@pytest.mark.parametrize(
    ("module", "name", "kind"),
    [(thread, "_thread_topic", "thread"), (fading, "_fading_topic", "fading")],
)
def test_one_topic_of_a_kind_costs_itself(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, kind: Kind
) -> None:
    make = getattr(module, name)
    monkeypatch.setattr(module, name, lambda each, *rest: broken() if each.path == "desk.md" else make(each, *rest))
    cache = PoolCache()
    found = run_miners(library(*NOTES), NOW, (kind,), cache)
    assert "desk.md" not in [path for topic in found for path in topic.paths]
    assert list(reasons(cache)) == ["desk.md"]


def test_pairs_and_clusters_are_made_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((connection, "_connection_topic"), (theme, "_theme_topic")):
        monkeypatch.setattr(module, name, broken)
    text = "Kafka rebalances the consumer groups when a broker leaves the cluster, and the lag grows meanwhile. " * 2
    notes = [note(f"# Note {number}\n\n{text}{number}\n", f"n{number}.md") for number in range(4)]
    cache = PoolCache()
    assert run_miners(library(*notes, vectors=True), NOW, ("connection", "theme"), cache) == ()
    assert "." not in reasons(cache)


def test_where_duplicates_cannot_be_merged_they_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    mined = run_miners(library(*NOTES), NOW, TASKS)
    monkeypatch.setattr(pooling, "merge_duplicates", broken)
    cache = PoolCache()
    assert set(merge_topics(mined, cache=cache)) == set(mined)
    assert [file.path for file in cache.failures.listed()] == ["."]


def test_a_note_whose_kind_cannot_be_told_is_the_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proactive_tui.topics.memory.mining_memory.read_provenance", broken)
    cache = PoolCache()
    assert len(run_miners(library(*NOTES), NOW, TASKS, cache)) == 2
    assert set(reasons(cache)) == {"desk.md", "peak.md"}
