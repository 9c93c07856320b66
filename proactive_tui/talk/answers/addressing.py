"""Turns the "I" of the owner's notes to "you" in what a model says of them (English). Pure."""

from __future__ import annotations

import re

from proactive_tui.text.lexicon import LEXICONS

_TO_THE_OWNER = {
    "i am": "you are",
    "i was": "you were",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
}
_OF_THE_OWNER = re.compile(r"\b(?:I(?:['’](?:m|ve|d|ll)| am| was)?|[Mm]e|[Mm]y(?:self)?|[Mm]ine)\b(?!['’-]\w)")
_QUOTED = re.compile(r"[“”\"«»„`]")

_NAME_BEFORE = re.compile(r"\b([A-Z]\w+) $")
"""A word with a capital before "I", which is then a number: "World War I"."""


def address_owner(sentence: str) -> str:
    """A sentence with "you" for the owner of the notes; one that quotes is left as it is."""
    if _QUOTED.search(sentence):
        return sentence
    return _OF_THE_OWNER.sub(_address_owner, sentence)


def _address_owner(match: re.Match[str]) -> str:
    if (name := _NAME_BEFORE.search(match.string[: match.start()])) and name[1].lower() not in LEXICONS["en"].function:
        return match.group()
    said = _TO_THE_OWNER[match.group().replace("’", "'").lower()]
    before = match.string[: match.start()].rstrip()
    begins = not before or before[-1] in ".!?:\n" or not any(map(str.isalnum, before))
    return said[0].upper() + said[1:] if begins else said
