"""Standard output that cannot take what is written: other encodings, a full device, a reader that is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.text.terminal_safe import escape_for

NOTE = "# Fête — 祭り\n\n- [ ] réserver la salle → avant 2026-12-01 😀\n\nI don't know why the “lantern” ☃ fails.\n"
COMMANDS = (("index",), ("suggest",), ("status", "--json"), ("stats",), ("--help",))
"""One of each way to print: progress, quoted notes, JSON, tables, help."""
QUOTING_COMMANDS = (("search", "lantern"),)
"""A command that prints text of notes: enough for an encoding that lacks fewer letters than ASCII."""


def run(tmp_path: Path, *words: str, encoding: str = "utf-8", out: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run the program on one note, in a process of its own; `out` is a file for its standard output."""
    folder = tmp_path / "notes"
    folder.mkdir(exist_ok=True)
    (folder / "fête.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "config.toml").write_text('[llm]\nbackend = "none"\n')
    where = ["--config", tmp_path / "config.toml", "--data-dir", tmp_path / "data", "--notes", folder]
    command = [
        sys.executable,
        "-m",
        "proactive_tui",
        *words,
        *([] if words[0] in ("--help", "man") else map(str, where)),
    ]
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONWARNINGS": "ignore"}
    if not out:
        return subprocess.run(command, capture_output=True, env=env, check=False)
    with Path(out).open("wb") as stream:
        return subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, env=env, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_what_an_encoding_does_not_have_is_replaced_and_json_stays_json(tmp_path: Path, encoding: str) -> None:
    for words in COMMANDS if encoding == "ascii" else QUOTING_COMMANDS:
        done = run(tmp_path, *words, encoding=encoding)
        assert b"Traceback" not in done.stderr, (words, done.stderr)
        assert done.returncode == 0, (words, done.stderr)
        if "--json" in words:
            assert json.loads(done.stdout.decode(encoding)) is not None
    (first, *_) = json.loads(run(tmp_path, "search", "lantern", "--json", encoding=encoding).stdout)
    assert "“lantern” ☃" in first["text"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_device_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    run(tmp_path, "index")
    for words in (*COMMANDS[1:], ("search", "lantern", "--json"), ("man",)):
        done = run(tmp_path, *words, out="/dev/full")
        assert b"Traceback" not in done.stderr, (words, done.stderr)
        assert b"Exception ignored" not in done.stderr, (words, done.stderr)
        assert done.returncode == 1, words
        assert b"error: No space left on device" in done.stderr, (words, done.stderr)


def test_json_is_escaped_for_an_encoding_that_lacks_a_letter() -> None:
    text = json.dumps({"é": "☃ 😀"}, ensure_ascii=False)
    assert escape_for("utf-8", text) == text
    assert escape_for("latin-1", '{"é": 1}') == '{"é": 1}'
    for encoding in ("latin-1", "ascii", "no-such-encoding"):
        assert escape_for(encoding, text).isascii()
        assert json.loads(escape_for(encoding, text)) == json.loads(text)
