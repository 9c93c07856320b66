"""A real terminal and notes full of sequences: of what is planted nothing reaches it, in any room."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal
from tests.hostile.payloads import PLANTED, faults

pytestmark = pytest.mark.slow

OURS = re.compile(
    r"\x1b\[[0-9;:]*m|\x1b\[\d*;?\d*[HABCDGJKd]|\x1b\[\d* q|\x1b\[\?4m|\x1b\[c|\x1b\[>c|\x1b\[\d*[LMPX@]|\x1b\[\d+;\d+r"
    r"|\x1b\[\?(?:1|7|12|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]|\x1b\[\?20(?:26|48)\$p"
    r"|\x1b\[[<>=]?\d*[;:]?\d*u|\x1b\[\?u|\x1b\[2[23];2t|\x1b\]2;(?:● )?proactive-tui\x07"
    r"|\x1b\]22;[a-z-]*\x07|\x1b[=>78M]|\x1b\([B0]"
    r"|(?:\x1bPtmux;\x1b)?\x1b\]9;proactive-tui: [A-Z][a-z ]+\.\x07(?:\x1b\\)?"
)
"""What Textual and we say to a terminal on purpose."""


def soil(notes: Path) -> None:
    """Nothing but hostile notes: a question with every planted sequence, and names that are hostile themselves."""
    for harmless in notes.rglob("*.*"):
        harmless.unlink()
    for number, each in enumerate(PLANTED):
        question = f"Does the lease {each} survive planted jump {number}?"
        text = f"# Lease {each} {number}\n\n## Open\n\n- {question}\n- [ ] mend {each} now\n"
        (notes / f"hostile-{number}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    for name in (
        "a\x1b]0;planted-name\x07\x1b[2J.md",
        "b\nc planted.md",
        "d\u202edm.planted",
        "e[bold red]planted[on red].md",
    ):
        (notes / name).write_text("# A name\n\n- Does the planted name of a lease survive?\n")
    (notes / os.fsdecode(b"f\xff\x1b]0;planted\x07.md")).write_text("# Not UTF-8\n")
    (notes / "skipped\x1b]0;planted-skip\x07.md").write_bytes(b"\0\1\2")


def test_nothing_that_is_planted_reaches_the_terminal(
    place: Place, assistant: Callable[..., Terminal], tmp_path: Path
) -> None:
    soil(place.notes)
    raw = tmp_path / "raw"
    terminal = assistant(columns=140, rows=40)
    terminal._tmux("pipe-pane", "-o", f"cat > {raw}")
    terminal.see("up to date", seconds=120)
    terminal.send("/")
    terminal.type("does the lease survive planted")
    terminal.see("20 passages", "planted jump", "survive planted")
    terminal.send("Enter")  # a conversation about the passage
    terminal.see("Say something")
    terminal.type("does the planted lease survive")
    terminal.send("Enter")
    terminal.see("Your notes say")
    terminal.send("F3", "Enter")  # its first source, in its note
    terminal.see("Open")
    terminal.send("C-q")
    terminal.see("exited 0")
    terminal = assistant(columns=140, rows=40)
    terminal._tmux("pipe-pane", "-o", f"cat >> {raw}")
    terminal.see("Enter talk")
    terminal.send("w")
    terminal.see("What counted")
    terminal.send("i")
    terminal.see("skipped")
    terminal.send("End")
    terminal.send("Escape")
    terminal.see("Enter talk")
    terminal.send("l")
    terminal.see("What it believes")
    terminal.send("d")
    terminal.see("Leaves this machine")
    terminal.send("C-q")
    terminal.see("exited 0")
    written = raw.read_bytes().decode("utf-8")
    assert "hostile-" in written
    rest = OURS.sub("", written)
    assert [each for each in faults(rest, kept="\r\n\t\x08\x0f\x0e") if "marks" not in each] == []
    assert "\x1b" not in rest


def test_no_command_prints_what_is_planted(place: Place) -> None:
    soil(place.notes)
    commands = (["index"], ["search", "planted lease"], ["suggest"], ["status"], ["search", "lease", "--json"])
    for words, out in zip(commands, place.run_all(commands), strict=True):
        assert [each for each in faults(out) if "--json" not in words or "marks" not in each] == []
        assert out
