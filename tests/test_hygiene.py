"""Boundaries that imports can break: checked in a fresh process, where nothing else has been imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = ("chromadb", "river", "torch", "sentence_transformers", "transformers", "watchdog", "ollama", "numpy", "pandas")


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys, json; print(json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    untraced = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=untraced)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("proactive_tui.cli.app", (*HEAVY, "textual", "mcp", "pydantic")),
        ("proactive_tui.tui.app", HEAVY),
        ("proactive_tui.plain.app", (*HEAVY, "textual", "dateparser")),
        ("proactive_tui.cli.answers, proactive_tui.brain.insight.json_shapes", (*HEAVY, "textual", "scipy", "asyncio")),
        ("proactive_tui.model.status_values", (*HEAVY, "textual", "typer", "rich", "asyncio")),
        ("proactive_tui.brain.server", (*HEAVY, "textual", "typer", "rich")),
        (
            "proactive_tui.brain.app",
            ("torch", "sentence_transformers", "transformers", "sklearn", "onnxruntime", "textual"),
        ),
    ],
)
def test_what_an_import_does_not_load(module: str, heavy: tuple[str, ...]) -> None:
    assert loaded_by(f"import {module}").isdisjoint(heavy), module


def test_nothing_is_written_by_importing(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    code = "import proactive_tui.cli.app, proactive_tui.tui.app"
    subprocess.run([sys.executable, "-B", "-c", code], check=True, env={"HOME": str(home), "PATH": ""})
    assert list(home.iterdir()) == []
