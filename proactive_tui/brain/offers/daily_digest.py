"""Composes the digest: one short brief of stories, work, appointments and what was held back, best first. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from proactive_tui.model import DigestGroup, DigestLine, Kind, Suggestion
from proactive_tui.recommend.explain import strongest_reasons

MAX_DIGEST_LINES: Final = 9
MAX_GROUP_LINES: Final = 3
DIGEST_CANDIDATES: Final = 60
"""Suggestions from which the digest is made; they are those of the same model as all others."""
GROUPS_BY_KIND: Final[Mapping[Kind, DigestGroup]] = {
    "news": "stories",
    "review": "work",
    "unfinished work": "work",
    "meeting": "meetings",
}
"""The groups of the kinds that sources bring; all other topics are of the notes."""


def compose_digest(suggestions: Iterable[Suggestion], held: Collection[str] = ()) -> tuple[DigestLine, ...]:
    """At most `MAX_DIGEST_LINES` lines, group by group, the group with the best line first. `held` are the ids of the
    topics that wait for a better moment.

    Each group that has something worth raising has a line; what is left of the room goes to the best of the rest.
    """
    ordered = sorted(suggestions, key=lambda suggestion: (-suggestion.score, suggestion.topic.id))
    groups: dict[DigestGroup, list[Suggestion]] = {}
    for suggestion in ordered:
        is_held = suggestion.topic.id in held
        if is_held or not suggestion.weak:
            group: DigestGroup = "held" if is_held else GROUPS_BY_KIND.get(suggestion.topic.kind, "notes")
            groups.setdefault(group, []).append(suggestion)
    leading = {lines[0].topic.id for lines in groups.values()}
    room = MAX_DIGEST_LINES - len(leading)
    rest = [line for lines in groups.values() for line in lines[1:MAX_GROUP_LINES]]
    rest.sort(key=lambda suggestion: (-suggestion.score, suggestion.topic.id))
    kept = leading | {suggestion.topic.id for suggestion in rest[:room]}
    return tuple(
        _digest_line(group, suggestion)
        for group, lines in groups.items()
        for suggestion in lines
        if suggestion.topic.id in kept
    )


def _digest_line(group: DigestGroup, suggestion: Suggestion) -> DigestLine:
    reasons = strongest_reasons(suggestion)
    return DigestLine(group=group, topic=suggestion.topic, reason=reasons[0].words if reasons else "")
