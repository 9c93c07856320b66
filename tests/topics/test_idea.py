from __future__ import annotations

import time

import pytest

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import idea
from proactive_tui.topics.quoting import topic_id
from tests.topics.builders import NOW, build_pool, library, mine_each_note, note, titles

IDEAS: tuple[Kind, ...] = ("idea",)


def thought(text: str, path: str = "2026-11-20.md", days: float = 3) -> list[Topic]:
    return mine_each_note("idea", library(note(text, path, days)), NOW)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Idea: bake the rye at night.", "Bake the rye at night."),
        ("**Idea:** a shelf of cork", "A shelf of cork"),
        ("- Crazy idea: sell honey at the station", "Sell honey at the station"),
        ("Blog post idea – not yet. Blog post idea: why rye sours", "Why rye sours"),
        ("Idea for the garden: moss on the shed", "Moss on the shed"),
        ("Idee: den Zaun grün streichen", "Den Zaun grün streichen"),
        ("- Verrückte Idee: nachts backen im Hof", "Nachts backen im Hof"),
        ("Idée : repeindre la porte en bleu", "Repeindre la porte en bleu"),
        ("Idea nueva: pintar la puerta de azul", "Pintar la puerta de azul"),
        ("Idea: dipingere la porta di blu", "Dipingere la porta di blu"),
        ("Ideia: vender mel na feira", "Vender mel na feira"),
        ("Idee: een dak vol mos", "Een dak vol mos"),
        ("Pomysł: ogród na dachu", "Ogród na dachu"),
        ("アイデア：夜にパンを焼く", "夜にパンを焼く"),
        ("想法：做一个天气小站", "做一个天气小站"),
        ("## Idea: a lathe of bicycle parts\n\nThe school has forty wrecks.", "A lathe of bicycle parts"),
        ("Bake the rye at night #idea", "Bake the rye at night"),
        ("- [I] bake the rye at night", "Bake the rye at night"),
        ("> [!idea] Moss on the shed\n> It keeps it cool.", "Moss on the shed"),
        ("> [!idea]\n> Moss on the shed", "Moss on the shed"),
    ],
)
def test_what_is_called_an_idea_is_one(text: str, title: str) -> None:
    (topic,) = thought(f"{text}\n")
    assert topic.title == title
    assert topic.evidence[0].text.strip() in text


@pytest.mark.parametrize(
    "heading",
    [
        *("# Ideas", "## Ideas:", "### 💡 Ideas", "## Project ideas", "## More ideas", "## Ideas for the workshop"),
        *(
            "## Ideen",
            "## Projektideen",
            "## Idées",
            "## Idées en vrac",
            "## Otras ideas",
            "## Idee sparse",
            "## Ideias",
        ),
        *("## Ideeën", "## Pomysły", "## アイデア", "## 想法", "Ideas:", "Some ideas for the weekend:", "- Ideas"),
        *("- ## Ideas", "- Ideen:"),
    ],
)
def test_the_items_of_a_list_of_ideas_are_ideas(heading: str) -> None:
    indent = "\t" if heading.startswith("-") else ""
    items = (
        "- turn coasters of cork",
        "\t- the market has offcuts",
        "- a clock without hands",
        "- [ ] a quiet drill stand",
    )
    found = thought("\n".join([heading, *(indent + item for item in items)]) + "\n")
    assert [topic.title.rpartition(": ")[2] for topic in found] == [
        "Turn coasters of cork",
        "A clock without hands",
        "A quiet drill stand",
    ]


def test_a_note_of_ideas_is_a_list_of_them() -> None:
    assert titles(thought("- turn coasters of cork\n\n## Log\n\n- it rained on Monday\n", "ideas.md")) == [
        "Turn coasters of cork"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It rained. What if we moved the barrel under the roof? The pump has less to do then.",
        "Hm, what if we baked at night?",
        "- And what if we didn't heat the shed at all?",
        "Was wäre, wenn wir nachts backen?",
        "Et si on repeignait la porte ?",
        "¿Y si pintáramos la puerta?",
        "E se dipingessimo la porta?",
        "E se pintássemos a porta?",
        "Wat als we mos op het dak leggen?",
        "A gdybyśmy posadzili czosnek?",
    ],
)
def test_what_one_could_do_together_is_an_idea(text: str) -> None:
    assert len(thought(f"{text}\n")) == 1
    assert thought(f"> {text}\n") == [], "somebody else asked it"
    assert thought(f"{text}\n", "guide.md") == [], "a write-up for readers"


@pytest.mark.parametrize(
    "text",
    [
        *("Key idea: attention is all there is.", "The idea: keep what is hot.", "I have no idea: nothing works."),
        *("## Key ideas\n- attention everywhere", "## Main ideas of the book\n- habits are small"),
        *("## Ideas behind Raft\n- one leader at a time", "The big ideas of statistics:\n- sampling is cheap"),
        *(
            "What if we run out of flour?",
            "What if we are wrong about it?",
            "What if the disk is full?",
            "What if I fail?",
        ),
        *("Idea:", "Idea: …", "Idea: {{title}}", "## Ideas\n- Idea 1\n- Idea 2\n- foo", "idea:: bake at night"),
        *("`Idea: a line of code`", "    Idea: some code here", "> Idea: what the author says", "#idea"),
        *(
            "Idea: induct on $n$ and split the sum.",
            "## Proof\n\nIdea: split the sum in two.",
            "We like the Idea of it.",
        ),
        *("Die Idee: alles bleibt im Speicher.", "L'idée principale : tout en mémoire.", "Hauptidee: eine Leitung."),
    ],
)
def test_what_only_looks_like_an_idea_is_none(text: str) -> None:
    assert thought(f"{text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "- [x] Idea: a shelf of cork",
            "- [-] Idea: a shelf of cork",
            "~~Idea: a shelf of cork~~",
            "- DONE Idea: a shelf",
        ),
        *("## Ideas\n- [x] a shelf of cork", "## Ideas\n- ~~a shelf of cork~~", "## Ideas\n- a shelf of cork ✅"),
        *("## Ideas\n- a shelf of cork (rejected: too dear)", "## Ideas\n- a shelf of cork → done 12 May"),
        *("## Ideen\n- ein Korkregal (verworfen)", "## Idées\n- une étagère en liège (abandonnée)"),
        *("Idea: a shelf of cork. Tried it, it fell down.", "- Idea: a shelf of cork\n  - Rejected, too dear"),
        *("What if we baked at night?\n\nNo, the neighbours sleep.", "What if we baked at night? Answer: the noise."),
        "- What if we baked at night?\n  - Decided: Sundays only",
    ],
)
def test_what_was_struck_ticked_or_answered_is_none(text: str) -> None:
    assert thought(f"{text}\n") == []


def test_where_solutions_are_explained_only_a_list_or_a_tag_is_an_idea() -> None:
    solution = "# Lab\n\n## Solution\n\nIdea: split the sum.\n\nDraw the rings on glass #idea\n"
    found = thought(f"{solution}\n## Ideas for the algorithm\n\n- a ring of rings of glass\n")
    assert [topic.detail.told for topic in found] == ["tagged", "listed"]


def test_an_idea_keeps_its_id_when_it_moves_and_gets_a_label() -> None:
    (labelled,) = thought("Idea: bake the rye at night\n")
    (listed,) = thought("# Kitchen\n\n## Ideas\n\n- Bake the rye at night\n", "kitchen.md")
    assert labelled.id == listed.id == topic_id("idea", "bake the rye at night")


def test_short_ideas_are_said_with_their_subject_and_never_with_the_word_idea() -> None:
    assert titles(thought("# Garten\n\n## Ideen\n\n- Moos drauf\n", "garten.md")) == ["Garten: Moos drauf"]
    assert titles(thought("# Ideen\n\n- Moos drauf\n", "ideen.md")) == ["Moos drauf"]


def worth(days: float) -> float:
    notes = library(note("Idea: bake the rye at night\n", "note.md", days), note("Bread.", "2026-11-23.md", 0))
    (topic,) = mine_each_note("idea", notes, NOW)
    return topic.salience


def test_an_idea_is_worth_most_when_it_has_rested_and_is_not_yet_cold() -> None:
    best = worth(10)
    assert worth(0) < worth(1) < worth(3) == best == worth(21) > worth(22) > worth(60) > worth(90) > worth(400)
    assert worth(90) == pytest.approx(best * (1 + idea.LASTING_IDEA_SHARE) / 2, abs=0.001)
    assert worth(0) > worth(90)


def test_an_idea_that_is_a_task_as_well_is_offered_as_a_task() -> None:
    topics = build_pool(library(note("# Shed\n\n## Ideas\n\n- [ ] a quiet drill stand\n", "2026-11-20.md", 3)), NOW)
    assert [topic.kind for topic in topics] == ["task"]
    assert topics[0].aliases


def test_clippings_hold_no_ideas_of_their_reader() -> None:
    text = "---\nsource: https://example.org/a\nauthor: A. Writer\n---\n# Sleep\n\nIdea: sleep at night.\n"
    assert build_pool(library(note(text, "clippings/sleep.md")), NOW, IDEAS) == ()


@pytest.mark.parametrize(
    "text", ["and so what if we ", "idea idea ", "ideas for ", "e se noi ", "💡 my new ", "y si mos "]
)
def test_a_long_line_is_read_in_no_time(text: str) -> None:
    begun = time.process_time()
    thought(f"## Ideas\n\n- {text * 400}\n\n{text * 400}: x?\n")
    assert time.process_time() - begun < 2.0


def test_ripeness_is_a_share() -> None:
    assert all(0.0 <= idea._ripeness(days) <= 1.0 for days in range(0, 4000, 7))
