"""Ranks the topics for a moment: looks up the moment's context in the index, then asks the recommender."""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from proactive_tui.model.moment_values import Moment
from proactive_tui.model.note_values import Note
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.learners.source_share import spent_kinds
from proactive_tui.recommend.topic_table import TopicTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from proactive_tui.brain.services import Services

RECENT_EDIT_SECONDS = 2 * 3600.0
"""Notes edited within this time are the context of the moment."""
MAX_CONTEXT_NOTES = 4
MAX_CONTEXT_PASSAGES = 12
MAX_CONTEXT_NEIGHBORS = 1000


def query_context(services: Services, moment: Moment) -> RetrievalContext:
    """Look up in the index what is near the notes of this moment. Blocks; call it on the index's worker."""
    index = services.index
    notes = context_notes(index.notes, moment)
    passages = [passage for note in notes for passage in note.passages][:MAX_CONTEXT_PASSAGES]
    here = list(index.vectors.of_passages([passage.id for passage in passages]).values())
    words = " ".join(dict.fromkeys([note.title for note in notes] + [tag for note in notes for tag in note.tags]))
    return RetrievalContext(
        meaning=index.vectors.find_nearest(_mean_vector(here), MAX_CONTEXT_NEIGHBORS) if here else {},
        words=index.search_words(words, MAX_CONTEXT_NEIGHBORS) if words else {},
    )


def rank_topics(
    services: Services,
    table: TopicTable,
    moment: Moment,
    context: RetrievalContext,
    rng: random.Random,
    n: int,
    *,
    is_digest: bool = False,
) -> list[Suggestion]:
    """The `n` best suggestions, best first. Call it on the thread that teaches the models, not on the worker.

    For the digest, kinds are ranked too of which the day has had its share.
    """
    context = replace(
        context,
        returns=_return_probabilities(services, moment.at),
        reading=services.learned.reading.shifts_at(moment.at),
        unraised=services.history.unraised_folders,
        spent=frozenset()
        if is_digest
        else spent_kinds(
            moment.history,
            moment.at,
            moment.utc_offset,
            services.config.offers.per_day,
            {"news": services.config.news.per_day},
        ),
    )
    return services.learned.recommender.suggest(table, moment, context, rng, n)


def context_notes(notes: Mapping[str, Note], moment: Moment) -> list[Note]:
    """The notes edited last; where none was edited lately, the newest ones by date."""
    recent = dict.fromkeys(edit.path for edit in moment.edits if edit.at > moment.at - RECENT_EDIT_SECONDS)
    here = [notes[path] for path in recent if path in notes]
    if here:
        return here[:MAX_CONTEXT_NOTES]
    return heapq.nsmallest(MAX_CONTEXT_NOTES, notes.values(), key=lambda note: (-note.date, note.path))


def _return_probabilities(services: Services, at: float) -> dict[str, float]:
    """How likely (0..1) the owner comes back to each note; a note without known edits counts by its date. An item is no
    note that anybody comes back to.
    """
    dates = {path: note.date for path, note in services.index.notes.items()}
    return dict(zip(dates, services.learned.returning.score_notes(list(dates), at, dates), strict=True))


def _mean_vector(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    import numpy as np

    mean: NDArray[Any] = np.mean(np.stack(vectors), axis=0)
    length = float(np.linalg.norm(mean))
    return (mean / length if length else mean).astype(np.float32)
