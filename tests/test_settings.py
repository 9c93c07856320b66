"""Settings as somebody changes them: what may be typed, and what becomes of the file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.config import Config, OffersConfig
from proactive_tui.config_reading import ConfigSetting, list_settings, load_config, parse_config, setting_value
from proactive_tui.errors import ConfigError
from proactive_tui.settings import (
    apply_typed_value,
    edit_config_text,
    example_config,
    format_setting,
    lacks_places,
    places_problem,
    save_settings,
    source_changes,
    split_places,
)

ALL = {each.key: each for each in list_settings()}


@pytest.mark.parametrize("setting", list_settings(), ids=lambda each: each.key)
def test_every_default_can_be_typed_as_it_is_shown(setting: ConfigSetting) -> None:
    assert apply_typed_value(Config(), setting, format_setting(setting.default)) == Config()
    assert setting.kind
    assert not setting.choices or setting.many or setting.default in setting.choices


@pytest.mark.parametrize(
    ("key", "text", "what"),
    [
        ("offers.per_day", " 3 ", 3),
        ("offers.spacing_minutes", "12.5", 12.5),
        ("offers.spacing_minutes", "12", 12.0),
        ("sensors.keys", "Off", False),
        ("llm.think", "yes", True),
        ("llm.model", "10", "10"),
        ("offers.quiet_days", "sat, sun", ("sat", "sun")),
        ("offers.quiet_days", "", ()),
        ("offers.quiet_hours", '["22:00-06:00", "12:00-13:00"]', ("22:00-06:00", "12:00-13:00")),
        ("notes.exclude", "private/, *.key", ("private/", "*.key")),
        ("face.keys", '{"offer.not_now" = "l"}', {"offer.not_now": "l"}),
        ("face.keys", "", {}),
    ],
)
def test_what_is_typed_is_taken_by_its_type(key: str, text: str, what: Any) -> None:
    assert setting_value(apply_typed_value(Config(), ALL[key], text), key) == what


@pytest.mark.parametrize(
    ("key", "text", "wanted"),
    [
        ("offers.per_day", "three", "a whole number of 0 or more"),
        ("offers.per_day", "-1", "a whole number of 0 or more"),
        ("index.nice", "20", "a whole number from 0 to 19"),
        ("offers.hold_minutes", "0", "a number above 0"),
        ("sensors.keys", "perhaps", "yes or no"),
        ("llm.backend", "gpt", "one of auto, ollama, llama.cpp, none"),
        ("offers.quiet_days", "sat, sunday", "any of mon, tue, wed, thu, fri, sat, sun"),
        ("offers.quiet_hours", "late", "spans of local time"),
        ("offers.active_hours", "8-20", "a span of local time"),
        ("notes.include", "[1", "names with commas"),
        ("face.keys", "l", "a table"),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_wanted(key: str, text: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as caught:
        apply_typed_value(Config(), ALL[key], text)
    assert wanted in caught.value.hint


def test_what_cannot_be_applied_while_it_runs_says_so() -> None:
    later = {each.key for each in list_settings() if not each.live}
    assert {key.partition(".")[0] for key in later} == {"notes", "index"}
    assert "index.batch" not in later


# --- the file --------------------------------------------------------------------------------------------------

MINE = """\
# Mine, and mine alone.
[offers]  # not too many
per_day = 5 # five is enough
quiet_days = [
  "sat", # market
]
"""


def test_only_the_one_value_changes() -> None:
    assert edit_config_text(MINE, "offers.per_day", 2) == MINE.replace("per_day = 5", "per_day = 2")
    added = edit_config_text(MINE, "llm.model", "qwen3:4b")
    assert added.startswith(MINE)
    assert parse_config(added, "x").llm.model == "qwen3:4b"


def test_a_value_takes_the_place_of_its_comment_and_gives_it_back() -> None:
    changed = edit_config_text(example_config(), "offers.per_day", 2)
    before, after = example_config().splitlines(), changed.splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("# per_day = 6", "per_day = 2")
    ]
    assert edit_config_text(changed, "offers.per_day", None) == example_config()


@pytest.mark.parametrize("text", ["offers.per_day = 5\n", "offers = {per_day = 5}\n", "[offers]\nper_day = 5\n"])
def test_however_a_table_is_written(text: str) -> None:
    assert parse_config(edit_config_text(text, "offers.per_day", 2), "x").offers.per_day == 2
    assert parse_config(edit_config_text(text, "offers.per_day", None), "x") == Config()
    assert parse_config(edit_config_text(text, "offers.quiet_days", ("sat",)), "x").offers.quiet_days == ("sat",)


@pytest.mark.parametrize("setting", list_settings(), ids=lambda each: each.key)
@pytest.mark.slow
def test_every_key_can_be_saved_into_the_example_and_read_back(tmp_path: Path, setting: ConfigSetting) -> None:
    other: Any
    match setting.default:
        case bool():
            other = not setting.default
        case str():
            other = next((each for each in setting.choices if each != setting.default), "08:00-21:00")
        case int():
            other = setting.default + 1
        case float():
            other = setting.default / 2 or 0.5
        case tuple():
            other = setting.choices[:2] or ("10:00-11:00",)
        case _:
            other = {"offer.not_now": "l"}
    file = tmp_path / "config.toml"
    file.write_text(example_config())
    save_settings(file, {setting.key: other})
    assert setting_value(load_config(file), setting.key) == other
    save_settings(file, {setting.key: setting.default})
    assert file.read_text() == example_config()


def test_saving_makes_the_file_keeps_the_old_one_and_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    save_settings(file, {"offers.per_day": 2})
    assert load_config(file) == Config(offers=OffersConfig(per_day=2))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    before = file.read_text()
    save_settings(file, {"offers.per_day": 3, "llm.think": True})
    assert (file.parent / "config.toml.old").read_text() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert load_config(file).offers.per_day == 3
    assert sorted(each.name for each in file.parent.iterdir()) == ["config.toml", "config.toml.old"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles.toml").write_text(MINE)
    file = tmp_path / "config.toml"
    file.symlink_to(tmp_path / "dotfiles.toml")
    save_settings(file, {"offers.per_day": 2})
    assert file.is_symlink()
    assert load_config(tmp_path / "dotfiles.toml").offers.per_day == 2


def test_a_file_that_is_wrong_is_not_saved_over(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[offers]\nperday = 3\n")
    with pytest.raises(ConfigError, match="unknown key"):
        save_settings(file, {"offers.per_day": 2})
    assert file.read_text() == "[offers]\nperday = 3\n"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        save_settings(tmp_path / "file" / "config.toml", {"offers.per_day": 2})


def test_a_folder_that_may_not_be_written_is_said_and_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    save_settings(file, {"offers.per_day": 2})
    before = file.read_bytes()
    real = os.open

    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ConfigError, match=r"cannot be written: .*config.toml: Permission denied"):
        save_settings(file, {"offers.per_day": 3})
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("source", "place", "key", "written"),
    [
        ("git", "~/code", "git.folders", ("~/code",)),
        ("calendar", "~/work.ics", "calendar.files", ("~/work.ics",)),
        ("calendar", "https://me.example/x.ics", "calendar.addresses", ("https://me.example/x.ics",)),
        ("calendar", "env:WORK_CALENDAR", "calendar.addresses", ("env:WORK_CALENDAR",)),
        ("news", "https://example.org/feed.xml", "news.feeds", ("https://example.org/feed.xml",)),
        ("news", "example.org", "news.feeds", ("example.org",)),
        ("news", "~/feeds.opml", "news.opml", "~/feeds.opml"),
        ("forge", "git.example", "forge.github", ("github.com", "git.example")),
        ("forge", "gitlab.example", "forge.gitlab", ("gitlab.example",)),
        ("forge", "codeberg.org", "forge.forgejo", ("codeberg.org",)),
        ("activity", "http://localhost:5600", "activity.activitywatch", "http://localhost:5600"),
    ],
)
def test_a_source_is_switched_on_with_what_it_reads(source: str, place: str, key: str, written: Any) -> None:
    changes = source_changes(Config(), source, (place, place))
    assert changes == {f"{source}.enabled": True, key: written}


def test_a_place_in_the_working_folder_is_named_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_changes(Config(), "git", (".", "code"))["git.folders"] == (str(tmp_path), str(tmp_path / "code"))


def test_which_sources_have_nothing_to_read_yet() -> None:
    lacking = [name for name in ("git", "forge", "calendar", "activity", "news") if lacks_places(Config(), name)]
    assert lacking == ["git", "calendar", "news"]
    dav = parse_config('[calendar]\ncaldav = "https://dav.example/"', "config.toml")
    assert not lacks_places(dav, "calendar")


def test_places_are_looked_at_before_they_are_kept(tmp_path: Path) -> None:
    (tmp_path / "work.ics").touch()
    assert places_problem("calendar", f"{tmp_path}/work.ics, https://me.example/x.ics") == ""
    assert places_problem("calendar", f"{tmp_path}/none.ics") == f"There is no {tmp_path}/none.ics."
    assert places_problem("news", "example.org") == ""
    assert places_problem("news", " , ")
    assert split_places("command:pass show a,b") == ("command:pass show a,b",)
