"""Words the opener of an offer: a language model's text where it passes the check, else a template."""

from __future__ import annotations

from contextlib import aclosing

from proactive_tui.errors import LanguageModelError
from proactive_tui.model import Evidence, Framing, Opener, Topic
from proactive_tui.talk.framings import FRAMING_SPECS
from proactive_tui.talk.grounding import MAX_OPENER_CHARACTERS, GroundingProblem, check_invitation, check_opener
from proactive_tui.talk.llm.base import ChatMessage, ChatModel, PromptCutError
from proactive_tui.talk.prompt import bullet_list, fence_note, remove_prompt_marks, rules_for_sources
from proactive_tui.talk.spoken_language import spoken_language
from proactive_tui.talk.template_slots import topic_facts
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.text.language import LANGUAGE_NAMES
from proactive_tui.text.stream_cleaner import StreamCleaner
from proactive_tui.text.terminal_safe import one_line
from proactive_tui.topics.tenderness.gate import is_tender_text

MAX_OPENER_TOKENS = 120
MAX_OPENER_TRIES = 2
OPENER_SOURCE_TOKENS = 220
"""Maximum tokens of each source in the prompt; every token delays the first word."""
MAX_OPENER_SOURCES = 4


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

    The text of the model is checked against the evidence. A refused text gets one retry with its mistakes named, then
    the template is used, as where the model is tender and the notes are not. A model that fails gets no retry: the next
    `select_model` notices.
    """
    language = spoken_language(topic)
    template = Opener(
        text=build_template_opener(topic, framing, now=now, language=language, utc_offset=utc_offset),
        framing=framing,
        spoken_by="template",
    )
    if model is None or not topic.evidence:
        return template
    messages = build_opener_prompt(topic, framing, now=now, language=language, utc_offset=utc_offset)
    echoes = [spec.example for spec in FRAMING_SPECS.values()] + [FRAMING_SPECS[framing].instruction]
    for _ in range(MAX_OPENER_TRIES):
        try:
            text = await _generate_opener(model, messages, temperature)
        except PromptCutError:
            messages = build_opener_prompt(topic, framing, now=now, language=language, utc_offset=utc_offset, sources=1)
            continue
        except LanguageModelError:
            return template
        problems = check_opener(
            text, topic.evidence, topic, language=language, now=now, utc_offset=utc_offset, echoes=echoes
        )
        problems = problems or check_invitation(text)
        if is_tender_text(text) and not is_tender_text(template.text):
            return template
        if not problems:
            return Opener(text=text, framing=framing, spoken_by=model.spoken_by)
        messages = [
            *messages,
            ChatMessage(role="assistant", text=remove_prompt_marks(text) or "…"),
            ChatMessage(role="user", text=retry_instruction(problems)),
        ]
    return template


def build_opener_prompt(
    topic: Topic,
    framing: Framing,
    *,
    now: float,
    language: str,
    utc_offset: int = 0,
    sources: int = MAX_OPENER_SOURCES,
) -> list[ChatMessage]:
    """The prompt of an opener: rules, an example as a turn of its own (which small models follow better than a
    description), the evidence between fences, and the facts about its dates.
    """
    spec = FRAMING_SPECS[framing]
    system = (
        "You open a conversation with somebody about their own notes, like a thoughtful colleague. "
        f"Write one or two short sentences in {LANGUAGE_NAMES[language]}, to them, as “you”, and nothing else. "
        "Say only what the notes say, in their words: no fact, name, number or advice of your own. "
        "No greeting, no praise, no exclamation mark, no list, no Markdown.\n"
    ) + rules_for_sources(topic.evidence[:sources])
    known = topic_facts(topic, now=now, language="en", utc_offset=utc_offset)
    about = [f"what it is: {topic.kind}", f"title: {one_line(remove_prompt_marks(topic.title))[:200]}"]
    about += [f"last written: {known.ago}"]
    dated = (
        ("due", known.due),
        ("was due", known.overdue),
        ("planned", known.planned),
        ("was planned", known.missed),
        ("was to begin", known.begun),
        ("begins", known.soon),
        ("has just ended", known.ended),
        ("with", known.company),
    )
    about += [f"{name}: {value}" for name, value in dated if value]
    about += [f"promised to: {known.person}"] if known.person else []
    notes = "\n".join(
        fence_note(at, passage, OPENER_SOURCE_TOKENS) for at, passage in enumerate(topic.evidence[:sources], 1)
    )
    shown = fence_note(
        1, Evidence(path="bread.md", line_start=1, line_end=1, text=spec.example_note), OPENER_SOURCE_TOKENS
    )
    return [
        ChatMessage(role="system", text=system),
        ChatMessage(role="user", text=f"{shown}\n\n{spec.instruction}"),
        ChatMessage(role="assistant", text=spec.example),
        ChatMessage(role="user", text=f"{notes}\n{bullet_list(about)}\n\n{spec.instruction}"),
    ]


def retry_instruction(problems: list[GroundingProblem]) -> str:
    """The instruction for the retry: each mistake, the most telling first."""
    words = [
        problem.detail
        for problem in problems
        if problem.fault in ("word", "name", "number", "deed", "polarity", "quotation")
    ]
    other = [
        problem.detail
        for problem in problems
        if problem.fault in ("length", "markup", "language", "off topic", "empty", "invitation")
    ]
    sentences = []
    if words:
        sentences.append(f"The notes do not say: {', '.join(dict.fromkeys(words[:8]))}. Leave that out.")
    if any(problem.fault in ("narration", "echo") for problem in problems):
        sentences.append("Write the sentence itself, about this note, not about the task.")
    sentences += [f"{detail[:1].upper()}{detail[1:]}." for detail in dict.fromkeys(other[:3])]
    return " ".join([*sentences, "Write it again: one or two sentences."])


async def _generate_opener(model: ChatModel, messages: list[ChatMessage], temperature: float) -> str:
    """The first paragraph of the model's reply, which is stopped there or where it is too long to pass."""
    cleaner, text = StreamCleaner(), ""
    async with aclosing(model.stream(messages, max_tokens=MAX_OPENER_TOKENS, temperature=temperature)) as pieces:
        async for piece in pieces:
            text += cleaner.feed(piece)
            if len(text) > 2 * MAX_OPENER_CHARACTERS or "\n\n" in text.strip():
                break
    return _strip_outer_quotes((text + cleaner.flush()).strip().split("\n\n")[0].strip())


def _strip_outer_quotes(text: str) -> str:
    """The text without quotation marks around the whole, which many models add."""
    for opening, closing in ('""', "“”", "„“", "«»", "''"):
        inner = text[1:-1]
        if text.startswith(opening) and text.endswith(closing) and opening not in inner and closing not in inner:
            return inner.strip()
    return text
