"""Words the opener of an offer: a template states what is so, and a language model may ask a better question of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing

from msgspec import structs

from proactive_tui.errors import LanguageModelError
from proactive_tui.model.offer_values import Opener
from proactive_tui.model.shared_words import Framing, Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.framings import FRAMING_SPECS
from proactive_tui.talk.llm.base import ChatMessage, ChatModel, PromptCutError
from proactive_tui.talk.prompt import fence_note, remove_prompt_marks, rules_for_sources
from proactive_tui.talk.question_check import MAX_QUESTION_CHARACTERS, check_question, tidy_question
from proactive_tui.talk.spoken_language import spoken_language
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.text.language import LANGUAGE_NAMES
from proactive_tui.text.sentences import cut_sentences
from proactive_tui.text.stream_cleaner import StreamCleaner
from proactive_tui.topics.tenderness.gate import is_tender_text

MAX_QUESTION_TOKENS = 48
MAX_QUESTION_TRIES = 2
OPENER_SOURCE_TOKENS = 160
"""Maximum tokens of each source in the prompt; every token delays the first word."""
MAX_OPENER_SOURCES = 3

MIN_ASKING_BILLIONS = 3.0
"""Billions of parameters from which a model asks: the questions of one with 1.5 were worse than the templates'."""
ASKED_KINDS: frozenset[Kind] = frozenset(
    {"open question", "task", "theme", "fading", "connection", "thread", "goal", "idea"}
)
"""The kinds of the notes; what other sources tell is worded with care by the templates, question and all."""


async def write_opener(
    topic: Topic,
    framing: Framing,
    model: ChatModel | None,
    *,
    now: float,
    utc_offset: int = 0,
    temperature: float = 0.4,
) -> Opener:
    """The opener for `topic` in `framing`, in the language of its notes. Always succeeds.

    A template states what is so, with note, day and person, and is always true. The model only asks: its question takes
    the place of the template's where it passes `check_question`, at the second try at the latest. A model that fails
    gets no second try: the next `select_model` notices. One of less than `MIN_ASKING_BILLIONS` is not asked.
    """
    language = spoken_language(topic)
    template = Opener(
        text=build_template_opener(topic, framing, now=now, language=language, utc_offset=utc_offset),
        framing=framing,
        spoken_by="template",
    )
    statement = opening_statement(template.text)
    if model is None or model.billions < MIN_ASKING_BILLIONS:
        return template
    if not (topic.evidence and statement and can_be_asked(topic, framing)):
        return template
    sources, examples = MAX_OPENER_SOURCES, [example.question for example in FRAMING_SPECS[framing].examples]
    for _ in range(MAX_QUESTION_TRIES):
        try:
            question = await _generate_question(
                model, build_question_prompt(topic, framing, statement, language=language, sources=sources), temperature
            )
        except PromptCutError:
            sources = 1
            continue
        except LanguageModelError:
            return template
        problems = check_question(
            question, topic.evidence, topic, language=language, now=now, utc_offset=utc_offset, echoes=examples
        )
        if not problems and not is_tender_text(question):
            return structs.replace(template, text=f"{statement} {question}", spoken_by=model.spoken_by)
    return template


def can_be_asked(topic: Topic, framing: Framing) -> bool:
    """Whether a model may ask about a topic in this framing: it is of the owner's notes, and there are examples."""
    return topic.kind in ASKED_KINDS and bool(FRAMING_SPECS[framing].examples)


def opening_statement(opener: str) -> str:
    """What a template states before its question, or "" where the two are one sentence."""
    *stated, (last, asks) = cut_sentences(opener) or [("", False)]
    return opener[: opener.rfind(last)].strip() if stated and asks else ""


def build_question_prompt(
    topic: Topic, framing: Framing, statement: str, *, language: str, sources: int = MAX_OPENER_SOURCES
) -> list[ChatMessage]:
    """The prompt for a question after `statement`: rules, examples as turns of their own (which small models follow
    better than a description), then the evidence between fences.
    """
    spec = FRAMING_SPECS[framing]
    system = (
        "You talk with somebody about their own notes, like a thoughtful colleague. You get a note of theirs and what "
        f"was just said to them about it. {spec.instruction} Write one short question in {LANGUAGE_NAMES[language]}, "
        "and nothing else. “I” in a note is the person you talk with: say “you”. Use the words of the note; no fact, "
        "name or number of your own, no advice.\n"
    ) + rules_for_sources(topic.evidence[:sources])
    turns = []
    for example in spec.examples:
        shown = _question_request([_example_source(example.note)], example.statement)
        turns += [ChatMessage(role="user", text=shown), ChatMessage(role="assistant", text=example.question)]
    request = _question_request(topic.evidence[:sources], remove_prompt_marks(statement))
    return [ChatMessage(role="system", text=system), *turns, ChatMessage(role="user", text=request)]


def _example_source(text: str) -> Evidence:
    return Evidence(path="garden.md", line_start=1, line_end=1, text=text)


def _question_request(sources: Sequence[Evidence], statement: str) -> str:
    fenced = "\n".join(fence_note(at, source, OPENER_SOURCE_TOKENS) for at, source in enumerate(sources, 1))
    return f"{fenced}\nSaid: {statement}\nYour question:"


async def _generate_question(model: ChatModel, messages: list[ChatMessage], temperature: float) -> str:
    """The first question of the model's reply, which is stopped after it or where it is too long to pass."""
    cleaner, text = StreamCleaner(), ""
    async with aclosing(model.stream(messages, max_tokens=MAX_QUESTION_TOKENS, temperature=temperature)) as pieces:
        async for piece in pieces:
            cleaner.feed(piece)
            text = cleaner.kept
            if cleaner.is_over or len(text) > 2 * MAX_QUESTION_CHARACTERS or "\n" in text.strip():
                break
    cleaner.flush()
    return tidy_question(cleaner.kept)
