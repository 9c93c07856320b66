"""Front matter: YAML between `---` or TOML between `+++`. A broken one is text, not a failure.

So is one that only an attacker writes: too long, too deep, or with aliases, which could stand for billions of values or
for themselves.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import yaml

_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_FRONT_MATTER_CHARACTERS = 65_536
"""Characters of a front matter at the most."""
MAX_FRONT_MATTER_DEPTH = 20
"""Lists and mappings within each other; far below where the C parser would overflow its stack and end the process."""


def parse_front_matter(content: str, *, toml: bool) -> dict[str, Any] | None:
    """The values in `content`, without its fences, or None when it is no front matter. Each can be said by
    `format_value`.
    """
    if len(content) > MAX_FRONT_MATTER_CHARACTERS:
        return None
    try:
        if not toml and not _is_safe_yaml(content):
            return None
        values = tomllib.loads(content) if toml else yaml.load(content, Loader=_YAML_LOADER)  # noqa: S506  (a safe loader)
        format_value(values)  # a number of more than 4,300 digits cannot be said
    except Exception:  # noqa: BLE001 - PyYAML lets through what its constructors raise, of whichever kind
        return None
    if values is None and not content.strip():
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None


def _is_safe_yaml(content: str) -> bool:
    """Whether YAML has no aliases and is not deep: known from its events, which need neither memory nor stack."""
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
    """A value that may be a list, or a string that stands for one (`a, b` or `a b`)."""
    if isinstance(value, list | tuple | set):
        return [format_value(item) for item in value if item is not None]
    return format_value(value).replace(",", " ").split()
