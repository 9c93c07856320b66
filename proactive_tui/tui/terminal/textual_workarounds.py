"""Where Textual does more than is needed: it keeps the watchers of removed widgets, and lays out what grows twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.dom import DOMNode
from textual.widget import Widget

_VIRTUAL_SIZE = vars(Widget)["virtual_size"]


def remove_dead_watchers(watched: DOMNode, leaving: DOMNode | None = None) -> None:
    """Remove the watchers of `watched` that are closing, and those of `leaving`."""
    for watchers in getattr(watched, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if not (watcher[0]._closing or watcher[0] is leaving)]


@contextmanager
def sizes_without_layout() -> Iterator[None]:
    """Within the context, a widget's new virtual size asks for no layout: for the layout that finds the size.

    Where it brings a scrollbar, that asks for a layout itself.
    """
    _VIRTUAL_SIZE._layout = False
    try:
        yield
    finally:
        _VIRTUAL_SIZE._layout = True
