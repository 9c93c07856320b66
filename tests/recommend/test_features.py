"""Features are bounded, named, and all that learning and explaining need."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.model.moment_values import Moment, NoteEdit, OfferOutcome
from proactive_tui.model.shared_words import REACTIONS, TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.recommend.features import FEATURE_PREFIXES, SCALAR_FEATURES, decode_count
from proactive_tui.recommend.random_projection import (
    MEANING_DIMENSIONS,
    TopicMeanings,
    Vector,
    project_vectors,
    topic_vectors,
)
from proactive_tui.recommend.topic_table import MEANING_FEATURES, TopicTable
from tests.recommend.build import DAY, HOUR, NOW, candidate, evidence, features, outcome, topic

MOMENT = Moment(at=NOW)

outcomes = st.builds(
    outcome,
    name=st.sampled_from(["t", "u", "v"]),
    reaction=st.sampled_from([None, *REACTIONS]),
    at=st.floats(NOW - 100 * DAY, NOW),
    kind=st.sampled_from(TOPIC_KINDS),
)


@given(
    kind=st.sampled_from(TOPIC_KINDS),
    at=st.floats(NOW - 3000 * DAY, NOW + DAY),
    due=st.none() | st.floats(NOW - 3000 * DAY, NOW + 3000 * DAY),
    salience=st.floats(-1, 2),
    tags=st.lists(st.text(min_size=1, max_size=5), max_size=12),
    history=st.lists(outcomes, max_size=30),
    edit=st.none() | st.floats(NOW - 10 * DAY, NOW + HOUR),
    channels=st.dictionaries(st.sampled_from(["meaning", "words", "frecency", "due", "fresh"]), st.floats(0.001, 1)),
    taste=st.floats(0, 1),
)
def test_every_value_is_bounded_and_every_name_is_known(
    kind: Kind,
    at: float,
    due: float | None,
    salience: float,
    tags: list[str],
    history: list[OfferOutcome],
    edit: float | None,
    channels: dict[str, float],
    taste: float,
) -> None:
    about = candidate(
        "t", kind, channels, at=at, due=due, salience=salience, tags=tuple(tags), people=("Mara",), aliases=("u",)
    )
    moment = Moment(at=NOW, history=tuple(history), edits=(NoteEdit(path="work/raft.md", at=edit),) if edit else ())
    found = features(about, moment, meaning=(0.5,) * MEANING_DIMENSIONS, taste=taste)
    assert all(-1.0 <= value <= 1.0 and value for value in found.values())
    assert all(name in SCALAR_FEATURES or name.startswith(FEATURE_PREFIXES) for name in found)


def test_a_task_for_tomorrow_promised_and_just_edited() -> None:
    about = candidate(
        "t",
        "task",
        {"meaning": 0.6, "words": 0.5, "frecency": 0.4},
        due=NOW + 1.5 * DAY,
        tags=("work",),
        people=("Mara",),
        detail=TopicDetails(promised_to="Mara"),
        evidence=(evidence("work/plan.md"), evidence("life/plan.md"), evidence("top.md")),
    )
    moment = Moment(
        at=NOW, edits=(NoteEdit(path="top.md", at=NOW - 2 * HOUR), NoteEdit(path="top.md", at=NOW - 9 * HOUR))
    )
    found = features(about, moment, taste=0.75)
    assert found["due soon"] == pytest.approx(1 - 1.5 / 14, abs=1e-4)
    assert found["just edited"] == 0.5
    assert found["several notes"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["taste"] == 0.5
    for name in ("promised", "never shown", "kind:task", "folder:work", "folder:life", "tag:work", "person:Mara"):
        assert found[name] == 1.0
    assert (found["like now"], found["words now"], found["touched often"]) == (0.6, 0.5, 0.4)
    assert "overdue" not in found
    assert "forgotten" not in found
    assert "folder:" not in found


def test_overdue_and_fading() -> None:
    assert features(candidate(due=NOW - 7 * DAY), MOMENT)["overdue"] == 0.5
    assert features(candidate(kind="fading", at=NOW - 300 * DAY), MOMENT)["forgotten"] > 0.3


def test_history_of_the_topic_of_its_kind_and_of_its_note() -> None:
    history = (
        outcome("t", "ignored", at=NOW - 14 * DAY),
        outcome("old", "engaged", at=NOW - 7 * DAY),
        outcome("x", "followed up", at=NOW - 6 * DAY, paths=("other.md",)),
        outcome("y", "not now", at=NOW - 5 * DAY, paths=()),
        outcome("z", "engaged", at=NOW - 4 * DAY, kind="theme", paths=()),
        outcome("t", "withdrawn", at=NOW - DAY),
    )
    found = features(candidate(aliases=("old",)), Moment(at=NOW, history=history))
    assert decode_count(found["offered before"]) == 2
    assert found["offered lately"] == 0.5
    assert found["welcomed before"] == found["waved off before"] == 1.0
    assert "never shown" not in found
    assert (decode_count(found["kind answered"]), decode_count(found["kind taken up"])) == (3, 2)
    assert found["kind welcome"] == pytest.approx(1 / 7 * 3 / 7, abs=1e-4)
    assert found["kind lately"] == pytest.approx(4 / 5)
    assert found["note lately"] == pytest.approx(2 / 5)


@given(st.integers(0, 60))
def test_counts_can_be_read_back(count: int) -> None:
    assert decode_count(round(count / (count + 4), 4)) == count


def test_a_full_count_does_not_divide_by_zero() -> None:
    assert decode_count(1.0) == 0


def test_the_part_of_the_day_is_local_and_can_be_switched_off() -> None:
    midnight = Moment(at=0.0)
    seven, nineteen = Moment(at=0.0, utc_offset=7 * 3600), Moment(at=0.0, utc_offset=-5 * 3600)
    assert features(candidate(kind="task"), seven)["at:task@morning"] == 1.0
    assert features(candidate(kind="task"), nineteen)["at:task@evening"] == 1.0
    assert features(candidate(kind="task"), midnight)["at:task@night"] == 1.0
    assert not any(name.startswith("at:") for name in features(candidate(), midnight, clock=False))


def test_meaning_is_the_mean_of_the_evidence_and_survives_projection() -> None:
    random = np.random.default_rng(3)
    vectors = {name: random.standard_normal(384).astype(np.float32) for name in ("p-a", "p-b")}
    pool = [
        topic("a"),
        topic("b"),
        topic("both", evidence=(evidence(passage="p-a"), evidence(passage="p-b"))),
        topic("c"),
    ]
    found = topic_vectors(pool, vectors)
    assert found.shape == (4, 384)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 1, 0])
    assert found[2] @ found[0] > 0.5 < found[2] @ found[1]
    small = project_vectors(found)
    assert small.shape == (4, MEANING_DIMENSIONS)
    assert not small[3].any()
    assert small[2] @ small[0] > small[1] @ small[0]
    standing = TopicTable.from_topics(pool, vectors)
    assert [topic.id for topic in standing.topics] == ["a", "b", "both", "c"]
    assert standing.table.row(0)["meaning:3"] == small[0][3]
    assert not any(name in MEANING_FEATURES for name in standing.table.row(3))


def test_without_vectors_there_is_no_meaning() -> None:
    assert topic_vectors([topic("a")], {}).shape == (1, 0)
    assert project_vectors(topic_vectors([topic("a")], {})).shape == (1, 0)
    assert not project_vectors(topic_vectors([topic("a")], {"p-a": [0.0, 0.0]})).any()


def test_the_projection_never_changes() -> None:
    """Journaled snapshots would lose their meaning: these numbers must stay as they are."""
    unit = np.zeros((1, 384))
    unit[0, 0] = 1.0
    assert tuple(project_vectors(unit)[0][:3]) == PINNED
    assert (project_vectors(unit) == project_vectors(unit.copy())).all()


PINNED = (-0.0214, -0.1072, -0.7184)


def test_meanings_that_are_kept_are_those_of_a_pool_prepared_anew() -> None:
    rng = np.random.default_rng(3)
    vectors: dict[str, Vector] = {f"p-{name}": rng.standard_normal(8).astype(np.float32) for name in "abcd"}
    kept = TopicMeanings()
    pools: tuple[tuple[list[Topic], dict[str, Vector]], ...] = (
        ([], {}),
        ([topic("a"), topic("b")], {}),
        ([topic("a"), topic("b"), topic("c")], {"p-a": vectors["p-a"], "p-c": vectors["p-c"]}),
        ([topic("b"), topic("c"), topic("d")], vectors),
        ([topic("c"), topic("a")], vectors | {"p-c": vectors["p-d"]}),
        ([topic("a")], {"p-a": np.ones(5, np.float32)}),
        ([topic("a")], {}),
    )
    for pool, known in pools:
        meanings, small = kept.read(pool, known)
        found = topic_vectors(pool, known)
        assert meanings.shape == found.shape
        np.testing.assert_array_equal(meanings, found.astype(np.float32))
        np.testing.assert_allclose(small, project_vectors(found), atol=1e-4)
