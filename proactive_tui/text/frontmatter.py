"""Parses front matter: YAML between `---` or TOML between `+++`.

Broken front matter is text, not an error. The same holds for front matter that only an attacker would write: too long,
too deep, or with aliases, which can expand to billions of values or refer to themselves.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import yaml

_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FRONT_MATTER_CHARACTERS = 65_536
"""Maximum characters of front matter."""
MAX_FRONT_MATTER_DEPTH = 20
"""Maximum nesting of lists and mappings, far below the depth at which the C parser overflows its stack."""


def parse_front_matter(content: str, *, toml: bool) -> dict[str, Any] | None:
    """The values in `content` (without its fences), each fit for `format_value`; None where it is not front matter."""
    if len(content) > MAX_FRONT_MATTER_CHARACTERS:
        return None
    try:
        if not toml and not _is_safe_yaml(content):
            return None
        values = tomllib.loads(content) if toml else yaml.load(content, Loader=_YAML_LOADER)  # noqa: S506  (a safe loader)
        format_value(values)  # a number of more than 4,300 digits cannot be printed
    except Exception:  # noqa: BLE001 - PyYAML lets through what its constructors raise, of whichever kind
        return None
    if values is None and not content.strip():
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None


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
    """The items of a value: a list, or a string that lists them (`a, b` or `a b`)."""
    if isinstance(value, list | tuple | set):
        return [format_value(item) for item in value if item is not None]
    return format_value(value).replace(",", " ").split()
