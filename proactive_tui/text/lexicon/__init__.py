"""The languages that are recognised and checked; one module a language and one line here."""

from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.de import GERMAN
from proactive_tui.text.lexicon.en import ENGLISH
from proactive_tui.text.lexicon.es import SPANISH
from proactive_tui.text.lexicon.fr import FRENCH
from proactive_tui.text.lexicon.it import ITALIAN
from proactive_tui.text.lexicon.nl import DUTCH
from proactive_tui.text.lexicon.pt import PORTUGUESE

LEXICONS: dict[str, Lexicon] = {
    each.code: each for each in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH)
}

__all__ = ["LEXICONS", "Lexicon"]
