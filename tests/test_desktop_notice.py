"""What a notification says, and how macOS is told; the session's bus is in tests/tui/test_notifications.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui import desktop_notice
from proactive_tui.model.shared_words import TOPIC_KINDS
from tests.tui.fakes import offer

RECORDER = """#!/bin/sh
printf '%s\\n' "$@" > "{said}"
"""


def test_every_kind_has_words_and_none_of_a_note() -> None:
    assert set(desktop_notice.KIND_NOTIFICATIONS) == set(TOPIC_KINDS)
    made = offer("o1")
    assert desktop_notice.word_notification(made, in_words=False) == "There is an open question."
    assert desktop_notice.word_notification(made, in_words=True) == made.opener.text


async def test_macos_is_handed_the_words_and_no_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not await desktop_notice.can_notify_desktop()
    assert not await desktop_notice.notify_desktop("me", "nobody is there")
    program, said = tmp_path / "osascript", tmp_path / "said"
    program.write_text(RECORDER.format(said=said))
    program.chmod(0o755)
    assert await desktop_notice.can_notify_desktop()
    evil = '" & (do shell script "true") & "\n' + "long " * 100
    assert await desktop_notice.notify_desktop("me", evil)
    *script, title, text = said.read_text().splitlines()
    assert "do shell" not in " ".join(script)
    assert (title, text[:32]) == ("me", '" & (do shell script "true") & "')
    assert len(text) == desktop_notice.MAX_NOTICE_CHARACTERS


async def test_without_a_bus_nothing_can_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    assert not await desktop_notice.can_notify_desktop()
    assert not await desktop_notice.notify_desktop("me", "words")
