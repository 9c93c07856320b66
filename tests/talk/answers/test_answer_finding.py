"""The best lines of the best notes, once each, or that the notes do not tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.talk.answers.answer_finding import FoundAnswer, find_answer
from proactive_tui.talk.answers.extracted_reply import ExtractedReply, word_answer
from tests.talk.searched_hits import SearchedHits
from tests.talk.topics import NOW, hit

HITS = [
    hit(
        "allotment/shed.md",
        "- The shed cost 640 € at Behrens.\n- Roof felt is torn above the door.\n- Key hangs at Ruben's.",
        "Shed",
        line=4,
        score=0.9,
        meaning=0.6,
    ),
    hit(
        "allotment/beds.md", "The north bed gets leeks, because beans rotted there twice.", "Beds", line=9, meaning=0.35
    ),
    hit("choir.md", "Rehearsal is on Thursday at 19:30 in the old gym.", "Choir", line=3, meaning=0.5),
]


def find(text: str, *turns: Turn, hits: Sequence[SearchHit] = HITS) -> FoundAnswer:
    return find_answer(text, Conversation(id="c", title="", at=NOW, turns=turns), SearchedHits(hits), (), NOW)


def reply(text: str, *turns: Turn) -> ExtractedReply:
    return word_answer(find(text, *turns), {}, NOW)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("what did the shed cost?", "The shed cost 640"),
        ("why does the north bed get leeks?", "because beans rotted"),
        ("at what time is rehearsal on Thursday?", "19:30"),
    ],
)
def test_the_line_that_answers_is_quoted_first(text: str, line: str) -> None:
    found = find(text)
    assert found.answers
    assert line in found.quoted[0].plain


def test_a_quotation_cites_its_own_lines() -> None:
    said = reply("what did the shed cost?")
    assert said.text.startswith("Your notes say:\n\n> ")
    assert said.sources[0].path == "allotment/shed.md"
    assert said.sources[0].line_start == 4


@pytest.mark.parametrize("text", ["what is the phone number of the vet?", "how much is the ferry to Texel?"])
def test_what_the_notes_lack_is_said_to_be_lacking(text: str) -> None:
    said = reply(text)
    assert said.is_silent
    assert said.text.startswith("Your notes do not tell that")


def test_it_is_silent_in_the_language_of_the_question() -> None:
    assert reply("Wie heißt die Tierärztin in der Hafenstraße?").text.startswith("Das steht, soweit ich sehe, nicht")


def test_each_line_is_quoted_once() -> None:
    twice = [*HITS, hit("copy/shed.md", HITS[0].passage.text, "Shed", line=40, meaning=0.6)]
    words = [statement.plain for statement in find("what did the shed cost?", hits=twice).quoted]
    assert len(words) == len(set(words))


def test_a_passage_of_each_note_comes_before_a_second_of_one() -> None:
    more = [HITS[0], hit("allotment/shed.md", "The shed was painted in May.", line=30, meaning=0.5), *HITS[1:]]
    paths = [found.passage.path for found in find("what did the shed cost?", hits=more).hits]
    assert len(set(paths[:3])) == 3


def test_a_follow_up_is_searched_with_the_question_before() -> None:
    first = find("where does the key of the shed hang?")
    talked = Turn(role="assistant", text="…", at=NOW, sources=word_answer(first, {}, NOW).sources)
    notes = SearchedHits(HITS)
    turns = (Turn(role="user", text="where does the key of the shed hang?", at=NOW), talked)
    find_answer("and the roof?", Conversation(id="c", title="x", at=NOW, turns=turns), notes, (), NOW)
    assert "where does the key of the shed hang? and the roof?" in notes.queries
    assert not any(query.endswith(" x") for query in notes.queries)


@pytest.mark.parametrize("text", ["and at what time is that?", "und um wie viel Uhr?"])
def test_a_question_without_words_of_its_own_is_not_answered_by_another_note(text: str) -> None:
    first = find("where does the key of the shed hang?")
    talked = Turn(role="assistant", text="…", at=NOW, sources=word_answer(first, {}, NOW).sources[:1])
    turns = (Turn(role="user", text="where does the key of the shed hang?", at=NOW), talked)
    assert not find(text, *turns).answers
