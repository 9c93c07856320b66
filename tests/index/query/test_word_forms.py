from __future__ import annotations

import pytest

from proactive_tui.index.query.word_forms import fold_word, index_form, spell_pictogram, spell_symbols


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("plain words, and a.b + c", "plain words, and a.b + c"),
        ("The C++ module", f"The C {spell_symbols('C++')}  module"),
        ("C++17", f"C {spell_symbols('C++')} 17"),
        ("(F#)", f"(F {spell_symbols('F#')} )"),
        ("uses .NET 8", f"uses NET {spell_symbols('.NET')}  8"),
        ("a #tag, issue#12, x+y, end.Next, f().g", "a #tag, issue#12, x+y, end.Next, f().g"),
        ("読む", " 読  む "),
        ("a 🦔!", f"a  {spell_pictogram('🦔')} !"),
        ("👍🏽", f" {spell_pictogram('👍')} "),
        ("Donau\u00addampf", "Donaudampf"),
        ("re\u0301sume\u0301", "résumé"),
        ("ＡＢＣ", "ABC"),
        ("Straße", "Strasse"),
    ],
)
def test_forms_of_the_word_index(text: str, form: str) -> None:
    assert index_form(text) == form


@pytest.mark.parametrize(("word", "folded"), [("Müller", "muller"), ("WORD", "word"), ("STRASSE", "strasse")])
def test_words_compare_without_case_and_accents(word: str, folded: str) -> None:
    assert fold_word(word) == folded
