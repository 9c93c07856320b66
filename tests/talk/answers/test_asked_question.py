"""What a question asks for, and what it goes on with."""

from __future__ import annotations

import pytest

from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.asked_question import AskedQuestion, read_question
from proactive_tui.talk.answers.question_words import Wanted
from tests.talk.topics import NOW

SEEDS = Evidence(path="garden/seeds.md", line_start=4, line_end=5, text="Leeks go out in June.")


def after(*texts: str) -> list[Turn]:
    turns = []
    for text in texts:
        turns.append(Turn(role="user", text=text, at=NOW))
        turns.append(Turn(role="assistant", text="…", at=NOW, sources=(SEEDS,)))
    return turns


def read(text: str, *before: str) -> AskedQuestion:
    return read_question(text, after(*before), NOW)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("who waters the beds in August?", "person"),
        ("whens the fair", "day"),
        ("how many seedlings died?", "number"),
        ("what did I pay for the shed?", "money"),
        ("what is the plumber's phone number?", "contact"),
        ("how long does the compost take?", "duration"),
        ("Wie heißt der Nachbar mit der Leiter?", "name"),
        ("Warum sind die Tomaten geplatzt?", "reason"),
        ("¿dónde guardé las semillas de calabaza?", "place"),
        ("à quelle heure ferme la pépinière ?", "time"),
    ],
)
def test_what_is_asked_for(text: str, wanted: Wanted) -> None:
    assert wanted in read(text).wanted


def test_a_follow_up_keeps_its_subject() -> None:
    question = read("and when do they go out?", "how many leeks did I sow?")
    assert question.follows
    assert question.earlier_text == "how many leeks did I sow?"
    assert {"leeks", "sow"} <= {term.written for term in question.earlier}
    assert question.about == (SEEDS,)


def test_a_new_subject_does_not_drag_the_first_question_along() -> None:
    question = read("which neighbour lent me the long ladder for the gutter?", "how many leeks did I sow?")
    assert not question.follows
    assert question.earlier == ()


def test_days_are_read_from_the_time_of_asking_and_do_is_no_day() -> None:
    assert read("What do I have to do by Friday?").days == {"2026-11-27"}
    assert read("Was ist morgen alles fällig?").days == {"2026-11-24"}


def test_a_comparison_has_two_sides() -> None:
    assert read("compare the north bed and the south bed").sides == ("the north bed", "the south bed")
    assert read("who came on Sunday and Monday?").sides == ()


@pytest.mark.parametrize("text", ["tell me more", "go on", "why?"])
def test_words_of_conversation_are_no_question_of_their_own(text: str) -> None:
    assert read(text, "how many leeks did I sow?").is_bare


@pytest.mark.parametrize(
    "text", ["and at what time do I have to be there?", "who was it?", "und wann?", "et combien ?"]
)
def test_a_question_for_a_time_or_a_person_is_one_of_its_own(text: str) -> None:
    asked = read(text, "how many leeks did I sow?")
    assert not asked.is_bare
    assert asked.earlier, "and goes on with the last"


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("how did it go from the 9th to Friday?", "2026-11-09", "2026-11-27", 19),
        ("what happened from Monday the 16th up to last Friday", "2026-11-16", "2026-11-20", 5),
        ("what is due between Wednesday and Friday?", "2026-11-25", "2026-11-27", 3),
        ("was steht vom 24. November bis zum 1. Dezember an?", "2026-11-24", "2026-12-01", 8),
        ("qué hice del 3 de noviembre al 5 de noviembre", "2026-11-03", "2026-11-05", 3),
        ("what changed 2026-11-03 – 2026-11-06?", "2026-11-03", "2026-11-06", 4),
    ],
)
def test_a_span_has_all_its_days(text: str, first: str, last: str, count: int) -> None:
    days = sorted(read(text).days)
    assert (days[0], days[-1], len(days)) == (first, last, count)


def test_two_days_are_no_span_without_a_word_for_it() -> None:
    assert read("is it on Wednesday and on Friday?").days == {"2026-11-25", "2026-11-27"}
    assert len(read("from 2020-01-01 to 2026-11-01").days) == 2, "nor are years"


@pytest.mark.parametrize(
    "text",
    ["when does the choir rehearse", "and who has the key", "The shed: how much was it", "it broke, who do I ring? and",
     "wer hat den Schlüssel", "et combien ça coûte", "y quién tiene la llave", "is the roof mended", "¿qué pasó?",
     "that run of the pump, what did it cost in all"],
)  # fmt: skip
def test_a_question_is_known_without_its_mark(text: str) -> None:
    assert read_question(text, (), NOW).asks


@pytest.mark.parametrize(
    "text",
    ["I spoke to Ruben, who has the key.", "thanks, that helps", "We bought felt, which was cheap.", "count for me",
     "Gestern war ich im Schuppen, was schön war."],
)  # fmt: skip
def test_what_is_told_is_no_question(text: str) -> None:
    assert not read_question(text, (), NOW).asks
