"""The wire: every message and field. It may change, with a new version: `python -m tests.golden.renew wire`."""

from __future__ import annotations

from proactive_tui.ipc import codec
from proactive_tui.ipc.base import PROTOCOL_VERSION
from tests.golden.pinned import missing, read
from tests.golden.wire import asks, golden, tells


def test_the_wire_is_what_was_written_down() -> None:
    was, now = read("wire.json"), golden()
    assert was["version"] == PROTOCOL_VERSION, "python -m tests.golden.renew wire"
    for side in ("asks", "tells"):
        for before, after in zip(was[side], now[side], strict=True):
            assert missing(before, after) + missing(after, before) == [], before["type"]


def test_what_one_side_says_the_other_hears() -> None:
    for ask in asks():
        assert codec.decode_wire_request(codec.encode_message(ask)) == ask
    for tell in tells():
        assert codec.decode_wire_event(codec.encode_message(tell)) == tell


def test_every_message_has_a_sample_of_its_own() -> None:
    for said in (asks(), tells()):
        assert len({type(each) for each in said}) == len(said)
    for each in (*asks(), *tells()):
        defaults = type(each).__struct_defaults__
        fields = type(each).__struct_fields__[len(type(each).__struct_fields__) - len(defaults) :]
        for name, default in zip(fields, defaults, strict=True):
            assert getattr(each, name) != default, f"{type(each).__name__}.{name}"
