from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.topics import pool as pooling
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.pool import MINERS, SourceMiner, VaultMiner, merge_topics, run_miners
from tests.sources.shelf import item
from tests.topics.builders import DAY, NOW, build_pool, library, note, vector

NOTES = (
    note(
        "# Desk\n\n- [ ] buy the alarm clock, due 2026-11-24\n\nWho rotates the signing keys?\n",
        "2026-11-20-desk.md",
        3,
    ),
    note("# Peak\n\n- [ ] send Mara the figures, due 2026-11-27\n", "peak.md", 2),
    note("# Mara\n\nPromised Mara the figures by 2026-11-27.\n", "people/mara.md", 4),
)

QUESTIONS: tuple[Kind, ...] = ("open question",)
TASKS: tuple[Kind, ...] = ("task",)
THEMES: tuple[Kind, ...] = ("theme",)


def test_every_kind_has_a_miner() -> None:
    assert set(MINERS) == set(TOPIC_KINDS)


def test_the_pool_holds_what_the_notes_say_the_most_worthwhile_first() -> None:
    topics = build_pool(library(*NOTES), NOW)
    first = {topic.title: topic for topic in topics[:2]}
    assert first.keys() == {"Send Mara the figures", "Buy the alarm clock"}
    assert {topic.kind for topic in topics} == {"task", "open question"}
    assert len(first["Send Mara the figures"].evidence) == 2
    assert [topic.salience for topic in topics] == sorted((topic.salience for topic in topics), reverse=True)


def test_only_the_kinds_that_are_wanted() -> None:
    assert {topic.kind for topic in build_pool(library(*NOTES), NOW, QUESTIONS)} == {"open question"}
    assert build_pool(library(*NOTES), NOW, ()) == ()


def test_a_topic_ends_when_its_cause_does() -> None:
    ticked = note(
        "# Desk\n\n- [x] buy the alarm clock\n\nWho rotates the signing keys?\n\nAnswer: Tom.\n", "2026-11-20-desk.md"
    )
    assert build_pool(library(ticked), NOW, ("task", "open question")) == ()


def test_a_change_of_one_note_mines_that_note_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    miner = MINERS["task"]
    assert isinstance(miner, pooling.NoteMiner)

    def counted(each: Note, seen_by: MiningContext) -> list[Topic]:
        read.append(each.path)
        return miner.from_note(each, seen_by)

    monkeypatch.setitem(MINERS, "task", miner._replace(from_note=counted))
    cache = PoolCache()
    before = build_pool(library(*NOTES), NOW, cache=cache)
    assert sorted(read) == sorted(each.path for each in NOTES)
    read.clear()
    assert build_pool(library(*NOTES), NOW, cache=cache) == before
    assert read == []
    edited = note("# Peak\n\n- [ ] send Mara all figures, due 2026-11-27\n", "peak.md", 2)
    build_pool(library(NOTES[0], edited, NOTES[2]), NOW, cache=cache)
    assert read == ["peak.md"]


def test_the_cache_changes_nothing_but_the_time_it_takes() -> None:
    cache = PoolCache()
    for at in (NOW, NOW + 60, NOW + 3 * DAY):
        assert build_pool(library(*NOTES), at, cache=cache) == build_pool(library(*NOTES), at)
    fewer = library(*NOTES[:1])
    assert build_pool(fewer, NOW, cache=cache) == build_pool(fewer, NOW)
    assert set(cache.mined["task"].notes) == {NOTES[0].path}
    other_day = replace(library(*NOTES), utc_offset=-3 * 3600)
    assert build_pool(other_day, NOW, cache=cache) == build_pool(other_day, NOW)


def test_in_a_large_vault_themes_and_connections_wait_and_rest_on_nothing_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "MIN_PATIENT_PASSAGES", 1)
    mined: list[float] = []

    def about_each(context: MiningContext, at: float) -> list[Topic]:
        mined.append(at)
        return [topic_of(path) for path in context.notes]

    def topic_of(path: str) -> Topic:
        lines = quote_lines(classify_lines(note("# Pump\n", path)), 1, 1, path)
        return Topic(id=path, kind="theme", title=path, evidence=(lines,), at=NOW, cause="", salience=0.5)

    monkeypatch.setitem(MINERS, "theme", VaultMiner(about_each, 300.0))
    cache, edited = PoolCache(), note("# Peak\n\nAnother text.\n", "peak.md", 2)

    def themes(at: float, *notes: Note, days: int = 14) -> set[str]:
        context = library(*notes, vectors=True, theme_days=days)
        return {topic.id for topic in run_miners(context, at, THEMES, cache)}

    every = {known.path for known in NOTES}
    assert themes(NOW, *NOTES) == every
    changed = [edited if known.path == "peak.md" else known for known in NOTES]
    assert themes(NOW + 60, *changed) == every - {"peak.md"}, "it waits, and says nothing of what changed"
    assert len(mined) == 1
    assert cache.stale_at == NOW + 300, "then the pool is mined again"
    assert themes(NOW + 60, *changed, days=7) == every, "other settings act at once"
    assert themes(NOW + 90, *NOTES, days=7) == every - {"peak.md"}
    assert themes(NOW + 361, *NOTES, days=7) == every
    assert len(mined) == 3


def test_a_theme_is_not_named_before_its_vectors_are_there_and_keeps_its_name_while_more_come() -> None:
    lines = "Consumer lag grows after every rebalance of the notifier group."
    notes = [note(f"# Lag {number}\n\n{lines} Part {number}.\n", f"lag{number}.md", number) for number in (1, 3, 6, 9)]
    notes += [note(f"# Other {number}\n\nTiles {number} of the map.\n", f"o{number}.md", 40) for number in range(9)]
    more = [note(f"# Bread {number}\n\nRye proofs {number} hours.\n", f"b{number}.md", 1) for number in range(9)]
    cache = PoolCache()

    def themes(*held: Note, awaits: bool) -> set[str]:
        context = replace(library(*held, vectors=True), awaits_vectors=awaits)
        return {topic.title for topic in run_miners(context, NOW, THEMES, cache)}

    assert themes(*notes, awaits=True) == set()
    named = themes(*notes, awaits=False)
    assert named
    assert themes(*notes, *more, awaits=True) == named
    assert themes(*notes[1:], *more, awaits=True) == set(), "it rested on a note that is gone"
    assert len(themes(*notes, *more, awaits=False)) > 1


def test_a_kind_is_capped_and_keeps_the_most_salient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "MAX_TOPICS_PER_KIND", 2)
    items = "".join(
        f"- [ ] errand for the {word} box, due 2026-{day}\n"
        for word, day in [("wood", "11-24"), ("iron", "12-30"), ("clay", "11-26")]
    )
    topics = build_pool(library(note(items, "errands.md")), NOW, TASKS)
    assert [topic.title for topic in topics] == ["Errand for the wood box", "Errand for the clay box"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "Templates/Daily Template.md",
            "---\ndate: {{date}}\n---\n# {{title}}\n\n- [ ] what is due?\n\nWhat am I not sure about?\n",
        ),
        ("Templates/Meeting.md", "# Meeting\n\n- [ ] send the minutes to Tom\n"),
        ("LICENSE.md", "Permission is hereby granted. I don't know why.\n"),
        ("CHANGELOG.md", "# Changes\n\n- [ ] TODO: release\n"),
        ("links.md", "# Links\n\n" + "".join(f"- [Why is {n} odd?](n{n}.md)\n" for n in range(30))),
        ("daily.md", "# <% tp.file.title %>\n\n- [ ] plan <% tp.date.now() %> for @mara\n"),
    ],
)
def test_templates_licences_and_lists_of_links_hold_nothing(path: str, text: str) -> None:
    assert build_pool(library(note(text, path)), NOW) == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("boxes.md", "# Moving\n\n" + "".join(f"- [ ] carry crate {n} to the van\n" for n in range(30))),
        ("linked.md", "# Read\n\n" + "".join(f"- [ ] [[Paper {n}]] carefully\n" for n in range(30))),
        ("mixed.md", "".join(f"- [Paper {n}](p{n}.md)\n" for n in range(30)) + "- [ ] file the papers by year\n"),
        *(
            (f"{name}.md", "- [ ] order seeds for the garden\n")
            for name in ("README", "index", "History", "News", "Notice")
        ),
        ("me.md", "---\nauthor: me\nsource: stand-up\n---\n- [ ] send the sketch of the page\n"),
        ("choice.md", "The Apache License, or the GNU General Public License?\n\n- [ ] decide on the licence\n"),
    ],
)
def test_a_list_of_boxes_and_notes_with_names_of_documents_are_the_owners(path: str, text: str) -> None:
    assert build_pool(library(note(text, path)), NOW)


def test_a_note_about_templates_is_a_note() -> None:
    text = "# Jinja\n\n```\n{{ one }} {{ two }}\n```\n\nI'm not sure why `{{ three }}` is empty.\n"
    assert len(build_pool(library(note(text, "jinja.md")), NOW, QUESTIONS)) == 1


def test_a_note_that_moves_keeps_its_topics() -> None:
    ids = {topic.id for topic in build_pool(library(*NOTES), NOW)}
    moved = [changed(each, path=f"old/{each.path}") for each in NOTES]
    assert {topic.id for topic in build_pool(library(*moved), NOW)} == ids


def test_a_pool_is_mined_once_and_merged_by_the_vectors_of_the_titles_that_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    miner, weighed, asked = MINERS["task"], [], []
    assert isinstance(miner, pooling.NoteMiner)

    def counted(topic: Topic, context: MiningContext, at: float) -> Topic | None:
        weighed.append(topic.title)
        return miner.weigh(topic, context, at)

    monkeypatch.setitem(MINERS, "task", miner._replace(weigh=counted))
    errands = (
        note("# One\n\n- [ ] pay the plumber's invoice\n", "one.md"),
        note("# Two\n\n- [ ] settle what the plumber charged\n", "two.md"),
        note("# Three\n\n- [ ] water the ferns\n", "three.md"),
    )
    mined = run_miners(library(*errands), NOW, TASKS)
    assert len(merge_topics(mined)) == 3, "words alone do not tell"

    def embed_titles(titles: Collection[str]) -> dict[str, Vector]:
        asked.append(sorted(titles))
        return {title: vector("plumber bill" if "lumber" in title else title) for title in titles}

    merged = merge_topics(mined, embed_titles)
    assert len(merged) == 2
    assert {"one.md", "two.md"} in [set(topic.paths) for topic in merged]
    assert asked == [sorted(topic.title for topic in mined)], "asked once"
    assert len(weighed) == len(mined), "each topic is weighed once"


def test_what_came_with_many_notes_and_says_no_day_was_written_on_an_unknown_one() -> None:
    many = [
        note(f"# Boiler {number}\n\n- [ ] drain boiler {number}\n", f"boiler {number}.md", 0.01) for number in range(30)
    ]
    dated = note("# Stairs\n\n- [ ] sweep the stairs\n", "2026-11-22 stairs.md", 0.01)
    found = {topic.title: topic.detail.day_written for topic in build_pool(library(*many, dated), NOW, TASKS)}
    assert found["Sweep the stairs"] is None
    assert {found[title] for title in found if "boiler" in title} == {"unknown"}


@pytest.mark.parametrize("heading", ["Today", "Tasks", "Heute"])
@pytest.mark.parametrize(
    ("done", "open_too"),
    [
        ("phoned the school about the trip", "phone the school about the trip"),
        ("Waschmaschine entkalkt", "Waschmaschine entkalken"),
        ("repassé les chemises", "repasser les chemises"),
        ("reparada la persiana", "reparar la persiana"),
    ],
)
def test_a_deed_in_a_list_is_no_task(heading: str, done: str, open_too: str) -> None:
    day = note(f"## {heading}\n\n- {done}\n- buy two lamps for the hall\n", "2026-11-22.md", 1)
    assert not [
        topic for topic in build_pool(library(day), NOW) if done.split(maxsplit=1)[0].lower() in topic.title.lower()
    ]
    box = note(f"## {heading}\n\n- [ ] {done}\n- [ ] {open_too}\n", "2026-11-22.md", 1)
    assert build_pool(library(box), NOW, TASKS)


def test_a_patient_miner_does_not_follow_each_edit_and_keeps_nothing_that_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []

    def mine(context: MiningContext, at: float) -> list[Topic]:
        asked.append(at)
        return [
            Topic(
                id=path, kind="news", title=path, at=at,
                evidence=(Evidence(path=path, line_start=1, line_end=1, text="A plain remark."),),
            )
            for path in sorted(context.notes)
        ]  # fmt: skip

    monkeypatch.setitem(MINERS, "news", SourceMiner("news", mine, patience=3600.0))
    told = note_of_item(item("a", source="news"))
    cache = PoolCache()
    kinds: tuple[Kind, ...] = ("news",)
    start = 3600.0 * (NOW // 3600.0)

    def mined(*notes: Note, at: float = start) -> list[str]:
        context = replace(library(*notes), items={told.path: told})
        return [topic.id for topic in run_miners(context, at, kinds, cache)]

    one, other = note("A plain remark.\n", "one.md"), note("A plain remark.\n", "other.md")
    assert mined(one, other) == ["one.md", "other.md"]
    assert mined(note("Another remark.\n", "one.md"), other, at=start + 60) == ["other.md"]
    assert len(asked) == 1
    assert mined(note("Another remark.\n", "one.md"), other, at=start + 3600) == ["one.md", "other.md"]
    assert mined(other, at=start + 3700) == ["other.md"]
    assert len(asked) == 3
