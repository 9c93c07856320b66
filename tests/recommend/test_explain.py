"""Reasons in words that a person understands."""

from __future__ import annotations

import pytest

from proactive_tui.learning.day_parts import DAY_PARTS
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.recommend.explain import (
    LEARNED_KIND_REASON,
    MEANING_REASON,
    REASON_SUBJECTS,
    format_reason,
    phrase_best_reasons,
    strongest_reasons,
    weigh_reasons,
)
from proactive_tui.recommend.feature_words import FEATURE_MEANINGS, KIND_PLURALS, describe_feature, describe_value
from proactive_tui.recommend.features import FEATURE_PREFIXES, SCALAR_FEATURES
from proactive_tui.recommend.learners.prior import RANKER_BIAS
from proactive_tui.recommend.learners.ranker import Ranker
from proactive_tui.recommend.outside.item_features import ITEM_FEATURES
from proactive_tui.recommend.topic_table import MEANING_FEATURES
from proactive_tui.recommend.urgency import DUE_SOON_DAYS
from tests.recommend.build import DAY, HOUR, NOW, candidate, features, offer, outcome, topic


def suggestion(ranker: Ranker | None = None, moment: Moment | None = None, **more: object) -> Suggestion:
    about = candidate(**more)  # type: ignore[arg-type]
    found = features(about, moment or Moment(at=NOW), meaning=(0.25,) * 16)
    ranker = ranker or Ranker()
    return Suggestion(
        topic=about.topic,
        score=ranker.score(found).mean,
        features=found,
        contributions=ranker.contributions(found),
        channels={},
    )


def said(about: Suggestion) -> list[str]:
    return [format_reason(reason) for reason in strongest_reasons(about)]


def test_every_feature_has_words() -> None:
    every = [
        RANKER_BIAS,
        *SCALAR_FEATURES,
        *ITEM_FEATURES,
        *MEANING_FEATURES,
        *(f"kind:{kind}" for kind in TOPIC_KINDS),
        *(f"at:{kind}@{part}" for kind in TOPIC_KINDS for part in DAY_PARTS),
    ]
    for name in [*every, "folder:work", "tag:raft", "person:Mara", "author:mara"]:
        assert describe_feature(name)
        assert describe_feature(name) != name or name in FEATURE_MEANINGS
        for value in (1e-4, 0.3, 1.0):
            for contribution in (-0.1, 0.1):
                assert describe_value(name, value, contribution, {name: value})
    assert set(FEATURE_MEANINGS) == {RANKER_BIAS, *SCALAR_FEATURES, *ITEM_FEATURES}
    assert set(KIND_PLURALS) == set(TOPIC_KINDS)
    assert describe_feature("of the future") == "of the future"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0.5, "due today"),
        (1.5, "due tomorrow"),
        (3.2, "due in 3 days"),
        (-0.4, "overdue since yesterday"),
        (-2.5, "overdue for 3 days"),
    ],
)
def test_dates(days: float, expected: str) -> None:
    assert expected in said(suggestion(kind="task", due=NOW + days * DAY))


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(30, "30 s ago"), (20 * 60, "20 min ago"), (HOUR, "60 min ago"), (5 * HOUR, "5 h ago")],
)
def test_edits(ago: float, expected: str) -> None:
    moment = Moment(at=NOW, edits=(NoteEdit(path="work/raft.md", at=NOW - ago),))
    assert f"you wrote this {expected}" in said(suggestion(moment=moment))


def test_promises_name_whom() -> None:
    assert "you promised it to Mara" in said(suggestion(kind="task", detail=TopicDetails(promised_to="Mara")))


def test_how_often_the_kind_was_taken_up() -> None:
    history = tuple(outcome(f"x{number}", "engaged" if number else "not this", paths=()) for number in range(4))
    assert "you took up 3 of 4 open questions" in said(suggestion(moment=Moment(at=NOW, history=history)))


def test_what_speaks_against_it_says_but() -> None:
    history = (outcome("t", "ignored", at=NOW - 2 * DAY), outcome("t", "ignored", at=NOW - 2 * DAY + 1))
    found = said(suggestion(moment=Moment(at=NOW, history=history), path="other.md"))
    assert "but last shown 2 d ago" in found
    assert "but you waved it off before" in found


def test_what_was_learned_is_said_in_its_direction() -> None:
    ranker = Ranker()
    for _ in range(20):
        ranker.learn_features({"tag:raft": 1.0}, 0.0)
        ranker.learn_features({"tag:rust": 1.0}, 1.0)
    raft, rust = (
        said(suggestion(ranker, tags=("raft",))),
        said(suggestion(ranker, tags=("rust",))),
    )
    assert "but tagged raft: not welcome so far" in raft
    assert "tagged rust: welcome so far" in rust


def test_the_kind_counts_as_a_reason_only_where_something_was_learned_about_it() -> None:
    assert not any("open question" in each for each in said(suggestion()))
    ranker = Ranker()
    for _ in range(10):
        ranker.learn_features({"kind:open question": 1.0}, 1.0)
        ranker.learn_features({"kind:theme": 1.0}, 0.0)
    assert "open questions: welcome so far" in said(suggestion(ranker))
    assert "but themes: not welcome so far" in said(suggestion(ranker, kind="theme"))
    assert "it is a theme" in {each.words for each in weigh_reasons(suggestion(ranker, kind="theme"))}


def test_the_reasons_add_up_to_the_score_and_meaning_is_one_of_them() -> None:
    ranker = Ranker()
    for number in range(5):
        ranker.learn(offer(suggestion().features), "followed up", NOW + number)
    found = suggestion(ranker, kind="task", due=NOW + DAY / 2)
    start = found.contributions["always"]
    assert sum(each.contribution for each in weigh_reasons(found)) == pytest.approx(found.score - start)
    assert sum(each.feature == MEANING_REASON for each in weigh_reasons(found)) == 1
    assert len({each.feature for each in weigh_reasons(found)}) == len(weigh_reasons(found))
    strengths = [abs(each.contribution) for each in weigh_reasons(found)]
    assert strengths == sorted(strengths, reverse=True)
    assert len(strongest_reasons(found)) <= 5


def weighed(**contributions: float) -> Suggestion:
    """A suggestion with these contributions, of which each feature has the value .8."""
    named = {name.replace("_", " "): value for name, value in contributions.items()}
    return Suggestion(
        topic=topic(kind="task"),
        score=0.5,
        features={**dict.fromkeys(named, 0.8), "kind answered": 0.5},
        contributions=named,
        channels={},
    )


@pytest.mark.parametrize(
    ("contributions", "expected"),
    [
        ({"like_now": 0.3, "words_now": 0.2}, "it is very like what you are working on"),
        ({"words_now": 0.3, "like_now": 0.2}, "it shares many words with what you are working on"),
        ({"taste": 0.3, "meaning:3": 0.2, "promised": 0.1}, "topics like it were welcome; you promised it"),
        ({"kind_welcome": 0.3, "at:task@morning": 0.2, "kind:task": 0.15}, "you took up 0 of 4 tasks"),
        ({"offered_before": 0.2, "welcomed_before": 0.3}, "you took it up before"),
        ({"forgotten": 0.2, "old_evidence": 0.1}, "you have probably forgotten it (80%)"),
        ({"tag:oak": 0.2, "tag:elm": 0.1, "folder:yard": 0.05}, "tagged oak: welcome so far; in yard/: welcome so far"),
        ({"like_now": -0.3, "words_now": 0.2}, "it shares many words with what you are working on"),
        ({"like_now": -0.3}, ""),
    ],
)
def test_a_card_says_nothing_twice_in_other_words(contributions: dict[str, float], expected: str) -> None:
    assert phrase_best_reasons(weighed(**contributions)) == expected


def test_what_reasons_are_about_are_reasons_that_there_are() -> None:
    single = {*SCALAR_FEATURES, *ITEM_FEATURES, MEANING_REASON, LEARNED_KIND_REASON}
    assert REASON_SUBJECTS.keys() <= single | {prefix.rstrip(":") for prefix in FEATURE_PREFIXES}


def test_an_offer_is_explained_from_its_snapshot() -> None:
    found = suggestion(kind="task", due=NOW + DAY / 2)
    made = offer(found.features, contributions=found.contributions, about=topic(kind="task"))
    assert strongest_reasons(made) == strongest_reasons(found)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("offered before", 0.2, "shown once before"),
        ("offered before", 0.5, "shown 4 times before"),
        ("several notes", 0.6667, "it runs through 3 notes"),
        ("like now", 0.8, "it is very like what you are working on"),
        ("like now", 0.5, "it is quite like what you are working on"),
        ("words now", 0.1, "it shares a few words with what you are working on"),
        ("touched often", 0.6, "you will probably come back to this note soon"),
        ("touched often", 0.4, "you may come back to this note soon"),
        ("taste", -0.4, "topics like it were not welcome"),
        ("taste", 0.4, "topics like it were welcome"),
        ("old evidence", 0.9, "you wrote it long ago"),
        ("kind lately", 0.4, "2 of the last 5 offers were of this kind"),
        ("note lately", 0.2, "1 of the last 5 offers was about this note"),
        ("kind:open question", 1.0, "it is an open question"),
        ("kind:fading", 1.0, "it is fading"),
        ("at:task@morning", 1.0, "tasks in the morning: welcome so far"),
        ("at:task@night", 1.0, "tasks at night: welcome so far"),
        ("folder:work", 1.0, "in work/: welcome so far"),
        ("person:Mara", 1.0, "about Mara: welcome so far"),
        ("salience", 0.9, "it stands out clearly in your notes"),
        ("salience", -0.5, "it stands out little in your notes"),
    ],
)
def test_values_in_words(name: str, value: float, expected: str) -> None:
    assert describe_value(name, value, 0.1, {name: value}) == expected


def item_topic(kind: Kind, notes: int, items: int = 1, **detail: str) -> Topic:
    origin = ItemOrigin(source="calendar", form="appointment")
    evidence = [Evidence(path=f"c://{n}", line_start=1, line_end=1, text="x", origin=origin) for n in range(items)]
    evidence += [Evidence(path=f"{n}.md", line_start=1, line_end=1, text="x") for n in range(notes)]
    return Topic(id="t", kind=kind, title="t", at=NOW, evidence=tuple(evidence), detail=TopicDetails(**detail))


MEETING = item_topic("meeting", 0, starts="2026-12-01T10:30+01:00")
PROMISED = item_topic("meeting", 1, promised_to="Kwame")


@pytest.mark.parametrize(
    ("name", "value", "about", "words"),
    [
        ("several notes", 0.5, item_topic("meeting", 1), "it meets a note of yours"),
        ("several notes", 0.75, item_topic("news", 2), "it meets 2 notes of yours"),
        ("several notes", 0.5, item_topic("unfinished work", 0, 3), "it brings 3 things together"),
        ("due soon", 1.0, MEETING, "it begins at 10:30"),
        ("due soon", 1 - 1 / DUE_SOON_DAYS, MEETING, "it begins tomorrow at 10:30"),
        ("due soon", 1.0, item_topic("meeting", 0, starts="2026-12-01"), "it begins today"),
        ("due soon", 1 - 3 / DUE_SOON_DAYS, MEETING, "it begins in 3 days"),
        ("due soon", 1.0, item_topic("review", 0), "due today"),
        ("promised", 1.0, PROMISED, "you promised Kwame something"),
        ("salience", -0.5, item_topic("news", 1), "it stands out little"),
        ("touched often", 0.6, item_topic("meeting", 1), "you will probably come back soon to what it meets"),
        ("old evidence", 0.9, item_topic("review", 0), "it is from long ago"),
        ("note lately", 0.4, item_topic("review", 0), "2 of the last 5 offers were about the same"),
    ],
)  # fmt: skip
def test_what_a_source_brought_is_not_worded_as_a_note(name: str, value: float, about: Topic, words: str) -> None:
    made = Suggestion(topic=about, score=0.5, features={name: value}, contributions={name: 0.2}, channels={})
    found = next(reason for reason in weigh_reasons(made) if reason.feature == name)
    assert found.words == words


def test_of_a_note_the_words_stay() -> None:
    made = Suggestion(
        topic=topic("a", "task"), score=0.5, features={"due soon": 1.0}, contributions={"due soon": 0.2}, channels={}
    )
    assert "due today" in [reason.words for reason in weigh_reasons(made)]
