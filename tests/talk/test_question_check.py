"""The question that a model puts after a true statement."""

from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.question_check import check_question, tidy_question
from tests.talk.topics import BROT, NOW, NUMBERS, PREVOTE, evidence

LAG = Topic(
    id="lag",
    kind="thread",
    title="Consumer lag",
    at=NOW - 2 * 86_400,
    evidence=(
        evidence(
            "lag.md",
            "I raised max.poll.records to 50 and the lag went away on Sunday. Kwame reviewed the budget of 3 retries.",
            "Consumer lag",
        ),
    ),
    people=("Kwame",),
)


def faults(question: str, topic: Topic = LAG) -> set[str]:
    return {problem.fault for problem in check_question(question, topic.evidence, topic, now=NOW)}


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Is the lag still away?", LAG),
        ("Did the lag come back with 50 records?", LAG),
        ("Has Kwame reviewed the budget of 3 retries?", LAG),
        ("Have you measured the lag again?", LAG),
        ("What would you do about the lag?", LAG),
        ("Is Raft without leases enough?", PREVOTE),
        ("Shall we look at the retries first?", LAG),
        ("Will you send them to Mara?", NUMBERS),
    ],
)
def test_what_may_be_asked(question: str, topic: Topic) -> None:
    assert faults(question, topic) == set()


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("Why did the cluster crash?", "word"),
        ("How much memory did the consumer leak?", "word"),
        ("Is the broken cluster of the payment partner replaced?", "word"),
        ("Has Imran reviewed the budget?", "name"),
        ("Did the lag come back with 70 records?", "number"),
        ("Did the lag come back on Tuesday?", "word"),
        ("Will the lag be gone next week?", "word"),
        ("Should I raise the lag again?", "person"),
        ("Will Kwame raise the records?", "person"),
        ("What is the next step for the lag?", "generic"),
        ("What is the purpose of the lag note?", "generic"),
        ("What does this note say of the lag?", "generic"),
        ("What does the user want of the lag?", "markup"),
        ("What does a writer want of the lag?", "generic"),
        ("Did you write “the lag is fine for ever”?", "quotation"),
        ("Lag?", "empty"),
        ("The lag went away.", "empty"),
        ("Is the lag away? Is it?", "length"),
        ("Is the lag away, " + "and the lag, " * 12 + "or not?", "length"),
        ("Is the lag at https://example.org/x away?", "markup"),
        ("Here is one: is the lag away?", "markup"),
        ("Ist der Rückstand wirklich noch immer weg oder nicht?", "language"),
        ("Why is there no lag?", "polarity"),
        ("Would you like to tell me more?", "person"),
        ("Do you still think so today?", "word"),
        ("Do you still think it would work?", "off topic"),
    ],
)
def test_what_may_not(question: str, fault: str) -> None:
    assert fault in faults(question)


def test_nobody_is_they_where_nobody_is_named() -> None:
    assert "person" in faults("Did they need Raft without leases?", PREVOTE)
    assert "person" not in faults("Did they raise the lag?")


def test_when_is_not_asked_of_what_has_a_day() -> None:
    assert "generic" in faults("When will you send the numbers?", NUMBERS)
    assert faults("When will you send the numbers?", structs.replace(NUMBERS, due=None)) == set()


@pytest.mark.parametrize(
    ("question", "fine"),
    [
        ("Hast du es mit Leasing versucht?", False),
        ("Was ist der nächste Schritt?", False),
    ],
)
def test_other_languages(question: str, *, fine: bool) -> None:
    assert (faults(question, BROT) == set()) is fine


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("  Question: is it so?  ", "Is it so?"),
        ("“Is it so?”", "Is it so?"),
        ("Is **it** `so`? Because I think that it is.", "Is it so?"),
        ("Is “it?” so, or not?", "Is “it?” so, or not?"),
        ("\n\nIs it so?\nYes.", "Is it so?"),
        ("No question", "No question"),
        ("", ""),
    ],
)
def test_a_question_is_tidied(said: str, asked: str) -> None:
    assert tidy_question(said) == asked
