"""The doctor, with the real embedding model and a real watcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.cli.doctor import run_health_checks
from proactive_tui.config import Config, IndexConfig, LanguageModelConfig
from proactive_tui.paths import lock_data_folder, open_data_folder

NOBODY = LanguageModelConfig(backend="none")


@pytest.mark.slow
def test_everything_works_here(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n")
    paths = open_data_folder(tmp_path / "data")
    with lock_data_folder(paths):
        checks = {check.check: check for check in run_health_checks(Config(llm=NOBODY), paths, str(tmp_path / "notes"))}
    assert [check for check in checks.values() if not check.ok] == []
    assert "1 notes" in checks["notes folder"].detail
    assert "held by the instance that is running" in checks["data folder"].detail
    assert "found by words and meaning" in checks["fresh index"].detail
    assert sorted(path.name for path in (tmp_path / "notes").iterdir()) == ["a.md"], "nothing of the owner's is written"


@pytest.mark.slow
def test_what_is_broken_says_how_to_mend_it(tmp_path: Path) -> None:
    config = Config(
        index=IndexConfig(model=str(tmp_path / "no-model")),
        llm=LanguageModelConfig(backend="ollama", host="127.0.0.1:9"),
    )
    paths = open_data_folder(tmp_path / "data")
    paths.journal_file.write_bytes(b"not a database at all" * 100)
    checks = {check.check: check for check in run_health_checks(config, paths, str(tmp_path / "gone"))}
    for name in ("notes folder", "journal", "embedding model", "fresh index", "language model"):
        assert not checks[name].ok, name
        assert checks[name].detail
        assert checks[name].hint, name
    assert checks["sensors"].ok
