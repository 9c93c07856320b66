"""When Python looks for garbage: seldom, in processes whose objects live as long as they do."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_nothing_yet() -> None:
    """Look for no garbage until `collect_rarely`: a start makes what stays, and looking through it takes an eighth."""
    gc.disable()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage within the context: for a part of a program that makes what stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_rarely() -> None:
    """Leave what lives now out of collections of garbage, and look through all else seldom.

    A full collection finds little and stops everything: among 3,000 notes for twice as long as an edit takes, and on
    screen for a tenth of a second, every other second while a reply streamed.
    """
    gc.freeze()
    gc.set_threshold(700, 10, 1000)
    gc.enable()
