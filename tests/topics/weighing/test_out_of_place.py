"""What only looks open where it stands is not raised."""

from __future__ import annotations

import pytest

from proactive_tui.topics.weighing.course_text import is_set_out
from proactive_tui.topics.weighing.out_of_place import asks_in_quotation, begins_letter, is_record
from tests.topics.builders import NOW, build_pool, library, note


def raised(text: str, path: str = "note.md") -> list[str]:
    kinds = ("open question", "task", "goal", "idea")
    return [topic.title for topic in build_pool(library(note(text, path)), NOW) if topic.kind in kinds]


@pytest.mark.parametrize(
    "text",
    [
        '- Weekdays ("Is Friday the 13th unlucky?")',
        "Er sagte: „Kommst du auch mit?“",
        "«¿Quién paga esto?»",
        'Where would you like to begin today?"',
        "「いつ始めますか？」",
    ],
)
def test_a_question_inside_a_quotation_is_not_the_owners(text: str) -> None:
    assert asks_in_quotation(text)


@pytest.mark.parametrize(
    "text", ['Is "soft launch" the right word?', "Was heißt hier „bald“?", "Why is it so slow?", "It is slow."]
)
def test_a_question_about_a_quoted_word_is(text: str) -> None:
    assert not asks_in_quotation(text)


@pytest.mark.parametrize(
    "text",
    [
        "- Hi Nora, could we meet on Monday?",
        "Dear Mrs Okafor, when can I collect it?",
        "- buongiorno sono Piero Conti, è possibile spostare la visita?",
        "Guten Tag, mein Name ist Lenz, haben Sie noch Plätze?",
        "Estimado señor Ruiz, ¿cuándo abren?",
    ],
)
def test_a_drafted_letter_is_for_its_reader(text: str) -> None:
    assert begins_letter(text)


@pytest.mark.parametrize(
    "text", ["Hello world in Rust", "Beste manier om te verven, denk ik", "hey what about Monday?"]
)
def test_a_line_that_begins_with_such_a_word_is_no_letter(text: str) -> None:
    assert not begins_letter(text)


COURSE_NOTES = "- threads share the memory of their process\n- How does the scheduler pick the next one?\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Lecture 4: scheduling\n\n{COURSE_NOTES}", "note.md"),
        (f"# Scheduling\n\n{COURSE_NOTES}", "Vorlesungen/scheduling.md"),
        (f"# Scheduling\n\n{COURSE_NOTES}", "BS/U\u0308bung/scheduling.md"),
        (f"---\ncourse: OS1\n---\n# Scheduling\n\n{COURSE_NOTES}", "note.md"),
        (f"---\ntags: [book]\n---\n# Scheduling\n\n{COURSE_NOTES}", "note.md"),
        (f"Tags: [[LeetCode]]\n\n{COURSE_NOTES}", "note.md"),
    ],
)
def test_what_was_taught_is_not_left_open(text: str, path: str) -> None:
    assert raised(text, path) == []


def test_what_its_owner_marks_or_does_not_understand_in_a_course_is_open() -> None:
    text = (
        "# Lecture 4: scheduling\n\n- [ ] hand in sheet 4\n\n"
        "I still don't understand why the quantum matters here.\n\n"
        "## Next\n\n- ask Ines for her notes of Tuesday\n"
    )
    found = " / ".join(raised(text))
    assert "Hand in sheet 4" in found
    assert "quantum" in found


def test_a_short_note_that_is_called_course_is_about_signing_up() -> None:
    assert raised("# Kurs\n\nAnmeldung ist raus.\n\nWas kostet der zweite Teil?\n") != []


def test_items_below_a_question_are_its_parts() -> None:
    below = raised("# Agents\n\n#work\n\nhow do we keep the context?\n- on the level of the team\n- on each branch\n")
    assert not any("level" in title or "branch" in title for title in below)


def test_what_a_day_ticks_is_done_in_older_notes() -> None:
    plan = note("# Kitchen\n\n- order the new worktop\n- paint the ceiling\n", "2026-11-02.md")
    day = note("# 2026-11-09\n\n- [x] order the new worktop\n", "2026-11-09.md")
    found = [topic.title for topic in build_pool(library(plan, day), NOW)]
    assert not any("worktop" in title.lower() for title in found)
    assert any("ceiling" in title.lower() for title in found)


@pytest.mark.parametrize("line", ["completed?: yes", "done: 2026-11-03", "erledigt: ja", "status: done"])
def test_a_note_whose_properties_say_that_it_is_over_leaves_nothing_open(line: str) -> None:
    assert raised(f"---\n{line}\n---\n# Bathroom\n\n- [ ] call the plumber\n\nWho pays for it?\n") == []


@pytest.mark.parametrize("line", ["completed?: no", "done: false"])
def test_a_note_that_is_not_over_is_read(line: str) -> None:
    assert raised(f"---\n{line}\n---\n# Bathroom\n\n- [ ] call the plumber\n") != []


def test_lines_that_a_note_gathers_from_days_are_as_old_as_the_days() -> None:
    day = note("# 2026-10-05\n\n## To do\n\n- repair the bicycle lamp\n- write to the landlord\n", "2026-10-05.md", 49)
    gathered = note(
        "# Everything\n\n## To do\n\n- repair the bicycle lamp\n- write to the landlord\n", "everything.md", 1
    )
    found = [topic for topic in build_pool(library(day, gathered), NOW) if "lamp" in topic.title.lower()]
    assert [topic.evidence[0].path for topic in found] == ["2026-10-05.md"]
    assert all(topic.at < NOW - 40 * 86400 for topic in found)


def test_notes_of_an_import_are_of_no_known_day() -> None:
    asked = "---\ncreated: 2026-11-22\n---\n# Roof {0}\n\n- [ ] measure the rafters of house {0}\n"
    alone = build_pool(library(note(asked.format(0), "0.md")), NOW)
    many = build_pool(library(*(note(asked.format(place), f"{place}.md") for place in range(25))), NOW)
    assert max(topic.salience for topic in many if topic.kind == "task") < alone[0].salience


@pytest.mark.parametrize("title", ["Why do the bees leave?", "Warum ist der Teich so grün?", "¿Por qué no crece nada?"])
def test_what_stands_below_a_title_that_asks_is_no_plan(title: str) -> None:
    text = f"# {title}\n\n- Too little rain in spring\n- Less clover is sown on the slopes\n"
    assert [found for found in raised(text) if "clover" in found or "rain" in found] == []


def test_what_stands_below_a_plan_that_asks_is_to_be_done() -> None:
    text = "# Garden\n\n## What is to be done next?\n\n- [ ] call the beekeeper\n- sow clover on the slopes\n"
    assert "Call the beekeeper" in " ".join(raised(text))


def test_ideas_of_a_seminar_are_not_its_owners() -> None:
    text = (
        "---\ncourse: PH210\n---\n\n# Meeting 5\n\n## Ideas\n\n- Is calm always better than anger?\n- Mind and body\n"
    )
    assert raised(text, "meeting 5.md") == []


FORMULAS = "# Waves\n\nWith $c = \\lambda f$ and $k = 2\\pi / \\lambda$ follows $\\omega = c k$.\n\n"
READERS = (
    "# Choosing a bike\n\nYour first bike is the one that you ride. If you are unsure, you can borrow one and see how"
    " your back feels after you rode it for an hour. "
    + "Before you pay you should look at the chain, and you ask for the receipt. " * 8
    + "\n\n"
)


@pytest.mark.parametrize("above", [FORMULAS, READERS])
def test_a_note_that_sets_out_a_subject_leaves_open_what_its_owner_says(above: str) -> None:
    asked = "- What happens at twice the length?\n- Check how far the chain has stretched\n"
    assert raised(above + asked, "Notes/subject.md") == []
    assert raised(above + "- [ ] ask Jonas for the second sheet\n", "Notes/subject.md") == [
        "Ask Jonas for the second sheet"
    ]


def test_who_speaks_of_oneself_is_no_teacher() -> None:
    own = READERS.replace("you should", "I should").replace("you ask", "I ask").replace("Your", "My")
    assert not is_set_out(note(own))
    assert is_set_out(note(READERS))
    assert not is_set_out(note("# Prices\n\nA ticket is $5, the pass $ 20, the coat $30 and lunch $12.\n"))


@pytest.mark.parametrize("words", ["Third task", "Task 2", "タスク2", "another item", "new goal"])
def test_a_box_that_only_holds_the_place_of_a_task_is_none(words: str) -> None:
    text = f"# Week 12\n\n- [ ] {words}\n- [ ] order the valve for the boiler\n"
    assert raised(text, "weeks/2026-W12.md") == ["Order the valve for the boiler"]


def test_the_fields_of_a_record_are_no_task() -> None:
    assert is_record("- title: Introduce the new desk\n  end: 2030-01-01")
    assert not is_record("- title: Introduce the new desk")
    assert not is_record("- Mara: wants the totals\n  before the fair")
