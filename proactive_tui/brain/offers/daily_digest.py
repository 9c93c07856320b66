"""Composes the digest: one short brief of stories, work, appointments and what was held back, best first; and says when
it may open by itself. Pure.

It opens with the first offer that is made on a day, of which it is no other: the same gates, budget and ranking have
spoken, and what is answered is the offer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from proactive_tui.config import OffersConfig
from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import DigestGroup, DigestLine, Offer, Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.budget import budget_day_start
from proactive_tui.recommend.explain import phrase_best_reasons
from proactive_tui.units import SECONDS_PER_DAY

MAX_DIGEST_LINES: Final = 9
MAX_GROUP_LINES: Final = 3
MIN_OPENED_LINES: Final = 3
"""Lines below which the digest does not open by itself."""
MAX_REST_DAYS: Final = 7
"""Days for which it stays shut, at the most, when it was unwelcome again and again."""
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


def with_raised_line(lines: tuple[DigestLine, ...], topic: Topic, reason: str = "") -> tuple[DigestLine, ...]:
    """The lines with that of a topic which is raised already, and therefore ranked no more: first in its group."""
    if any(line.topic.id == topic.id for line in lines):
        return lines
    group = GROUPS_BY_KIND.get(topic.kind, "notes")
    raised = DigestLine(group=group, topic=topic, reason=reason)
    place = next((place for place, line in enumerate(lines) if line.group == group), 0)
    return (*lines[:place], raised, *lines[place:])


def opens_by_itself(lines: Collection[DigestLine]) -> bool:
    """Whether the digest is worth opening: it has a few lines, and a source brought one of them."""
    return len(lines) >= MIN_OPENED_LINES and any(line.topic.kind in GROUPS_BY_KIND for line in lines)


def is_digest_due(moment: Moment, offers: Mapping[str, Offer], config: OffersConfig) -> bool:
    """Whether the digest may open on this day. `offers` are those that were made, by id.

    It opens once a day. Where it was unwelcome twice in a row it rests for a day, then for three, then for a week; one
    that nobody saw counts for nothing.
    """
    if not config.digest:
        return False
    opened = [
        outcome
        for outcome in moment.history
        if (offer := offers.get(outcome.offer)) and offer.digest and outcome.reaction != "withdrawn"
    ]
    if not opened:
        return True
    unwelcome = 0
    for outcome in reversed(opened):
        if outcome.reaction is None or REACTION_MEANINGS[outcome.reaction].welcome:
            break
        unwelcome += 1
    rest: int = min(2 ** max(unwelcome - 1, 0) - 1, MAX_REST_DAYS)
    today = budget_day_start(moment.at, moment.utc_offset, config.active_hours)
    return opened[-1].at < today - rest * SECONDS_PER_DAY


def _digest_line(group: DigestGroup, suggestion: Suggestion) -> DigestLine:
    return DigestLine(group=group, topic=suggestion.topic, reason=phrase_best_reasons(suggestion, most=1))
