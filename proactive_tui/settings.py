"""Changes to the config: parses typed values, switches sources on, and edits the file, whose other lines and comments
stay as they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from proactive_tui.config import Config
from proactive_tui.config_reading import (
    ConfigSetting,
    config_sections,
    list_settings,
    parse_config,
    read_toml,
    setting_value,
    with_value,
)
from proactive_tui.errors import ConfigError, ProactiveError
from proactive_tui.paths import resolve_notes_folder, write_atomically

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Item

YES_WORDS: Final = frozenset({"true", "yes", "on", "1"})
NO_WORDS: Final = frozenset({"false", "no", "off", "0"})
SOURCE_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "git": ("git.folders",),
    "forge": ("forge.github", "forge.gitlab", "forge.forgejo"),
    "calendar": ("calendar.files", "calendar.addresses", "calendar.caldav"),
    "activity": ("activity.activitywatch",),
    "news": ("news.feeds", "news.opml"),
}
"""The settings that say what a source reads, by the name of the source."""
FILE_SETTINGS: Final = frozenset({"git.folders", "calendar.files", "news.opml"})
"""Settings of sources that name files and folders."""
PLACELESS_SOURCES: Final = frozenset({"activity"})
"""Sources that need no place."""
PLACES_ASKED: Final[Mapping[str, str]] = {
    "git": "A repository, or a folder with some; several with commas.",
    "forge": "A host, as github.com; several with commas.",
    "calendar": "An ICS file, a folder of them, or an address; several with commas.",
    "news": "A feed, a site that names one, or an OPML file; several with commas.",
}
"""What is asked for where a source that needs a place has none."""
SECRET_MARKS: Final = ("env:", "command:")


def apply_typed_value(config: Config, setting: ConfigSetting, text: str) -> Config:
    """The config with a typed text as the value of a key. Raises ConfigError, which says what is wanted instead."""
    wanted = ConfigError("That cannot be", setting.key, f"Wanted is {setting.kind}.")
    try:
        return with_value(config, setting.key, _parse_value(setting, text.strip()))
    except (ValueError, ConfigError) as error:
        raise wanted from error


def typed_value_problem(config: Config, setting: ConfigSetting, text: str) -> str:
    """What is wrong with a typed value of a key, in a sentence, or ""."""
    try:
        apply_typed_value(config, setting, text)
        if setting.key == "notes.folder" and text.strip():
            resolve_notes_folder(str(Path(text.strip()).expanduser()))
    except ConfigError as error:
        return error.hint
    except ProactiveError as error:
        return error.message
    return missing_file(setting.key, split_places(text))


def format_setting(value: Any) -> str:
    """A value as it is typed: text without quotes, lists with commas."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case tuple() if not any("," in element for element in value):
            return ", ".join(value)
        case _:
            return _toml_item(value).as_string()


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


# --- sources -----------------------------------------------------------------------------------------------------


def source_changes(config: Config, source: str, places: Sequence[str] = ()) -> dict[str, Any]:
    """The settings that switch a source on, by their dotted names. `places` come beside those that are there."""
    changes: dict[str, Any] = {f"{source}.enabled": True}
    for place in places:
        key = place_setting(source, place)
        before, written = changes.get(key, setting_value(config, key)), _written_place(key, place)
        changes[key] = written if isinstance(before, str) else tuple(dict.fromkeys((*before, written)))
    return changes


def place_setting(source: str, place: str) -> str:
    """The setting that a typed place belongs to: an address of a calendar is not among its files."""
    is_address, name = "://" in place or place.startswith(SECRET_MARKS), place.casefold()
    match source:
        case "calendar" if is_address:
            return "calendar.addresses"
        case "news" if not is_address and name.endswith((".opml", ".xml")):
            return "news.opml"
        case "forge" if "gitlab" in name:
            return "forge.gitlab"
        case "forge" if any(make in name for make in ("codeberg", "forgejo", "gitea")):
            return "forge.forgejo"
    return SOURCE_PLACES[source][0]


def lacks_places(config: Config, source: str) -> bool:
    """Whether the config names nothing that this source could read."""
    keys = SOURCE_PLACES.get(source, ())
    return source not in PLACELESS_SOURCES and not any(setting_value(config, key) for key in keys)


def split_places(typed: str) -> tuple[str, ...]:
    """The places in a typed line; a command that prints an address may have commas, and stands alone."""
    if typed.strip().startswith("command:"):
        return (typed.strip(),)
    return tuple(part.strip() for part in typed.split(",") if part.strip())


def places_problem(source: str, typed: str) -> str:
    """What is wrong with typed places, in a sentence, or ""."""
    places = split_places(typed)
    if not places:
        return "Type where it is, or Esc."
    problems = (missing_file(place_setting(source, place), (place,)) for place in places)
    return next(filter(None, problems), "")


def _written_place(key: str, place: str) -> str:
    """A place as the config has it: a file or folder from the root or from the home, wherever it was typed."""
    return place if key not in FILE_SETTINGS or place.startswith("~") else str(Path(place).absolute())


def missing_file(key: str, places: Sequence[str]) -> str:
    """That a file or folder which a setting would name is not there, in a sentence, or ""."""
    missing = (place for place in places if key in FILE_SETTINGS and not _is_there(place))
    return next((f"There is no {place}." for place in missing), "")


def _is_there(place: str) -> bool:
    try:
        return Path(place).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


# --- the file ----------------------------------------------------------------------------------------------------


def example_config(chosen: Mapping[str, Any] | None = None) -> str:
    """The text of config.example.toml: every key, commented out, with its default and description.

    `chosen` has values by "table.key"; their lines are not commented out.
    """
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment(str(Config.__doc__)))
    settings = {setting.key: setting for setting in list_settings()}
    for name, section in config_sections():
        table = tomlkit.table()
        for key in section.__struct_fields__:
            setting = settings[f"{name}.{key}"]
            table.add(tomlkit.comment(setting.what))
            if (value := (chosen or {}).get(setting.key)) is None:
                table.add(tomlkit.comment(f"{key} = {_toml_item(setting.default).as_string()}"))
            else:
                table.add(key, _toml_item(value))
        table.trivia.indent = (
            f"\n# {section.__doc__}\n"  # a comment added before the table would get a blank line between
        )
        document.add(name, table)
    return document.as_string()


def edit_config_text(text: str, key: str, value: Any) -> str:
    """The text of a config file with one key set; None removes the key, so that its default holds.

    Where the key is there as a comment, as in config.example.toml, its value takes the comment's place.
    """
    import tomlkit

    table, _, name = key.partition(".")
    document = tomlkit.parse(text)
    if table not in document:
        if value is None:
            return text
        document[table] = tomlkit.table()
    if value is None:
        _remove_key(document, table, name)
        return document.as_string()
    if name not in document[table] and (line := _find_commented_key(text, table, name)) is not None:
        lines = text.splitlines(keepends=True)
        lines[line] = f"{name} = 0\n"
        document = tomlkit.parse("".join(lines))
    document[table][name] = _toml_item(value)
    return document.as_string()


def save_settings(file: Path, changes: Mapping[str, Any]) -> None:
    """Set keys in the file, which is replaced whole; the old file is kept beside it as *.old.

    A key whose value is the default is removed. Raises ConfigError when the file cannot be read or written.
    """
    defaults = {setting.key: setting.default for setting in list_settings()}
    try:
        target = file.resolve()  # a link stays a link
        text = target.read_text(encoding="utf-8") if target.exists() else example_config()
        parse_config(text, str(file))  # a file that is wrong already is not overwritten
        for key, value in changes.items():
            text = edit_config_text(text, key, None if value == defaults[key] else value)
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
    """Remove a key; in a table, a comment with its default takes its place."""
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
        section.value.body[place] = (None, tomlkit.comment(f"{name} = {_toml_item(default).as_string()}"))


def _find_commented_key(text: str, table: str, name: str) -> int | None:
    """The line (from 0) on which a key of a table is commented out."""
    here = ""
    for number, line in enumerate(text.splitlines()):
        if head := re.fullmatch(r"\s*\[([^\[\]]+)\]\s*(#.*)?", line):
            here = head[1].strip()
        elif here == table and re.match(rf"\s*#\s*{re.escape(name)}\s*=", line):
            return number
    return None


def _toml_item(value: Any) -> Item:
    """A value as TOML writes it."""
    import tomlkit

    if not isinstance(value, dict):
        item: Item = tomlkit.item(value)
        return item
    inline = tomlkit.inline_table()
    inline.update(value)
    return inline


if __name__ == "__main__":
    Path("config.example.toml").write_text(example_config(), encoding="utf-8")
