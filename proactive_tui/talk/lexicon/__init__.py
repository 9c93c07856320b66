"""The languages that are recognised and checked; one module a language and one line here."""

from proactive_tui.talk.lexicon.base import Lexicon
from proactive_tui.talk.lexicon.de import GERMAN
from proactive_tui.talk.lexicon.en import ENGLISH
from proactive_tui.talk.lexicon.es import SPANISH
from proactive_tui.talk.lexicon.fr import FRENCH
from proactive_tui.talk.lexicon.it import ITALIAN
from proactive_tui.talk.lexicon.nl import DUTCH
from proactive_tui.talk.lexicon.pt import PORTUGUESE

LEXICONS: dict[str, Lexicon] = {
    each.code: each for each in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH)
}

__all__ = ["LEXICONS", "Lexicon"]
