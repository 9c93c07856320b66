"""The journal again under other settings."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from proactive_tui.brain import reports
from proactive_tui.brain.hindsight import Hindsight, hindsight
from proactive_tui.config import Config, with_settings
from proactive_tui.errors import ConfigError
from proactive_tui.journal.events import Event, Offered, Reacted, Recorded, Silent
from proactive_tui.journal.replay import replay
from proactive_tui.model import Gate, Reaction
from tests.journal.things import offer, silence, topic

WAS = with_settings(Config(), {"offers.spacing_minutes": "10"})
MONDAY = datetime(2026, 6, 1).astimezone()


def at(day: int, hour: float) -> float:
    return (MONDAY + timedelta(days=day, hours=hour)).timestamp()


class Log:
    """A journal in the making."""

    def __init__(self) -> None:
        self.recorded: list[Recorded] = []

    def add(self, when: float, event: Event) -> None:
        self.recorded.append(Recorded(id=len(self.recorded) + 1, at=when, event=event))

    def offered(self, when: float, reaction: Reaction) -> None:
        name = f"o{len(self.recorded)}"
        made = offer(name, topic(name, "a.md"), when, when={"boundary: none": 1.0}, needed=0.1)
        self.add(when, Offered(offer=made))
        self.add(when + 60, Reacted(offer=name, reaction=reaction, seconds=60))

    def again(self, **settings: str) -> Hindsight:
        new = with_settings(WAS, {f"offers.{key}": value for key, value in settings.items()})
        return hindsight(self.recorded, replay(self.recorded), WAS, new, 0.0)


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
    assert reports.replayed(found)["left_out"][0]["at"] == MONDAY.replace(hour=9).isoformat(timespec="seconds")
    assert not found.refused
    assert found.weighted is not None
    assert found.doubly_robust is not None
    assert found.weighted.rate == found.doubly_robust.rate == 1.0
    made, would = found.days[(MONDAY + timedelta(days=3)).date().isoformat()]
    assert made == 2
    assert would == pytest.approx(0.95)


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
            mornings_are_bad.add(when, Silent(silence=quiet))
    found = mornings_are_bad.again(quiet_hours="[]")
    assert found.said_besides
    assert "never spoke" in found.refused


def test_settings_are_checked_like_the_config() -> None:
    with pytest.raises(ConfigError, match=r"offers\.per_day"):
        with_settings(Config(), {"offers.perday": "1"})
    with pytest.raises(ConfigError, match="expected `int`"):
        with_settings(Config(), {"offers.per_day": "many"})
    assert with_settings(Config(), {"face.theme": "nord"}).face.theme == "nord"
    assert with_settings(Config(), {"offers.per_day": "3"}).offers.per_day == 3
