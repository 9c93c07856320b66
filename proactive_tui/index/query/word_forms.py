"""The words of texts and queries as the word index knows them.

To SQLite's tokenizer `unicode61` a run of letters and digits is a word. So `C++` and `C#` are both `c`, an emoji may be
nothing, and a sentence in a script without blanks is one word. Here such texts get another form: `C++` is `C` and a
second word with the signs as private-use characters, which are letters to the tokenizer; each character of a script
without blanks is a word, so that a phrase of them finds any part of a sentence; an emoji is a word. The same is done to
a query. Pure.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, is_normalized, normalize

PAIRED_SCRIPTS: Final = (
    r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff"
)
"""Han, kana and hangul, as part of a character class: two characters of them are about a word."""
LETTERED_SCRIPTS: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer: alphabets without blanks, of which it takes more letters to make a word."""
UNSPACED_RUN = re.compile(rf"[{PAIRED_SCRIPTS}]+|[{LETTERED_SCRIPTS}]+")
"""Characters without blanks between words."""
HIRAGANA_RUN = re.compile(r"[\u3040-\u309f]+")
"""Hiragana, in which Japanese writes its endings and particles."""
SYMBOL_WORD = re.compile(
    r"(?<![A-Za-z0-9+#.])([A-Za-z][A-Za-z0-9]{0,14})(\+\+(?![A-Za-z+#])|\+(?![A-Za-z0-9+#])|#(?![A-Za-z0-9+#]))"
    r"|(?<![\w.)\]}\"'])(\.)([A-Za-z][A-Za-z0-9]{1,14})(?![\w/])"
)
"""A word with signs that belong to it: C++, C#, CD4+, .NET."""
PICTOGRAM = re.compile(
    r"[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]"
)
"""Emoji and other pictures."""

LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_ANY_UNSPACED = re.compile(rf"([{PAIRED_SCRIPTS}{LETTERED_SCRIPTS}])")
_PRIVATE_SIGNS = str.maketrans({"+": "\ue02b", "#": "\ue023", ".": "\ue02e"})
_PICTOGRAM_PLANE = 0xF0000


def index_form(text: str) -> str:
    """A text as the word index stores it."""
    if not text.isascii():
        text = _index_form_of_others(text)
    return SYMBOL_WORD.sub(_spell_symbol_word, text) if "+" in text or "#" in text or "." in text else text


def _index_form_of_others(text: str) -> str:
    text = fold_letters(text)
    text = PICTOGRAM.sub(lambda found: f" {spell_pictogram(found[0])} ", _SKIN_TONE.sub("", text))
    return _ANY_UNSPACED.sub(r" \1 ", text)


def fold_letters(text: str) -> str:
    """A text whose letters are composed and of normal width, without soft hyphens and other invisible signs."""
    composed = text if is_normalized("NFKC", text) else normalize("NFKC", text)
    return _INVISIBLE.sub("", composed).replace("ß", "ss").replace("ẞ", "SS")


def spell_pictogram(picture: str) -> str:
    """An emoji as a word: a private-use character, since tokenizers of different age know different emoji."""
    return chr(_PICTOGRAM_PLANE + (ord(picture) & 0xFFFF))


def spell_symbols(word: str) -> str:
    """A word with signs as one that the tokenizer keeps whole."""
    return word.translate(_PRIVATE_SIGNS)


def _spell_symbol_word(found: re.Match[str]) -> str:
    return f"{found[1] or found[4]} {spell_symbols(found[0])} "


def fold_word(word: str) -> str:
    """A word in lower case and without accents, as the tokenizer compares it."""
    if word.isascii():
        return word.lower()
    parts = normalize("NFKD", fold_letters(word))
    return "".join(letter for letter in parts if category(letter) != "Mn").casefold()
