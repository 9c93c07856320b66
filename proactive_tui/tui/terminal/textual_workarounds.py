"""Letting go of widgets that are gone: Textual keeps whoever watched an attribute until it changes, if ever."""

from __future__ import annotations

from textual.dom import DOMNode


def let_go(watched: DOMNode, leaving: DOMNode | None = None) -> None:
    """Let go of whoever watched an attribute of this and is gone, or `leaving`."""
    for watchers in getattr(watched, "__watchers", {}).values():
        watchers[:] = [each for each in watchers if not (each[0]._closing or each[0] is leaving)]
