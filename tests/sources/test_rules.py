from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from proactive_tui.config import Config, NotesConfig
from proactive_tui.config_reading import load_config
from proactive_tui.errors import NotesError
from proactive_tui.paths import default_config_file
from proactive_tui.sources.rules import Rules
from tests.cost import cost_ratio


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.md", True), ("x/B.MD", True), ("c.markdown", True), ("d.txt", True), ("e.png", False), ("md", False)],
)
def test_what_is_a_note(tmp_path: Path, path: str, expected: bool) -> None:
    assert Rules(tmp_path, NotesConfig()).is_note(path) is expected


def test_hidden_files_and_folders_are_refused(tmp_path: Path) -> None:
    rules = Rules(tmp_path, NotesConfig())
    assert rules.refusal_reason(".obsidian/a.md") == "hidden"
    assert rules.refusal_reason("x/.a.md") == "hidden"
    assert rules.refusal_reason("x/a.md") is None


def test_the_folder_of_logseq_itself_holds_no_notes(tmp_path: Path) -> None:
    (tmp_path / "logseq").mkdir()
    rules = Rules(tmp_path, NotesConfig())
    assert rules.refusal_reason("logseq/bak/pages/a.md") is None
    (tmp_path / "logseq" / "config.edn").touch()
    assert rules.refusal_reason("logseq/bak/pages/a.md") == "Logseq's own folder"
    assert rules.refusal_reason("pages/logseq.md") is None


def test_the_config_excludes(tmp_path: Path) -> None:
    rules = Rules(tmp_path, NotesConfig(exclude=("private/", "*.secret.md", "!keep.secret.md")))
    assert rules.refusal_reason("private/a.md") == "excluded by notes.exclude"
    assert rules.refusal_reason("x/private/y/a.md") == "excluded by notes.exclude"
    assert rules.refusal_reason("private.md") is None
    assert rules.refusal_reason("private") is None
    assert rules.refusal_reason("private", is_folder=True) == "excluded by notes.exclude"
    assert rules.refusal_reason("a.secret.md") == "excluded by notes.exclude"
    assert rules.refusal_reason("keep.secret.md") is None


def test_ignore_files_speak_for_their_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / ".proactiveignore").write_text("# comment\n\n/top.md\ndrafts/\n")
    (tmp_path / "x" / ".proactiveignore").write_text("*.txt\n!top.md\n!drafts/\n")
    rules = Rules(tmp_path, NotesConfig())
    assert rules.refusal_reason("top.md") == "excluded by .proactiveignore"
    assert rules.refusal_reason("x/top.md") is None
    assert rules.refusal_reason("x/drafts/a.md") == "excluded by .proactiveignore"
    assert rules.refusal_reason("x/a.txt") == "excluded by x/.proactiveignore"
    assert rules.refusal_reason("a.txt") is None
    (tmp_path / ".proactiveignore").unlink()
    assert rules.refusal_reason("top.md") is not None
    assert rules.reload().refusal_reason("top.md") is None


def test_rules_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    with pytest.raises(NotesError, match=r"notes\.exclude"):
        Rules(tmp_path, NotesConfig(exclude=("!",)))
    (tmp_path / ".proactiveignore").mkdir()
    with pytest.raises(NotesError, match="cannot be read"):
        Rules(tmp_path, NotesConfig()).refusal_reason("a.md")


def test_links_are_told_from_places(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    (notes / "x").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (notes / "out").symlink_to(tmp_path / "outside")
    (notes / "in").symlink_to(notes / "x")
    rules = Rules(notes, NotesConfig())
    assert rules.symlink_reason("x/a.md") is None
    assert rules.symlink_reason("out/a.md") == "a link that leads out of the folder"
    assert rules.symlink_reason("in/a.md") == "a link to another place in the folder"
    (tmp_path / "alias").symlink_to(notes)
    assert Rules(tmp_path / "alias", NotesConfig()).symlink_reason("x/a.md") is None


def outside(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "outside.txt").write_text("*.md\nsecret line [b-a]\n")
    return tmp_path / "notes"


def test_an_ignore_file_reads_nothing_outside_of_the_folder(tmp_path: Path) -> None:
    notes = outside(tmp_path)
    for target in ("../outside.txt", str(tmp_path / "outside.txt"), "/etc/passwd", "/dev/zero"):
        (notes / ".proactiveignore").symlink_to(target)
        with pytest.raises(NotesError, match="leads out of the folder") as refused:
            Rules(notes, NotesConfig()).refusal_reason("a.md")
        assert "secret" not in str(refused.value)
        (notes / ".proactiveignore").unlink()
    (notes / "shared").write_text("*.txt\n")
    (notes / ".proactiveignore").symlink_to("shared")
    assert Rules(notes, NotesConfig()).refusal_reason("a.txt") == "excluded by .proactiveignore"


def test_an_ignore_file_that_blocks_or_has_no_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".proactiveignore"
    os.mkfifo(file)
    with pytest.raises(NotesError, match="no regular file"):
        Rules(tmp_path, NotesConfig()).refusal_reason("a.md")
    file.unlink()
    file.write_text("x\n" * 200_000)
    with pytest.raises(NotesError, match="larger than 256 kB"):
        Rules(tmp_path, NotesConfig()).refusal_reason("a.md")


@pytest.mark.parametrize(
    "pattern", ["*a*a*a*b", "a/**/a/**/b", "*a/*a*/*a*b", "x" * 1025, "[b-a]", "a\\", "[[:digit:]]*", "[]--]"]
)
def test_patterns_that_could_take_for_ever_or_make_no_sense_are_refused(pattern: str, tmp_path: Path) -> None:
    (tmp_path / ".proactiveignore").write_text(pattern)
    with pytest.raises(NotesError, match="cannot be understood") as refused:
        Rules(tmp_path, NotesConfig()).refusal_reason("a.md")
    assert len(str(refused.value)) < 500 + len(str(tmp_path))


@pytest.mark.parametrize(
    "pattern", ["**/*a*a*ab/**", "*a*a*ab", "**/a/**/*a*a*b", "[a-z]*[0-9]*", "**/node_modules/**"]
)
def test_patterns_within_the_limits_take_no_longer_than_plain_ones(pattern: str, tmp_path: Path) -> None:
    def look_with(pattern: str) -> Callable[[], object]:
        (tmp_path / ".proactiveignore").write_text(pattern)
        rules = Rules(tmp_path, NotesConfig())
        paths = ("a" * 250 + ".md", "/".join(["a"] * 60) + ".md", "/".join(["a" * 80] * 10))
        return lambda: [rules.own_refusal_reason(path, is_folder=False) for path in paths]

    assert cost_ratio(look_with(pattern), look_with("*.log")) < 100  # measured: 6; what is refused above: for ever


def test_settings_in_the_notes_are_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("config.toml", "proactive-tui.toml", ".env", "pyproject.toml", ".proactive-tui/config.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('[llm]\nhost = "http://evil.example"\n[face]\neditor = "touch hacked"\n')
    monkeypatch.chdir(tmp_path)
    assert load_config(None) == Config()
    assert not default_config_file().is_relative_to(tmp_path)
