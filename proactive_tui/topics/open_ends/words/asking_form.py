"""Tells by its words whether a text asks or wonders at all, in the languages of the lexicon."""

from __future__ import annotations

import re

from proactive_tui.text.asking import QUESTION_MARKS
from proactive_tui.topics.cues import TO_LEARN_CUE, UNCERTAINTY_CUE
from proactive_tui.topics.open_ends.words.same_line_answers import UNSURE

WONDERING = re.compile(
    r"\b(?:wonder\w*|whether|unsure|not sure|unclear|uncertain|undecided|figure out|find out|tbd|tbc|maybe|perhaps|weird\w*"
    r"|strange\w*|curious|dunno|(?:don'?t|doesn'?t|didn'?t|can'?t|cannot) (?:know|understand|get|explain|tell|see) (?:why|how|what)"
    r"|unklar|fraglich|offen|vielleicht|evtl|ungeklärt|herausfinden|seltsam|komisch"
    r"|peut-être|à clarifier|à voir|bizarre|quizá\w*|tal vez|averiguar|dudas?|por definir|raro"
    r"|forse|da capire|da chiarire|strano|talvez|dúvidas?|descobrir|a definir|misschien|onduidelijk|uitzoeken|twijfel\w*"
    r"|może|niejasne|kanske|oklart|undrar)\b"
    r"|わからない|分からない|不明|疑問|悩|かな[。」）]?$|不知道|不清楚|不确定|疑问|是否|吗",
    re.IGNORECASE,
)
"""Words with which people leave a matter open without a question mark."""

QUESTION_WORD_START = re.compile(
    r"^\W*(?:(?:so|and|but|und|aber|et|mais|y|pero|e|ma) )?(?:why|how|what|which|who|whom|whose|where|when"
    r"|warum|wieso|weshalb|wie|wann|wo|woher|wohin|wer|wem|wen|welche[rsnm]?|ob"
    r"|pourquoi|comment|quand|où|qui|quel(?:le)?s?|combien|por qué|cómo|qué|cuándo|dónde|quién|cuál(?:es)?|cuánt[oa]s?"
    r"|perché|cosa|chi|dove|quale|quanto|por que|quem|onde|qual|waarom|hoe|wat|waar|welke?|dlaczego|jak|kto|gdzie|kiedy)\b",
    re.IGNORECASE,
)
"""A question word at the beginning. Verbs that may begin a question ("Will it …") begin statements without a mark."""


def has_asking_form(words: str) -> bool:
    """Whether the words ask, wonder or say that something is not known; a plain statement does none of it."""
    return bool(
        QUESTION_MARKS & set(words)
        or UNCERTAINTY_CUE.search(words)
        or TO_LEARN_CUE.search(words)
        or QUESTION_WORD_START.match(words)
        or UNSURE.search(words)
        or WONDERING.search(words)
    )
