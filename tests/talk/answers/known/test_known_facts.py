"""Lists that the program knows are answered whole, and only where a list is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.talk_values import Conversation
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.talk.answers.answer_finding import find_answer
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.extracted_reply import ExtractedReply, word_answer
from proactive_tui.talk.answers.known.known_facts import find_known
from proactive_tui.talk.answers.known.known_list import KnownList
from tests.talk.searched_hits import SearchedHits
from tests.talk.topics import NOW

NOTES: dict[str, Note] = {
    path: parse_note(path, text.encode(), NOW)
    for path, text in {
        "choir.md": "# Choir\n\n- [ ] copy the alto parts, due 2026-11-24\n- [x] book the hall, due 2026-11-20\n",
        "flat.md": "# Flat\n\n- [ ] read the meter, due 2026-11-19\n- [ ] bleed the radiators, due 2026-11-27\n",
        "bees.md": "# Bees\n\n- [ ] order frames, due 2026-12-08\n- [ ] think about a second hive\n",
    }.items()
}
PROMISE = Topic(
    id="jam",
    kind="task",
    title="promised Ines two jars of the plum jam",
    at=NOW,
    evidence=(Evidence(path="choir.md", line_start=9, line_end=9, text="Promised Ines two jars of the plum jam."),),
    people=("Ines",),
    detail=TopicDetails(promised_to="Ines", due="2026-11-29"),
)


def known(text: str, topics: Sequence[Topic] = ()) -> KnownList | None:
    return find_known(read_question(text, (), NOW), NOTES, topics, NOW)


def words(text: str, topics: Sequence[Topic] = ()) -> list[str]:
    found = known(text, topics)
    assert found is not None
    return [task.words.split(", due")[0] for task in found.entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what have I let slip?", ["read the meter"]),
        ("Was ist überfällig?", ["read the meter"]),
        ("what is due tomorrow?", ["copy the alto parts"]),
        ("Was ist morgen alles fällig?", ["copy the alto parts"]),
        ("what do I have to do by Friday?", ["read the meter", "copy the alto parts", "bleed the radiators"]),
        ("which tasks are open next week?", []),
        (
            "¿qué tengo que hacer hasta el 27 de noviembre?",
            ["read the meter", "copy the alto parts", "bleed the radiators"],
        ),
        ("what is due for the bees?", ["order frames"]),
    ],
)
def test_a_list_is_whole_and_by_day(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "when is the meter due?",
        "why is the choir late with the parts?",
        "did I promise Ines a cake?",
        "who has the hall keys?",
    ],
)
def test_other_questions_are_left_to_the_lines(text: str) -> None:
    assert known(text, (PROMISE,)) is None


def test_promises_name_whom_and_when() -> None:
    assert words("what did I promise Ines?", (PROMISE,)) == ["promised Ines two jars of the plum jam"]
    assert known("what did I promise Ruben?", (PROMISE,)) is None
    assert words("which promises are still open?", (PROMISE,)) == ["promised Ines two jars of the plum jam"]


def reply(text: str, topics: Sequence[Topic] = ()) -> ExtractedReply:
    talk = Conversation(id="c", title="", at=NOW, turns=())
    return word_answer(find_answer(text, talk, SearchedHits((), NOTES), topics, NOW), {}, NOW)


def test_a_list_cites_each_of_its_lines() -> None:
    said = reply("what do I have to do by Friday?")
    assert said.text.splitlines()[2:] == [
        "- read the meter, due 2026-11-19 [1]",
        "- copy the alto parts, due 2026-11-24 (tomorrow) [2]",
        "- bleed the radiators, due 2026-11-27 [3]",
    ]
    assert [(source.path, source.line_start) for source in said.sources] == [
        ("flat.md", 3),
        ("choir.md", 3),
        ("flat.md", 4),
    ]


def test_an_empty_list_is_an_answer() -> None:
    said = reply("what is due next week?")
    assert said.text == "Nothing open is due then, by your notes."
    assert not said.is_silent
