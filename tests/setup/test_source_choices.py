"""What the guide finds of each source: real folders and files in a home of its own, and no other machine asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proactive_tui.config import Config
from proactive_tui.config_reading import with_value
from proactive_tui.setup.source_choices import (
    SourceChoice,
    asked_origins,
    describe_asking,
    describe_places,
    find_choices,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing is, and no gh."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    (tmp_path / "notes").mkdir()
    return tmp_path


def found(home: Path, **environment: str) -> dict[str, SourceChoice]:
    return {choice.spec.name: choice for choice in find_choices(home / "notes", environment)}


def repository(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")


def test_where_nothing_is_a_place_is_asked_for_and_nothing_is_on(home: Path) -> None:
    choices = found(home)
    assert list(choices) == ["git", "forge", "calendar", "activity", "news"]
    assert [name for name, choice in choices.items() if choice.needs_place] == ["git", "calendar", "news"]
    assert not any(choice.places for choice in choices.values())
    assert "gh auth login" in choices["forge"].found


def test_repositories_in_usual_folders_and_beside_the_notes(home: Path) -> None:
    for folder in ("code/lease", "code/deep/below/web", "beside", "notes", "unrelated/far"):
        repository(home / folder)
    git = found(home)["git"]
    assert git.places == ("~/code", "~/beside")
    assert git.found == "Found: web, lease, beside."
    assert git.changes() == {"git.enabled": True, "git.folders": ("~/code", "~/beside")}


def test_the_repository_that_holds_the_notes_is_one_unless_it_is_the_notes(home: Path) -> None:
    repository(home / "thesis")
    (home / "thesis" / "notes").mkdir()
    inside, itself = (find_choices(home / where)[0] for where in ("thesis/notes", "thesis"))
    assert inside.places == ("~/thesis",)
    assert itself.needs_place


def test_many_repositories_are_named_by_the_first_of_them(home: Path) -> None:
    for number in range(5):
        repository(home / "src" / f"r{number}")
    assert found(home)["git"].found == "Found: r0, r1, r2 and 2 more."


def test_a_token_says_which_forge(home: Path) -> None:
    github = found(home, GITHUB_TOKEN="x")["forge"]
    assert github.changes() == {"forge.enabled": True, "forge.github": ("github.com",)}
    other = found(home, GITLAB_TOKEN="x", GITLAB_HOST="gitlab.example")["forge"]
    assert other.changes() == {"forge.enabled": True, "forge.gitlab": ("gitlab.example",), "forge.github": ()}
    assert asked_origins(other, other.changes()) == ("https://gitlab.example:443",)
    assert "x" not in f"{github.found} {other.found}".split()


def test_calendars_and_the_newest_list_of_feeds(home: Path) -> None:
    (home / ".calendars" / "work").mkdir(parents=True)
    (home / ".calendars" / "work" / "a.ics").touch()
    (home / "Downloads").mkdir()
    for age, name in enumerate(("Downloads/new.opml", "old.opml")):
        (home / name).touch()
        os.utime(home / name, (1000 - age, 1000 - age))
    choices = found(home)
    assert choices["calendar"].places == ("~/.calendars",)
    assert choices["news"].changes() == {"news.enabled": True, "news.opml": "~/Downloads/new.opml"}


def test_activitywatch_is_offered_where_it_is(home: Path) -> None:
    assert found(home)["activity"].changes() == {"activity.enabled": True}
    (home / ".local/share/activitywatch").mkdir(parents=True)
    there = found(home)["activity"]
    assert there.changes()["activity.activitywatch"] == "http://localhost:5600"


def test_it_is_said_who_is_asked_and_what_is_read(home: Path) -> None:
    choices = found(home)
    assert describe_asking(choices["git"], choices["git"].changes()) == "Nothing leaves this machine."
    assert "api.github.com is asked" in describe_asking(choices["forge"], choices["forge"].changes())
    calendar = choices["calendar"]
    secret = calendar.changes(("https://me.example/secret.ics", "~/work.ics"))
    assert "me.example is asked" in describe_asking(calendar, secret)
    assert describe_places(calendar, secret) == "From ~/work.ics."


def test_what_is_written_can_be_read(home: Path) -> None:
    (home / ".calendars").mkdir()
    (home / ".calendars" / "a.ics").touch()
    for choice in found(home, GITHUB_TOKEN="x").values():
        config = Config()
        for key, value in choice.changes().items():
            config = with_value(config, key, value)
        assert choice.spec.is_enabled(config)
