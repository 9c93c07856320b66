"""What a theme covered and what comes next in it."""

from __future__ import annotations

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import theme
from proactive_tui.topics.learning_path.next_in_theme import find_missing_note
from tests.topics.builders import NOW, library, note

TEXT = "The consumer group of Kafka rebalances when a consumer of the group leaves, and the offsets move. {}"


def course(*tails: str) -> list[Note]:
    names = ("Kafka groups", "Kafka offsets", "Kafka rebalances", "Kafka lag")
    return [
        note(f"# {names[number]}\n\n{TEXT.format(tail)}\n", f"kafka/{number}.md", 12 - 3 * number)
        for number, tail in enumerate(tails)
    ]


def others(count: int = 6) -> list[Note]:
    texts = (
        "Sourdough needs stronger flour and a longer proof than the book says.",
        "The bike chain is worn and the rear light is corroded again.",
        "The passport office wants a photo with a grey background.",
    )
    return [note(f"# Other\n\n{texts[n % 3]} Number {n}.\n", f"o{n}.md", 30 + 9 * n) for n in range(count)]


def only_theme(*notes: Note) -> Topic:
    (topic,) = theme.mine_themes(library(*notes, *others(), vectors=True), NOW)
    return topic


def test_a_theme_says_what_was_covered_in_order_in_few_notes() -> None:
    topic = only_theme(*course("", "", "", ""))
    assert topic.detail.covered == "Kafka groups → Kafka offsets → Kafka rebalances → Kafka lag"
    assert topic.title.startswith("Kafka")
    assert [evidence.path for evidence in topic.evidence] == [f"kafka/{number}.md" for number in range(4)]


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nTags matter. [[other thing]]\n\nHow does the consumer keep its offsets when the broker dies?",
        "\n\n- [ ] try the consumer with static membership",
    ],
)
def test_what_is_open_in_it_comes_next_and_is_a_source(tail: str) -> None:
    topic = only_theme(*course("", "", tail, ""))
    assert topic.detail.open_end
    assert topic.detail.next
    assert topic.detail.open_end.split()[-1].strip("?") in topic.evidence[-1].text


@pytest.mark.parametrize("link", ["[[Log compaction]]", "[[log-compaction|compaction]]", "[[kafka/Log compaction]]"])
def test_what_its_notes_link_to_without_a_note_comes_next(link: str) -> None:
    topic = only_theme(*course(f"See {link} there.", "", f"So {link}.", ""))
    assert (topic.detail.missing_note or "").lower().replace("-", " ") == "log compaction"
    assert any("ompaction" in evidence.text for evidence in topic.evidence)


@pytest.mark.parametrize(
    "line",
    [
        "Prerequisite: Vector clocks",
        "I need to understand vector clocks first.",
        "Voraussetzung: Vector clocks.",
        "Prérequis : Vector clocks",
    ],
)
def test_a_prerequisite_that_was_never_written_up_comes_next(line: str) -> None:
    topic = only_theme(*course("", f"\n\n{line}", "", ""))
    assert (topic.detail.missing_note or "").lower() == "vector clocks"


@pytest.mark.parametrize(
    "link", ["[[Kafka lag]]", "[[2026-11-20]]", "![[drawing.png]]", "[site](https://example.org/x)", "[[o1]]"]
)
def test_notes_that_are_there_days_and_files_are_not_missing(link: str) -> None:
    notes = course(link, "", "", "")
    assert find_missing_note(notes, library(*notes, *others())) is None


def test_nothing_open_and_nothing_missing_is_no_next_step() -> None:
    topic = only_theme(*course("", "", "", ""))
    assert (topic.detail.next, topic.detail.open_end, topic.detail.missing_note) == (None, None, None)


def test_names_are_words_of_headings_and_not_of_templates_people_or_numbers() -> None:
    mara = note("---\ntags: [people]\n---\n# Mara\n\nColleague.\n", "people/mara.md", 40)
    tails = ["Mara hopes that three of them exactly already work."] * 4
    topic = only_theme(*course(*tails), mara)
    words = {word.lower() for word in (topic.detail.words or "").split(", ")}
    assert words & {"kafka", "group", "consumer"}
    assert not words & {"mara", "three", "already", "exactly", "hopes"}


def test_words_that_no_title_tag_or_link_has_name_no_theme() -> None:
    hope = "I hope the rest of the evening is quiet, three of us hope for rest and for a quiet evening."
    days = [note(f"# 2026-11-{20 - day}\n\n{hope}\n", f"daily/2026-11-{20 - day}.md", 3 + day) for day in range(4)]
    assert theme.mine_themes(library(*days, *others(), vectors=True), NOW) == []


def test_a_theme_is_called_by_the_terms_that_titles_and_tags_have() -> None:
    notes = [
        note(
            f"---\ntags: [rain-barrel]\n---\n# {title}\n\nImran says the rain barrel feeds the garden pump.\n",
            f"{title}.md",
            2 + day,
        )
        for day, title in enumerate(
            ("Garden pump loses pressure", "A filter for the garden pump", "The old garden pump")
        )
    ]
    topic = only_theme(*notes)
    assert topic.title == "garden pump and rain barrel"


def test_headings_that_many_notes_have_are_parts_of_a_form() -> None:
    form = "## Must dos\n\nThe consumer of the queue must be tuned today.\n\n## Standup meeting\n\nThe consumer lags.\n"
    days = [note(f"# 2026-11-{20 - day}\n\n{form}", f"daily/2026-11-{20 - day}.md", 3 + day) for day in range(6)]
    assert theme.mine_themes(library(*days, *others(), vectors=True), NOW) == []


def test_people_and_general_titles_are_not_what_was_covered() -> None:
    ada = note(f"# Ada\n\n{TEXT.format('')}\n", "people/ada.md", 2)
    about = note(f"# Notes\n\n{TEXT.format('')}\n", "kafka/notes.md", 2.5)
    assert (
        only_theme(*course("", "", ""), ada, about).detail.covered == "Kafka groups → Kafka offsets → Kafka rebalances"
    )
