"""Style sheets of screens that are not shown yet are read after the first frame, or when one is opened before that."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.tui import style_sheets
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.style_sheets import FIRST_SHEETS, LATER_SHEETS, LaterSheets
from tests.tui.host import Stage, stage

FOLDER = Path(style_sheets.__file__).parent


def sheets_of(it: Stage) -> set[str]:
    return {str(Path(path).relative_to(FOLDER)) for path, _ in it.app.stylesheet.source if path.endswith(".tcss")}


def test_each_sheet_is_read_once() -> None:
    found = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.tcss"))
    assert found == sorted((*FIRST_SHEETS, *LATER_SHEETS))


async def test_all_are_read_after_the_first_frame() -> None:
    async with stage() as it:
        await it.until(lambda: sheets_of(it) == {*FIRST_SHEETS, *LATER_SHEETS})


async def test_a_screen_that_is_opened_before_has_its_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait(*_: object) -> None:
        """Be later than the key."""

    monkeypatch.setattr(LaterSheets, "read_in_turns", wait)
    async with stage() as it:
        assert sheets_of(it) == set(FIRST_SHEETS)
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        assert sheets_of(it) == {*FIRST_SHEETS, *LATER_SHEETS}
