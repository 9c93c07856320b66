"""Boxes and the topics that miners made of them are put together once, for the agenda and for answers."""

from __future__ import annotations

from proactive_tui.brain.agenda_lines import compose_agenda
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.talk.answers.known.known_tasks import dated_tasks, open_tasks
from tests.talk.topics import NOW

TEXT = """# Choir

- [ ] copy the alto parts, due 2026-11-24
- [ ] air the hall
- [x] book the hall, due 2026-11-20

Promised Ines the score by Sunday.
"""
NOTES: dict[str, Note] = {"choir.md": parse_note("choir.md", TEXT.encode(), NOW)}


def made_topic(name: str, line: int, kind: Kind = "task", due: str | None = None, to: str | None = None) -> Topic:
    lines = Evidence(path="choir.md", line_start=line, line_end=line, text=name)
    return Topic(
        id=name, kind=kind, title=name, at=NOW, evidence=(lines,), detail=TopicDetails(due=due, promised_to=to)
    )


def test_a_topic_has_the_open_boxes_on_its_lines_and_the_others_stand_alone() -> None:
    parts, score = made_topic("alto parts", 3, due="2026-11-24"), made_topic("score for Ines", 7)
    done = made_topic("hall", 5)
    found = [(task.topic and task.topic.id, [box.source.line_start for box in task.boxes]) for task in
             open_tasks(NOTES, [parts, score, done])]  # fmt: skip
    assert found == [("alto parts", [3]), ("score for Ines", []), ("hall", []), (None, [4])]


def test_of_two_topics_on_a_line_the_task_has_its_box() -> None:
    idea, task = made_topic("parts again", 3, "idea"), made_topic("alto parts", 3)
    for topics in ([idea, task], [task, idea]):
        assert [found.topic for found in open_tasks(NOTES, topics) if found.topic] == [task]


def test_a_dated_box_answers_for_its_topic_and_a_promise_in_prose_for_itself() -> None:
    topics = [made_topic("alto parts", 3, due="2026-11-24", to="Ines"), made_topic("the score", 7, due="2026-11-29")]
    found = [(entry.words, entry.due, entry.person) for entry in dated_tasks(NOTES, topics)]
    assert found == [("copy the alto parts, due 2026-11-24", "2026-11-24", "Ines"), ("the score", "2026-11-29", "")]


def test_the_agenda_has_the_words_of_the_topic_unless_the_box_has_another_day() -> None:
    for due, lines in (
        ("2026-11-24", [("the parts", "2026-11-24")]),
        ("2026-11-30", [("copy the alto parts, due 2026-11-24", "2026-11-24")]),
    ):
        listed = compose_agenda(NOTES, None, [made_topic("the parts", 3, due=due)], (), NOW).lines
        assert [(line.words, line.day) for line in listed] == lines
        assert {line.topic for line in listed} == {"the parts"}
