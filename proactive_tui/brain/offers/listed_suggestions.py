"""What would be raised at a time, for a list that is asked for: nothing counts as shown."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.status_values import WordedSuggestion
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.tracker import ActivityTracker
from proactive_tui.recommend import explain
from proactive_tui.recommend.listing import CONSIDERED_FOR_EACH, choose_listed
from proactive_tui.talk.opener import write_opener
from proactive_tui.topics.tenderness.gate import is_tender_opener

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services
    from proactive_tui.talk.llm.base import ChatModel

OPEN_END_KINDS: Final[frozenset[Kind]] = frozenset(
    {"open question", "task", "goal", "idea", "thread", "review", "unfinished work"}
)
"""The kinds of topic that somebody left open; the others are found between notes, or come from outside."""
MAX_OPEN_ENDS_RANKED: Final = 1000


def list_ranked(
    services: Services, n: int, at: float, rng: random.Random, *, with_weak: bool = False
) -> list[Suggestion]:
    """The topics that would be raised at `at` (unix seconds), best first: at most `n` that are worth it, or the `n`
    best `with_weak` ones. Blocks; call it on the index's worker.
    """
    topic_table = services.mine_topics(at)
    edits = tuple(edit for edit in services.history.note_edits if edit.at <= at)
    moment = ActivityTracker(services.config.sensors, at, edits).build_moment(at, services.history.past_outcomes)
    looked_at = n if with_weak else n * CONSIDERED_FOR_EACH
    made = rank_topics(services, topic_table, moment, query_context(services, moment), rng, looked_at)
    return made if with_weak else choose_listed(made, n)


def list_open_ends(
    services: Services, n: int, at: float, rng: random.Random, *, kinds: Collection[Kind] = (), path: str = ""
) -> list[Topic]:
    """What is left open at `at` (unix seconds), best first, whatever it is worth: of these kinds, in this folder or
    note. What hurts is left out, as is all that may not be raised. Blocks; call it on the index's worker.
    """
    wanted = OPEN_END_KINDS.intersection(kinds) if kinds else OPEN_END_KINDS
    ranked = (made.topic for made in list_ranked(services, MAX_OPEN_ENDS_RANKED, at, rng, with_weak=True))
    inside = f"{path.strip('/')}/" if path.strip("/") else ""
    found = (
        topic
        for topic in ranked
        if topic.kind in wanted
        and any(f"{place}/".startswith(inside) for place in topic.paths)
        and not is_tender_opener(topic.title, topic, services.config.topics.raise_tender_in)
    )
    return list(islice(found, n))


async def word_suggestions(
    services: Services, made: Sequence[Suggestion], at: float, model: ChatModel | None
) -> list[WordedSuggestion]:
    """Suggestions with their openers; those whose opener touches on what hurts are left out."""
    rng = random.Random(0)
    worded = []
    for suggestion in made:
        past, recalls = services.history.past_outcomes, services.history.recalls
        framing, _ = services.learned.choose_framing(suggestion.topic, past, at, rng, recalls)
        opener = await write_opener(suggestion.topic, framing, model, now=at, utc_offset=utc_offset(at))
        if is_tender_opener(opener.text, suggestion.topic, services.config.topics.raise_tender_in):
            continue
        reasons = tuple(map(explain.format_reason, explain.strongest_reasons(suggestion)))
        worded.append(WordedSuggestion(suggestion=suggestion, opener=opener, reasons=reasons))
    return worded
