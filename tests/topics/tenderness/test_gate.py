from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.topics import theme
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.tenderness.gate import is_tender_opener, is_tender_topic, may_raise_tender
from tests.topics.builders import NOW, build_pool, library, note
from tests.topics.test_theme import background, story

DIARY = """# Sat 28 Nov

Retro with the team. It went ok.

Why do I even try? Nobody reads my design docs. Am I good enough for this job?
I hate this. What is wrong with me?

The therapist asked: what would you tell a friend? I don't know.
My father is in hospital again. Will he make it?
Broke up with Lena. I wonder if she was right.

- [ ] ask HR about the severance package before 2026-12-01
"""
GERMAN = """# 2026-11-22

- [ ] Termin bei der Psychotherapeutin verschieben
- [ ] Rechnung an Frau Kern schicken, bis 27.11.2026

Warum hat Papa wieder getrunken? Ich weiß nicht mehr weiter.
"""
FRENCH = """# 2026-11-22

Pourquoi maman est-elle encore à l'hôpital ? Est-ce qu'elle va mourir ?

- [ ] envoyer le devis à Karim avant le 2026-11-27
"""


def quoted(*notes: Note, cache: PoolCache | None = None, folders: tuple[str, ...] = ()) -> dict[str, set[int]]:
    """The lines that the topics of these notes quote, by note."""
    context = library(*notes)
    out: dict[str, set[int]] = {}
    for topic in build_pool(replace(context, raise_tender_in=folders), NOW, cache=cache):
        for lines in topic.evidence:
            out.setdefault(lines.path, set()).update(range(lines.line_start, lines.line_end + 1))
    return out


@pytest.mark.parametrize(
    ("text", "held", "raised"),
    [(DIARY, {5, 6, 8, 9, 10}, 12), (GERMAN, {3, 6}, 4), (FRENCH, {3}, 5)],
    ids=["en", "de", "fr"],
)
def test_tender_lines_are_in_no_topic_and_the_task_below_is(text: str, held: set[int], raised: int) -> None:
    cache = PoolCache()
    lines = quoted(note(text, "2026-11-22.md"), cache=cache)["2026-11-22.md"]
    assert not lines & held
    assert raised in lines
    assert cache.held_back > 0


@pytest.mark.parametrize(("path", "let_in"), [("diary/2026-11-22.md", True), ("work/2026-11-22.md", False)])
def test_a_folder_can_be_let_in(path: str, let_in: bool) -> None:
    lines = quoted(note(DIARY, path), folders=("diary/",))[path]
    assert (9 in lines) == let_in
    assert bool(lines & {5, 6, 8, 9, 10}) == let_in


def test_folders_by_whole_names() -> None:
    assert may_raise_tender("diary/a.md", ("diary",))
    assert may_raise_tender("diary/2026/a.md", (" /diary/ ",))
    assert may_raise_tender("a.md", (".",))
    assert not may_raise_tender("diary2/a.md", ("diary",))
    assert not may_raise_tender("a.md", ())


def topic_of(where: Note, line: int, title: str = "") -> Topic:
    text = "\n".join(passage.text for passage in where.passages).split("\n")[line - where.passages[0].line_start]
    lines = Evidence(path=where.path, line_start=line, line_end=line, text=text)
    return Topic(id="t", kind="open question", title=title or text, evidence=(lines,), at=NOW)


def test_a_line_beside_a_tender_one_is_held_where_it_is_about_the_same() -> None:
    day = note("My sister has cancer.\nI wonder if she was right.\n\nWhy is the export slow?\n", "day.md")
    assert is_tender_topic(topic_of(day, 2), {"day.md": day})
    assert not is_tender_topic(topic_of(day, 4), {"day.md": day})
    alone = note("The talk was long.\nI wonder if she was right.\n", "day.md")
    assert not is_tender_topic(topic_of(alone, 2), {"day.md": alone})


def test_a_title_or_a_heading_can_be_tender_too() -> None:
    plain = note("Order the flowers\n", "list.md")
    assert not is_tender_topic(topic_of(plain, 1), {"list.md": plain})
    assert is_tender_topic(topic_of(plain, 1, "Dad's funeral: order the flowers"), {"list.md": plain})
    named = note("# Mum's funeral\n\nOrder the flowers\n", "list.md")
    assert is_tender_topic(topic_of(named, 3), {"list.md": named})


def test_tender_passages_take_no_part_in_a_theme() -> None:
    illness = "Dad is in hospital, chemo number {}, and I am afraid that the cancer is back, mum cried."
    assert theme.mine_themes(library(*story([1, 3, 6, 9], illness), *background(), vectors=True), NOW) == []
    context = library(*story([1, 3, 6, 9], illness), *background(), vectors=True)
    assert len(theme.mine_themes(replace(context, raise_tender_in=(".",)), NOW)) == 1


def test_the_words_of_an_opener_are_judged_too() -> None:
    plain = topic_of(note("Order the flowers\n", "list.md"), 1)
    assert is_tender_opener("Your father died last week. Did you order flowers?", plain, ())
    assert not is_tender_opener("You wanted to order flowers. Is that done?", plain, ())
    assert not is_tender_opener("Your father died last week. Did you order flowers?", plain, (".",))


def test_what_is_held_is_counted_and_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    cache = PoolCache()
    with caplog.at_level(logging.DEBUG):
        quoted(note(DIARY, "2026-11-22.md"), cache=cache)
    assert f"{cache.held_back} topics are tender" in caplog.text
    assert "father" not in caplog.text
    assert "Lena" not in caplog.text
    assert not any("father" in repr(key) for key in cache.tender)
