"""A note, a paste and a config of one enormous line, in a real terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Place
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.slow

SIZE = 10 << 20


def test_it_is_said_what_was_left_out_and_keys_go_on(
    place: Place, assistant: Callable[..., Terminal], tmp_path: Path
) -> None:
    (place.notes / "long.md").write_text("lease " * (SIZE // 6))
    pasted = tmp_path / "pasted"
    pasted.write_text("lease " * 100_000)
    terminal = assistant(columns=120)
    terminal.see("60 notes")
    terminal.send("i")
    terminal.see("skipped  long.md  10240 kB is over the limit of 1024 kB")
    terminal.send("Escape")
    terminal.gone("Filter what was left out")
    terminal.send("C-n")
    terminal.see("Say something")
    terminal._tmux("load-buffer", str(pasted))
    terminal._tmux("paste-buffer", "-p")
    terminal.see("At most 16,000 characters fit here", "584,000 were left out")
    terminal.send("BSpace", "BSpace", "BSpace", "BSpace")
    terminal.type("!end")
    terminal.see("lease lease !end")
    terminal.send("C-q")
    terminal.see("exited 0")


def test_a_config_of_such_a_line_is_refused_in_words(place: Place) -> None:
    place.config.write_text(f"# {'x' * SIZE}\n")
    said = place.run("status", status=1)
    assert "The config is too large" in said
    assert len(said) < 1000
