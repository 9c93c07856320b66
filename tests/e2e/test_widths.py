"""What is drawn takes as many cells of a real terminal as the layout counted with."""

from __future__ import annotations

import shlex

import pytest
from rich.cells import cell_len

from proactive_tui.tui.terminal.output_filter import simplify_emoji
from tests.e2e.terminal import Terminal
from tests.tui.scripts import ARABIC, CHINESE, COMBINED, FAMILY, HEBREW
from tests.waiting import wait_for


@pytest.mark.slow
@pytest.mark.parametrize("text", [CHINESE, COMBINED, ARABIC, HEBREW, *FAMILY.split()[::2], "👍🏽", "⚠️", "🏳️\u200d🌈"])
def test_the_cells_of_a_real_terminal(text: str) -> None:
    with Terminal("sh", "-c", f"printf %s {shlex.quote(simplify_emoji(text))}; exec cat") as terminal:
        wait_for(lambda: terminal.column() == cell_len(text), 10)
