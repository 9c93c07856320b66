from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from proactive_tui.tui.terminal.clipboard import copy_to_tmux, format_copy_notice, list_clipboard_items
from tests.tui.fakes import turn
from tests.tui.panes import OPENER, pane

pytestmark = pytest.mark.slow

CODE = "Like this:\n\n```python\nlease = take()\nlease.free()\n```\n\nor\n\n```\nfree\n```\n"


def test_code_comes_before_the_whole() -> None:
    found = list_clipboard_items(CODE)
    assert [each.text for each in found] == ["lease = take()\nlease.free()", "free", CODE]
    assert format_copy_notice(found, 0) == "Copied the code in python (2 lines). Once more copies the code (1 line)."
    assert format_copy_notice(found, 2) == "Copied the reply (12 words). Once more copies the code in python (2 lines)."
    assert format_copy_notice(list_clipboard_items("Just words."), 0) == "Copied the reply (2 words)."


@pytest.mark.slow
async def test_each_press_copies_what_comes_next() -> None:
    async with pane(OPENER, turn("user", "How?"), turn("assistant", CODE)) as it:
        copied = []
        for _ in range(4):
            await it.press("ctrl+y")
            copied.append(it.app.clipboard)
        assert copied == ["lease = take()\nlease.free()", "free", CODE, "lease = take()\nlease.free()"]
        assert next(note.message for note in it.toasts).startswith("Copied the code in python")


async def test_code_is_highlighted() -> None:
    async with pane(turn("assistant", CODE)) as it:
        fence = it.app.screen.query("MarkdownFence").first()
        styles = {str(span.style) for span in fence._highlighted_code.spans}  # type: ignore[attr-defined]
        assert len(styles) > 1, "more than one colour"


@pytest.mark.slow
async def test_tmux_gets_the_text(tmp_path: Path) -> None:
    server = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]

    def tmux(*words: str) -> str:
        return subprocess.run([*server, *words], capture_output=True, text=True, check=True).stdout

    tmux("new-session", "-d", "cat")
    try:
        inside = tmux("display", "-p", "#{socket_path},#{pid},0").strip()
        await copy_to_tmux("täxt", {**os.environ, "TMUX": inside})
        assert tmux("show-buffer") == "täxt"
    finally:
        tmux("kill-server")


async def test_outside_tmux_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    await copy_to_tmux("text", {})
