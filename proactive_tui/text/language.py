"""Which language a note is written in."""

from __future__ import annotations

import re
from collections import Counter

from proactive_tui.text.lexicon import LEXICONS

DEFAULT_LANGUAGE = "en"
LANGUAGE_NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
}
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_CODE_AND_URLS = re.compile(r"```.*?(?:```|$)|`[^`\n]*`|https?://\S+", re.DOTALL)
_LANGUAGE_LETTERS = {"¿": "es", "¡": "es", "ß": "de", "ñ": "es", "ã": "pt", "õ": "pt", "œ": "fr"}


def language_shares(text: str) -> dict[str, float]:
    """How much of each language's function words `text` has: the sum over its words of 1 / (languages with that word).

    Function words tell languages apart in a few words (Grefenstette, 1995, "Comparing two language identification
    schemes"); a word that several languages have counts for each of them a little. A letter that one language alone has
    counts as a word.
    """
    text = _CODE_AND_URLS.sub(" ", text)
    counts = Counter(word.lower() for word in _LETTER_RUN.findall(text))
    found = dict.fromkeys(LEXICONS, 0.0)
    for word, count in counts.items():
        owners = [code for code, lexicon in LEXICONS.items() if word in lexicon.function or word in lexicon.negations]
        for code in owners:
            found[code] += count / len(owners)
    for mark, code in _LANGUAGE_LETTERS.items():
        found[code] += text.lower().count(mark)
    return found


def detect_language(text: str, default: str = DEFAULT_LANGUAGE) -> str:
    """The code of the language of `text`; `default` unless another has clearly more (two words, half as many again)."""
    found = language_shares(text)
    best = max(found, key=lambda code: found[code])
    if best != default and found[best] >= 2 and found[best] > 1.5 * found[default]:
        return best
    return default
