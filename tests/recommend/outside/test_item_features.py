"""Urgency, strength of the meeting, age and trust: each moves the rank of what sources bring, and of nothing else."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from proactive_tui.config import Config, OffersConfig
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.explain import strongest_reasons
from proactive_tui.recommend.learners import prior
from proactive_tui.recommend.outside.item_features import ITEM_FEATURES, ItemTopics, trust_in
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import DAY, HOUR, NOW, candidate, features, offered, outcome, topic
from tests.recommend.outside import mixed_pool as made

ANSWERS: tuple[Reaction, ...] = ("engaged", "not this", "not now", "ignored")
GREEDY = Config(offers=OffersConfig(exploration=0.0))


def feature_row(about: Topic, at: float = NOW, answered: dict[str, tuple[int, int]] | None = None) -> dict[str, float]:
    values = ItemTopics.from_topics([about]).features_at(np.array([0]), at, answered or {})[0]
    return dict(zip(ITEM_FEATURES, values.tolist(), strict=True))


def ranked(pool: Sequence[Topic], recommender: Recommender | None = None, at: float = NOW) -> list[str]:
    """The names of the topics by their scores alone, best first."""
    table = TopicTable.from_topics(pool, {})
    made_at = (recommender or Recommender(GREEDY)).suggest(
        table, Moment(at=at), RetrievalContext(), random.Random(1), len(pool)
    )
    return [each.topic.title for each in sorted(made_at, key=lambda each: -each.score)]


def test_the_first_day_has_the_right_order() -> None:
    order = ranked(made.mixed_pool())
    place = {name: number for number, name in enumerate(order)}
    assert order[0] in {"planning", "promised"}
    assert set(order[:3]) == {"planning", "promised", "blocking"}
    assert place["planning"] < place["branch"], "a meeting in 40 minutes comes before a stale branch"
    assert place["blocking"] < place["checks"] < place["strong story"]
    assert place["asked"] < place["strong story"] < place["weak story"]
    assert order[-1] == "weak story", "a story that meets one common word is last"


@pytest.mark.parametrize("minutes", [5.0, 40.0, 80.0])
@pytest.mark.parametrize("promise", [True, False])
def test_a_meeting_that_comes_near_is_before_work_that_can_wait(minutes: float, *, promise: bool) -> None:
    waits = [made.stale_branch(strength="0.90"), made.late_evenings(), made.story("story"), made.story("old", days=6.0)]
    assert ranked([*waits, made.meeting_soon(minutes=minutes, promise=promise)])[0] == "planning"


@pytest.mark.parametrize("reason", ["said to block", "changes requested", "issue", "open thread"])
def test_whatever_blocks_is_before_any_story(reason: str) -> None:
    detail = TopicDetails(review="comments", blocking=reason)
    blocks = made.item_topic("blocks", "review", "forge", "mara", detail=detail, salience=0.7, at=NOW - 4 * DAY)
    assert ranked([made.story("fresh", strength=1.0, days=0.0), blocks])[0] == "blocks"


def test_urgency_rises_while_somebody_waits_and_as_a_meeting_comes_near() -> None:
    asked = [feature_row(made.asked_review("asked", days=days))["urgency"] for days in (0.0, 2.0, 5.0, 40.0)]
    assert asked == sorted(asked)
    assert asked[0] == pytest.approx(0.6)
    assert asked[-1] == pytest.approx(0.9)
    near = [feature_row(made.meeting_soon(minutes=minutes))["urgency"] for minutes in (90.0, 40.0, 1.0)]
    assert near == sorted(near)
    assert near[-1] == pytest.approx(1.0, abs=0.01)
    assert feature_row(made.story("story"))["urgency"] == feature_row(made.late_evenings())["urgency"] == 0.0


def test_strength_age_and_authors_are_read_from_the_topic() -> None:
    fresh, old = feature_row(made.story("a", days=0.0)), feature_row(made.story("b", strength=0.5, days=4.0))
    assert (fresh["meets notes"], old["meets notes"]) == (0.9, 0.5)
    assert fresh["came lately"] == pytest.approx(1.0)
    assert old["came lately"] == pytest.approx(0.25)
    own = feature_row(made.stale_branch())
    assert (own["came lately"], own["trust"], own["meets notes"]) == (0.0, 0.0, 0.0), (
        "what the owner left came from nobody"
    )
    broken = made.item_topic("d", "news", "news", "A Blog", detail=TopicDetails(tie_strength="much"))
    assert feature_row(broken)["meets notes"] == 0.0
    assert broken.authors == ("A Blog",)


def test_trust_begins_with_whom_the_notes_know_and_follows_the_answers() -> None:
    assert trust_in((0, 0), known=False) == 0.0 < trust_in((0, 0), known=True)
    assert trust_in((4, 0), known=True) < trust_in((4, 2), known=False) < trust_in((4, 4), known=False)
    assert trust_in((20, 20), known=False) > 0.8
    about = made.story("story")
    assert (
        feature_row(about, answered={"A Blog": (3, 0)})["trust"]
        < 0.0
        < feature_row(about, answered={"A Blog": (3, 3)})["trust"]
    )
    known = TopicDetails(review="mention", known_author="mara")
    assert feature_row(made.item_topic("a", "review", "forge", "mara", detail=known))["trust"] == 0.5
    assert feature_row(made.blocking_review())["trust"] == 0.0


def test_an_author_is_no_person_that_it_is_about() -> None:
    review = made.blocking_review(people=("mara", "Tom"))
    found = features(candidate()._replace(topic=review), Moment(at=NOW))
    assert {name for name in found if name.startswith(("author:", "person:", "source:"))} == {
        "author:mara",
        "person:Tom",
        "source:forge",
    }


def test_reasons_say_who_and_how_urgent() -> None:
    recommender = Recommender(GREEDY)
    history = tuple(outcome(f"x{n}", "engaged", NOW - n * DAY, "review", authors=("mara",)) for n in range(1, 6))
    table = TopicTable.from_topics([made.blocking_review()], {})
    (told,) = recommender.suggest(table, Moment(at=NOW, history=history), RetrievalContext(), random.Random(1), 1)
    words = {reason.feature: reason.words for reason in strongest_reasons(told)}
    assert words["urgency"] == "it is urgent"
    assert words["trust"] == "what mara brings is welcome"


# --- without sources ----------------------------------------------------------------------------------------------


def week_of_notes(recommender: Recommender) -> list[tuple[object, ...]]:
    """All that is computed in a week in which notes are the only source, to the last bit."""
    pool = [
        topic(
            f"t{n}",
            ("open question", "task", "idea")[n % 3],
            path=f"f{n % 4}/n{n}.md",
            at=NOW - n * DAY,
            people=("Mara",),
        )
        for n in range(40)
    ]
    table = TopicTable.from_topics(pool, {f"p-t{n}": np.full(384, (n % 7) - 3.0, np.float32) for n in range(40)})
    history: list[OfferOutcome] = []
    found: list[tuple[object, ...]] = []
    chance = random.Random(3)
    for step in range(30):
        at = NOW + step * 6 * HOUR
        made_now = recommender.suggest(table, Moment(at=at, history=tuple(history)), RetrievalContext(), chance, 5)
        found += [
            (
                each.topic.id,
                each.score.hex(),
                each.deviation.hex(),
                each.propensity.hex(),
                sorted(each.features.items()),
            )
            for each in made_now
        ]
        best, reaction = made_now[0], chance.choice(ANSWERS)
        recommender.learn(offered(best, f"o{step}", at), reaction, at + 60)
        history.append(outcome(best.topic.id, reaction, at, best.topic.kind, paths=best.topic.paths, offer=f"o{step}"))
    return found


def test_without_a_source_nothing_is_different_to_the_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    was = week_of_notes(Recommender(Config()))
    names = {name for *_, snapshot in was for name, _ in snapshot}  # type: ignore[attr-defined]
    assert not names & set(ITEM_FEATURES)
    assert not any(name.startswith(("author:", "source:")) for name in names)
    for name in [*ITEM_FEATURES, "kind:review", "kind:meeting", "kind:unfinished work", "kind:rhythm", "kind:news"]:
        monkeypatch.setitem(prior.RANKER_PRIOR_WEIGHTS, name, 77.7)
    monkeypatch.setattr(ItemTopics, "features_at", None)
    assert week_of_notes(Recommender(Config())) == was


def test_the_columns_of_a_pool_of_notes_are_those_before_there_were_sources() -> None:
    plain = TopicTable.from_topics(made.note_topics(), {})
    assert plain.of_items is None
    assert not any(name.startswith(("author:", "source:")) for name in plain.table.sparse_names)
    mixed = TopicTable.from_topics(made.mixed_pool(), {})
    assert mixed.of_items is not None
    assert len(mixed.of_items.rows) == len(made.mixed_pool()) - len(made.note_topics())
