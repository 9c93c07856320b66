"""What the README promises is there, and what is there is in the README."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from proactive_tui import cli, config
from proactive_tui.tui.commands import COMMANDS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


def test_the_two_commands_are_on_the_first_screen() -> None:
    first = "\n".join(README.splitlines()[:40])
    assert "make run" in first
    assert "make run NOTES=" in first
    assert "make test" in first


def test_every_command_is_described() -> None:
    missing = [name for name in get_command(cli.app).commands if f"`{name}" not in README]  # type: ignore[attr-defined]
    assert missing == []


def test_every_table_of_the_config_is_described() -> None:
    assert [name for name, _ in config.sections() if f"`{name}`" not in README and f"[{name}]" not in README] == []


def test_every_key_is_described() -> None:
    missing = [command.id for command in COMMANDS if not any(shown(key) in README for key in command.keys)]
    assert missing == []


def shown(key: str) -> str:
    return "+".join(part.capitalize() if len(part) > 1 else part for part in key.split("+"))


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [each for group in project["optional-dependencies"].values() for each in group]
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    assert {canonicalize_name(Requirement(each).name) for each in wanted} - pinned == set()


def test_nothing_names_a_machine_or_a_registry() -> None:
    text = (ROOT / "constraints.txt").read_text() + (ROOT / "Makefile").read_text() + README
    assert "://" not in (ROOT / "constraints.txt").read_text()
    assert str(ROOT) not in text
