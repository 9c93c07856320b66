"""Opening a source in a real (small) program that notes how it was called."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from proactive_tui.config import Config, FaceConfig
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import ResumeConversation
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.tui.fakes import conversation, evidence, turn
from tests.tui.host import Stage, stage

pytestmark = pytest.mark.slow


async def to_sources(it: Stage, *, lends: bool = True) -> None:
    """To an open conversation's sources; the terminal `lends` itself to an editor or not."""
    it.app._driver.__class__ = type(
        "LendingDriver", (type(it.app._driver),), {"can_suspend": property(lambda _: lends)}
    )
    await it.press("down", "enter")
    await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
    turns = turn("assistant", "See [1].", sources=(evidence("raft.md", 12), evidence("gone.md", 3)))
    await it.tell(
        ConversationOpened(request=it.brain.last(ResumeConversation).request, conversation=conversation("c1", turns))
    )
    await it.until(lambda: it.app.screen.query_one(PromptInput).can_send)
    await it.press("f3")


def editor(tmp_path: Path) -> tuple[str, Path]:
    """An "vim" that writes down its arguments."""
    called = tmp_path / "called"
    script = tmp_path / "vim"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen({str(called)!r}, 'w').write('\\n'.join(sys.argv[1:]))\n")
    script.chmod(0o755)
    return str(script), called


async def test_a_source_opens_in_the_editor_at_its_line(tmp_path: Path) -> None:
    command, called = editor(tmp_path)
    (tmp_path / "raft.md").write_text("x\n" * 20)
    async with stage(config=Config(face=FaceConfig(editor=command)), notes=str(tmp_path)) as it:
        await to_sources(it)
        for key in ("o", "f4"):
            await it.press(key)
            await it.until(lambda: called.exists() and called.read_text() and not it.app.suspended)
            assert called.read_text().split("\n") == ["+12", str(tmp_path / "raft.md")]
            called.unlink()
        await it.press("j", "o")  # a note that is gone
        await it.until(lambda: len(it.toasts))
        assert [note.title for note in it.toasts] == ["The note is not there any more"]


async def test_an_editor_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    (tmp_path / "raft.md").write_text("x\n")
    async with stage(config=Config(face=FaceConfig(editor="/no/such/editor")), notes=str(tmp_path)) as it:
        await to_sources(it)
        await it.press("f4")
        await it.until(lambda: len(it.toasts))
        assert [note.title for note in it.toasts] == ["The editor cannot be started"]


async def test_a_terminal_that_cannot_be_lent_is_said(tmp_path: Path) -> None:
    (tmp_path / "raft.md").write_text("x\n")
    async with stage(config=Config(face=FaceConfig(editor="vi")), notes=str(tmp_path)) as it:
        await to_sources(it, lends=False)
        await it.press("f4")
        await it.until(lambda: len(it.toasts))
        assert [note.title for note in it.toasts] == ["No editor can be opened here"]
