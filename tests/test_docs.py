"""What the README promises is there, and what is there is in the README."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from proactive_tui import config_reading
from proactive_tui.cli import app
from proactive_tui.tui.commands import COMMANDS, command_keys
from tests.conftest import ROOT
from tests.keys_page import page, spelled

README = (ROOT / "README.md").read_text()
USE = (ROOT / "docs" / "use.md").read_text()
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/ARCHITECTURE.md",
    "docs/JUDGEMENT.md",
    "docs/TRUST.md",
    "docs/glossary.md",
    "docs/keys.md",
    "docs/use.md",
)


def test_the_two_commands_are_on_the_first_screen() -> None:
    first = "\n".join(README.splitlines()[:40])
    assert "make run" in first
    assert "make run NOTES=" in first
    assert "make test" in first


def test_every_command_is_described() -> None:
    missing = [name for name in get_command(app.app).commands if f"`{name}" not in USE]  # type: ignore[attr-defined]
    assert missing == []


def test_every_table_of_the_config_is_described() -> None:
    assert [name for name, _ in config_reading.config_sections() if f"[{name}]" not in USE] == []


def test_the_readme_is_short_and_its_words_are_explained_before_they_are_used() -> None:
    assert len(README.split()) <= 1434, "half of what it once had; docs/use.md has room"
    intro, _, rest = README.partition("## Words")
    table = rest.partition("\n## ")[0]
    for word in ("topic", "evidence", "offer", "framing", "reaction", "silence", "journal"):
        assert f"\n| {word} | " in table
        assert word == "offer" or not re.search(rf"\b{word}s?\b", intro), word


@pytest.mark.parametrize("name", PAGES)
def test_modules_that_are_named_are_there(name: str) -> None:
    """`talk/opener.py` is a module of the package, `tests/conftest.py` of the repository, `opener.py` any of them."""
    files = {str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    ends = files | {path.removeprefix("proactive_tui/") for path in files}
    named = set(re.findall(r"`([\w/]+\.py)`", (ROOT / name).read_text()))
    missing = {path for path in named if path not in ends and not any(file.endswith(f"/{path}") for file in files)}
    assert not missing, f"{name} names what is not there: {sorted(missing)}"


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    page_ = ROOT / name
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", page_.read_text())
    for target, _, heading in (("".join(each)).partition("#") for each in links):
        if "://" in target:
            continue
        file = page_.parent / target if target else page_
        assert file.exists(), target
        headings = {slug(line) for line in file.read_text().splitlines() if line.startswith("#")} if heading else set()
        assert not heading or heading in headings, heading


def slug(line: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-")


def test_every_key_is_described() -> None:
    assert (ROOT / "docs" / "keys.md").read_text() == page(), "run make keys"
    listed = set(re.findall(r"`([^`]+)`", page()))
    assert {spelled(key) for command in COMMANDS for key in command_keys(command, {})} | {
        command.id for command in COMMANDS
    } <= listed
    assert "(docs/keys.md)" in README


def test_the_changelog_is_in_sorted_groups() -> None:
    for group in re.split(r"^### ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]:
        assert group.split("\n")[0] in {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
        subjects = re.findall(r"^- \*\*([^*]+)\*\*", group, re.MULTILINE)
        assert len(subjects) == len(re.findall(r"^- ", group, re.MULTILINE)), "each begins with what it is about"
        assert subjects == sorted(subjects, key=str.casefold)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [each for group in project["optional-dependencies"].values() for each in group]
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    assert {canonicalize_name(Requirement(each).name) for each in wanted} - pinned == set()


def test_every_verb_that_is_named_is_in_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = (ROOT / "CONTRIBUTING.md").read_text() + README + (ROOT / ".github/workflows/ci.yml").read_text()
    assert set(re.findall(r"(?:`|run: |^    )make ([a-z]+)", named, re.MULTILINE)) <= verbs


def test_nothing_names_a_machine_or_a_registry() -> None:
    files = ("constraints.txt", "Makefile", ".pre-commit-config.yaml", ".github/workflows/ci.yml")
    text = "".join((ROOT / name).read_text() for name in files)
    assert "://" not in text
    text += README + (ROOT / "CONTRIBUTING.md").read_text()
    assert str(ROOT) not in text
