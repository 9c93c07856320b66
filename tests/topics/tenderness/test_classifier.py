from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.topics.tenderness.classifier import LineClassifier, read_weights, tenderness_units
from proactive_tui.topics.tenderness.gate import is_tender_text
from proactive_tui.topics.tenderness.line_features import line_features, names_hurt
from tests.conftest import ROOT

DATA = ROOT / "benchmarks" / "data" / "tenderness"

TENDER = (
    "My father is in hospital again. Will he make it?",
    "Broke up with Lena. I wonder if she was right.",
    "What is wrong with me?",
    "- [ ] ask the psychiatrist whether I can stop the antidepressants",
    "Goal: stop hating myself",
    "Mum's operation is on Friday",
    "Meine Mutter hat Krebs",
    "Opa ist gestern gestorben, die Beerdigung ist am Montag",
    "Mon mari m'a quittée",
    "Maman est à l'hôpital, j'ai peur",
    "Mi padre murió el domingo",
    "Mi moglie mi ha lasciato",
    "Mijn moeder is gisteren overleden",
    "A minha mãe tem cancro",
    "Mama ma raka, nie mam już siły",
    "父が癌で入院した",
    "妈妈得了癌症",
)
PLAIN = (
    "The server died at noon",
    "Kill the process and start it again",
    "- [ ] fix the dead link in the README",
    "Operation completed in 3 ms",
    "Counting the operations of a virtual machine",
    "Who broke the build?",
    "Am I using this hook right?",
    "- [ ] buy painkillers for the first-aid kit",
    "- [ ] ask HR about the severance package before 2026-12-01",
    "- [ ] pay the water bill",
    "Der Server ist gestorben, wer startet ihn neu?",
    "Tuer le processus qui bloque le port",
    "Matar el proceso que ocupa el puerto",
    "Uccidere il processo sulla porta 8080",
    "Het proces op poort 8080 killen",
    "Matar o processo da porta 8080",
    "Zabić proces na porcie 8080",
    "サーバーが死んだので再起動する",
    "服务器挂了，重启进程",
)


@pytest.mark.parametrize("line", TENDER)
def test_what_hurts_is_tender(line: str) -> None:
    assert is_tender_text(line)


@pytest.mark.parametrize("line", PLAIN)
def test_what_only_uses_the_words_is_not(line: str) -> None:
    assert not is_tender_text(line)


def test_one_tender_sentence_makes_its_line_tender() -> None:
    plain = "The talk went well. We ship on Tuesday."
    assert not is_tender_text(plain)
    assert is_tender_text(f"{plain} My wife left me last night. The bike needs a new chain.")
    assert is_tender_text(f"- {plain}\n- My wife left me last night.\n")


def test_a_word_for_what_hurts_is_needed() -> None:
    assert names_hurt(line_features("he died"))
    assert not names_hurt(line_features("he will send it"))
    classifier = LineClassifier("", 50.0, 0.0, -1.0, {})
    assert classifier.score_text("he died") == 50.0
    assert -1.0 < classifier.score_text("he will send it") < 0.0
    assert classifier.score_text("12:30 – 14:00") < -1.0


def test_units_are_sentences_clauses_of_long_ones_and_pairs_of_neighbours() -> None:
    assert tenderness_units("One. Two.\n\n---\nThree") == ["One.", "Two.", "One. Two.", "Three"]
    long = "first " * 15 + "end, second " + "word " * 15
    assert [unit.split()[0] for unit in tenderness_units(long)] == ["first", "second"]


def test_code_and_addresses_are_no_words() -> None:
    assert "word suicid" not in line_features("see `suicide()` and https://example.org/suicide")
    assert "class tech" in line_features("see `suicide()`")


def test_the_weights_have_a_version_and_lower_what_stands_beside() -> None:
    classifier = read_weights()
    assert classifier.version.startswith("1-")
    assert classifier.beside < classifier.alone
    assert len(classifier.weights) > 50


def test_the_data_marks_a_third_of_each_language_as_test() -> None:
    files: list[Path] = sorted(DATA.glob("*.tsv"))
    assert {file.stem for file in files} == {"de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"}
    for file in files:
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        assert {len(row) for row in rows} == {3}
        train = {row[2] for row in rows if row[0] == "train"}
        test = [row[2] for row in rows if row[0] == "test"]
        assert not train & set(test)
        assert len(test) >= (15 if file.stem in {"ja", "zh"} else 40)


def test_recall_and_false_alarms_on_the_lines_that_training_never_sees() -> None:
    rows = [line.split("\t") for file in DATA.glob("*.tsv") for line in file.read_text(encoding="utf-8").splitlines()]
    tender = [is_tender_text(text) for marked, label, text in rows if marked == "test" and label == "tender"]
    plain = [is_tender_text(text) for marked, label, text in rows if marked == "test" and label == "plain"]
    assert sum(tender) / len(tender) >= 0.93
    assert sum(plain) / len(plain) <= 0.06
