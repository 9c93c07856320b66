"""What a language model reads for a reply, how it is asked, and what of it is quoted as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from proactive_tui.model.note_values import ItemOrigin, SearchHit
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.answer_signs import exact_kind_lacks
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.talk.answers.extracted_reply import QuotedBlock, join_statements
from proactive_tui.talk.answers.line_prompt import MAX_LINE_REPLY_TOKENS, build_line_prompt
from proactive_tui.talk.context_window import build_reply_prompt
from proactive_tui.talk.llm.base import ChatMessage, ChatModel
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.lexicon import LEXICONS

MAX_REPLY_TOKENS = 700
SMALL_BILLIONS = 3.0
"""Billions of parameters below which a model answers from lines, and these are quoted beside its words."""
MAX_PASSAGES_OF_SMALL = 3
MAX_LINES_OF_SMALL = 6
"""Lines that a small model is asked about: of more it says that none tells. All are quoted."""


class ReplyPlan(FrozenValue, frozen=True, kw_only=True):
    """How a model is asked: the prompt, the sources in it in the order of their numbers (`read`), and by number those
    lines that the reply quotes if the model leaves them out (`quoted`; empty where it reads passages).
    """

    messages: tuple[ChatMessage, ...]
    read: tuple[Evidence, ...]
    quoted: Mapping[int, QuotedBlock]
    max_tokens: int
    temperature: float
    fits: Callable[[str], bool] = lambda _: True
    """Whether a sentence can be the first of an answer."""


def is_small(model: ChatModel) -> bool:
    """Whether a model is known to be too small to find the answer in passages."""
    return 0 < model.billions < SMALL_BILLIONS


def plan_reply(
    found: FoundAnswer, turns: Sequence[Turn], model: ChatModel, context: int, temperature: float, at: float
) -> ReplyPlan:
    """A small model is asked a question about the lines that may answer it; else a model goes on with the talk (its
    `turns`), from passages, within `context` tokens.
    """
    today, small = local_day(at), is_small(model)
    if small and found.question.asks and found.likely:
        blocks = join_statements(found.likely, item_origins(found))
        read = tuple(block.source for block in blocks)
        asked = join_statements(found.likely[:MAX_LINES_OF_SMALL], item_origins(found))
        return ReplyPlan(
            messages=tuple(build_line_prompt(found.question, [block.source for block in asked], today)),
            read=read,
            quoted=dict(enumerate(blocks, 1)),
            max_tokens=MAX_LINE_REPLY_TOKENS,
            temperature=0.0,
            fits=partial(_has_what_is_asked, found.question),
        )
    room = min(MAX_REPLY_TOKENS, context // 4)
    passages = merge_sources(turns[0].sources if turns else (), found.hits)
    messages, read = build_reply_prompt(
        turns,
        found.question.text,
        passages[:MAX_PASSAGES_OF_SMALL] if small else passages,
        context=context,
        max_tokens=room,
        today=today,
        language=found.question.language,
    )
    return ReplyPlan(messages=tuple(messages), read=read, quoted={}, max_tokens=room, temperature=temperature)


def _has_what_is_asked(question: AskedQuestion, sentence: str) -> bool:
    """Whether a sentence has a name, a sum, a time …, where a question asks for one."""
    first, blank, rest = sentence.strip().partition(" ")
    begin = first.lower() if first.lower() in LEXICONS[question.language].function else first
    return not exact_kind_lacks(f"is {begin}{blank}{rest}", question)  # at the beginning no capital shows a name


def left_unsaid(quoted: Mapping[int, QuotedBlock], carries: Callable[[str], bool]) -> dict[int, QuotedBlock]:
    """The lines to quote of which a reply has not the words, as `carries` tells."""
    unsaid = {
        number: block._replace(words=tuple(words for words in block.words if not carries(words)))
        for number, block in quoted.items()
    }
    return {number: block for number, block in unsaid.items() if block.words}


def leaves_to_say(model: ChatModel, found: FoundAnswer) -> bool:
    """Whether a model has something to word: what is known exactly is not left to it, nor is a question to a small one
    for which there are no lines.
    """
    return found.known is None and bool(found.likely or not found.question.asks or not is_small(model))


def item_origins(found: FoundAnswer) -> dict[str, ItemOrigin]:
    """Where the items among what was found come from, by path."""
    origins = {hit.passage.path: hit.origin for hit in found.hits if hit.origin is not None}
    return origins | {source.path: source.origin for source in found.question.about if source.origin is not None}


def merge_sources(about: Sequence[Evidence], hits: Sequence[SearchHit]) -> tuple[Evidence, ...]:
    """The subject of the conversation, then the search hits, each place once."""
    found = [Evidence.of_passage(hit.passage, hit.origin) for hit in hits]
    places = {(passage.path, passage.line_start): passage for passage in (*found[::-1], *reversed(about))}
    ordered = [places.pop((passage.path, passage.line_start), None) for passage in (*about, *found)]
    return tuple(passage for passage in ordered if passage is not None)
