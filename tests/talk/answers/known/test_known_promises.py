"""What was promised is known with the word and without it, of whom a note about a person means, until it is settled."""

from __future__ import annotations

import pytest

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.known.known_facts import find_known
from proactive_tui.talk.answers.known.known_list import KnownEntry
from tests.talk.topics import DAY, NOW

PEOPLE = "---\ndate: 2026-11-20\n---\n# {}\n\n{}\n"


def asked(text: str, **bodies: str) -> list[KnownEntry]:
    """The promises that a question finds in notes about people, and in a log."""
    notes: dict[str, Note] = {}
    for name, body in ({"Ines": "Sings alto.", "Ruben": "Keeps bees.", "Paula": "Lives next door."} | bodies).items():
        path = f"people/{name}.md" if name != "log" else "log/2026-11-20.md"
        notes[path] = parse_note(path, PEOPLE.format(name, body).encode(), NOW - DAY)
    found = find_known(read_question(text, (), NOW), notes, (), NOW)
    return list(found.entries) if found else []


@pytest.mark.parametrize(
    ("person", "body"),
    [
        ("Ines", "Told her she gets a yes or a no by 2026-11-30."),
        ("Ines", "- she asked again. I said I'd copy the alto parts by 30 November"),
        ("Ruben", "I owe him a jar of honey."),
        ("Ruben", "- I take his watering week in July 2027. Promised."),
        ("Paula", "Ich schicke ihr die Fotos bis zum 30. November."),
        ("Paula", "Habe ihr gesagt, dass ich am 30.11. die Leiter bringe."),
        ("Ines", "Je lui rends le livre vendredi."),
        ("Ines", "Le dije que le mando las fotos."),
        ("log", "Told Ines I would book the hall."),
        ("log", "- [ ] send Ines the photos, due 2026-11-30"),
        ("log", "- [ ] Ines die Noten schicken"),
        ("log", "- [ ] return the ladder to Paula"),
    ],
)
def test_a_promise_needs_no_such_word(person: str, body: str) -> None:
    found = asked("which promises are still open?", **{person: body})
    assert len(found) == 1
    assert found[0].person in (person, "Ines", "Paula")
    assert found[0].source.path.startswith("people/" if person != "log" else "log/")


@pytest.mark.parametrize(
    ("person", "body"),
    [
        ("Ines", "Told her she gets a yes or a no by 2026-11-18. Update 19 Nov: sent."),
        ("Ines", "She promised me the hall keys."),
        ("Ruben", "He owes me a jar."),
        ("Ruben", "- [x] give Ruben the smoker back"),
        ("Paula", "Will I owe her anything?"),
        ("log", "I'll take the early train."),
        ("log", "Told everybody about the concert."),
        ("log", "- [ ] send the form to Berlin"),
    ],
)
def test_what_is_settled_or_nobodys_is_no_promise(person: str, body: str) -> None:
    assert asked("what did I promise?", **{person: body}) == []


def test_a_promise_is_found_by_its_person_and_told_once() -> None:
    body = "Told her she gets the photos by 2026-11-30.\n\n- [ ] send Ines the photos, due 2026-11-30"
    found = asked("what did I promise Ines?", Ines=body, Ruben="I owe him a jar of honey.")
    assert [(entry.person, entry.due) for entry in found] == [("Ines", "2026-11-30")]
    assert asked("what did I promise Paula?", Ines=body) == []


def test_an_old_sentence_without_a_day_is_over() -> None:
    old = parse_note("people/Ines.md", b"---\ndate: 2026-08-01\n---\n# Ines\n\nI owe her a cake.\n", NOW)
    assert find_known(read_question("what did I promise Ines?", (), NOW), {old.path: old}, (), NOW) is None


@pytest.mark.parametrize("text", ["what did Ines promise me?", "who owes me money?", "did Ruben promise a queen?"])
def test_promises_of_others_are_left_to_the_lines(text: str) -> None:
    assert asked(text, Ines="I owe her a cake.", Ruben="I owe him a jar of honey.") == []
