"""Commands beside a running brain: the same answers as without it, over a real socket."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.brain import server
from proactive_tui.brain.doors.client_connection import open_pipes
from proactive_tui.config_reading import load_config
from proactive_tui.ipc import codec
from proactive_tui.ipc.events import StatusUpdate
from proactive_tui.ipc.requests import ClientHello
from proactive_tui.paths import PRIVATE_UMASK, lock_data_folder, open_data_folder
from tests.cli.conftest import Run
from tests.waiting import wait_for

LATER = "2026-12-24T10:00"


@contextmanager
def running_brain(place: Path, data: Path | None = None) -> Iterator[None]:
    """A brain on the vault in `place`, in a thread of this process, with a face that only listens."""
    face, starter = socket.socketpair()
    hello = ClientHello(
        notes=str(place / "notes"), data=str(data or place / "data"), config=load_config(place / "config.toml")
    )

    async def serve() -> int:
        source, sink = (os.fdopen(os.dup(starter.fileno()), mode, buffering=0) for mode in ("rb", "wb"))
        pipes = await open_pipes(source, sink)
        try:
            return await server.serve_clients(hello, PRIVATE_UMASK, pipes)
        finally:
            await pipes.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        with face.makefile("rb") as lines:
            for line in lines:
                event = codec.decode_wire_event(line)
                if isinstance(event, StatusUpdate) and event.status.topics.get("task") and event.status.vectors:
                    break
            yield
    finally:
        face.close()
        thread.join(30)
        starter.close()
        assert not thread.is_alive()


def plain(printed: str) -> Any:
    """JSON without what hangs on the second in which it was asked for."""

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: cut(part) for key, part in value.items() if key not in {"brain", "lag_seconds", "rhythm"}}
        if isinstance(value, list):
            return [cut(part) for part in value]
        return round(value, 4) if isinstance(value, float) else value

    return cut(json.loads(printed))


def test_beside_a_brain_commands_print_what_they_print_without(run: Run, tmp_path: Path) -> None:
    commands = (
        ("index", "--json"),
        ("search", "load-test numbers", "--json"),
        ("search", "nothing says zyzzyva", "--json"),
        ("search", "kneading", "--source", "notes", "-k", "1", "--json"),
        ("suggest", "--at", LATER, "--json"),
        ("suggest", "--at", LATER, "--weak", "-n", "9", "--json"),
        ("stats", "--json"),
    )
    alone = [run(*words) for words in commands]
    assert [done.status for done in alone] == [0] * len(commands)
    with running_brain(tmp_path):
        for words, before in zip(commands, alone, strict=True):
            beside = run(*words)
            assert beside.status == 0, beside.err
            assert plain(beside.out) == plain(before.out), words
        assert run("search", "load-test numbers").out.startswith("2026-11-21-numbers.md:")
        assert run("suggest", "-n", "1").out.startswith("1. ")


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//EN
BEGIN:VEVENT
UID:rig@example
DTSTART:{day}T090000Z
DTEND:{day}T100000Z
SUMMARY:Rig handover
END:VEVENT
END:VCALENDAR
"""


def test_a_source_is_added_polled_and_removed_beside_a_brain(run: Run, tmp_path: Path) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    (tmp_path / "mine.ics").write_text(CALENDAR.format(day=tomorrow.strftime("%Y%m%d")).replace("\n", "\r\n"))
    with running_brain(tmp_path):
        assert run("sources", "poll", "calendar").status == 1, "it is off"
        assert run("sources", "add", "calendar", str(tmp_path / "mine.ics")).status == 0
        polled = run("sources", "poll", "calendar", "--json")
        assert (polled.status, polled.err) == (0, "")
        found = run("search", "rig handover", "--source", "calendar", "--json").json
        assert [hit["source"] for hit in found] == ["calendar"]
        assert run("sources", "poll", "calendar", "--json").json["changed"] == [], "nothing is new"
        assert run("sources", "remove", "calendar", "--yes").status == 0
        assert (
            run("search", "rig handover", "--json").json
            == run("search", "rig handover", "--source", "notes", "--json").json
        )
        assert "off" in run("sources", "poll", "calendar").err


def test_no_command_is_refused_beside_a_brain(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[offers]\nexploration = 0\n[capture]\nfile = "inbox.md"\n')
    commands = ("index", "search raft", "suggest", "status", "status --line", "stats", "journal", "data", "sources",
                "replay --set offers.per_day=1", "note words --yes")  # fmt: skip
    with running_brain(tmp_path):
        wait_for(lambda: run("why").status == 0)
        for words in commands:
            done = run(*words.split())
            assert (words, done.status) == (words, 0), done.err
        assert run("forget", "--topic", "nope", "--yes").status == 1, "nothing is known of it"
        checks = {check["check"]: check["detail"] for check in run("doctor", "--json").json}
        assert "held by the instance that is running" in checks["data folder"]


def test_errors_are_the_same_line_and_status(run: Run, tmp_path: Path) -> None:
    commands = (("search", "x", "--source", "nope"), ("why", "nope"))
    alone = [run(*words) for words in commands]
    assert all(done.status == 1 for done in alone)
    with running_brain(tmp_path):
        for words, before in zip(commands, alone, strict=True):
            beside = run(*words)
            assert (beside.status, beside.out, beside.err) == (1, "", before.err.lstrip()), "without a bar of progress"


def test_why_tells_the_decision_of_the_brain(run: Run, tmp_path: Path) -> None:
    with running_brain(tmp_path):
        wait_for(lambda: run("why", "--json").status == 0)
        because = run("why", "--json").json
        assert because["kind"] in {"offer", "silence"}
        assert because.keys() >= {"reasons", "would_have_changed", "gates"}


def test_status_says_which_brain_answers(run: Run, tmp_path: Path) -> None:
    with running_brain(tmp_path):
        now = run("status", "--json").json
        assert (now["brain"]["pid"], now["brain"]["faces"], now["brain"]["commands"]) == (os.getpid(), 1, 1)
        assert f"process {os.getpid()}" in run("status").out
    assert run("status", "--json").json["brain"] is None


def test_a_note_just_saved_is_found_and_forgotten(run: Run, tmp_path: Path) -> None:
    with running_brain(tmp_path):
        (tmp_path / "notes" / "new.md").write_text("# Otter\n\nAn otter under the weir.\n")
        assert run("search", "otter", "--json").json[0]["path"] == "new.md"
        assert run("forget", "--path", "new.md", "--yes", "--json").json.keys() == {"events", "offers", "conversations"}
        (tmp_path / "notes" / "new.md").unlink()
        assert "new.md" not in {hit["path"] for hit in run("search", "otter", "--json").json}
        assert run("index", "--rebuild", "--json").json["indexed"] == 3


def test_another_folder_of_notes_is_not_answered_from_this_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    where = ["--config", tmp_path / "config.toml", "--data-dir", tmp_path / "data", "--notes", tmp_path / "other"]
    with running_brain(tmp_path):
        done = run("search", "raft", given=where)
    assert (done.status, done.out) == (3, "")
    assert "watches another folder" in done.err


def test_a_socket_that_was_left_behind_is_passed_over_and_replaced(run: Run, tmp_path: Path) -> None:
    paths = open_data_folder(tmp_path / "data")
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(paths.socket_file))
    assert run("search", "raft", "--json").status == 0
    with running_brain(tmp_path):
        assert run("status", "--json").json["brain"]
        assert paths.socket_file.stat().st_mode & 0o777 == 0o600
    assert not paths.socket_file.exists()


def test_a_held_folder_without_a_brain_is_busy_as_ever(run: Run, tmp_path: Path) -> None:
    with lock_data_folder(open_data_folder(tmp_path / "data")):
        assert run("search", "raft").status == 3


@pytest.mark.parametrize("length", [60, 200])
def test_a_data_folder_may_have_a_long_path(run: Run, tmp_path: Path, length: int) -> None:
    deep = tmp_path / ("d" * length)
    where = ["--config", tmp_path / "config.toml", "--data-dir", deep, "--notes", tmp_path / "notes"]
    with running_brain(tmp_path, deep):
        assert (deep / "brain.sock").is_socket()
        assert run("status", "--json", given=where).json["brain"]
