"""Sums up the turns of a conversation that no longer fit into the prompt: what was settled, in the words that said it.

Kept first are sentences with names, numbers and days, and decisions, of both sides; sentences without any of these go
first. No model is asked: a summary that invents would be worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from proactive_tui.model.talk_values import Turn
from proactive_tui.talk.llm.token_count import estimate_tokens, truncate_to_tokens
from proactive_tui.talk.prompt import remove_prompt_marks
from proactive_tui.text.dates.calendar_words import fold_words, month_names, weekday_names
from proactive_tui.text.plain import plain_sentences

SUMMARY_HEAD = "Earlier they said (you: your own answers):"
MAX_SENTENCE_TOKENS = 60
MAX_ANSWER_CHARACTERS = 80
"""Characters of an answer that is understood only with what it answers."""

_CITATIONS = re.compile(r"\s?\[\d{1,3}\]")
_DECISIONS = re.compile(
    r"\b(?:decid\w+|agree\w*|settled?|let'?s|moved?|postpon\w+|cancel\w*|instead|chose|chosen|choose|will|won'?t|shall"
    r"|must|promised?|deadline|booked?|never mind|no longer|not any ?more|changed?|prefer\w*|going to|plan(?:ned)? to"
    r"|entschieden|entscheid\w*|beschlossen|abgemacht|verschoben|abgesagt|statt\w*|lieber|werde[nt]?|muss|versproch\w+"
    r"|gebucht|nicht mehr|décid\w+|convenu|reporté\w*|annulé\w*|plutôt|promis\w*|réservé\w*|vais|allons|dois"
    r"|decid\w+|acord\w+|aplaz\w+|cancel\w+|prefier\w+|promet\w+|reserv\w+|vamos a|voy a|tengo que)\b",
    re.IGNORECASE,
)
_CONSENTS = re.compile(
    r"(?:yes|yeah|ok(?:ay)?|right|sure|exactly|agreed|no|ja|genau|gut|nein|oui|d'accord|non|sí|si|vale|de acuerdo)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:s?he|it|they|that|this|those|these|there|then|er|sie|es|das|dies\w*|dann|dort|il|elle|ils|elles|ce|cela|ça"
    r"|él|ella|ellos|eso|esto)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-ÖØ-Þ][\w'-]+")
_LETTERS_ONLY = re.compile(r"[^\W\d_]+")


class SaidSentence(NamedTuple):
    """A sentence of a turn: the turn's index, who said it, how much it is worth keeping, and what it leans on."""

    turn: int
    by_owner: bool
    text: str
    worth: float
    leans_on: str = ""


def summarize_turns(turns: Sequence[Turn], tokens: int) -> str:
    """What was said in these turns, oldest first, in at most `tokens` tokens; "" where nothing can be kept.

    The worthiest sentences are kept, each once, of equal ones the newest. One that points back ("She moved it") is kept
    with the sentence before it, and a short answer with its question.
    """
    room = tokens - estimate_tokens(SUMMARY_HEAD)
    kept: dict[str, str] = {}
    leant_on: set[str] = set()
    said = list(_cut_turns(turns))
    for sentence in sorted(said, key=lambda sentence: (-sentence.worth, -sentence.turn)):
        line = _word_line(sentence)
        cost = estimate_tokens(line) + 1
        if sentence.worth > 0 and cost <= room and sentence.text not in kept and sentence.text not in leant_on:
            kept[sentence.text] = line
            leant_on.add(sentence.leans_on)
            room -= cost
    told = "\n".join(kept.pop(sentence.text) for sentence in said if sentence.text in kept)
    return f"{SUMMARY_HEAD}\n{told}" if told else ""


def _word_line(sentence: SaidSentence) -> str:
    words = truncate_to_tokens(sentence.text, MAX_SENTENCE_TOKENS)
    leans_on = f"{truncate_to_tokens(sentence.leans_on, MAX_SENTENCE_TOKENS)} " if sentence.leans_on else ""
    return f"- {'' if sentence.by_owner else 'you: '}{leans_on}{words}"


def _cut_turns(turns: Sequence[Turn]) -> Iterator[SaidSentence]:
    for number, turn in enumerate(turns):
        by_owner = turn.role == "user"
        before = _last_sentence(turns[number - 1]) if number else ""
        text = turn.text if by_owner else _CITATIONS.sub("", remove_prompt_marks(turn.text))
        for place, sentence in enumerate(plain_sentences(text)):
            leans_on = ""
            if place and _POINTS_BACK.match(sentence):
                leans_on = before
            elif not place and number and len(sentence) <= MAX_ANSWER_CHARACTERS and _is_answer(sentence, before):
                leans_on = f"(to: “{before}”)"
            yield SaidSentence(
                number, by_owner, sentence, _rate_sentence(sentence, leans_on, by_owner=by_owner), leans_on
            )
            before = sentence


def _last_sentence(turn: Turn) -> str:
    return next(reversed(plain_sentences(remove_prompt_marks(turn.text))), "")


def _is_answer(sentence: str, asked: str) -> bool:
    """Whether a sentence is understood only with the one that it answers."""
    return bool(asked) and (asked.endswith("?") or bool(_CONSENTS.match(sentence)))


def _rate_sentence(sentence: str, leans_on: str, *, by_owner: bool) -> float:
    """How much a sentence is worth keeping: facts and decisions count, what only asks or greets does not."""
    whole = f"{leans_on} {sentence}"
    facts = 2.0 * bool(re.search(r"\d", whole)) + 1.5 * _names_day(whole) + min(len(_CAPITALISED.findall(whole)), 2)
    decides = 2.0 * bool(_DECISIONS.search(sentence))
    consents = 1.0 * bool(leans_on and _CONSENTS.match(sentence))
    asks = sentence.rstrip().endswith("?")
    return (facts + decides + consents) * (0.3 if asks else 1.0) + (0.5 if by_owner else 0.0)


def _names_day(text: str) -> bool:
    days, months = weekday_names(), month_names()
    return any(
        len(word) > 2 and (word in days or word in months) for word in map(fold_words, _LETTERS_ONLY.findall(text))
    )
