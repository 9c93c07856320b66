from __future__ import annotations

import pytest

from proactive_tui.model.topic_values import Topic
from proactive_tui.topics.quoting import naming_share
from tests.topics.builders import NOW, library, mine_each_note, note, titles


def asked(text: str, path: str = "2026-11-20-note.md", days: float = 3) -> list[Topic]:
    return mine_each_note("open question", library(note(text, path, days)), NOW)


def asked_lately(text: str, path: str, days: float) -> list[Topic]:
    """The questions of a note whose owner has written another one since."""
    return mine_each_note("open question", library(note(text, path, days), note("Bread.", "2026-11-22.md", 1)), NOW)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The cache is cold after a restart. Why does it not warm up?", "Why does it not warm up?"),
        ("I'm not sure why the lease outlives its holder.", "I'm not sure why the lease outlives its holder."),
        ("It works, but I don’t understand why it has to.", "It works, but I don’t understand why it has to."),
        ("Open: who rotates the signing keys?", "Who rotates the signing keys?"),
        ("To find out: what the vendor charges per seat", "What the vendor charges per seat"),
        ("- I wonder whether the index is used at all", "I wonder whether the index is used at all"),
        ("Need to check whether the backups restore.", "Need to check whether the backups restore."),
        ("Does anyone know how the old importer works?", "Does anyone know how the old importer works?"),
        ("Ich weiß nicht, warum der Dienst so langsam ist.", "Ich weiß nicht, warum der Dienst so langsam ist."),
        ("Darf ich die Miete mindern?", "Darf ich die Miete mindern?"),
        ("Je ne sais pas si le contrat suffit.", "Je ne sais pas si le contrat suffit."),
        ("No sé por qué falla la copia de noche.", "No sé por qué falla la copia de noche."),
        ("¿Cuándo se usa el subjuntivo?", "¿Cuándo se usa el subjuntivo?"),
        ("## Open questions\n- retention of the audit log?", "Audit: retention of the audit log?"),
        ("The test fails in CI only. Is **`TZ`** set there, or not?", "Is TZ set there, or not?"),
    ],
)
def test_what_a_person_leaves_open_is_a_question(text: str, title: str) -> None:
    found = titles(asked(f"# Audit\n\n{text}\n"))
    assert [each.removeprefix("Audit: ") for each in found] == [title.removeprefix("Audit: ")]


@pytest.mark.parametrize(
    "text",
    [
        "Can a client read from the leader?\nUpdate: yes, after one heartbeat round.",
        "Can a client read from the leader?\n\nAnswer: only with a lease.",
        "- Is the port open?\n  - yes, since Monday",
        "Why was it slow? Turns out the index was missing.",
        "Is the rear light legal? (looked it up: yes)",
        "Who owns the domain? → Tom",
        "> Why do they never answer?",
        "```\nWhy is this here?\n```",
        "    indented = why?",
        "See https://example.org/search?q=why and `a ? b : c`",
        "## Why is it slow?\nBecause the index is missing.",
        "If you're not sure why it fails, read the log.",
        "I wasn't sure why it failed, so I read the log.",
        "Not sure which one, but this works.",
        'She asked: "what would you stop doing?"',
        "- [x] find out why it is slow",
        "- [ ] find out why it is slow",
        "~~Is the port open?~~",
        "Have you tried turning it off and on?",
        "Ready?",
        "Why not retry for hours?",
        "| why? | what? |\n| --- | --- |\n| a | b |",
        "What happens at the end of a lease? The holder counts from before it asked, the granter from when it "
        "granted it, so the holder always believes that it ended earlier than the granter does.",
    ],
)
def test_what_is_answered_quoted_code_or_rhetorical_is_none(text: str) -> None:
    assert asked(f"# Audit\n\n{text}\n") == []


def test_in_a_write_up_a_bare_question_is_how_the_next_paragraph_begins() -> None:
    text = "# Serving tiles\n\nHow does this work?\n\nThe file is read by ranges.\n\n{}## Usage\n\nRun it.\n"
    assert asked(text.format(""), "tiles.md") == []
    unsure = asked(text.format("I'm not sure why the ranges overlap.\n\n"), "tiles.md")
    assert titles(unsure) == ["Serving tiles: I'm not sure why the ranges overlap."]


def test_a_title_that_says_too_little_alone_is_led_by_its_heading() -> None:
    (topic,) = asked("# Signing\n\n## Notarisation\n\nIt has to be zipped first. I don't know why that is.\n")
    assert topic.title == "Notarisation: I don't know why that is."


def test_a_long_question_is_cut_to_the_clause_that_asks() -> None:
    (topic,) = asked(
        "After the third deploy of the day, with the flag on for one customer and everything else as it was before, "
        "I don't know why the consumer group rebalances for ten minutes.\n"
    )
    assert topic.title == "I don't know why the consumer group rebalances for ten minutes."
    assert len(topic.title) <= 80


def test_a_clipping_asks_in_somebody_elses_name() -> None:
    text = "---\nsource: https://example.org\nauthor: A. Writer\n---\nI don't know why anybody would do that.\n"
    assert asked(text) == []


def test_the_id_stays_when_the_note_moves_and_other_lines_change() -> None:
    (before,) = asked("# Audit\n\nWho rotates the keys?\n", "2026-11-20-a.md")
    (after,) = asked("# Audit\n\nA line more.\n\n**Who rotates the keys?**\n", "work/2026-11-21-b.md")
    assert (before.id, before.cause) == (after.id, after.cause)
    assert before.evidence[0].line_start == 3
    assert after.evidence[0].line_start == 5


def test_an_old_question_matters_less_and_a_declared_one_more() -> None:
    new, old = (
        asked("Who rotates the keys?", "2026-11-20.md")[0],
        asked("Who rotates the keys?", "2026-01-20.md", 300)[0],
    )
    declared = asked("Open question: who rotates the keys?", "2026-11-20.md")[0]
    assert old.salience < new.salience < declared.salience


def test_a_dated_heading_dates_its_lines_and_people_are_named() -> None:
    text = "---\ndate: 2026-11-20\n---\n# Mara\n\n## 2026-10-01\n\nShould I ask Imran about the rota?\n"
    (topic,) = mine_each_note(
        "open question", library(note(text, "people/mara.md"), note("# Imran\n\nHi.\n", "people/imran.md")), NOW
    )
    assert NOW - topic.at > 50 * 86400
    assert topic.people == ("Imran",)


@pytest.mark.parametrize("text", ["And more?", "What else is there?", "¿Y qué más hay?", "Warum ist das so?"])
def test_a_question_whose_words_name_nothing_is_worth_less(text: str) -> None:
    (named,) = asked("# Audit\n\nWho rotates the signing keys?\n\nIs the retention period enough?\n")[:1]
    assert all(topic.salience < 0.5 * named.salience for topic in asked(f"# Audit\n\n{text}\n"))


def test_a_question_of_another_language_without_blanks_is_not_worth_less() -> None:
    assert naming_share("どうやって直す？") == naming_share("Who rotates the signing keys?") == 1.0
    assert naming_share("And more?") < naming_share("Who pays?") < 1.0


def test_a_question_once_asked_in_a_meeting_fades_more_than_one_that_was_kept() -> None:
    shares = []
    for text in ("Who rotates the signing keys?", "Open question: who rotates the signing keys?"):
        new, old = (asked_lately(text, f"{day}.md", days) for day, days in (("2026-11-20", 3), ("2025-11-20", 368)))
        shares.append(old[0].salience / new[0].salience)
    assert shares[0] < 0.45 < shares[1]


def test_a_question_grows_no_older_while_nobody_writes() -> None:
    old = asked("Who rotates the signing keys?", "2025-11-20.md", 368)
    assert old[0].salience > 1.5 * asked_lately("Who rotates the signing keys?", "2025-11-20.md", 368)[0].salience
