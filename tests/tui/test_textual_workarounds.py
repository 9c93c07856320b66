"""What Textual does twice is done once."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import Compositor

from proactive_tui.ipc.events import ReplyChunk
from tests.tui.panes import pane, prompt, reply, say


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    found: list[None] = []
    reflow = Compositor.reflow

    def count(self: Compositor, *arguments: Any) -> Any:
        found.append(None)
        return reflow(self, *arguments)

    monkeypatch.setattr(Compositor, "reflow", count)
    return found


async def test_plain_text_that_grows_is_laid_out_once(layouts: list[None]) -> None:
    async with pane() as it:
        number = await say(it, "go on")
        await it.tell(ReplyChunk(request=number, text="A word and another one.\n" * 120))
        await it.until(lambda: "A word" in str(reply(it).query_one(".rest").content))  # type: ignore[attr-defined]
        await it.pilot.pause()
        layouts.clear()
        rest = reply(it).query_one(".rest")
        rest.update("\n".join(["A line."] * 200))  # type: ignore[attr-defined]
        await it.until(lambda: rest.size.height == 200)
        await it.pilot.pause()
        assert len(layouts) == 1
        assert it.app.screen.query_one("Transcript").show_vertical_scrollbar
        assert prompt(it).has_focus
