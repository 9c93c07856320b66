"""A footer that does not hold on to keys that it showed once."""

from __future__ import annotations

from textual import widgets
from textual.dom import DOMNode


class Footer(widgets.Footer):
    """Textual's, composed anew whenever other keys work: each of its keys watches it."""

    async def recompose(self) -> None:
        """The keys that were there are gone."""
        await super().recompose()
        let_go(self)


def let_go(watched: DOMNode, leaving: DOMNode | None = None) -> None:
    """Let go of whoever watched an attribute of this and is gone, or `leaving`.

    Textual does so when the attribute changes next, which may be never.
    """
    for watchers in getattr(watched, "__watchers", {}).values():
        watchers[:] = [each for each in watchers if not (each[0]._closing or each[0] is leaving)]
