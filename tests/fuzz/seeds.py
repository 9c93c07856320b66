"""The seeds of guided fuzzing: realistic inputs for each target, all from the repository."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import inspect as look

from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.settings import example_config
from tests.fuzz.findings import KNOWN
from tests.fuzz.grammars import strategy
from tests.fuzz.targets import BETWEEN
from tests.hostile import attacks, pathological_markdown
from tests.hostile.payloads import PLANTED

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 8_192
"""The longest input in bytes; longer than the longest number that Python parses (4,300 digits)."""
LONGEST_NOTE = 2_048
"""The longest note in bytes, which takes ten times as long a byte."""
MADE = 60
"""Seeds by hypothesis for each target."""


def seeds(name: str) -> list[bytes]:
    """The seeds of a target, without duplicates; the same at every call."""
    known = (data for target, data in KNOWN if target == name)
    return list(dict.fromkeys(data[: longest(name)] for data in (*_real(name), *known, *_made(name))))


def longest(name: str) -> int:
    """The longest input of a target, in bytes."""
    return LONGEST_NOTE if name == "notes" else LONGEST


def _made(name: str) -> list[bytes]:
    found: list[bytes] = []

    @settings(
        max_examples=MADE,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(strategy(name))
    def keep(data: bytes) -> None:
        found.append(data)

    keep()
    return found


def _real(name: str) -> Iterator[bytes]:
    notes = [each.read_bytes() for each in sorted((ROOT / "examples" / "notes").rglob("*.*")) if each.is_file()]
    made = [each.encode() for each in pathological_markdown.made(600).values()]
    match name:
        case "notes":
            yield from notes + made
            yield from (each.text.encode() for each in attacks.NOTES)
            yield from ("\n".join(PLANTED).encode(code, "replace") for code in ("utf-8", "utf-16", "utf-32", "latin-1"))
        case "front matter":
            yield from (each.split(b"\n---")[0][4:] for each in (*notes, *made) if each.startswith(b"---\n"))
        case "dates in words" | "when to come back":
            yield from (line for note in notes for line in note.splitlines() if re.search(rb"\b(due|by|until)\b", line))
        case "git objects":
            yield b"commit 99\0tree " + b"11" * 20 + b"\nauthor x <x> 1000000000 +0000\n\nx\n"
            yield (
                b"tree 33\x00100644 a.md\x00" + b"\x11" * 20 + BETWEEN + bytes(1024) + BETWEEN + b"PACK\0\0\0\2\0\0\0\1"
            )
        case "config":
            yield from _configs()
        case "changed settings":
            typed = itertools.cycle((b"3", b"yes", b"x, y", b'{"offer.why" = "w"}', b"22:00-07:30", b'["a"]'))
            for at, written in zip(range(120), itertools.cycle(_configs()), strict=False):
                yield bytes([at]) + written + BETWEEN + next(typed)
        case "messages":
            yield from _messages()
        case "what a model says":
            yield from (each.wants.encode().replace(b" ", BETWEEN, 3) for each in attacks.NOTES)
        case "openers":
            yield from (each.wants.encode() + BETWEEN + each.text.encode() for each in attacks.NOTES)
            yield from (attacks.NOTES[0].wants.encode() + BETWEEN + each for each in made)
        case "ignore rules":
            yield from (b"private/\n*.draft.md\n!keep.md\n", b"**/archive/**\n/top\n", b"[a-c]?.md\n\\#x\n", b"\xff\n")
        case "themes":
            colours = (
                b"#7aa2f7",
                b"rgb(1,2,3)",
                b"hsl(10,20%,30%)",
                b"auto 30%",
                b"ansi_red",
                b"red 20%",
                b"rgba(1,2,3,.5)",
            )
            yield from (b'primary = "%s"\ndark = true\n[variables]\nx = "y"\n' % each for each in colours)
        case "addresses":
            yield from (b"http://box:11434/", b"[::1]:1", b"127.0.0.1", b"https://user@box/ollama", b"fe80::1%eth0")
        case "editor commands":
            yield from (b"code --wait", b"vim -p", b"'/opt/my editor/hx' \"-x\"", b"kate", b"subl -n")
        case "streams of Ollama":
            said = b'{"message":{"role":"assistant","content":"hi"},"done":false}\n' * 3
            yield said + b'{"done":true,"prompt_eval_count":5}\n'
            yield b'{"status":"pulling x","completed":1,"total":2}\n{"status":"success"}\n'
            yield from (b'400{"error":"input is too long for the context"}', b"404", b"500 x" + BETWEEN + b"500")
            yield BETWEEN.join((said, b'{"capabilities":["thinking"],"model_info":{"x.context_length":4096}}', b""))


def _configs() -> Iterator[bytes]:
    """The example config, the same with every setting uncommented, and some written by hand."""
    yield example_config().encode()
    yield "\n".join(line[2:] if " = " in line else line for line in example_config().splitlines()).encode()
    yield from (b"", b'notes.folder = "~/n"\n[face.keys]\n"offer.why" = "w"\n', b"notes = { folder = '~/n' } # mine\n")


def _messages() -> Iterator[bytes]:
    """One message of each kind that face and brain exchange."""
    for each in (*get_args(WireRequest), *get_args(WireEvent)):
        yield msgspec.json.encode(_sample(look.type_info(each)))


def _sample(kind: look.Type) -> Any:
    match kind:
        case look.StructType():
            tag = {kind.tag_field: kind.tag} if kind.tag_field else {}
            return tag | {each.encode_name: _sample(each.type) for each in kind.fields}
        case look.StrType():
            return "22:00-08:00" if kind.pattern else "x"
        case look.IntType():
            return kind.ge or 1
        case look.FloatType():
            return 1.5
        case look.BoolType():
            return True
        case look.LiteralType():
            return kind.values[0]
        case look.VarTupleType() | look.ListType() | look.SetType() | look.FrozenSetType():
            return [_sample(kind.item_type)]
        case look.TupleType():
            return [_sample(each) for each in kind.item_types]
        case look.DictType():
            return {_sample(kind.key_type): _sample(kind.value_type)}
        case look.UnionType():
            return _sample(kind.types[0])
        case _:
            return None
