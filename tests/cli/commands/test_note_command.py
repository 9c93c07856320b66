"""`note`: a line for the daily note or inbox, shown first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox.toml").write_text('[capture]\nfile = "inbox.md"\n')
    return tmp_path / "notes" / "inbox.md"


@pytest.fixture
def where(tmp_path: Path) -> list[str]:
    return [
        "--config",
        str(tmp_path / "inbox.toml"),
        "--data-dir",
        str(tmp_path / "data"),
        "--notes",
        str(tmp_path / "notes"),
    ]


def test_it_shows_asks_and_writes(run: Run, inbox: Path, where: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.write_text("# Inbox\n- one\n")
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    done = run("note", "call", "Mara", given=where)
    assert done.out == "Written: inbox.md, line 3.\n"
    assert "inbox.md, line 3, after “- one”:\n  - call Mara" in done.err
    assert inbox.read_text() == "# Inbox\n- one\n- call Mara\n"


def test_a_no_writes_nothing(run: Run, inbox: Path, where: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert run("note", "x", given=where).status == 1
    assert not inbox.exists()


def test_a_change_meanwhile_is_shown_anew(
    run: Run, inbox: Path, where: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.write_text("- one\n")
    asked: list[str] = []

    def answer(*_: object, **__: object) -> bool:
        if not asked:
            inbox.write_text("- one\n- from the phone\n")
        asked.append("")
        return True

    monkeypatch.setattr("typer.confirm", answer)
    done = run("note", "x", given=where)
    assert "It has changed meanwhile. inbox.md, line 3, after “- from the phone”" in done.err
    assert len(asked) == 2
    assert inbox.read_text() == "- one\n- from the phone\n- x\n"


def test_as_a_script_asks(run: Run, inbox: Path, where: list[str]) -> None:
    assert run("note", "--yes", "--json", "a new one", given=where).json == {
        "path": "inbox.md", "line": 1, "text": "- a new one",
    }  # fmt: skip
    assert inbox.read_text() == "- a new one\n"


def test_unset_it_says_so(run: Run) -> None:
    done = run("note", "--yes", "x")
    assert done.status == 1
    assert done.err.startswith("error: No note for captures is named")
    assert "[capture]" in done.err
