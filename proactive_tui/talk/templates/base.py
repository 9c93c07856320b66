"""The form of the templates of a language."""

from __future__ import annotations

from proactive_tui.model import Framing, FrozenValue, Kind


class OpenerTemplates(FrozenValue, frozen=True, kw_only=True):
    """Sentences with the names of `TopicFacts` in braces: two at the most, true of every topic of their kind.

    `by_kind` has the sentences for a kind in a framing; `plain` needs nothing but `quote` and fits every kind.
    """

    by_kind: dict[tuple[Framing, Kind], tuple[str, ...]]
    plain: dict[Framing, tuple[str, ...]]
