"""That the notes folder is gone is said once, and once that it is back."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.indexing import watch_loop
from proactive_tui.config import NotesConfig
from proactive_tui.ipc.events import OwnerNotice
from tests.brain.build import QUICK, Face
from tests.waiting import until


async def test_a_folder_that_goes_and_comes_back_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_loop, "SENSOR_POLL_SECONDS", 0.05)
    config = structs.replace(QUICK, notes=NotesConfig(poll_seconds=0.1, debounce_seconds=0.05))
    async with Face(tmp_path, config) as face:

        def told() -> list[str]:
            return [notice.title for notice in face.all(OwnerNotice) if "notes folder" in notice.title]

        loop, folder = face.companion.watch_loop, face.services.folder
        await until(lambda: loop._watcher is not None)
        away = folder.rename(folder.with_name("away"))
        await until(told)
        away.rename(folder)
        await until(lambda: len(told()) > 1)
        assert told() == ["The notes folder is gone", "The notes folder is back"]
