"""What no note found has is looked for in the other languages."""

from __future__ import annotations

from proactive_tui.model.talk_values import Turn
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.candidate_search import find_candidates
from proactive_tui.talk.answers.parts.translated_question import translate_missing
from tests.talk.searched_hits import SearchedHits
from tests.talk.topics import NOW, hit

HITS = [hit("parties.md", "Plum cake for the birthday of Ines, 12 people.", "Parties", line=2)]


def test_a_word_that_was_not_found_is_translated_and_counted() -> None:
    question = translate_missing(read_question("Wie viele Leute waren bei Ines' Geburtstag?", (), NOW), HITS)
    assert {"people", "birthday"} <= set(question.translated)
    assert "people" in next(term for term in question.terms if term.written == "Leute").instead
    assert "peopl" in next(iter(question.parts[0].counted))


def test_what_was_found_is_not_translated_nor_is_a_follow_up() -> None:
    question = read_question("how many people came to the birthday?", (), NOW)
    assert translate_missing(question, HITS) is question
    turns = (Turn(role="user", text="when is the party?", at=NOW), Turn(role="assistant", text="On Friday.", at=NOW))
    follows = read_question("and the train?", turns, NOW)
    assert translate_missing(follows, HITS) is follows


def test_the_other_words_are_searched_for_as_well() -> None:
    notes = SearchedHits(HITS)
    find_candidates(read_question("Wie viele Leute waren bei Ines' Geburtstag?", (), NOW), notes)
    assert any("birthday" in query for query in notes.queries)
