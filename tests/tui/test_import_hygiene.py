"""The face is thin: the first frame comes before anything heavy could be imported."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    "numpy",
    "chromadb",
    "torch",
    "river",
    "watchdog",
    "ollama",
    "sentence_transformers",
    "transformers",
    "psutil",
    "markdown",
    "dateparser",
    "fsrs",
    "typer",
    "proactive_tui.index",
    "proactive_tui.topics",
    "proactive_tui.recommend",
    "proactive_tui.moment",
    "proactive_tui.talk",
    "proactive_tui.journal",
    "proactive_tui.sources",
    "proactive_tui.brain.server",
    "proactive_tui.brain.services",
}


def test_importing_the_app_imports_nothing_heavy() -> None:
    program = "import sys, proactive_tui.tui.app; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "textual.app" in loaded
    assert not loaded & HEAVY
