"""Command lines that are read without Typer: the same is done as Typer would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from proactive_tui import __main__ as program
from proactive_tui.cli import app, assistant
from proactive_tui.plain_options import read_run_options, read_status_options
from tests.test_hygiene import loaded_by


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("status --line", ""),
        ("status --data-dir d --line", "d"),
        ("status --line --config=c --data-dir=d --notes n", "d"),
        ("status --line --data-dir a --data-dir b", "b"),
        ("status", None),
        ("status --line --json", None),
        ("status --line --help", None),
        ("status --data-dir --line", None),
        ("status --line --data-dir", None),
        ("status --line --line=yes", None),
        ("status --line more", None),
        ("search --line", None),
        ("--data-dir d status --line", None),
        ("", None),
    ],
)
def test_what_is_a_status_line_for_a_prompt(words: str, data: str | None) -> None:
    named = read_status_options(words.split())
    assert (named and named["--data-dir"]) == data


@pytest.mark.parametrize(
    "words",
    [
        "",
        "run",
        "run --notes n",
        "--notes n",
        "run --config=c --data-dir d --notes n",
        "run --notes a --notes b",
        "run --notes=a=b",
        "run --notes=-n",
    ],
)
def test_a_start_is_the_same_without_typer(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[Path | None, ...]] = []
    monkeypatch.setattr(assistant, "run_assistant", lambda *places, plain=False: started.append(places))
    assert CliRunner().invoke(app.app, words.split()).exit_code == 0
    monkeypatch.setattr(sys, "argv", ["proactive-tui", *words.split()])
    monkeypatch.setattr(app, "app", lambda: pytest.fail("it went to Typer"))
    program.main()
    assert started[0] == started[1]


@pytest.mark.parametrize(
    "words",
    [
        "--help",
        "run --help",
        "run more",
        "run --plain",
        "run --notes",
        "run --notes --config c",
        "run --notes=",
        "run --other n",
        "run -- --notes n",
        "--notes n run",
        "search run",
        "status",
    ],
)
def test_all_else_goes_to_the_full_command_line(words: str) -> None:
    assert read_run_options(words.split(), {}) is None


def test_a_shell_that_asks_for_completions_gets_them() -> None:
    assert read_run_options([], {"_PROACTIVE_TUI_COMPLETE": "complete_bash"}) is None
    assert read_run_options([], {"_": "/bin/sh"}) is not None


def test_a_start_that_is_broken_off_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(assistant, "run_assistant", interrupt)
    monkeypatch.setattr(sys, "argv", ["proactive-tui"])
    with pytest.raises(SystemExit, match="Aborted"):
        program.main()


def test_a_start_loads_no_command_line() -> None:
    modules = "proactive_tui.__main__, proactive_tui.cli.assistant, proactive_tui.cli.brain_process"
    assert not {"typer", "rich", "urllib.request", "textual"} & loaded_by(f"import {modules}")
