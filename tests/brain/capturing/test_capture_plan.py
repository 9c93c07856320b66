"""Where a captured line goes: only into the note that the config names, inside the notes folder."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from proactive_tui.brain.capturing.capture_plan import plan_capture, with_line
from proactive_tui.config import CaptureConfig, NotesConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.sources.rules import Rules

NOW = datetime(2026, 11, 30, 9, 5).astimezone().timestamp()


def planned(
    folder: Path, settings: CaptureConfig, text: str = "call Mara", exclude: tuple[str, ...] = ()
) -> CapturePlan:
    return plan_capture(folder, Rules(folder, NotesConfig(exclude=exclude)), settings, text, NOW)


def test_an_inbox(tmp_path: Path) -> None:
    (tmp_path / "inbox.md").write_text("# Inbox\n\n- one\n")
    plan = planned(tmp_path, CaptureConfig(file="inbox.md"))
    assert (plan.path, plan.line, plan.text, plan.before) == ("inbox.md", 4, "- call Mara", "- one")
    assert plan.digest


@pytest.mark.parametrize(
    ("daily", "path"),
    [
        ("journal/{date}.md", "journal/2026-11-30.md"),
        ("journals/{date:%Y_%m_%d}.md", "journals/2026_11_30.md"),
        ("{date:%Y}/{date:%m}/{date:%d}.md", "2026/11/30.md"),
        ("today.md", "today.md"),
    ],
)
def test_a_daily_note_goes_before_the_inbox(tmp_path: Path, daily: str, path: str) -> None:
    plan = planned(tmp_path, CaptureConfig(daily=daily, file="inbox.md", line="- [ ] {time} {text}"))
    assert (plan.path, plan.line, plan.text, plan.digest) == (path, 1, "- [ ] 09:05 call Mara", "")
    assert list(tmp_path.iterdir()) == [], "a plan writes nothing"


@pytest.mark.parametrize(
    "name",
    ["../out.md", "/etc/out.md", "a/../../out.md", "~/out.md", ".hidden.md", "a/.git/x.md", "x.py", "closed/x.md",
     "a//b.md", "a\\b.md", "a\nb.md", " ", "link.md", "linked/x.md", "."],
)  # fmt: skip
def test_no_other_place(tmp_path: Path, name: str) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("x")
    (notes / "link.md").symlink_to(tmp_path / "outside" / "secret.md")
    (notes / "linked").symlink_to(tmp_path / "outside")
    with pytest.raises(ProactiveError):
        planned(notes, CaptureConfig(file=name), exclude=("closed/",))


def test_a_link_inside_the_folder_leads_to_its_note(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("one\n")
    (tmp_path / "inbox.md").symlink_to("real.md")
    assert planned(tmp_path, CaptureConfig(file="inbox.md")).line == 2
    (tmp_path / "secret.md").write_text("one\n")
    (tmp_path / "way.md").symlink_to("secret.md")
    with pytest.raises(ProactiveError, match=r"secret\.md: excluded"):
        planned(tmp_path, CaptureConfig(file="way.md"), exclude=("secret.md",))


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 5000])
def test_what_is_no_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProactiveError):
        planned(tmp_path, CaptureConfig(file="inbox.md"), text)


def test_lines_become_one_and_nothing_hidden_is_written(tmp_path: Path) -> None:
    plan = planned(tmp_path, CaptureConfig(file="inbox.md"), "one\ntwo\x1b[31m\u202e three")
    assert plan.text.isprintable()
    assert plan.text.startswith("- one two")
    with pytest.raises(ProactiveError, match="one line"):
        planned(tmp_path, CaptureConfig(file="inbox.md", line="- {text}\n- more"))


def test_unset_it_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ProactiveError, match=r'daily = "journal/\{date\}\.md"'):
        planned(tmp_path, CaptureConfig())
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "2026_11_29.md").write_text("- x")
    with pytest.raises(ProactiveError, match=r'daily = "journals/\{date:%Y_%m_%d\}\.md"'):
        planned(tmp_path, CaptureConfig())


def test_a_pipe_is_no_note(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "inbox.md")
    with pytest.raises(ProactiveError, match="no regular file"):
        planned(tmp_path, CaptureConfig(file="inbox.md"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"- x\n"),
        (b"one\n", b"one\n- x\n"),
        (b"one", b"one\n- x"),
        (b"one\r\ntwo\r\n", b"one\r\ntwo\r\n- x\r\n"),
        (b"one\r\ntwo", b"one\r\ntwo\r\n- x"),
        (b"\xef\xbb\xbfone\n", b"\xef\xbb\xbfone\n- x\n"),
        ("\ufeffein Ü\n".encode("utf-16-le"), "\ufeffein Ü\n- x\n".encode("utf-16-le")),
        ("\ufeffein Ü".encode("utf-16-be"), "\ufeffein Ü\n- x".encode("utf-16-be")),
        ("über\n\n".encode(), "über\n\n- x\n".encode()),
    ],
)
def test_the_notes_own_ways(before: bytes, after: bytes) -> None:
    assert with_line(before, "- x", "inbox.md") == after


@pytest.mark.parametrize("data", [b"\xe4rger\n", b"a\0b\n"])
def test_what_cannot_be_added_to_without_harm(data: bytes) -> None:
    with pytest.raises(ProactiveError, match=r"neither|binary"):
        with_line(data, "- x", "inbox.md")
