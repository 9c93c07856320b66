"""Letting go of widgets that are gone: Textual keeps whoever watched an attribute until it changes, if ever."""

from __future__ import annotations

from textual.dom import DOMNode


def remove_dead_watchers(watched: DOMNode, leaving: DOMNode | None = None) -> None:
    """Let go of whoever watched an attribute of this and is gone, or `leaving`."""
    for watchers in getattr(watched, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if not (watcher[0]._closing or watcher[0] is leaving)]
