"""The form of the templates of a language."""

from __future__ import annotations

from proactive_tui.model.shared_words import Framing, FrozenValue, Kind


class OpenerTemplates(FrozenValue, frozen=True, kw_only=True):
    """Openers of one or two sentences with names of `TopicFacts` in braces, true of every topic of their kind.

    `by_kind` has the sentences for a kind in a framing; `plain` needs nothing but `quote` and fits every kind.
    """

    by_kind: dict[tuple[Framing, Kind], tuple[str, ...]]
    plain: dict[Framing, tuple[str, ...]]
