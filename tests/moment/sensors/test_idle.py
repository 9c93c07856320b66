from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from proactive_tui.moment.sensors import idle_dbus, idle_macos, idle_terminals, idle_windows, idle_x11

linux = pytest.mark.skipif(sys.platform != "linux", reason="a Linux desktop's way")


# --- D-Bus, on a real bus ----------------------------------------------------------------------------------------


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if not shutil.which("dbus-daemon"):
        pytest.skip("needs dbus-daemon")
    command = ["dbus-daemon", "--session", "--print-address", "--nofork", "--nosyslog"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.kill()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def desktop(bus: str) -> Iterator[None]:
    """A desktop that has been idle for 12.5 seconds."""
    from dbus_fast import Message, MessageType
    from dbus_fast.aio import MessageBus

    ready, done = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        connection = await MessageBus(bus_address=bus).connect()

        def answer(message: Message) -> Message | None:
            if message.message_type is not MessageType.METHOD_CALL:
                return None
            if message.member == idle_dbus.GNOME.method:
                return Message.new_method_return(message, "t", [12500])
            if message.member == idle_dbus.SCREEN_SAVER.method:
                return Message.new_error(message, "org.example.No", "not here")
            return None

        connection.add_message_handler(answer)
        for service in (idle_dbus.GNOME, idle_dbus.SCREEN_SAVER):
            await connection.request_name(service.name)
        ready.set()
        await done.wait()
        connection.disconnect()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    yield
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


@linux
def test_a_desktop_tells_its_idle_time_over_the_bus(desktop: None) -> None:
    assert idle_dbus.read_dbus_idle(idle_dbus.GNOME) == 12.5
    assert idle_dbus.read_dbus_idle(idle_dbus.SCREEN_SAVER) is None, "it answered with an error"


@linux
async def test_it_can_be_read_inside_an_event_loop(desktop: None) -> None:
    assert idle_dbus.read_dbus_idle(idle_dbus.GNOME) == 12.5


@linux
def test_a_bus_without_such_a_service_tells_nothing(bus: str) -> None:
    assert idle_dbus.read_dbus_idle(idle_dbus.GNOME) is None


@linux
@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "nonsense"])
def test_without_a_bus_there_is_no_answer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert idle_dbus.read_dbus_idle(idle_dbus.GNOME) is None


@pytest.mark.parametrize("answer", [-1, "soon", None])
def test_an_answer_that_is_no_time_is_none(answer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    async def call(_: object) -> object:
        return answer

    monkeypatch.setattr(idle_dbus, "_call_service", call)
    assert idle_dbus.read_dbus_idle(idle_dbus.GNOME) is None


# --- X11 ---------------------------------------------------------------------------------------------------------


def test_x11_without_a_display_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert idle_x11.read_x11_idle() is None


@pytest.mark.parametrize("missing", ["X11", "Xss"])
def test_x11_without_its_libraries_tells_nothing(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_x11, "_load_library", lambda name: None if name == missing else SimpleNamespace())
    assert idle_x11.read_x11_idle() is None


def test_a_library_that_cannot_be_loaded_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None if name == "none" else f"lib{name}-missing.so")
    assert idle_x11._load_library("none") is None
    assert idle_x11._load_library("X11") is None


class Function:
    """A C function: callable, with a settable return type."""

    def __init__(self, value: Any) -> None:
        self.value, self.restype = value, None

    def __call__(self, *arguments: Any) -> Any:
        return self.value(*arguments) if callable(self.value) else self.value


def x_server(extension: int, answered: int, closed: list[bool]) -> dict[str, SimpleNamespace]:
    def query(_display: object, _root: object, info: Any) -> int:
        info._obj.idle = 42_000
        return answered

    x11 = SimpleNamespace(
        XOpenDisplay=Function(1), XDefaultRootWindow=Function(2), XCloseDisplay=Function(lambda _: closed.append(True))
    )
    saver = SimpleNamespace(XScreenSaverQueryExtension=Function(extension), XScreenSaverQueryInfo=Function(query))
    return {"X11": x11, "Xss": saver}


@pytest.mark.parametrize(("extension", "answered", "expected"), [(1, 1, 42.0), (0, 1, None), (1, 0, None)])
def test_x11_gives_milliseconds_and_is_closed_again(
    extension: int, answered: int, expected: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(idle_x11, "_load_library", x_server(extension, answered, closed).get)
    assert idle_x11.read_x11_idle() == expected
    assert closed == [True]


# --- macOS and Windows -------------------------------------------------------------------------------------------


def test_macos_counts_nanoseconds() -> None:
    text = '+-o IOHIDSystem\n  {\n    "HIDIdleTime" = 2500000000\n    "HIDParameters" = {"HIDIdleTime"=1}\n  }\n'
    assert idle_macos.parse_idle_seconds(text) == 2.5
    assert idle_macos.parse_idle_seconds("nothing") is None


def test_macos_without_its_command_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert idle_macos.read_macos_idle() is None


def test_macos_is_asked_by_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "ioreg"
    command.write_text("#!/bin/sh\necho '\"HIDIdleTime\" = 3000000000'\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert idle_macos.read_macos_idle() == 3.0


def test_windows_counts_ticks_that_start_again() -> None:
    assert idle_windows.elapsed_seconds(5000, 2000) == 3.0
    assert idle_windows.elapsed_seconds(1000, 2**32 - 1000) == 2.0
    assert idle_windows.elapsed_seconds(-1000, 2**32 - 3000) == 2.0


@pytest.mark.parametrize(("answers", "expected"), [(1, 4.0), (0, None)])
def test_windows_is_asked_for_its_last_input(
    answers: int, expected: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last(info: Any) -> int:
        info._obj.tick = 1000
        return answers

    windows = SimpleNamespace(
        user32=SimpleNamespace(GetLastInputInfo=last), kernel32=SimpleNamespace(GetTickCount=lambda: 5000)
    )
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    assert idle_windows.read_windows_idle() == expected


def test_elsewhere_windows_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ctypes, "windll", raising=False)
    assert idle_windows.read_windows_idle() is None


# --- terminals ---------------------------------------------------------------------------------------------------


def test_the_youngest_of_the_owners_terminals_counts(tmp_path: Path) -> None:
    now = time.time()
    for name, age in (("old", 500), ("young", 20)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age, now))
    devices = [tmp_path / "old", tmp_path / "young", tmp_path / "gone"]
    assert idle_terminals.seconds_since_access(devices, now) == pytest.approx(20, abs=0.1)
    assert idle_terminals.seconds_since_access(devices, now - 100) == 0.0
    assert idle_terminals.seconds_since_access([], now) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")
def test_another_users_terminal_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tty").touch()
    monkeypatch.setattr(os, "getuid", lambda: -1)
    assert idle_terminals.seconds_since_access([tmp_path / "tty"], time.time()) is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo terminals")
def test_typing_into_a_real_terminal_is_seen() -> None:
    import pty

    main, side = pty.openpty()
    try:
        assert os.ttyname(side) in idle_terminals.list_terminals()
        os.write(main, b"x\n")
        os.read(side, 2)
        idle = idle_terminals.read_terminal_idle()
        assert idle is not None
        assert idle < 60
    finally:
        os.close(main)
        os.close(side)


def test_log_ins_count_where_they_can_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    users = [SimpleNamespace(terminal="tty7"), SimpleNamespace(terminal=None)]
    monkeypatch.setattr(psutil, "users", lambda: users)
    assert "/dev/tty7" in idle_terminals.list_terminals()

    def fail() -> None:
        raise OSError

    monkeypatch.setattr(psutil, "users", fail)
    assert "/dev/tty7" not in idle_terminals.list_terminals()
