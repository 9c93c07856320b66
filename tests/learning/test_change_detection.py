"""A taste that stops being rewarded is given up within days."""

from __future__ import annotations

from river import checks

from proactive_tui.learning.change_detection import ChangeDetector
from proactive_tui.recommend.learners.ranker import Ranker
from proactive_tui.recommend.learners.taste import TasteModel
from tests.recommend.build import DAY, NOW

LIKED, OTHER = {"kind:task": 1.0, "meaning:0": 0.9}, {"kind:theme": 1.0, "meaning:1": 0.9}


def test_it_passes_rivers_own_checks() -> None:
    ran = 0
    for check in checks.yield_checks(ChangeDetector()):
        if check.__name__ != "check_tags":  # of estimators: no drift detector of River's has tags
            check(ChangeDetector())
            ran += 1
    assert ran > 10


def test_luck_forgets_nothing_and_disappointment_does() -> None:
    detector = ChangeDetector()
    assert [detector.observe_reward(0.5, reward, 0.35) for reward in (0.7, 0.2, 0.7, 0.4)] == [0.0] * 4
    forgotten = [detector.observe_reward(0.9, 0.0, 0.35) for _ in range(6)]
    assert forgotten == sorted(forgotten)
    assert forgotten[-1] > 0.3
    assert detector.drift_detected
    assert ChangeDetector().observe_reward(0.1, 1.0, 0.35) == 0.0, "more than was expected is no reason to forget"


def test_a_taste_of_a_month_is_given_up_within_days() -> None:
    ranker, taste = Ranker(), TasteModel()

    def react(features: dict[str, float], at: float, reward: float) -> None:
        ranker.learn_features(features, reward, at)
        taste.learn_features(features, reward, at)

    for day in range(30):
        react(LIKED, NOW + day * DAY, 1.0)
        react(OTHER, NOW + day * DAY + 1, 0.1)
    assert ranker.score(LIKED).mean > ranker.score(OTHER).mean + 0.3
    assert taste.score(LIKED, NOW + 30 * DAY) > 0.8
    for offer in range(9):  # what is believed to be liked is what is offered, three times a day
        react(LIKED, NOW + 30 * DAY + offer * DAY / 3, 0.0)
    assert ranker.score(LIKED).mean < ranker.score(OTHER).mean + 0.1
    assert taste.score(LIKED, NOW + 33 * DAY) < 0.55, "it says nothing any more"
