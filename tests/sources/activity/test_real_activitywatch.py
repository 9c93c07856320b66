"""A real ActivityWatch, where one is installed: what its watcher would send is sent, and read back."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from proactive_tui.config import ActivityConfig
from proactive_tui.sources.activity.activitywatch_client import ActivityWatchClient
from proactive_tui.sources.contract import TimeSpan
from tests.sources.activity.aw_server import event
from tests.sources.activity.made_days import MONDAY, moment, source_in, week

DAY = dt.timedelta(days=1)
NOW = moment(MONDAY + 4 * DAY, "12:00")
LIVED = week([("08:00-12:00", "13:00-24:40")] * 4)
BUCKET = "aw-watcher-afk_garden laptop"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = shutil.which("aw-server")
    if command is None:
        pytest.skip("needs ActivityWatch: pipx install aw-server")
    folder: Path = tmp_path_factory.mktemp("activitywatch")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {name: str(folder / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    where = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [command, "--host", "127.0.0.1", "--port", str(port), "--storage", "memory"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **homes},
    ) as process:
        try:
            for _ in range(300):
                try:
                    httpx.get(f"{where}/api/0/info")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield where
        finally:
            process.terminate()


def keep(address: str, bucket: str, kind: str, events: Sequence[dict[str, object]]) -> None:
    """Make a bucket and put events into it, as a watcher does."""
    place = httpx.URL(f"{address}/api/0/buckets/").join(bucket)
    made = httpx.post(place, json={"client": "test", "type": kind, "hostname": "garden"})
    assert made.status_code in (200, 304)
    fresh = [{name: value for name, value in each.items() if name != "id"} for each in events]  # ids are the server's
    assert httpx.post(f"{place}/events", json=fresh).status_code == 200


def test_days_are_made_of_what_a_real_server_keeps(address: str) -> None:
    away = [TimeSpan(one.end, other.start) for one, other in pairwise(LIVED)]
    away.append(TimeSpan(LIVED[-1].end, NOW))
    keep(address, BUCKET, "afkstatus", [event(span) for span in LIVED] + [event(span, "afk") for span in away])
    window = [event(LIVED[0]) | {"data": {"app": "mail", "title": "To the doctor"}}]
    keep(address, "aw-watcher-window_garden", "currentwindow", window)
    poll = source_in(settings=ActivityConfig(enabled=True, activitywatch=address)).poll("", NOW)
    assert not poll.trouble
    assert [(item.facts["first_active"], item.facts["last_active"]) for item in poll.items] == [("08:00", "00:40")] * 4
    assert "doctor" not in repr(poll)


def test_only_what_lies_in_the_asked_time_comes(address: str) -> None:
    found = ActivityWatchClient(address).read_events({BUCKET: NOW - 3600}, NOW - 30 * 86_400, NOW)
    assert list(found) == [BUCKET]
    assert all(span.end >= NOW - 4 * 3600 for span in found[BUCKET].watched)
    assert not found[BUCKET].active, "nobody was active in the last hours"
