"""The brain is told that the owner is here, no more often than it has to be, and only what the config allows."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.config import SensorsConfig
from proactive_tui.ipc.requests import ReportFocus, ReportKeyPress
from proactive_tui.tui.controllers.presence_reporter import PresenceReporter, Throttle
from tests.tui.fake_face import FakeFace


def test_a_throttle_lets_one_through() -> None:
    throttle = Throttle(1.0)
    assert [throttle.allow(at) for at in (0.0, 0.5, 1.0, 1.9, 2.0)] == [True, False, True, False, True]


def test_keys_are_reported_once_a_second_and_the_focus_each_time() -> None:
    face = FakeFace()
    reporter = PresenceReporter(face)
    for seconds in (0.0, 0.5, 0.6):
        face.clock.passed += seconds
        reporter.report_key_press()
        reporter.report_focus(focused=seconds > 0.0)
    assert len(face.brain.asked(ReportKeyPress)) == 2
    assert [told.focused for told in face.brain.asked(ReportFocus)] == [False, True, True]


def test_nothing_is_reported_whose_sensor_is_off() -> None:
    face = FakeFace()
    face.config = structs.replace(face.config, sensors=SensorsConfig(keys=False, focus=False))
    reporter = PresenceReporter(face)
    reporter.report_key_press()
    reporter.report_focus(focused=True)
    assert face.brain.asks == []
