"""One of each message of the wire, every field with a value of its own that is not the default."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args, get_type_hints
from zlib import crc32

import msgspec
from msgspec import inspect

from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION
from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest

PATTERNS = {r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$": "21:15-06:45"}
"""A text for each pattern that a field asks for."""


def golden() -> dict[str, Any]:
    """The wire as it is now."""
    return {"version": PROTOCOL_VERSION, "asks": _each(WireRequest), "tells": _each(WireEvent)}


def asks() -> list[WireRequest]:
    """One of each that the face says."""
    return [sample(each) for each in get_args(WireRequest)]


def tells() -> list[WireEvent]:
    """One of each that the brain says."""
    return [sample(each) for each in get_args(WireEvent)]


def _each(union: Any) -> list[Any]:
    return [json.loads(codec.encode_message(sample(each))) for each in get_args(union)]


def sample(kind: Any) -> Any:
    """A value of a struct. The same for the same names, and never what a field has by itself."""
    hints = get_type_hints(kind, include_extras=True)
    about = inspect.type_info(kind)
    assert isinstance(about, inspect.StructType)
    return kind(**{each.name: _value(inspect.type_info(hints[each.name]), each.name, each) for each in about.fields})


def _value(about: inspect.Type, name: str, field: inspect.Field | None = None) -> Any:
    default = field.default if field is not None else msgspec.NODEFAULT
    number = crc32(name.encode()) % 997 + 2
    match about:
        case inspect.Metadata(type=inner):
            return _value(inner, name, field)
        case inspect.UnionType(types=types):
            return _value(next(each for each in types if not isinstance(each, inspect.NoneType)), name, field)
        case inspect.StructType(cls=cls):
            return sample(cls)
        case inspect.StrType(pattern=str(pattern)):
            return PATTERNS[pattern]
        case inspect.StrType():
            return f"{name}: “ü”\n"
        case inspect.BoolType():
            return default is not True
        case inspect.IntType() | inspect.FloatType():
            least, most = (about.gt if about.ge is None else about.ge), (about.lt if about.le is None else about.le)
            return _number(number, least, most, default, int if isinstance(about, inspect.IntType) else float)
        case inspect.LiteralType(values=values):
            return next(each for each in reversed(values) if each != default)
        case inspect.DictType(key_type=key, value_type=value):
            return {_value(key, f"{name} key"): _value(value, f"{name} value")}
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return (_value(item, name),)
        case inspect.TupleType(item_types=items):
            return tuple(_value(each, f"{name} {place}") for place, each in enumerate(items))
    raise NotImplementedError(f"a value for {about}")


def _number(
    wanted: int, least: float | None, most: float | None, default: Any, kind: Callable[[float], float]
) -> int | float:
    """A number within bounds that is not the default."""
    low, high = least or 0, most if most is not None else wanted + (least or 0) + 0.5
    return next(each for share in (1.0, 0.5, 0.25) if (each := kind(low + share * (high - low))) != default)
