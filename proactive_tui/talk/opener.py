"""The words an offer opens with: a language model's, when they pass the check, else a template's."""

from __future__ import annotations

from contextlib import aclosing

from proactive_tui.errors import LanguageModelError
from proactive_tui.model import Evidence, Framing, Opener, Topic
from proactive_tui.talk.framings import WAYS
from proactive_tui.talk.grounding import MAX_CHARACTERS, Problem, check, inviting
from proactive_tui.talk.llm.base import LanguageModel, Message, PromptCutError
from proactive_tui.talk.prompt import DATA, fenced, harmless, listed
from proactive_tui.talk.template_slots import facts
from proactive_tui.talk.templates import worded
from proactive_tui.text.language import NAMES, detect
from proactive_tui.text.stream_cleaner import StreamCleaner
from proactive_tui.text.terminal_safe import one_line

MAX_TOKENS = 120
TRIES = 2
SOURCE_TOKENS = 220
"""Tokens of each piece of evidence that the model reads; a topic has a few, and every one costs time to first word."""
SOURCES = 4


async def open_with(
    topic: Topic,
    framing: Framing,
    model: LanguageModel | None,
    *,
    now: float,
    utc_offset: int = 0,
    temperature: float = 0.4,
) -> Opener:
    """The opener for `topic` put like `framing`, in the language of its notes; never raises for want of a model.

    What the model says is checked against the evidence; it gets one more try with its mistakes named, then the
    template is taken. A model that fails gets no second try: the next `pick` will notice.
    """
    language = detect("\n".join([topic.title, *(each.text for each in topic.evidence)]))
    template = Opener(
        text=worded(topic, framing, now=now, language=language, utc_offset=utc_offset),
        framing=framing,
        spoken_by="template",
    )
    if model is None or not topic.evidence:
        return template
    messages = prompt(topic, framing, now=now, language=language, utc_offset=utc_offset)
    echoes = [way.example for way in WAYS.values()] + [WAYS[framing].instruction]
    for _ in range(TRIES):
        try:
            text = await _said(model, messages, temperature)
        except PromptCutError:
            messages = prompt(topic, framing, now=now, language=language, utc_offset=utc_offset, sources=1)
            continue
        except LanguageModelError:
            return template
        problems = check(text, topic.evidence, topic, language=language, now=now, utc_offset=utc_offset, echoes=echoes)
        problems = problems or inviting(text)
        if not problems:
            return Opener(text=text, framing=framing, spoken_by=model.spoken_by)
        messages = [
            *messages,
            Message(role="assistant", text=harmless(text) or "…"),
            Message(role="user", text=again(problems)),
        ]
    return template


def prompt(
    topic: Topic,
    framing: Framing,
    *,
    now: float,
    language: str,
    utc_offset: int = 0,
    sources: int = SOURCES,
) -> list[Message]:
    """What the language model is asked: rules, an example as a turn of its own (which small models follow better than a
    description), then the evidence between fences and what is known about its dates.
    """
    way = WAYS[framing]
    system = (
        "You open a conversation with somebody about their own notes, like a thoughtful colleague. "
        f"Write one or two short sentences in {NAMES[language]}, to them, as “you”, and nothing else. "
        "Say only what the notes say, in their words: no fact, name, number or advice of your own. "
        f"No greeting, no praise, no exclamation mark, no list, no Markdown.\n{DATA}"
    )
    known = facts(topic, now=now, language="en", utc_offset=utc_offset)
    about = [f"what it is: {topic.kind}", f"title: {one_line(harmless(topic.title))[:200]}"]
    about += [f"last written: {known.ago}"]
    about += [f"{name}: {value}" for name, value in (("due", known.due), ("was due", known.overdue)) if value]
    about += [f"promised to: {known.person}"] if known.person else []
    notes = "\n".join(fenced(at, each, SOURCE_TOKENS) for at, each in enumerate(topic.evidence[:sources], 1))
    shown = fenced(1, Evidence(path="bread.md", line_start=1, line_end=1, text=way.example_note), SOURCE_TOKENS)
    return [
        Message(role="system", text=system),
        Message(role="user", text=f"{shown}\n\n{way.instruction}"),
        Message(role="assistant", text=way.example),
        Message(role="user", text=f"{notes}\n{listed(about)}\n\n{way.instruction}"),
    ]


def again(problems: list[Problem]) -> str:
    """What the model is told when its first opener was refused: each mistake, most telling first."""
    words = [
        each.detail for each in problems if each.fault in ("word", "name", "number", "deed", "polarity", "quotation")
    ]
    other = [
        each.detail
        for each in problems
        if each.fault in ("length", "markup", "language", "off topic", "empty", "invitation")
    ]
    told = []
    if words:
        told.append(f"The notes do not say: {', '.join(dict.fromkeys(words[:8]))}. Leave that out.")
    if any(each.fault in ("narration", "echo") for each in problems):
        told.append("Write the sentence itself, about this note, not about the task.")
    told += [f"{each[:1].upper()}{each[1:]}." for each in dict.fromkeys(other[:3])]
    return " ".join([*told, "Write it again: one or two sentences."])


async def _said(model: LanguageModel, messages: list[Message], temperature: float) -> str:
    """The first paragraph of the reply: a model that talks on is stopped there, or where it is too long to pass."""
    cleaner, text = StreamCleaner(), ""
    async with aclosing(model.stream(messages, max_tokens=MAX_TOKENS, temperature=temperature)) as pieces:
        async for piece in pieces:
            text += cleaner.feed(piece)
            if len(text) > 2 * MAX_CHARACTERS or "\n\n" in text.strip():
                break
    return _unwrapped((text + cleaner.flush()).strip().split("\n\n")[0].strip())


def _unwrapped(text: str) -> str:
    """Without quotation marks around the whole of it, which many models add."""
    for opening, closing in ('""', "“”", "„“", "«»", "''"):
        inner = text[1:-1]
        if text.startswith(opening) and text.endswith(closing) and opening not in inner and closing not in inner:
            return inner.strip()
    return text
