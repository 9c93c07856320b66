"""The journal again under other settings."""

from __future__ import annotations

import asyncio
import math
import random
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from proactive_tui.brain.insight import journal_shapes
from proactive_tui.brain.insight.offpolicy.estimate import (
    EVALUABLE_SETTINGS,
    REASONS_NOT_EVALUABLE,
    OffPolicyReport,
    evaluate_settings,
)
from proactive_tui.brain.insight.offpolicy.rerank import TopicOption, choose_option, win_probability
from proactive_tui.brain.insight.offpolicy.sensors import visible_features
from proactive_tui.cli import learning_tables
from proactive_tui.config import Config
from proactive_tui.config_reading import list_settings, with_settings
from proactive_tui.errors import ConfigError, ProactiveError
from proactive_tui.journal.events import Event, OfferIssued, ReactionReceived, RecordedEvent, SilenceDecided
from proactive_tui.journal.projection import replay_events
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.offer_values import Offer, Rival
from proactive_tui.model.shared_words import Reaction
from tests.brain.simulated_weeks import USUAL, lived
from tests.journal.builders import offer, silence, topic

WAS = with_settings(Config(), {"offers.spacing_minutes": "10"})
MONDAY = datetime(2026, 6, 1).astimezone()


def at(day: int, hour: float) -> float:
    return (MONDAY + timedelta(days=day, hours=hour)).timestamp()


class Log:
    """A journal in the making."""

    def __init__(self) -> None:
        self.recorded: list[RecordedEvent] = []

    def add(self, when: float, event: Event) -> None:
        self.recorded.append(RecordedEvent(id=len(self.recorded) + 1, at=when, event=event))

    def offered(self, when: float, reaction: Reaction) -> None:
        name = f"o{len(self.recorded)}"
        made = offer(name, topic(name, "a.md"), when, when={"boundary: none": 1.0}, needed=0.1)
        self.add(when, OfferIssued(offer=made))
        self.add(when + 60, ReactionReceived(offer=name, reaction=reaction, seconds=60))

    def again(self, **settings: str) -> OffPolicyReport:
        new = with_settings(WAS, {f"offers.{key}": value for key, value in settings.items()})
        return evaluate_settings(self.recorded, replay_events(self.recorded), WAS, new, 0.0)


@pytest.fixture
def mornings_are_bad() -> Log:
    log = Log()
    for day in range(40):
        log.offered(at(day, 9.0), "not now")
        log.offered(at(day, 15.0), "engaged")
    return log


def test_the_same_settings_give_the_same_weeks(mornings_are_bad: Log) -> None:
    found = mornings_are_bad.again()
    assert found.left_out == found.said_besides == ()
    assert found.effective == pytest.approx(80, rel=0.01)
    assert found.welcome_then is not None
    assert found.weighted is not None
    assert found.welcome_then.rate == 0.5
    assert found.weighted.rate == pytest.approx(0.5, abs=0.001), "but for the first offer, which is not left to chance"


def test_quiet_mornings_would_have_been_welcome(mornings_are_bad: Log) -> None:
    found = mornings_are_bad.again(quiet_hours='["08:00-12:00"]')
    assert len(found.left_out) == 40
    assert journal_shapes.evaluation_json(found)["left_out"][0]["at"] == MONDAY.replace(hour=9).isoformat(
        timespec="seconds"
    )
    assert not found.refused
    assert found.weighted is not None
    assert found.doubly_robust is not None
    assert found.weighted.rate == found.doubly_robust.rate == 1.0
    made, would = found.days[(MONDAY + timedelta(days=3)).date().isoformat()]
    assert made == 2
    assert would == pytest.approx(1.0)


def test_a_smaller_budget_is_held_to(mornings_are_bad: Log) -> None:
    found = mornings_are_bad.again(per_day="1")
    assert all(made == 2 and would <= 1.0 for made, would in found.days.values())


def test_too_few_answers_are_refused() -> None:
    log = Log()
    log.offered(at(0, 9.0), "engaged")
    found = log.again()
    assert "too few" in found.refused
    assert found.weighted is None


def test_what_was_never_tried_is_refused(mornings_are_bad: Log) -> None:
    closed = (Gate(name="quiet hours", passed=False, detail="quiet hours until 07:30"),)
    for day in range(50, 100):
        for hour in (1.0, 3.0, 5.0):
            when = at(day, hour)
            quiet = silence("quiet hours", when, f"night {when}", score=0.9, receptivity=0.5, gates=closed,
                when={"boundary: none": 1.0})  # fmt: skip
            mornings_are_bad.add(when, SilenceDecided(silence=quiet))
    found = mornings_are_bad.again(quiet_hours="[]")
    assert found.said_besides
    assert "never tried" in found.refused


def closed_by(name: str, detail: str, until: float | None = None) -> tuple[Gate, ...]:
    return (Gate(name=name, passed=False, detail=detail, until=until),)


def test_what_a_setting_changes_and_no_journal_tells_is_refused(mornings_are_bad: Log) -> None:
    recorded = mornings_are_bad.recorded
    for key, value, why in [
        ("llm.model", "another", "words"),
        ("notes.exclude", '["a.md"]', "which notes"),
        ("offers.ignored_after_seconds", "9", "answers are those of then"),
        ("topics.theme_days", "3", "themes"),
    ]:
        with pytest.raises(ProactiveError, match=key) as error:
            evaluate_settings(recorded, replay_events(recorded), WAS, with_settings(WAS, {key: value}), 0.0)
        assert why in error.value.message
        assert "offers.*" in error.value.hint
    before = with_settings(WAS, {"sensors.keys": "false", "topics.kinds": '["task"]', "offers.exploration": "0"})
    for key, value, why in [
        ("sensors.keys", "true", "the sensor was off"),
        ("topics.kinds", '["task", "theme"]', "not looked for then: theme"),
        ("offers.exploration", "0.5", "nothing was left to chance"),
    ]:
        with pytest.raises(ProactiveError, match=key) as error:
            evaluate_settings(recorded, replay_events(recorded), before, with_settings(before, {key: value}), 0.0)
        assert why in error.value.message


def test_every_setting_is_either_judged_or_refused_with_a_reason() -> None:
    for setting in list_settings():
        refused = REASONS_NOT_EVALUABLE.get(setting.key) or REASONS_NOT_EVALUABLE.get(setting.key.partition(".")[0])
        assert (setting.key in EVALUABLE_SETTINGS) is not bool(refused), setting.key


def waiting(log: Log, since: float, last: float, gates: tuple[Gate, ...], **more: Any) -> None:
    """One silence that lasted, about something well worth saying."""
    values: dict[str, Any] = {"score": 0.9, "when": {"boundary: none": 1.0}, "gates": gates, "kind": "task"}
    about = silence(gates[0].name, since, "held", **{**values, "title": "The held one", "last": last, **more})
    log.add(since, SilenceDecided(silence=about))


def test_a_silence_that_lasted_is_an_occasion_every_few_minutes() -> None:
    log = Log()
    waiting(log, at(0, 6.2), at(0, 7.1), closed_by("quiet hours", "quiet hours until 07:30"))
    found = log.again(quiet_hours='["22:00-06:45"]')
    (only,) = found.offered
    assert at(0, 6.75) <= only.at < at(0, 6.75) + 600, "the first look after quiet hours, not the first or last of all"
    assert only.title == "The held one"
    assert log.again().offered == ()


def test_shorter_quiet_would_have_done_and_longer_would_not() -> None:
    log = Log()
    when = at(0, 10.0)
    waiting(log, when, when, closed_by("typing", "you typed 30 s ago", when + 15), when={"key: < 1 min": 1.0})
    assert log.again(idle_seconds="20").said_besides
    assert not log.again(idle_seconds="31").said_besides
    blind = with_settings(WAS, {"sensors.keys": "false"})
    assert evaluate_settings(log.recorded, replay_events(log.recorded), WAS, blind, 0.0).said_besides, (
        "it would not have noticed"
    )


def test_away_is_decided_again_from_how_long_it_was_idle() -> None:
    log = Log()
    idle = {"idle": math.log1p(8) / math.log1p(60), "boundary: none": 1.0}
    waiting(log, at(0, 10.0), at(0, 10.0), closed_by("away", "nobody was here for 8 min"), when=idle)

    def besides(key: str, value: str) -> bool:
        new = with_settings(WAS, {key: value})
        return bool(evaluate_settings(log.recorded, replay_events(log.recorded), WAS, new, 0.0).said_besides)

    assert besides("sensors.away_minutes", "10")
    assert not besides("sensors.away_minutes", "7")
    assert besides("sensors.idle", "false")


def test_what_was_held_for_long_enough_waits_longer_with_more_patience() -> None:
    log = Log()
    log.offered(at(-3, 9.0), "engaged")
    when = at(0, 14.0)
    for patience, spoken in (("240", True), ("480", False)):
        made = offer("late", topic("late", "a.md"), when, when={"boundary: none": 1.0}, needed=0.0, score=0.05,
            propensity={"moment": 1.0}, held_since=when - 4 * 3600)  # fmt: skip
        again = Log()
        again.recorded = [*log.recorded]
        again.add(when, OfferIssued(offer=made))
        assert bool(again.again(hold_minutes=patience).left_out) is not spoken


def test_kinds_that_are_off_give_way_to_the_best_of_the_others() -> None:
    log = Log()
    best = Rival(topic="r", kind="theme", title="Something else", score=0.5, deviation=0.1, propensity=0.2)
    for day in range(20):
        name, rivals = f"o{day}", () if day == 19 else (best,)
        made = offer(name, topic(name, "a.md"), at(day, 9.0), when={"boundary: none": 1.0}, needed=0.1, rivals=rivals,
            deviation=0.1)  # fmt: skip
        log.add(made.at, OfferIssued(offer=made))
        log.add(made.at + 60, ReactionReceived(offer=name, reaction="engaged"))
    fewer = with_settings(WAS, {"topics.kinds": '["theme", "goal"]'})
    found = evaluate_settings(log.recorded, replay_events(log.recorded), WAS, fewer, 0.0)
    assert {each.instead for each in found.offered} == {"Something else"}
    assert len(found.left_out) == 20
    assert "too few" in found.refused, "no answer was about what would have been said"
    assert found.caveats == ("at 1 of 20 occasions the journal names nothing of another kind to raise instead",)
    kept = evaluate_settings(
        log.recorded, replay_events(log.recorded), WAS, with_settings(WAS, {"topics.kinds": '["task"]'}), 0.0
    )
    assert kept.left_out == ()
    assert kept.effective == pytest.approx(20, abs=1.0)


def test_without_exploration_the_best_known_comes_first() -> None:
    better = TopicOption("b", "task", "Better", 0.6, 0.1, 0.7)
    known = [
        TopicOption("a", "task", "Drawn", 0.5, 0.1, 0.24),
        better,
        TopicOption("c", "task", "Third", 0.3, 0.1, 0.06),
    ]
    chances = [win_probability(place, known) for place in range(3)]
    drawn = np.random.default_rng(1).normal([0.5, 0.6, 0.3], 0.1, (200_000, 3)).argmax(axis=1)
    assert chances == pytest.approx((np.bincount(drawn) / len(drawn)).tolist(), abs=0.01)
    assert choose_option(known, WAS, with_settings(WAS, {"offers.exploration": "0"}), ()) == (better, 0.0, True)
    half = choose_option(known, WAS, with_settings(WAS, {"offers.exploration": "0.5"}), ())
    assert half.option == known[0] or half.weight < 0.5
    assert choose_option(known, WAS, WAS, {"a"}).option == better, "what was just said is not said again"


def test_the_features_of_a_sensor_that_is_off_are_gone() -> None:
    logged = {"boundary: saved": 1.0, "saved: 1–5 min": 1.0, "key: < 1 min": 1.0, "time: morning": 1.0, "focused": 1.0}
    off = with_settings(WAS, {"sensors.edits": "false", "sensors.focus": "false"}).sensors
    assert visible_features(logged, off) == {"boundary: none": 1.0, "key: < 1 min": 1.0, "time: morning": 1.0}
    assert visible_features(logged, WAS.sensors) == logged


def taste(made: Offer, chance: random.Random) -> Reaction:
    return "engaged" if chance.random() < 0.2 + 0.6 * (made.topic.kind == "open question") else "not now"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> list[RecordedEvent]:
    """Journaled by the real loop."""
    return asyncio.run(lived(tmp_path_factory.mktemp("week"), 7, taste))


def of(week: list[RecordedEvent], **settings: str) -> OffPolicyReport:
    new = with_settings(USUAL, {key.replace("__", "."): value for key, value in settings.items()})
    return evaluate_settings(week, replay_events(week), USUAL, new, 0.0)


@pytest.mark.slow
def test_a_lived_week_comes_out_as_it_was(week: list[RecordedEvent]) -> None:
    found = of(week)
    assert len(found.offered) >= 10
    assert found.left_out == found.said_besides == ()
    assert found.welcome_then is not None
    assert found.weighted is not None
    assert found.weighted.rate == pytest.approx(found.welcome_then.rate, abs=0.02)
    assert all(each.doubted for each in found.offered), "the loop journals how unsure it was"


@pytest.mark.slow
def test_people_see_what_stays_what_goes_and_what_comes(
    week: list[RecordedEvent], capsys: pytest.CaptureFixture[str]
) -> None:
    learning_tables.print_evaluation(of(week, topics__kinds='["task"]', offers__per_day="3"))
    printed = capsys.readouterr().out
    for mark in "=−+~":
        assert f" {mark} " in printed
    assert "together" in printed
    assert "cannot be said" in printed
    learning_tables.print_evaluation(of(week))
    assert "The same as then." in capsys.readouterr().out
    learning_tables.print_evaluation(evaluate_settings([], replay_events([]), USUAL, USUAL, 0.0))
    assert "decided nothing" in capsys.readouterr().out


@pytest.mark.slow
def test_a_lived_week_under_other_settings(week: list[RecordedEvent]) -> None:
    assert all(would < 2.5 for _, would in of(week, offers__per_day="2").days.values()), "a third one only by chance"
    late = of(week, offers__quiet_hours='["18:00-13:00"]')
    assert late.said_besides
    assert all(datetime.fromtimestamp(each.at).astimezone().hour in range(13, 18) for each in late.offered)
    tasks = of(week, topics__kinds='["task"]')
    assert not any((each.instead or each.title).startswith("Why") for each in tasks.offered)
    calm = of(week, offers__spacing_minutes="300")
    assert len(calm.offered) < len(of(week).offered)
    assert [each.at for each in calm.offered] == sorted({each.at for each in calm.offered})
    for sensor in ("keys", "edits", "clock", "focus", "idle", "commits"):
        assert len(of(week, **{f"sensors__{sensor}": "false"}).offered) >= 7


def test_settings_are_checked_like_the_config() -> None:
    with pytest.raises(ConfigError, match=r"offers\.per_day"):
        with_settings(Config(), {"offers.perday": "1"})
    with pytest.raises(ConfigError, match="Wanted is a whole number"):
        with_settings(Config(), {"offers.per_day": "many"})
    assert with_settings(Config(), {"face.theme": "nord"}).face.theme == "nord"
    assert with_settings(Config(), {"offers.per_day": "3"}).offers.per_day == 3
