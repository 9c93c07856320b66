"""The config as somebody changes it: every key with its type in words, what was typed as a value, and the file.

A change keeps the rest of the file as it is, comments included.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from proactive_tui.config import (
    Config,
    config_sections,
    describe_keys,
    example_config,
    format_toml,
    parse_config,
    read_toml,
    with_value,
)
from proactive_tui.errors import ConfigError
from proactive_tui.paths import write_atomically

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

RESTART_SETTINGS: Final = frozenset(
    {"notes.folder", "index.threads", "index.nice", "index.model", "index.chroma_url", "index.allowed_hosts"}
)
"""Settings that are read once: where the notes are, and what the index and its process are made with."""

YES_WORDS: Final = frozenset({"true", "yes", "on", "1"})
NO_WORDS: Final = frozenset({"false", "no", "off", "0"})


class ConfigSetting(Struct, frozen=True, kw_only=True):
    """One key: `key` is "table.name", `kind` its type in words, `choices` the only values (of a list: its items).

    `live` says that a change is applied while it runs.
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
        """Whether it is on or off."""
        return isinstance(self.default, bool)


@cache  # 23 ms, and asked for again with every change
def list_settings() -> tuple[ConfigSetting, ...]:
    """Every key, in the order of the file."""
    return tuple(
        _build_setting(table, section, *row) for table, section in config_sections() for row in describe_keys(section)
    )


def setting_value(config: Config, key: str) -> Any:
    """What a key is set to."""
    table, _, name = key.partition(".")
    return getattr(getattr(config, table), name)


def apply_typed_value(config: Config, setting: ConfigSetting, text: str) -> Config:
    """The config with what somebody typed for a key. Raises ConfigError with what is wanted instead."""
    wanted = ConfigError("That cannot be", setting.key, f"Wanted is {setting.kind}.")
    try:
        return with_value(config, setting.key, _parse_value(setting, text.strip()))
    except (ValueError, ConfigError) as error:
        raise wanted from error


def format_setting(what: Any) -> str:
    """A value as it is typed: text without quotes, lists with commas."""
    match what:
        case bool():
            return "yes" if what else "no"
        case str():
            return what
        case tuple() if not any("," in element for element in what):
            return ", ".join(what)
        case _:
            return format_toml(what)


def _parse_value(setting: ConfigSetting, text: str) -> Any:
    match setting.default:
        case bool():
            if text.lower() not in YES_WORDS | NO_WORDS:
                raise ValueError(text)
            return text.lower() in YES_WORDS
        case str():
            return text
        case int():
            return int(text)
        case float():
            return float(text)
        case tuple() if not text.startswith("["):
            return [part.strip() for part in text.split(",") if part.strip()]
        case _:
            return read_toml(f"value = {text or '{}'}")["value"]


# --- the file ----------------------------------------------------------------------------------------------------


def edit_config_text(text: str, key: str, what: Any) -> str:
    """The text of a config file with one key set; None takes it out, so that its default holds.

    Where the key is there as a comment, as in config.example.toml, its value takes the comment's place.
    """
    import tomlkit

    table, _, name = key.partition(".")
    document = tomlkit.parse(text)
    if table not in document:
        if what is None:
            return text
        document[table] = tomlkit.table()
    if what is None:
        _remove_key(document, table, name)
        return document.as_string()
    if name not in document[table] and (line := _find_commented_key(text, table, name)) is not None:
        lines = text.splitlines(keepends=True)
        lines[line] = f"{name} = 0\n"
        document = tomlkit.parse("".join(lines))
    document[table][name] = _toml_item(what)
    return document.as_string()


def save_settings(file: Path, changes: Mapping[str, Any]) -> None:
    """Set keys in the file; it is replaced whole, and the one before is kept beside it as *.old.

    A value that is the default is taken out again. Raises ConfigError when the file cannot be read or written.
    """
    defaults = {setting.key: setting.default for setting in list_settings()}
    try:
        target = file.resolve()  # a link stays a link
        text = target.read_text(encoding="utf-8") if target.exists() else example_config()
        parse_config(text, str(file))  # what is wrong there already is not ours to save over
        for key, what in changes.items():
            text = edit_config_text(text, key, None if what == defaults[key] else what)
        parse_config(text, str(file))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.copy2(target, target.with_name(target.name + ".old"))
        write_atomically(target, text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "The config cannot be written",
            f"{file}: {getattr(error, 'strerror', None) or error}",
            "What you changed holds until the end of this run.",
        ) from error


def _remove_key(document: TOMLDocument, table: str, name: str) -> None:
    """Take a key out; in a table it leaves its default as a comment."""
    import tomlkit
    from tomlkit.items import Table

    section: Any = document[table]
    if name not in section:
        return
    place = next(
        (at for at, (key, _) in enumerate(section.value.body) if key is not None and key.key == name)
        if isinstance(section, Table)
        else iter(()),
        None,
    )
    section.remove(name)
    if place is not None and not section.is_super_table():
        default = next(setting.default for setting in list_settings() if setting.key == f"{table}.{name}")
        section.value.body[place] = (None, tomlkit.comment(f"{name} = {format_toml(default)}"))


def _find_commented_key(text: str, table: str, name: str) -> int | None:
    """The line (from 0) on which a key of a table is there as a comment."""
    here = ""
    for number, line in enumerate(text.splitlines()):
        if head := re.fullmatch(r"\s*\[([^\[\]]+)\]\s*(#.*)?", line):
            here = head[1].strip()
        elif here == table and re.match(rf"\s*#\s*{re.escape(name)}\s*=", line):
            return number
    return None


def _toml_item(what: Any) -> Any:
    import tomlkit

    if isinstance(what, dict):
        inline = tomlkit.inline_table()
        inline.update(what)
        return inline
    return list(what) if isinstance(what, tuple) else what


# --- types in words ----------------------------------------------------------------------------------------------


def _build_setting(table: str, section: type, name: str, what: str, default: Any) -> ConfigSetting:
    hint = get_type_hints(section, include_extras=True)[name]
    bare, metas = _strip_annotations(hint)
    item, item_metas = _strip_annotations(get_args(bare)[0]) if get_origin(bare) is tuple else (bare, metas)
    choices = tuple(get_args(item)) if get_origin(item) is Literal else ()
    many = get_origin(bare) is tuple
    key = f"{table}.{name}"
    return ConfigSetting(
        key=key,
        what=what,
        kind=_describe_type(bare, metas, choices, item_metas, many=many),
        default=default,
        choices=choices,
        many=many,
        live=key not in RESTART_SETTINGS,
    )


def _strip_annotations(hint: Any) -> tuple[Any, list[Meta]]:
    metas: list[Meta] = []
    while get_origin(hint) is Annotated or hasattr(hint, "__metadata__"):
        hint, *more = get_args(hint)
        metas += [meta for meta in more if isinstance(meta, Meta)]
    return hint, metas


def _describe_type(bare: Any, metas: list[Meta], choices: tuple[str, ...], items: list[Meta], *, many: bool) -> str:
    if choices:
        return f"{'any of' if many else 'one of'} {', '.join(choices)}"
    span = next((True for meta in items if meta.pattern), False)
    if many:
        return "spans of local time, as 22:00-07:30, with commas between them" if span else "names with commas between"
    if span:
        return "a span of local time, as 08:00-20:00"
    named: dict[Any, str] = {bool: "yes or no", int: "a whole number", float: "a number", str: "text"}
    return named.get(bare, 'a table, as {"offer.not_now" = "l"}') + _describe_bounds(metas)


def _describe_bounds(metas: list[Meta]) -> str:
    least = next((meta.ge for meta in metas if meta.ge is not None), None)
    most = next((meta.le for meta in metas if meta.le is not None), None)
    over = next((meta.gt for meta in metas if meta.gt is not None), None)
    if least is not None and most is not None:
        return f" from {least:g} to {most:g}"
    if over is not None:
        return f" above {over:g}"
    return f" of {least:g} or more" if least is not None else ""
