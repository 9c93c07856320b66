from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.errors import ProactiveError
from proactive_tui.tui.terminal.editor import build_editor_command, choose_editor, command_for_evidence
from tests.tui.fakes import evidence

FILE = Path("/notes/a b.md")


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vi", ["vi", "+7", "/notes/a b.md"]),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+7", "/notes/a b.md"]),
        ("nano", ["nano", "+7", "/notes/a b.md"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/notes/a b.md"]),
        ("emacsclient -t", ["emacsclient", "-t", "+7", "/notes/a b.md"]),
        ("micro", ["micro", "+7", "/notes/a b.md"]),
        ("hx", ["hx", "/notes/a b.md:7"]),
        ("subl -w", ["subl", "-w", "/notes/a b.md:7"]),
        ("code --wait", ["code", "--wait", "--goto", "/notes/a b.md:7"]),
        ("Code.exe", ["Code.exe", "--goto", "/notes/a b.md:7"]),
        ("kate", ["kate", "--line", "7", "/notes/a b.md"]),
        ("'/opt/my editor/ed'", ["/opt/my editor/ed", "/notes/a b.md"]),
    ],
)
def test_each_editor_gets_the_line_as_it_wants_it(editor: str, expected: list[str]) -> None:
    assert build_editor_command(editor, FILE, 7) == expected


def test_a_broken_command_is_refused() -> None:
    with pytest.raises(ProactiveError, match="not a command"):
        build_editor_command("vi 'unclosed", FILE, 1)
    with pytest.raises(ProactiveError, match="No editor"):
        build_editor_command("", FILE, 1)


def test_the_config_comes_first_then_visual_then_editor() -> None:
    environment = {"VISUAL": "code", "EDITOR": "vi"}
    assert choose_editor("hx", environment) == "hx"
    assert choose_editor("", environment) == "code"
    assert choose_editor(" ", {"VISUAL": "", "EDITOR": "vi"}) == "vi"
    with pytest.raises(ProactiveError, match="No editor is set"):
        choose_editor("", {})


def test_a_note_that_is_gone_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "raft.md").write_text("x\n")
    here, gone = evidence("raft.md", 12), evidence("gone.md", 3)
    assert command_for_evidence(here, str(tmp_path), "", {"EDITOR": "vi"}) == ["vi", "+12", str(tmp_path / "raft.md")]
    with pytest.raises(ProactiveError, match="not there any more"):
        command_for_evidence(gone, str(tmp_path), "vi", {})
    with pytest.raises(ProactiveError, match="No editor is set"):
        command_for_evidence(here, str(tmp_path), "", {})
