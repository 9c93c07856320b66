"""Parses front matter: YAML between `---` or TOML between `+++`.

Front matter with an odd line is read key by key: what is no YAML is text as written (`property_lines`). Nothing that
only an attacker would write is expanded: what is too deep stays text, and so do aliases, which can expand to billions
of values or refer to themselves; what is too long is no front matter.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

import yaml

from proactive_tui.text.properties.property_lines import (
    PropertyLines,
    key_lines,
    quote_wikilinks,
    read_written_value,
    split_properties,
)

_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FRONT_MATTER_CHARACTERS = 65_536
"""Maximum characters of front matter."""
MAX_FRONT_MATTER_DEPTH = 20
"""Maximum nesting of lists and mappings, far below the depth at which the C parser overflows its stack."""
MAX_YAML_KEYS = 200
"""Maximum keys of broken front matter that are parsed one by one; more are taken as written."""

_PLAIN_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")


def _plain_resolvers() -> dict[str | None, list[tuple[str, re.Pattern[str]]]]:
    """What an unquoted value may be besides text: YAML 1.1 takes `yes` for true, `1.10` for 1.1 and `12:30` for 750."""
    kept: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}
    for first, rules in _SAFE_LOADER.yaml_implicit_resolvers.items():
        kept[first] = [rule for rule in rules if rule[0].rpartition(":")[2] not in {"bool", "float", "int"}]
    for first in "tTfF":
        kept.setdefault(first, []).append(
            ("tag:yaml.org,2002:bool", re.compile("(?:true|True|TRUE|false|False|FALSE)$"))
        )
    for first in "-+0123456789":
        kept.setdefault(first, []).append(("tag:yaml.org,2002:int", re.compile(_PLAIN_INTEGER.pattern + "$")))
    return kept


_YAML_LOADER: Any = type("FrontMatterLoader", (_SAFE_LOADER,), {"yaml_implicit_resolvers": _plain_resolvers()})


def parse_front_matter(content: str, *, toml: bool) -> dict[str, Any] | None:
    """The values in `content` (without its fences), each fit for `format_value`; None where it is not front matter.

    YAML first; where that fails, each top-level key by itself, and its value as written where that is no YAML.
    """
    if len(content) > MAX_FRONT_MATTER_CHARACTERS:
        return None
    if toml:
        return _parse_toml(content)
    if not content.strip():
        return {}
    values = _parse_yaml(quote_wikilinks(content))
    if isinstance(values, dict):
        return {str(key): value for key, value in values.items()}
    return _parse_by_key(content) if values is None else None


def _parse_toml(content: str) -> dict[str, Any] | None:
    try:
        values = tomllib.loads(content)
        format_value(values)
    except Exception:  # noqa: BLE001 - a number of more than 4,300 digits cannot be printed, and a deep list overflows
        return None
    return values


def _parse_yaml(content: str) -> Any:
    """The value of a YAML document that is safe and valid, else None."""
    try:
        if not _is_safe_yaml(content):
            return None
        values = yaml.load(content, Loader=_YAML_LOADER)  # noqa: S506  (a safe loader)
        format_value(values)
    except Exception:  # noqa: BLE001 - PyYAML lets through what its constructors raise, of whichever kind
        return None
    return values


def _parse_by_key(content: str) -> dict[str, Any] | None:
    found = split_properties(content)
    if found is None:
        return None
    return {lines.key: _parse_key(lines, number < MAX_YAML_KEYS) for number, lines in enumerate(found)}


def _parse_key(lines: PropertyLines, is_yaml_tried: bool) -> Any:
    """The value of one key: by YAML, where it is a text, number, day or list; else as written."""
    values = _parse_yaml(quote_wikilinks("\n".join(key_lines(lines)))) if is_yaml_tried else None
    if isinstance(values, dict) and len(values) == 1:
        (value,) = values.values()
        if value is not None or not (lines.value or lines.below):
            return value
    return read_written_value(lines)


def _is_safe_yaml(content: str) -> bool:
    """Whether YAML has no aliases and is not deep. Reads its events only, which need neither memory nor stack."""
    depth = 0
    for event in yaml.parse(content, Loader=_YAML_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_FRONT_MATTER_DEPTH or isinstance(event, yaml.AliasEvent):
            return False
    return True


def format_value(value: Any) -> str:
    """A value as a person would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple() | set():
            return ", ".join(filter(None, map(format_value, value)))
        case dict():
            return ", ".join(f"{key}: {format_value(item)}" for key, item in value.items())
        case _:
            return " ".join(str(value).split())


def items(value: Any) -> list[str]:
    """The items of a value: a list, or a string that lists them (`a, b`, `a b` or `[[a]], [[b]]`)."""
    if isinstance(value, list | tuple | set):
        return [format_value(item) for item in value if item is not None]
    if isinstance(value, str) and "[[" in value:
        return [item for part in value.split(",") if (item := format_value(part).replace("[[", "").replace("]]", ""))]
    return format_value(value).replace(",", " ").split()
