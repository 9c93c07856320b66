"""Reads the config file and describes its keys: for the screen, for config.example.toml and for errors.

An unknown or wrong key is reported with its file, its name and the nearest one. `config` has the definitions.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from proactive_tui.config import Config, ConfigSection
from proactive_tui.errors import ConfigError

RESTART_SETTINGS: Final = frozenset(
    {"notes.folder", "index.threads", "index.nice", "index.model", "index.chroma_url", "index.allowed_hosts"}
)
"""Settings that take effect at the next start: the notes folder, and those of the index and its process."""

MAX_CONFIG_BYTES = 1 << 20
"""Maximum bytes of the config file."""
MAX_CONFIG_TEXT_CHARACTERS = 4096
"""Maximum characters of one text in the config."""

MAX_SHOWN_VALUE = 60
"""Characters that an error shows of a wrong value."""
_SECRET_KEYS = re.compile(r"addresses|password|token")
"""Keys whose values are not repeated in an error, which may be shown to others."""


def config_sections() -> Iterator[tuple[str, type[ConfigSection]]]:
    """Name and type of each table, in the order of the file."""
    hints = get_type_hints(Config)
    for name in Config.__struct_fields__:
        yield name, hints[name]


class ConfigSetting(Struct, frozen=True, kw_only=True):
    """A key of the config: `key` is "table.name", `what` its description.

    `kind` is its type in words; `choices` are the only values that it may have, or a list's items may have if `many`.
    `live` says that a change is applied while the program runs.
    """

    key: str
    what: str
    kind: str
    default: Any
    choices: tuple[str, ...] = ()
    many: bool = False
    live: bool = True

    @property
    def is_flag(self) -> bool:
        """Whether the setting is a boolean."""
        return isinstance(self.default, bool)


@cache
def list_signal_switches() -> tuple[ConfigSetting, ...]:
    """The switches of what may be noticed and read besides the notes: each sensor, and each source."""
    return tuple(
        setting
        for setting in list_settings()
        if setting.is_flag and (setting.key.startswith("sensors.") or setting.key.endswith(".enabled"))
    )


def signal_name(setting: ConfigSetting) -> str:
    """What a signal is called: "keys" for `sensors.keys`, "git" for `git.enabled`."""
    return setting.key.removeprefix("sensors.").removesuffix(".enabled")


def setting_value(config: Config, key: str) -> Any:
    """The value of a key ("table.name")."""
    table, _, name = key.partition(".")
    return getattr(getattr(config, table), name)


@cache
def list_settings() -> tuple[ConfigSetting, ...]:
    """Every key, in the order of the file."""
    return tuple(
        _describe_key(f"{table}.{name}", info, hint, getattr(section(), name))
        for table, section in config_sections()
        for (name, hint), info in zip(get_type_hints(section).items(), _field_types(section), strict=True)
    )


def _field_types(section: type[ConfigSection]) -> Iterator[Any]:
    from msgspec import inspect  # noqa: PLC0415  (the first frame needs none of it)

    return (field.type for field in cast("inspect.StructType", inspect.type_info(section)).fields)


def _describe_key(key: str, info: Any, hint: Any, default: Any) -> ConfigSetting:
    """Describe a key. `info` is msgspec's description of its type; `hint` is the type, which lists choices in order."""
    many = isinstance(default, tuple)
    item, item_hint = (info.type.item_type, get_args(hint)[0]) if many else (info.type, hint)
    choices = get_args(item_hint) if get_origin(item_hint) is Literal else ()
    return ConfigSetting(
        key=key,
        what=info.extra_json_schema["description"],
        kind=_describe_type(item, default, choices),
        default=default,
        choices=choices,
        many=many,
        live=key not in RESTART_SETTINGS,
    )


def _describe_type(item: Any, default: Any, choices: tuple[str, ...]) -> str:
    """The type of a key, or of the items of a list, in words."""
    span = bool(getattr(item, "pattern", None))
    match default:
        case tuple() if choices:
            return f"any of {', '.join(choices)}"
        case tuple():
            return f"{'spans of local time, as 22:00-07:30,' if span else 'names'} with commas between"
        case bool():
            return "yes or no"
        case int():
            return f"a whole number{_describe_bounds(item)}"
        case float():
            return f"a number{_describe_bounds(item)}"
        case dict():
            return 'a table, as {"offer.not_now" = "l"}'
    if choices:
        return f"one of {', '.join(choices)}"
    return "a span of local time, as 08:00-20:00" if span else "text"


def _describe_bounds(number: Any) -> str:
    if number.ge is not None and number.le is not None:
        return f" from {number.ge:g} to {number.le:g}"
    if number.gt is not None:
        return f" above {number.gt:g}"
    return f" of {number.ge:g} or more" if number.ge is not None else ""


def load_config(path: Path | None) -> Config:
    """The config in `path`, or all defaults where it is None.

    Raises ConfigError when the file cannot be read, is not TOML, or has an unknown or wrong key.
    """
    if path is None:
        return Config()
    try:
        if (size := path.stat().st_size) > MAX_CONFIG_BYTES:
            raise ConfigError(
                "The config is too large",
                f"{path}: {size // 1024:,} kB, and {MAX_CONFIG_BYTES // 1024} kB is the most",
                "Take out what does not belong there.",
            )
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "The config cannot be read",
            f"{path}: {getattr(error, 'strerror', None) or error}",
            "Name another file with --config, or make one with 'proactive-tui init'.",
        ) from error
    return parse_config(text, str(path))


def parse_config(text: str, name: str) -> Config:
    """The config written in `text`; `name` is the file's name in errors. Raises ConfigError."""
    try:
        data = read_toml(text)
    except ValueError as error:
        raise ConfigError("The config is not valid TOML", f"{name}: {error}", "Mend that line.") from error
    _refuse_long(data, name)
    _refuse_unknown(data, name)
    return _convert_config(data, name)


def read_toml(text: str) -> dict[str, Any]:
    """The values in a TOML text. Raises ValueError, with a message for people, also where the parser overflows."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # Python's own limit: an integer of more than 4,300 digits
        raise ValueError("a number has too many digits") from error
    except RecursionError as error:
        raise ValueError("lists or tables lie too deep in each other") from error


def with_settings(config: Config, settings: Mapping[str, str]) -> Config:
    """The config with some keys changed: dotted names, values as in TOML; text needs no quotes. Raises ConfigError."""
    data: dict[str, Any] = msgspec.to_builtins(config)
    changed: dict[str, Any] = {}
    for key, value in settings.items():
        table, _, name = key.partition(".")
        try:
            changed.setdefault(table, {})[name] = read_toml(f"value = {value}")["value"]
        except ValueError:
            changed.setdefault(table, {})[name] = value
    _refuse_unknown(changed, "--set")
    for table, values in changed.items():
        data[table] |= values
    return _convert_config(data, "--set")


def with_value(config: Config, key: str, value: Any) -> Config:
    """The config with one key ("table.name") set. Raises ConfigError."""
    table, _, name = key.partition(".")
    data: dict[str, Any] = msgspec.to_builtins(config)
    data[table][name] = value
    return _convert_config(data, key)


def _convert_config(data: dict[str, Any], name: str) -> Config:
    try:
        return msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        key = wrong_key(error)
        written = describe_written(data, key)
        raise ConfigError("The config has a wrong value", f"{name}: {written}", _allowed_values(key)) from error


def wrong_key(error: msgspec.ValidationError) -> str:
    """The dotted name of the value that an error is about, with its place in a list; empty for the whole."""
    return str(error).rpartition(" - at `$.")[2].rstrip("`") if " - at `$." in str(error) else ""


def describe_written(data: Any, key: str) -> str:
    """What stands at a dotted name, as its owner wrote it: `offers.per_day is "x"`."""
    value, known = data, ""
    for part in re.findall(r"[^.\[\]]+", key):
        try:
            value = value[int(part)] if isinstance(value, list | tuple) else value[part]
        except (LookupError, TypeError, ValueError):
            break  # `[...]` stands for any key of a table
        known = f"{known}[{part}]" if part.isdigit() else f"{known}.{part}".strip(".")
    if _SECRET_KEYS.search(known):
        return f"{known} is something else"
    written = msgspec.json.encode(value, enc_hook=str).decode()
    shown = written if len(written) <= MAX_SHOWN_VALUE else f"{written[:MAX_SHOWN_VALUE]}…"
    return f"{known or 'the file'} is {shown}"


def _allowed_values(key: str) -> str:
    """The hint that says which values a key may have."""
    name = key.partition("[")[0]
    kind = next((f"Wanted is {setting.kind}; " for setting in list_settings() if setting.key == name), "")
    return f"{kind}config.example.toml shows every key with its default."


def _refuse_long(data: Any, name: str, key: str = "") -> None:
    """Raise ConfigError for a text that is too long to be shown; `key` is where it stands."""
    match data:
        case str() if len(data) > MAX_CONFIG_TEXT_CHARACTERS:
            raise ConfigError(
                "The config has too long a text",
                f"{name}: {key or data[:40] + '…'}: {len(data):,} characters, "
                f"and {MAX_CONFIG_TEXT_CHARACTERS:,} is the most",
                "Make it shorter.",
            )
        case list():
            for item in data:
                _refuse_long(item, name, key)
        case dict():
            for entry_key, value in data.items():
                _refuse_long(entry_key, name, key)
                _refuse_long(value, name, f"{key}.{entry_key}" if key else entry_key)


def _refuse_unknown(data: dict[str, Any], name: str) -> None:
    known = {table: section.__struct_fields__ for table, section in config_sections()}
    dotted = [f"{table}.{key}" for table, keys in known.items() for key in keys]
    for table, values in data.items():
        if table not in known:
            _raise_unknown_key(table, [*known, *dotted], name)
        if isinstance(values, dict):
            for key in values:
                if key not in known[table]:
                    _raise_unknown_key(f"{table}.{key}", dotted, name)


def _raise_unknown_key(key: str, valid: list[str], name: str) -> None:
    near = difflib.get_close_matches(key, valid, n=1, cutoff=0.5)
    last = key.rpartition(".")[2]
    same = [candidate for candidate in valid if candidate.rpartition(".")[2] == last]
    nearest = (same or near or [""])[0]
    raise ConfigError(
        "The config has an unknown key",
        f"{name}: {key}",
        f"Did you mean '{nearest}'?" if nearest else "config.example.toml shows every key.",
    )
