"""The sources that a language model reads for a reply, and what of them is quoted as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from proactive_tui.model import Evidence, FrozenValue, ItemOrigin, SearchHit
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.extracted_reply import QuotedBlock, join_statements
from proactive_tui.talk.llm.base import ChatModel

SMALL_BILLIONS = 3.0
"""Billions of parameters below which a model reads lines instead of passages, and these are quoted beside its words."""


class ReplySources(FrozenValue, frozen=True, kw_only=True):
    """What a model reads: `read`, in the order of their numbers; `quoted` are those that the reply quotes if the model
    leaves them out, by number.
    """

    read: tuple[Evidence, ...]
    quoted: Mapping[int, QuotedBlock]


def is_small(model: ChatModel) -> bool:
    """Whether a model is known to be too small to find the answer in passages."""
    return 0 < model.billions < SMALL_BILLIONS


def choose_sources(
    found: FoundAnswer, about: Sequence[Evidence], origins: Mapping[str, ItemOrigin], *, small: bool
) -> ReplySources:
    """The lines that answer, for a small model; else what the talk is about, then the passages found."""
    if small and found.question.asks and found.quoted:
        blocks = join_statements(found.quoted, origins)
        return ReplySources(read=tuple(block.source for block in blocks), quoted=dict(enumerate(blocks, 1)))
    return ReplySources(read=merge_sources(about, found.hits), quoted={})


def left_unsaid(sources: ReplySources, carries: Callable[[str], bool]) -> dict[int, QuotedBlock]:
    """The lines that answer and of which a reply has not the words, as `carries` tells."""
    unsaid = {
        number: block._replace(words=tuple(words for words in block.words if not carries(words)))
        for number, block in sources.quoted.items()
    }
    return {number: block for number, block in unsaid.items() if block.words}


def leaves_to_say(model: ChatModel, found: FoundAnswer) -> bool:
    """Whether a model has something to word: what is known exactly is not left to it, nor a question to a small model
    where nothing answers.
    """
    return found.known is None and (found.answers or not found.question.asks or not is_small(model))


def item_origins(found: FoundAnswer) -> dict[str, ItemOrigin]:
    """Where the items among what was found come from, by path."""
    origins = {hit.passage.path: hit.origin for hit in found.hits if hit.origin is not None}
    return origins | {source.path: source.origin for source in found.question.about if source.origin is not None}


def merge_sources(about: Sequence[Evidence], hits: Sequence[SearchHit]) -> tuple[Evidence, ...]:
    """The subject of the conversation, then the search hits, each place once."""
    found = [evidence_from_hit(hit) for hit in hits]
    places = {(passage.path, passage.line_start): passage for passage in (*found[::-1], *reversed(about))}
    ordered = [places.pop((passage.path, passage.line_start), None) for passage in (*about, *found)]
    return tuple(passage for passage in ordered if passage is not None)


def evidence_from_hit(hit: SearchHit) -> Evidence:
    """A search hit as a source."""
    found = hit.passage
    return Evidence(
        path=found.path,
        line_start=found.line_start,
        line_end=found.line_end,
        text=found.text,
        heading=found.heading,
        passage=found.id,
        origin=hit.origin,
    )
