"""When garbage is looked for: not while a program starts, and seldom afterwards."""

from __future__ import annotations

import gc

import pytest

from proactive_tui.footprint.garbage import collect_nothing_yet, collect_rarely, without_collecting


def test_a_start_looks_for_none_until_it_is_done() -> None:
    before = gc.get_threshold()
    collect_nothing_yet()
    try:
        assert not gc.isenabled()
        collect_rarely()
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_part_looks_for_none_and_what_follows_does() -> None:
    collecting = []

    def fail() -> None:
        with without_collecting():
            collecting.append(gc.isenabled())
            raise ValueError("it fails")

    with pytest.raises(ValueError, match="fails"):
        fail()
    assert collecting == [False]
    assert gc.isenabled()
