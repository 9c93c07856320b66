"""Languages of short notes, of mixed ones, and of text that is no prose."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.text import language
from proactive_tui.text.language import LANGUAGE_NAMES, detect_language, language_or_default
from proactive_tui.text.lexicon import LEXICONS

LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parents[2] / "benchmarks" / "language_lines.tsv").read_text("utf-8").splitlines()
]


def test_one_line_notes_are_known_or_left_open_but_never_wrong() -> None:
    found = [(code, detect_language(text), text) for code, text in LINES]
    assert [each for each in found if each[1] not in {each[0], None}] == []
    assert sum(code == told for code, told, _ in found) >= 0.95 * len(found)
    assert {code for code, _ in LINES} == set(LEXICONS) == set(LANGUAGE_NAMES)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Does Raft need pre-vote with leases?", "en"),
        ("Warum geht der Teig im Winter so langsam auf?", "de"),
        ("Je me demande si le pommier doit être taillé avant la pluie", "fr"),
        ("¿Cómo cambian los ríos de cauce en el libro?", "es"),
        ("Perché il pane non è cresciuto questa volta? Non lo so", "it"),
        ("Porque é que o pão não cresceu desta vez? Não sei", "pt"),
        ("Waarom is het brood niet gerezen? Ik weet het niet zeker", "nl"),
        ("kubectl rollout restart deployment", "en"),
        ("`SELECT die, der, das FROM und` the rest of it is in English", "en"),
        ("", "en"),
    ],
)
def test_english_where_no_language_is_known(text: str, language: str) -> None:
    assert language_or_default(text) == language


@pytest.mark.parametrize(
    "text", ["", "Kafka", "TIL", "```\nder die das und nicht\n```", "https://de.example.org/der", "2026-11-30"]
)
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize("text", ["Köpa mjölk och bröd till frukost", "Купить молоко и хлеб", "牛乳とパンを買う"])
def test_a_language_without_a_lexicon_is_none_of_them(text: str) -> None:
    assert detect_language(text) is None


def test_a_short_line_has_the_language_of_its_note() -> None:
    assert language_or_default("Kafka", "Unklar, ob die Verbraucher schnell genug sind") == "de"
    assert language_or_default("Pourquoi le pain est-il si dense ?", "Unklar, ob die Hefe zu alt ist") == "fr"


@given(st.text(max_size=300))
def test_any_text_has_a_lexicon(text: str) -> None:
    assert language_or_default(text) in LEXICONS


def test_the_model_is_loaded_when_it_is_first_asked() -> None:
    program = "import sys, proactive_tui.text.language, proactive_tui.text.words; sys.exit('py3langid' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_where_the_model_cannot_be_unpacked_no_language_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    language._load_identifier.cache_clear()
    try:
        assert language.detect_language("Ich weiß noch nicht, ob das so geht.") is None
        assert language.language_or_default("Ich weiß noch nicht, ob das so geht.") == "en"
    finally:
        language._load_identifier.cache_clear()
