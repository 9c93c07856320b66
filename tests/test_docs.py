"""What the README promises is there, and what is there is in the README."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from proactive_tui import cli, config
from proactive_tui.tui.commands import COMMANDS, keys_of
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
    table = README.partition("### Keys")[2].partition("###")[0]
    listed = {
        word.strip(",") or word
        for row in table.splitlines()
        if row.startswith("|")
        for word in row.split("|")[1].split()
    }
    missing = {command.id: key for command in COMMANDS if (key := spelled(keys_of(command, {})[0])) not in listed}
    assert missing == {}


def spelled(key: str) -> str:
    """A key as the README writes it: Ctrl+P for ^p."""
    return f"Ctrl+{key[1:].upper()}" if key.startswith("^") else key


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
