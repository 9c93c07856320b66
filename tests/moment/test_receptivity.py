from __future__ import annotations

import random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.shared_words import REACTIONS, Reaction
from proactive_tui.moment.features import moment_features
from proactive_tui.moment.receptivity import (
    MOMENT_ANSWER_WEIGHT,
    RECEPTIVITY_BIAS,
    RECEPTIVITY_PRIOR_WEIGHTS,
    ReceptivityModel,
)
from tests.journal.builders import offer
from tests.moment.moments import HOUR, MONDAY, SENSORS, TEN, moment

MORNING = moment_features(moment(MONDAY + 9.5 * HOUR), None, SENSORS)
EVENING = moment_features(moment(MONDAY + 20 * HOUR), None, SENSORS)
FEATURES = st.dictionaries(st.sampled_from(sorted(RECEPTIVITY_PRIOR_WEIGHTS)), st.floats(-1, 1), max_size=8)


Lesson = tuple[dict[str, float], Reaction]


def taught(*lessons: Lesson) -> ReceptivityModel:
    model = ReceptivityModel()
    for n, (features, reaction) in enumerate(lessons):
        model.learn(offer(when=features), reaction, TEN + n * HOUR)
    return model


def test_before_anything_was_learned_breaks_are_better_than_the_middle_of_things() -> None:
    fresh = ReceptivityModel()
    assert fresh.predict({"boundary: saved": 1.0}) > fresh.predict({"boundary: none": 1.0})
    assert fresh.predict({"boundary: none": 1.0}) > fresh.predict({"boundary: none": 1.0, "pace of edits": 1.0})
    assert fresh.predict({}) == pytest.approx(RECEPTIVITY_PRIOR_WEIGHTS[RECEPTIVITY_BIAS])


def test_a_dozen_reactions_make_it_personal() -> None:
    lessons: list[Lesson] = [(MORNING, "not now"), (EVENING, "engaged")] * 6
    model = taught(*lessons)
    assert model.predict(MORNING) < 0.25 < 0.65 < model.predict(EVENING)
    other: list[Lesson] = [(MORNING, "engaged"), (EVENING, "not now")] * 6
    owl, lark = model, taught(*other)
    assert lark.predict(MORNING) > owl.predict(MORNING) + 0.3


def test_a_single_reaction_does_not_decide() -> None:
    fresh, once = ReceptivityModel().predict(MORNING), taught((MORNING, "not now")).predict(MORNING)
    assert fresh / 2 < once < fresh - 0.03


@pytest.mark.parametrize("reaction", ["not this", "withdrawn"])
def test_what_is_not_about_the_moment_teaches_nothing(reaction: Reaction) -> None:
    model = taught((MORNING, reaction))
    assert model.learned_weights() == {}
    assert model.predict(MORNING) == ReceptivityModel().predict(MORNING)


def test_reactions_teach_in_order_of_what_they_say() -> None:
    order: tuple[Reaction, ...] = ("not now", "ignored", "snoozed", "withdrawn", "followed up", "engaged")
    predicted = [taught(*[(MORNING, reaction)] * 3).predict(MORNING) for reaction in order]
    assert predicted == sorted(predicted)
    assert len(set(predicted)) == len(predicted)


def asked(*reactions: Reaction, good: bool) -> ReceptivityModel:
    """An owner who reacted so, and then said how the moment was."""
    model, made = ReceptivityModel(), offer(when=MORNING)
    for reaction in reactions:
        model.learn(made, reaction, TEN)
    model.learn_answer(made, good, TEN)
    return model


@pytest.mark.parametrize("reaction", ["engaged", "followed up", "snoozed", "ignored", "not now"])
@pytest.mark.parametrize("good", [True, False])
def test_what_the_owner_says_of_a_moment_outweighs_what_the_reaction_taught(reaction: Reaction, good: bool) -> None:
    only = ReceptivityModel()
    target = REACTION_MEANINGS[reaction].moment
    assert target is not None
    only.learn_moment(MORNING, float(good), target.weight + MOMENT_ANSWER_WEIGHT, TEN)
    assert asked(reaction, good=good).learned_weights() == pytest.approx(only.learned_weights(), abs=1e-4)
    assert asked(reaction, good=good).predict(MORNING) == pytest.approx(only.predict(MORNING), abs=1e-3)


def test_taken_up_at_a_bad_moment_ends_low_and_turned_down_at_a_good_one_high() -> None:
    fresh = ReceptivityModel().predict(MORNING)
    assert asked("engaged", "followed up", good=False).predict(MORNING) < fresh - 0.05
    assert asked("snoozed", good=True).predict(MORNING) > fresh + 0.05
    assert asked("not this", good=True).predict(MORNING) > fresh + 0.05
    assert asked("not this", good=False).predict(MORNING) < fresh - 0.03


def test_after_the_answer_no_reaction_to_that_offer_teaches_and_to_others_it_does() -> None:
    model = asked("engaged", good=False)
    state = model.learned_weights()
    model.learn(offer(when=MORNING), "followed up", TEN)
    assert model.learned_weights() == state
    model.learn(offer("o2", when=MORNING), "followed up", TEN)
    assert model.learned_weights() != state


def test_an_answer_after_another_lesson_counts_for_itself() -> None:
    model = taught((MORNING, "engaged"))
    model.learn(offer("o2", when=EVENING), "not now", TEN + HOUR)
    before = model.predict(MORNING)
    model.learn_answer(offer(when=MORNING), False, TEN + HOUR)
    assert model.predict(MORNING) < before


def test_lessons_fade_to_the_prior() -> None:
    lessons: list[Lesson] = [(MORNING, "not now")] * 8
    model = taught(*lessons)
    soon = model.predict(MORNING)
    model.learn(offer(when={}), "engaged", TEN + 700 * 24 * HOUR)
    assert soon < model.predict(MORNING)


@settings(max_examples=40)
@given(st.lists(st.tuples(FEATURES, st.sampled_from(REACTIONS)), max_size=8), FEATURES)
def test_it_behaves_as_a_river_estimator(
    lessons: list[tuple[dict[str, float], Reaction]], asked: dict[str, float]
) -> None:
    before = [dict(features) for features, _ in lessons]
    model = taught(*lessons)
    assert [features for features, _ in lessons] == before, "input is not changed"
    backwards = taught(*((dict(reversed(features.items())), reaction) for features, reaction in lessons))
    shuffled = dict(random.Random(1).sample(sorted(asked.items()), len(asked)))
    assert 0.0 <= model.predict(asked) <= 1.0
    assert backwards.predict(shuffled) == model.predict(asked), "the order of features does not matter"
    assert model.predict(asked) == model.predict(asked), "predicting does not learn"
    assert taught(*lessons).learned_weights() == model.learned_weights(), "the same lessons make the same model"


def test_contributions_add_up() -> None:
    model = taught((MORNING, "not now"), (EVENING, "engaged"))
    parts = model.contributions(MORNING)
    assert model.predict(MORNING) == pytest.approx(sum(parts.values()))
    assert model.version == "receptivity-1/2"
