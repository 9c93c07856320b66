"""The lexicons of the languages that are recognised and checked; a module and a line here for each."""

from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.de import GERMAN_LEXICON
from proactive_tui.text.lexicon.en import ENGLISH_LEXICON
from proactive_tui.text.lexicon.es import SPANISH_LEXICON
from proactive_tui.text.lexicon.fr import FRENCH_LEXICON
from proactive_tui.text.lexicon.it import ITALIAN_LEXICON
from proactive_tui.text.lexicon.nl import DUTCH_LEXICON
from proactive_tui.text.lexicon.pt import PORTUGUESE_LEXICON

LEXICONS: dict[str, Lexicon] = {
    lexicon.code: lexicon
    for lexicon in (
        ENGLISH_LEXICON,
        GERMAN_LEXICON,
        FRENCH_LEXICON,
        SPANISH_LEXICON,
        ITALIAN_LEXICON,
        PORTUGUESE_LEXICON,
        DUTCH_LEXICON,
    )
}

__all__ = ["LEXICONS", "Lexicon"]
