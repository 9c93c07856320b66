from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import connection
from proactive_tui.topics.relations.alike_in_meaning import choose_connections, connection_sentences
from tests.topics.builders import NOW, library, note, vector

LOCK = (
    "The redis lock expired while its holder was paused, and the second pod wrote to the table of invoices. "
    "So the export ran again at night."
)
LEASE = (
    "A lease is a lock: it expired while the holder was paused, and the second client wrote to the table. "
    "Only fencing helps there."
)
OTHERS = (
    "Sourdough needs stronger flour, a longer cold proof and a hotter oven than the book from the library says.",
    "The bicycle chain is worn, the rear light corroded, and the brake pads on the left are down to a millimetre.",
    "Passport offices want a photo on grey background, an appointment weeks ahead, the old document and patience.",
    "Tile servers read a single archive by byte ranges, never listing it, which makes any object store good enough.",
    "Spanish subjunctive follows verbs of doubt and wish, except where the speaker takes the thing for granted.",
)


def vault(
    one: str = LOCK, other: str = LEASE, first: str = "work/export.md", second: str = "course/leases.md"
) -> list[Note]:
    rest = [note(f"# Other {n}\n\n{text}\n", f"o{n}.md", 60 + n) for n, text in enumerate(OTHERS)]
    return [note(f"# Export\n\n{one}\n", first, 2), note(f"# Leases\n\n{other}\n", second, 40), *rest]


def found(*notes: Note) -> list[Topic]:
    mined = connection.mine_connections(library(*notes, vectors=True), NOW)
    return list(choose_connections(mined, {words: vector(words) for words in connection_sentences(mined)}))


def test_passages_of_unlinked_notes_that_belong_together_are_a_connection() -> None:
    (topic,) = found(*vault())
    assert topic.title == "Export ↔ Leases"
    assert [evidence.path for evidence in topic.evidence] == ["work/export.md", "course/leases.md"]
    assert topic.detail.since == "2026-10-14"
    assert "expired" in (topic.detail.in_common or "")
    assert float(topic.detail.similarity or 0) > 0.5


@pytest.mark.parametrize(
    "notes",
    [
        vault(f"{LOCK} See [[leases]]."),
        vault(LOCK, LOCK.replace("invoices", "orders")),
        vault(f"## Log\n\n{LOCK}", f"## Log\n\n{LEASE}"),
        vault(first="daily/2026-11-20.md", second="daily/2026-10-20.md"),
        vault(first="people/ada.md", second="people/tom.md"),
        vault("The lock expired.", "A lock expired."),
        vault(LOCK, OTHERS[0].replace("book", "baker")),
    ],
    ids=["linked", "copy", "same section of a series", "days of a journal", "people", "too short", "nothing in common"],
)
def test_what_is_no_news_together_is_none(notes: list[Note]) -> None:
    assert [topic for topic in found(*notes) if topic.title.startswith("Export")] == []


def test_without_vectors_there_are_no_connections() -> None:
    assert connection.mine_connections(library(*vault()), NOW) == []


def test_the_id_stays_when_notes_move_and_changes_with_the_words() -> None:
    (before,) = found(*vault())
    (moved,) = found(*vault(first="old/export.md"))
    (other,) = found(*vault(f"{LOCK} Mended since."))
    assert before.id == moved.id != other.id


def test_a_fresh_note_about_something_written_long_ago_matters_most() -> None:
    (fresh,) = found(*vault())
    stale = [note(each.passages[0].text, each.path, 300) for each in vault()]
    assert all(topic.salience < fresh.salience for topic in found(*stale))


def test_a_long_passage_is_quoted_where_it_says_what_is_shared() -> None:
    filler = "And so it was.\n" * 5
    (topic,) = [each for each in found(*vault(f"{filler}{LOCK}\n{filler}")) if "Leases" in each.title]
    quoted = topic.evidence[0]
    assert "redis lock expired" in quoted.text
    assert quoted.line_end - quoted.line_start <= 4


def test_taking_the_mean_away_sets_apart_what_everything_shares() -> None:
    common = np.ones(256, dtype=np.float32) / 16
    vectors = np.stack([vector(text) + 3 * common for text in OTHERS])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert float((vectors @ vectors.T)[0, 1]) > 0.8
    many = np.concatenate([vectors] * 60).astype(np.float32)
    centred = connection.centre_vectors(many, [f"{number}.md" for number in range(len(many))])
    assert abs(float((centred @ centred.T)[0, 1])) < 0.4
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_mean_of_few_notes_is_their_subject_and_stays() -> None:
    vectors = np.stack([vector(f"Kafka consumer offset rebalance {text[:20]}") for text in OTHERS])
    centred = connection.centre_vectors(vectors, [f"{number}.md" for number in range(len(vectors))])
    assert float((centred @ centred.T)[0, 1]) > 0.8 * float((vectors @ vectors.T)[0, 1])


def test_a_long_note_counts_once_against_the_mean() -> None:
    one, other = vector(LOCK), vector(OTHERS[0])
    short = connection.centre_vectors(np.stack([one, other]), ["a.md", "b.md"])
    long = connection.centre_vectors(np.stack([*[one] * 50, other]), [*["a.md"] * 50, "b.md"])
    assert long[-1] == pytest.approx(short[-1], abs=1e-5)


def test_both_sentences_are_told_and_stand_in_their_notes() -> None:
    (topic,) = found(*vault())
    assert topic.detail.relation == "both claim"
    assert (topic.detail.said or "").startswith("The redis lock expired while its holder was paused")
    assert (topic.detail.other_said or "").startswith("A lease is a lock")
    for said, evidence in zip((topic.detail.said, topic.detail.other_said), topic.evidence, strict=True):
        assert said
        assert said in evidence.text


def test_without_two_sentences_about_one_thing_there_is_none() -> None:
    listed = (
        "- redis lock\n- lock holder paused\n- expired lock\n- second pod table invoices\n- export night again table\n"
    )
    assert [topic for topic in found(*vault(listed)) if "Leases" in topic.title] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Week 1", "Week 2"),
        ("CS101 Lecture 3 - Locks", "CS101 Lecture 7 - Leases"),
        ("Locks", "Locks (copy)"),
        ("Locks", "Locks backup"),
        ("Locks 1", "Locks 2"),
        ("Woche 3", "Woche 4"),
    ],
)
def test_notes_of_a_series_and_copies_are_no_connection(first: str, second: str) -> None:
    rest = vault()[2:]
    pair = [note(f"# {first}\n\n{LOCK}\n", "a/one.md", 2), note(f"# {second}\n\n{LEASE}\n", "b/two.md", 40)]
    assert [topic for topic in found(*pair, *rest) if first in topic.title] == []


def test_notes_of_one_template_are_no_connection() -> None:
    form = "## Goal\n\nWrite what you want.\n\n## Review\n\nWhat went well today?\n\nWhat did not?\n\n## Log\n\n{}\n"
    notes = vault(form.format(LOCK), form.format(LEASE))
    assert [topic for topic in found(*notes) if "Export" in topic.title] == []


@pytest.mark.parametrize(
    ("cosine", "words", "relation", "holds"),
    [
        (0.70, "lease, lock, holder", "both claim", True),
        (0.55, "lease, lock, holder", "both claim", True),
        (0.55, "lease, lock", "both claim", False),
        (0.55, "lease, lock", "answers", True),
        (0.45, "lease, lock, holder", "answers", False),
        (0.95, "lease, lock, holder", "both claim", False),
        (0.95, "lease, lock, holder", "differs", True),
    ],
)
def test_only_sentences_near_in_meaning_are_connected(cosine: float, words: str, relation: str, holds: bool) -> None:
    (topic,) = found(*vault())
    told = replace(topic, detail=replace(topic.detail, in_common=words, relation=relation))
    one, other = topic.detail.said or "", topic.detail.other_said or ""
    near = {one: np.array([1, 0], np.float32), other: np.array([cosine, (1 - cosine**2) ** 0.5], np.float32)}
    assert [kept.id for kept in choose_connections([told], near)] == ([told.id] if holds else [])
    assert choose_connections([told], {}) == ()


def test_the_strongest_connections_of_each_note_are_kept_and_other_kinds_always() -> None:
    (topic,) = found(*vault())
    task = replace(topic, kind="task", id="t")
    many = [
        replace(topic, id=f"c{n}", salience=n / 10, evidence=(topic.evidence[0], replace(topic.evidence[1], path=path)))
        for n, path in enumerate(["a.md", "b.md", "c.md", "c.md"])
    ]
    assert [kept.id for kept in choose_connections([*many, task])] == ["t", "c3", "c1"]


def test_what_is_only_said_of_people_or_to_be_done_connects_nothing() -> None:
    party = "Tom and Ada are going to the summit about the warehouse robots in the second week of May this year."
    cleaning = "In the first week of June Ada and Tom are coming in for the big spring cleaning of the server room."
    assert [topic for topic in found(*vault(party, cleaning)) if topic.title.startswith("Export")] == []
    boxes = vault(f"- [ ] {LOCK}", f"- [ ] {LEASE}")
    assert [topic for topic in found(*boxes) if topic.title.startswith("Export")] == []


def test_addresses_and_passwords_are_never_quoted() -> None:
    secret = "The redis lock expired while its holder ada@example.org was paused and the second client wrote the table."
    assert [topic for topic in found(*vault(secret)) if "ada@" in (topic.detail.said or "")] == []
