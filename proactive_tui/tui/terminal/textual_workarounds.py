"""Frees removed widgets: Textual keeps the watchers of an attribute until its next change."""

from __future__ import annotations

from textual.dom import DOMNode


def remove_dead_watchers(watched: DOMNode, leaving: DOMNode | None = None) -> None:
    """Remove the watchers of `watched` that are closing, and those of `leaving`."""
    for watchers in getattr(watched, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if not (watcher[0]._closing or watcher[0] is leaving)]
