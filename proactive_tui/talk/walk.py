"""Walks through what others said, one after another: each with where it stands, and what the owner's notes say to it.

A conversation about a review begins with its evidence: remarks of others, each followed by the passages of the notes
that bear on it. `/next` goes to the next remark; what the owner says before that is what was settled about this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from proactive_tui.model.talk_values import Conversation
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.language import language_or_default
from proactive_tui.text.plain import escape_markdown, is_question, note_location
from proactive_tui.text.terminal_safe import one_line, sanitize_text
from proactive_tui.text.words import WORD_PATTERN, stop_words_of, word_set

WALK_COMMAND: Final = "/next"
"""The message that asks for the next remark; the prompt sends nothing else that begins so."""
_CONSENT = word_set(
    "yes yeah yep yup ok okay sure please go next ja gern gerne klar weiter bitte oui d'accord volontiers suivant sí "
    "si vale claro siguiente sigue sì avanti sim vamos volgende graag"
)
MAX_REMARK_LINES: Final = 14
"""Lines of a remark that are quoted; the rest is at its source."""
MAX_SETTLED_CHARACTERS: Final = 200


class WalkStep(NamedTuple):
    """A remark of somebody else's, and the passages of the notes that bear on it."""

    remark: Evidence
    notes: tuple[Evidence, ...]


class WalkWords(NamedTuple):
    """What is said on the way, in one language."""

    wrote: str
    told: str
    bears: str
    settled: str
    open_yet: str
    last: str
    ask: str
    nothing: str
    kept: str


_WALK_WORDS: Final = {
    "en": WalkWords(
        "{author} wrote", "It says", "Your notes say:", "What you said to each:", "nothing yet",
        "That was the last one.", "What do you make of it? `/next` goes on.",
        "There is nothing here to go through.", "I keep that as yours. `/next` goes on.",
    ),
    "de": WalkWords(
        "{author} schrieb", "Da steht", "In deinen Notizen steht:", "Was du dazu gesagt hast:", "noch nichts",
        "Das war der letzte.", "Was meinst du dazu? `/next` geht weiter.",
        "Hier gibt es nichts durchzugehen.", "Das merke ich mir als deins. `/next` geht weiter.",
    ),
    "fr": WalkWords(
        "{author} a écrit", "On lit", "Tes notes disent :", "Ce que tu en as dit :", "rien encore",
        "C’était le dernier.", "Qu’en penses-tu ? `/next` passe au suivant.",
        "Il n’y a rien à parcourir ici.", "Je le garde comme tien. `/next` passe au suivant.",
    ),
    "es": WalkWords(
        "{author} escribió", "Se lee", "Tus notas dicen:", "Lo que dijiste de cada uno:", "nada todavía",
        "Era el último.", "¿Qué te parece? `/next` pasa al siguiente.",
        "Aquí no hay nada que recorrer.", "Lo guardo como tuyo. `/next` pasa al siguiente.",
    ),
}  # fmt: skip


def list_steps(sources: Sequence[Evidence]) -> tuple[WalkStep, ...]:
    """The remarks among the sources that a conversation began with, in their order."""
    steps: list[WalkStep] = []
    for source in sources:
        if source.is_others:
            steps.append(WalkStep(source, ()))
        elif steps:
            steps[-1] = WalkStep(steps[-1].remark, (*steps[-1].notes, source))
    return tuple(steps)


def first_steps(conversation: Conversation) -> tuple[WalkStep, ...]:
    """The steps of a conversation: what it began with."""
    return list_steps(conversation.turns[0].sources) if conversation.turns else ()


def asks_to_go_on(text: str) -> bool:
    """Whether a message of the owner's asks for the next step: the command, or consent without any subject ("yes")."""
    if text.strip() == WALK_COMMAND:
        return True
    words = WORD_PATTERN.findall(text.lower())
    return any(word in _CONSENT for word in words) and all(word in _CONSENT | stop_words_of(text) for word in words)


def steps_gone(conversation: Conversation, steps: Sequence[WalkStep]) -> dict[int, int]:
    """The steps that were gone through, by the place of their turn in the conversation."""
    gone: dict[int, int] = {}
    for place, (asked, told) in enumerate(pairwise(conversation.turns), 1):
        if asked.role == "user" and told.role == "assistant" and told.sources and asks_to_go_on(asked.text):
            where = (told.sources[0].path, told.sources[0].line_start)
            found = [at for at, step in enumerate(steps) if (step.remark.path, step.remark.line_start) == where]
            if found:
                gone[place] = found[0]
    return gone


def next_step(conversation: Conversation) -> int:
    """The number of the step to go to, from 0; the number of steps where all were gone through."""
    return max(steps_gone(conversation, first_steps(conversation)).values(), default=-1) + 1


def word_next_step(conversation: Conversation) -> tuple[str, tuple[Evidence, ...]]:
    """Markdown of the next step and its sources; at the end, of what was settled."""
    steps = first_steps(conversation)
    words = _walk_words(conversation)
    if not steps:
        return words.nothing, ()
    at = next_step(conversation)
    if at >= len(steps):
        return _word_end(conversation, steps, words), ()
    step = steps[at]
    origin = step.remark.origin
    author = one_line(sanitize_text(origin.author if origin else ""))
    told = words.wrote.format(author=f"**{escape_markdown(author)}**") if author else words.told
    lines = [
        f"{at + 1}/{len(steps)} · {told} [1], {escape_markdown(note_location(step.remark))}:",
        _quote_others(step.remark.text),
    ]
    if step.notes:
        lines.append(words.bears)
        lines += [
            f"{_quote_others(note.text)}\n\n{escape_markdown(note_location(note))} [{number}]"
            for number, note in enumerate(step.notes, 2)
        ]
    return "\n\n".join([*lines, words.ask]), (step.remark, *step.notes)


def keep_statement(conversation: Conversation, text: str) -> str:
    """What is said to a statement about the step that the conversation is at; "" where it is at none, or is asked."""
    if is_question(text) or not steps_gone(conversation, first_steps(conversation)):
        return ""
    return _walk_words(conversation).kept


def settled_words(conversation: Conversation, steps: Sequence[WalkStep]) -> tuple[str, ...]:
    """What the owner said after each step and before the next, in their own words; "" where they said nothing."""
    said = [""] * len(steps)
    gone = steps_gone(conversation, steps)
    now: int | None = None
    for place, turn in enumerate(conversation.turns):
        now = gone.get(place, now)
        if now is not None and turn.role == "user" and not asks_to_go_on(turn.text):
            said[now] = f"{said[now]} {one_line(sanitize_text(turn.text))}".strip()
    return tuple(said)


def _word_end(conversation: Conversation, steps: Sequence[WalkStep], words: WalkWords) -> str:
    lines = [
        f"- {escape_markdown(_name_remark(step.remark))}: {_quote_briefly(said) if said else words.open_yet}"
        for step, said in zip(steps, settled_words(conversation, steps), strict=True)
    ]
    return f"{words.last} {words.settled}\n\n" + "\n".join(lines)


def _name_remark(remark: Evidence) -> str:
    """Who wrote a remark, and where."""
    author = one_line(sanitize_text(remark.origin.author if remark.origin else ""))
    return ", ".join(part for part in (author, note_location(remark)) if part)


def _walk_words(conversation: Conversation) -> WalkWords:
    spoken = "\n".join(turn.text for turn in conversation.turns[:1])
    return _WALK_WORDS.get(language_or_default(spoken), _WALK_WORDS["en"])


def _quote_others(text: str) -> str:
    """Others' words as a quotation: no line of theirs stands outside of it."""
    lines = sanitize_text(text).strip().splitlines()
    shown = lines[:MAX_REMARK_LINES] + (["…"] if len(lines) > MAX_REMARK_LINES else [])
    return "\n".join(f"> {line}" for line in shown)


def _quote_briefly(said: str) -> str:
    cut = said if len(said) <= MAX_SETTLED_CHARACTERS else f"{said[: MAX_SETTLED_CHARACTERS - 1].rstrip()}…"
    return f"“{escape_markdown(cut)}”"
