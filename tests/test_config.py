"""The config: every key has a default and a comment, and what is wrong is said with its name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from proactive_tui import config, config_reading
from proactive_tui.errors import ConfigError
from proactive_tui.settings import example_config
from tests.conftest import ROOT


def test_the_example_is_what_the_definitions_say() -> None:
    assert (ROOT / "config.example.toml").read_text() == example_config(), "run: python -m proactive_tui.settings"


def test_the_example_uncommented_is_all_defaults() -> None:
    lines = example_config().splitlines()
    keys = {setting.key.partition(".")[2] for setting in config_reading.list_settings()}
    live = [line.removeprefix("# ") if line.removeprefix("# ").split(" = ")[0] in keys else line for line in lines]
    text = "\n".join(line for line in live if not line.startswith("#"))
    assert sum(len(table) for table in tomllib.loads(text).values()) == len(config_reading.list_settings())
    assert config_reading.parse_config(text, "example") == config.Config()


def test_every_key_is_described() -> None:
    for setting in config_reading.list_settings():
        assert setting.what.endswith((".", "}.")), setting.key


def test_no_file_is_all_defaults(tmp_path: Path) -> None:
    assert config_reading.load_config(None) == config.Config()
    (tmp_path / "c.toml").write_text("[offers]\nper_day = 3\n")
    assert config_reading.load_config(tmp_path / "c.toml").offers.per_day == 3


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("[offer]\nper_day = 3", "c.toml: offer", "'offers'"),
        ("[offers]\nperday = 3", "c.toml: offers.perday", "'offers.per_day'"),
        ("per_day = 3", "c.toml: per_day", "'offers.per_day'"),
        ("[offers]\nzzz = 3", "c.toml: offers.zzz", "'offers."),
        ("[offers]\nper_day = 'x'", 'offers.per_day is "x"', "config.example.toml"),
        ("[offers]\nper_day = -1", "offers.per_day is -1", "config.example.toml"),
        ("[offers]\nquiet_hours = ['late']", 'offers.quiet_hours[0] is "late"', "22:00-07:30"),
        ("[llm]\nbackend = 'gpt'", 'llm.backend is "gpt"', "auto, ollama"),
        ("offers = 3", "offers is 3", "config.example.toml"),
        ("[notes\n", "at line 1", "Mend"),
    ],
)
def test_what_is_wrong_names_file_key_and_the_way_out(text: str, says: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config_reading.parse_config(text, "c.toml")
    assert says in caught.value.message
    assert hint in caught.value.hint
    assert not re.search(r"`(int|str|float|bool|array|object)`|regex|enum", str(caught.value)), "words for people"


def test_a_long_value_is_cut_and_a_secret_one_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        config_reading.parse_config(f"[offers]\nper_day = '{'x' * 500}'", "c.toml")
    assert len(caught.value.message) < 120
    with pytest.raises(ConfigError) as caught:
        config_reading.parse_config("[calendar]\naddresses = 'https://example.org/secret.ics'", "c.toml")
    assert "calendar.addresses" in caught.value.message
    assert "secret" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        config_reading.load_config(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match="cannot be read"):
        config_reading.load_config(tmp_path / "bytes.toml")
