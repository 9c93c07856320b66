from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.topics.tenderness.classifier import LineClassifier, read_weights, tenderness_units
from proactive_tui.topics.tenderness.gate import is_tender_text
from proactive_tui.topics.tenderness.gram_places import GRAM_PLACES, gram_places, masked_line
from proactive_tui.topics.tenderness.line_features import line_features
from tests.conftest import ROOT

DATA = ROOT / "benchmarks" / "data" / "tenderness"
FRESH = ROOT / "benchmarks" / "data" / "tenderness_fresh"
LATE = ROOT / "benchmarks" / "data" / "tenderness_late"

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


def test_a_text_without_words_is_not_tender_and_the_worst_sentence_counts() -> None:
    classifier = LineClassifier("", -1.0, 0.0, -1.0, {"class death": 3.0})
    assert classifier.score_text("12:30 – 14:00") < -90.0
    assert classifier.score_text("We ship it. He died.") == classifier.score_text("He died.") == 2.0


def test_pieces_of_a_line_count_by_the_root_of_their_number() -> None:
    places = gram_places(masked_line("hospice"))
    table = [1.0 if at in places else 0.0 for at in range(GRAM_PLACES)]
    score = LineClassifier("", 0.0, 0.0, -1.0, {}, table).score_text("hospice")
    assert score == pytest.approx(len(places) ** 0.5)
    assert 0.0 < LineClassifier("", 0.0, 0.0, -1.0, {}, table).score_text("the hospice in town") < score
    assert len(places) == len(set(places))
    assert all(0 <= place < GRAM_PLACES for place in places)


def test_units_are_sentences_clauses_of_long_ones_and_pairs_of_neighbours() -> None:
    assert tenderness_units("One. Two.\n\n---\nThree") == ["One.", "Two.", "One. Two.", "Three"]
    long = "first " * 15 + "end, second " + "word " * 15
    assert [unit.split()[0] for unit in tenderness_units(long)] == ["first", "second"]


def test_code_and_addresses_are_no_words() -> None:
    assert "class grave" in line_features("a note on suicide")
    assert "class grave" not in line_features("see `suicide()` and https://example.org/suicide")
    assert not set(gram_places(masked_line("`suicide()`"))) & set(gram_places(masked_line("suicide")))
    assert "class tech" in line_features("see `suicide()`")


def test_the_weights_have_a_version_and_lower_what_stands_beside() -> None:
    classifier = read_weights()
    assert classifier.version.startswith("2-")
    assert classifier.beside < classifier.alone
    assert len(classifier.weights) > 50
    assert len(classifier.table) == GRAM_PLACES


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
    assert sum(tender) / len(tender) >= 0.90
    assert sum(plain) / len(plain) <= 0.02


def read_fresh() -> list[tuple[str, str]]:
    """Label and text of the fresh lines of all languages."""
    files = [file for folder in (FRESH, LATE) for file in sorted(folder.glob("*.tsv"))]
    rows = [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [(label, text) for label, _, text in rows]


def test_no_fresh_line_is_trained_on() -> None:
    trained = {
        line.split("\t")[2] for file in DATA.glob("*.tsv") for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert not trained & {text for _, text in read_fresh()}


def test_recall_and_false_alarms_on_fresh_lines() -> None:
    rows = [line.split("\t") for file in FRESH.glob("*.tsv") for line in file.read_text(encoding="utf-8").splitlines()]
    tender = [is_tender_text(text) for label, _, text in rows if label == "tender"]
    plain = [is_tender_text(text) for label, _, text in rows if label == "plain"]
    assert sum(tender) / len(tender) >= 0.80
    assert sum(plain) / len(plain) <= 0.02


@pytest.mark.parametrize(
    "line",
    [
        "Mum has not eaten for three days",
        "- [ ] call the hospice about a bed for my father",
        "My dog was put to sleep this morning",
        "- [ ] ask for a later date for the rent, the account is empty",
        "He moved out and took the cat",
        "Oma erkennt mich nicht mehr",
        "Je n'arrive plus à dormir depuis l'enterrement",
        "Nadie se daría cuenta si yo no estuviera",
        "Non riesco a smettere di piangere",
        "Boję się wrócić do domu, kiedy on pije",
    ],
)
def test_what_is_said_around_the_hurt_is_tender_too(line: str) -> None:
    assert is_tender_text(line)
