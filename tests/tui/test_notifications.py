"""Notifications of the desktop: which way, what is said, and that it gets through a multiplexer and to a real bus."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.config import Config, FaceConfig
from proactive_tui.tui.terminal import notifications
from proactive_tui.tui.terminal.escape_sequences import (
    Notifier,
    detect_notifier,
    notification_sequence,
    wrap_for_multiplexer,
)
from tests.desktop_bus import notification_service, session_bus
from tests.tui.fakes import offer
from tests.tui.host import PATIENT, stage
from tests.waiting import wait_for

BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus", "TERM": "xterm-256color"}
SSH = {"SSH_CONNECTION": "a b c d"}
TMUX = {"TMUX": "/tmp/tmux-1000/default,1,0", "TERM": "tmux-256color", "TERM_PROGRAM": "tmux"}


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "osc 9"),
        ({"TERM_PROGRAM": "WezTerm", **BUS}, "osc 777"),
        ({**BUS, "TERM": "xterm-kitty"}, "osc 99"),
        ({"TERM": "xterm-ghostty", **SSH}, "osc 777"),
        (BUS, "bus"),
        ({**BUS, **TMUX, "KITTY_WINDOW_ID": "1"}, "bus"),
        ({**BUS, **TMUX, **SSH, "KITTY_WINDOW_ID": "1"}, "osc 99"),
        ({**TMUX, **SSH, "LC_TERMINAL": "iTerm2"}, "osc 9"),
        ({**BUS, **SSH}, "osc 9"),
        ({**BUS, "TERM": "linux"}, ""),
        ({}, "osc 9"),
    ],
)
def test_the_way_is_chosen_by_the_place(environ: dict[str, str], way: Notifier) -> None:
    assert detect_notifier(environ) == way


def test_sequences_are_whole_and_their_text_is_only_text() -> None:
    evil = "a\x1b]0;owned\x07b;\nc\x9b2J\x00"
    assert notification_sequence("osc 9", "me", evil) == "\x1b]9;me: ab, c2J\x07"
    assert notification_sequence("osc 777", "me;x", evil) == "\x1b]777;notify;me,x;ab, c2J\x07"
    assert notification_sequence("osc 99", "me", evil) == "\x1b]99;i=me:d=0;me\x1b\\\x1b]99;i=me:p=body;ab, c2J\x1b\\"
    assert notification_sequence("bus", "me", evil) == notification_sequence("", "me", evil) == ""
    assert len(notification_sequence("osc 9", "me", "日本" * 500)) < 220


def test_multiplexers_are_asked_to_hand_it_on() -> None:
    sequence = notification_sequence("osc 99", "me", "x")
    wrapped = wrap_for_multiplexer(sequence, TMUX)
    assert wrapped.startswith("\x1bPtmux;\x1b\x1b]99;")
    assert wrapped.endswith("\x1b\\")
    assert wrapped.removeprefix("\x1bPtmux;").removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b") == sequence
    assert wrap_for_multiplexer("\x1b]9;x\x07", {"STY": "1.x"}) == "\x1bP\x1b]9;x\x07\x1b\\"
    assert wrap_for_multiplexer(sequence, {}) == sequence
    assert wrap_for_multiplexer("", TMUX) == ""


@pytest.mark.parametrize(("text", "told"), [("kind", "There is an open question."), ("opener", "You asked whether")])
@pytest.mark.slow
async def test_an_arrival_is_told_by_its_kind_unless_more_is_allowed(
    text: Any, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []

    async def show(title: str, said: str, _: object) -> None:
        shown.append((title, said))

    monkeypatch.setattr(notifications, "send_notification", show)
    config = Config(face=FaceConfig(notify="always", notify_text=text, guard_seconds=1.0), offers=PATIENT.offers)
    async with stage(config=config) as it:
        await it.offer()
        await it.until(lambda: shown)
        await it.press("f1", "f1")
        assert len(shown) == 1
        assert shown[0][0] == "proactive-tui"
        assert shown[0][1].startswith(told)


@pytest.mark.slow
async def test_whoever_looks_is_not_notified(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual import events

    shown: list[str] = []

    async def show(_: str, said: str, __: object) -> None:
        shown.append(said)

    monkeypatch.setattr(notifications, "send_notification", show)
    async with stage() as it:
        await it.offer(offer("o1"))
        await it.press("n")
        assert not shown
        it.app.post_message(events.AppBlur())
        await it.until(lambda: not it.app.app_focus)
        await it.offer(offer("o2"))
        await it.until(lambda: shown)


@pytest.mark.slow
@pytest.mark.parametrize("sequence", ["\x1b]777;notify;me;hello there\x07", "\x1b]99;i=me:p=body;hello there\x1b\\"])
def test_it_gets_through_a_real_tmux(sequence: str, tmp_path: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    # Said again and again: what is said before the client is there, nobody hears.
    code = (
        "import select, sys\n"
        "while not select.select([sys.stdin], [], [], 0.1)[0]:\n"
        f"    sys.stdout.write({wrap_for_multiplexer(sequence, TMUX)!r}); sys.stdout.flush()\n"
    )
    server = f"proactive-{uuid.uuid4().hex[:8]}"
    (tmp_path / "tmux.conf").write_text("set -g allow-passthrough on\n")
    (tmp_path / "say.py").write_text(code)
    master, slave = pty.openpty()
    command = ["tmux", "-L", server, "-f", str(tmp_path / "tmux.conf"), "new-session"]
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("TMUX", None)
    client = subprocess.Popen(
        [*command, f"{sys.executable} {tmp_path / 'say.py'}"],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.set_blocking(master, False)
    heard = b""

    def read() -> bool:
        nonlocal heard
        with suppress(BlockingIOError):
            heard += os.read(master, 65536)
        return sequence.encode() in heard

    try:
        wait_for(read, 20)
    finally:
        subprocess.run(["tmux", "-L", server, "kill-server"], check=False, capture_output=True, env=environment)
        client.wait(10)
        os.close(master)
        os.close(slave)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with session_bus(monkeypatch):
        yield


async def test_the_desktops_own_service_is_told(bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "TERM_PROGRAM", "SSH_CONNECTION", "SSH_TTY", "LC_TERMINAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    written: list[str] = []
    await notifications.send_notification("me", "nobody serves yet", written.append)
    assert written == ["\x1b]9;me: nobody serves yet\x07"], "then the terminal is asked"
    async with notification_service() as shown:
        await notifications.send_notification("me", "a <b>&\x1b[1m", written.append)
        assert shown == [("me", "a &lt;b&gt;&amp;")]
    assert len(written) == 1
