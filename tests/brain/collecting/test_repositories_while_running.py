"""Repositories in the running brain: switched on and off, raised, and a commit in one of them noticed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import GitConfig
from proactive_tui.ipc.events import StatusUpdate
from proactive_tui.ipc.requests import UpdateConfig
from tests.brain.build import QUICK, Face, with_offers
from tests.sources.repositories import workshop
from tests.sources.repositories.workshop import commit_file, make_repository, run_git
from tests.waiting import until


@pytest.mark.slow
async def test_work_that_rests_is_raised_and_a_commit_is_a_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "NOW", time.time())
    folder = make_repository(tmp_path / "code" / "api")
    run_git(folder, "checkout", "-q", "-b", "retry-backoff")
    commit_file(folder, "retry.py", "pause = 1\n", "Wait longer with each try", days=8)
    config = with_offers(QUICK, per_day=0)
    (tmp_path / "life").mkdir()
    async with Face(tmp_path / "life", config) as face:

        def unfinished() -> int:
            return face.all(StatusUpdate)[-1].status.topics.get("unfinished work", 0)

        def sensors() -> str:
            return face.all(StatusUpdate)[-1].status.rhythm.sensors.get("commits", "")

        def committed_at() -> float | None:
            return face.companion.tracker.build_moment(face.clock(), ()).committed_at

        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        assert unfinished() == 0
        git = GitConfig(enabled=True, folders=(str(tmp_path / "code"),))
        face.ask(UpdateConfig(config=structs.replace(config, git=git)))
        await until(lambda: unfinished() == 1, 30)
        await until(lambda: "from 1 repository" in sensors(), 20)
        assert committed_at() is None
        monkeypatch.setattr(workshop, "NOW", face.clock() + 1)
        commit_file(folder, "more.py", "1\n", "Go on")
        await until(lambda: committed_at() is not None, 20)
        face.ask(UpdateConfig(config=config))
        await until(lambda: unfinished() == 0, 20)
        await until(lambda: sensors().startswith("not available here"), 20)
