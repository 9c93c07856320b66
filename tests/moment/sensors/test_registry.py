from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.config import SensorsConfig
from proactive_tui.moment import sensors
from proactive_tui.moment.sensors import idle
from proactive_tui.moment.sensors.base import AvailableSignal, MissingSignal
from proactive_tui.moment.sensors.registry import SENSORS


def test_every_signal_of_the_config_is_a_sensor_and_says_what_it_does() -> None:
    switches = {
        name
        for name, value in zip(SensorsConfig.__struct_fields__, [*vars_of(SensorsConfig())], strict=True)
        if value is True
    }
    told_by_events = {"reactions", "conversations"}  # journal.signals
    assert {sensor.name for sensor in SENSORS} == switches - told_by_events
    assert all(sensor.what for sensor in SENSORS)


def vars_of(config: SensorsConfig) -> list[object]:
    return [getattr(config, name) for name in SensorsConfig.__struct_fields__]


def test_each_says_how_it_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "list_idle_sources", lambda *_: [("from nowhere", lambda: None)])
    found = sensors.probe_all_sensors(SensorsConfig(keys=False), tmp_path)
    states = found.states
    assert {"idle", "commits"} <= set(found.missing)
    assert not {"keys", "edits"} & set(found.missing)
    assert states["keys"].startswith("off in the config")
    assert states["edits"].startswith("on: that notes were saved")
    assert states["idle"].startswith("not available here: neither")
    assert states["commits"].startswith("not available here: the notes are not in a git repository")
    assert list(states) == [sensor.name for sensor in SENSORS]


def test_what_is_read_is_probed_once_and_read_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "list_idle_sources", lambda *_: [("broken", lambda: None), ("working", lambda: 7.0)])
    found = sensors.probe_all_sensors(SensorsConfig(), tmp_path)
    assert found.read_signal("idle") == 7.0
    assert found.states["idle"].endswith("working")
    assert found.read_signal("keys") is None
    assert found.read_signal("commits") is None


def test_what_is_off_is_not_even_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: object) -> object:
        raise AssertionError

    monkeypatch.setattr(idle, "list_idle_sources", looked)
    assert sensors.probe_all_sensors(SensorsConfig(idle=False), tmp_path).read_signal("idle") is None


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("darwin", {}, ["macOS", "terminals"]),
        ("win32", {}, ["Windows"]),
        ("linux", {}, ["terminals"]),
        ("linux", {"DISPLAY": ":0"}, ["X11", "terminals"]),
        ("linux", {"DISPLAY": ":0", "XDG_RUNTIME_DIR": "/run"}, ["GNOME", "X11", "saver", "terminals"]),
        (
            "linux",
            {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/none"},
            ["GNOME", "saver", "terminals"],
        ),
    ],
)
def test_each_platform_has_its_ways(platform: str, environ: dict[str, str], expected: list[str]) -> None:
    names = [how for how, _ in idle.list_idle_sources(platform, environ)]
    assert [any(word in how for word in [each]) for how, each in zip(names, expected, strict=True)] == [True] * len(
        names
    )


def test_a_way_that_does_not_answer_is_passed_over() -> None:
    assert isinstance(idle.find_working_source([]), MissingSignal)
    found = idle.find_working_source([("a", lambda: None), ("b", lambda: 0.0)])
    assert isinstance(found, AvailableSignal)
    assert found.how == "b"


def test_probing_here_answers_or_says_why() -> None:
    found = idle.probe_idle(None)
    if isinstance(found, AvailableSignal):
        assert found.read is not None
        value = found.read()
        assert value is None or value >= 0
    else:
        assert found.why
