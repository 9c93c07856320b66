"""What a language's templates are."""

from __future__ import annotations

from proactive_tui.model import Framing, FrozenValue, Kind


class OpenerTemplates(FrozenValue, frozen=True, kw_only=True):
    """Sentences with the names of `Facts` in braces: two at the most, nothing in them that is not true of every such
    topic.

    `by_kind` is what can be said of a kind put in a certain way; `plain` needs nothing but `quote_lines` and fits every
    kind.
    """

    by_kind: dict[tuple[Framing, Kind], tuple[str, ...]]
    plain: dict[Framing, tuple[str, ...]]
