"""Reads the command lines that are given most often without Typer, whose import takes longer than what they ask for.

What is not understood here goes to the full command line, which knows all options and reports what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

OPTIONS_WITH_VALUE: Final = ("--config", "--data-dir", "--notes")
_AS_ONE_LINE: Final = "--line"
_ASKS_FOR_COMPLETION: Final = "_COMPLETE"
"""How the variable ends by which a shell asks what may come next."""

NamedPlaces: TypeAlias = dict[str, str]
"""The values of OPTIONS_WITH_VALUE, empty where not given."""


def read_status_options(words: Sequence[str]) -> NamedPlaces | None:
    """The values of the options of `status --line`; None for every other command line."""
    if words[:1] != ["status"] or _AS_ONE_LINE not in words:
        return None
    return _read_places([word for word in words[1:] if word != _AS_ONE_LINE])


def read_run_options(words: Sequence[str], environment: Mapping[str, str]) -> NamedPlaces | None:
    """The values of the options of `run`, which may be left out; None for every other command line."""
    if any(name.startswith("_") and name.endswith(_ASKS_FOR_COMPLETION) for name in environment):
        return None
    return _read_places(words[1:] if words[:1] == ["run"] else words)


def _read_places(words: Sequence[str]) -> NamedPlaces | None:
    """The values of these options; None where anything else stands among them."""
    named, rest = dict.fromkeys(OPTIONS_WITH_VALUE, ""), iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        value = value if equals else next(rest, "")
        if option not in OPTIONS_WITH_VALUE or not value or (value.startswith("-") and not equals):
            return None
        named[option] = value
    return named
