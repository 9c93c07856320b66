"""A forge in the running brain: switched on, raised, walked through, switched off; nobody else is contacted."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import ForgeConfig
from proactive_tui.ipc.events import StatusUpdate
from proactive_tui.ipc.requests import UpdateConfig
from tests.brain.build import QUICK, Face, with_offers
from tests.sources.forge.github_server import comment, github_server, pull_node, pulls_data, thread, threads_page
from tests.waiting import until

TOKEN = "github_pat_s3cret0123456789"


def hours_ago(hours: float) -> str:
    return (dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)).isoformat(timespec="seconds")


@pytest.mark.slow
async def test_a_review_is_raised_and_nobody_else_is_contacted(tmp_path: Path) -> None:
    (tmp_path / "life").mkdir()
    with github_server() as github, socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        lure = f"http://127.0.0.1:{trap.getsockname()[1]}/pixel.png"
        said = f"issue (blocking): it swallows the exception. ![x]({lure}) See {lure} and <img src='{lure}'>."
        node = pull_node(
            createdAt=hours_ago(30),
            updatedAt=hours_ago(1),
            reviewThreads=threads_page(thread("T_1", comment("RC_1", said, at=hours_ago(1)))),
            commits={"nodes": [{"commit": {"oid": "abc", "committedDate": hours_ago(30), "statusCheckRollup": None}}]},
        )
        github.set_data("OwnPulls", pulls_data(node))
        config = with_offers(QUICK, per_day=0)
        async with Face(tmp_path / "life", config) as face:

            def reviews() -> int:
                return face.all(StatusUpdate)[-1].status.topics.get("review", 0)

            await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
            assert reviews() == 0
            assert github.asked == []
            forge = ForgeConfig(enabled=True, github=(github.origin,), token_command=f"echo {TOKEN}")
            face.ask(UpdateConfig(config=structs.replace(config, forge=forge)))
            await until(lambda: reviews() == 1, 30)
            face.ask(UpdateConfig(config=config))
            await until(lambda: reviews() == 0, 20)
        assert github.names() == ["OwnPulls", "Waiting"]
        with pytest.raises(TimeoutError):
            trap.accept()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "life").rglob("*") if file.is_file())
    assert TOKEN.encode() not in kept
