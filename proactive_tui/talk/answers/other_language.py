"""Whether a sentence may restate a line of another language: its words cannot be compared, what it names can. Pure."""

from __future__ import annotations

import re

from proactive_tui.text.language import detect_language
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon

MIN_NAMED = 2
"""Names and numbers that a line needs, one of them a number, to be told in another language."""
_NAMED_NUMBERS = re.compile(r"\d[\d.,:]*\d|\d")
_CAPITAL_NAMES = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]+")


def may_restate_abroad(sentence: str, line: str, days: str, lexicon: Lexicon) -> bool:
    """Whether a sentence in the language of `lexicon` has all names and numbers of a line in another one, no other
    number, and denies where that does. `days` are the days of the line in words. Of German lines nothing is known:
    each of their nouns has a capital.
    """
    written_in = detect_language(line)
    if written_in in (None, "de", lexicon.code) or written_in not in LEXICONS:
        return False
    theirs = LEXICONS[written_in]
    numbers = set(_NAMED_NUMBERS.findall(line))
    names = {name for name in _CAPITAL_NAMES.findall(line) if name.lower() not in theirs.calendar_words}
    if not numbers or len(numbers | names) < MIN_NAMED:
        return False
    said = set(_NAMED_NUMBERS.findall(sentence))
    has_all = numbers <= said and all(re.search(rf"\b{re.escape(name)}\b", sentence) for name in names)
    denies = not lexicon.negations.isdisjoint(lexicon.split_words(sentence))
    denied = not theirs.negations.isdisjoint(theirs.split_words(line))
    return has_all and denies == denied and said <= numbers | set(_NAMED_NUMBERS.findall(days))
