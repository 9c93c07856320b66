"""Whose words notes and lines are: what is not the owner's is told, and what is the owner's stays so."""

from __future__ import annotations

import pytest

from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.open_ends.voices import NoteProvenance, Voice
from proactive_tui.topics.pool import run_miners
from tests.topics.builders import NOW, build_pool, library, note

TASKS: tuple[Kind, ...] = ("task",)
TASK = "# About it\n\n- [ ] order the green paint\n\nI don't know why the lid sticks.\n"


def provenance(text: str, path: str = "note.md", *others: Note) -> NoteProvenance:
    mine = note(text, path)
    return library(mine, *others).provenances[path]


@pytest.mark.parametrize(
    ("path", "voice"),
    [
        *((f"{folder}/x.md", "archived") for folder in (
            "Archive", "_archive", "4. Archive", "99 Archiv", "Projects/Archived", "Trash", "_trash", "Papierkorb",
            "ARCHIVES",
            "Corbeille", "zArchived",
        )),
        *((f"{folder}/x.md", "template") for folder in (
            "Templates", "00 Templates", "Vorlagen-Obsidian", "_resources/Templater", "Modèles", "plantillas",
            "_templates",
            "テンプレート",
        )),
        *((f"{folder}/x.md", "clipped") for folder in ("Clippings", "Readwise", "Web Clips", "Kindle Highlights")),
        ("logseq/bak/pages/x.md", "generated"),
        ("Excalidraw/Drawing.excalidraw.md", "generated"),
        ("Daily Note Template.md", "template"),
        ("template.daily.md", "template"),
        ("What Is Water (highlights).md", "clipped"),
        ("Heat/Analysis ChatGPT.md", "pasted"),
        ("Claude answers on heat pumps.md", "pasted"),
        ("Antwort von Gemini.md", "pasted"),
    ],
)  # fmt: skip
def test_paths_say_whose_a_note_is(path: str, voice: Voice) -> None:
    found = provenance(TASK, path)
    assert (found.whole.voice, found.is_own) == (voice, False)
    assert build_pool(library(note(TASK, path)), NOW) == ()


@pytest.mark.parametrize(
    ("front", "voice"),
    [
        ("archived: true", "archived"),
        ("deleted: true", "archived"),
        ("status: completed", "archived"),
        ("status: cancelled", "archived"),
        ("status: Abgeschlossen", "archived"),
        ("tags: [archived]", "archived"),
        ("author: Ann Author\nsource: https://example.org/a", "clipped"),
        ("tags: [clippings]", "clipped"),
        ("readwise_url: https://readwise.io/1", "clipped"),
        ("created: <% tp.date.now() %>", "template"),
    ],
)
def test_properties_say_whose_a_note_is(front: str, voice: Voice) -> None:
    assert provenance(f"---\n{front}\n---\n{TASK}").whole.voice == voice


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", f"---\nauthor: me\nsource: stand-up\n---\n{TASK}"),
        ("b.md", "The Apache License is short.\n\n" + TASK),
        ("c.md", "".join(f"- [ ] [[Paper {n}]] and its data\n" for n in range(20))),
        ("d.md", "# Server\n\nThe role sets {{ inventory_hostname }} and {{ ansible_user }}.\n\n" + TASK),
        ("e.md", "# Cards\n\nThe {{c1::mitochondrion}} works.\n\n" + TASK),
        ("f.md", "- {{embed [[List]]}}\n- {{query (todo TODO)}}\n- [ ] return the books\n"),
        ("g.md", "# Why does the boiler leak?\n\n- [ ] bleed the boiler\n"),
        ("h.md", "---\nstatus: active\narchived: false\ndeleted: false\n---\n" + TASK),
        ("Archives of the theatre project/i.md", TASK),
        ("Marchive/j.md", TASK),
        ("2026-11-20.md", "# {{date:YYYY-MM-DD}}\n\nMended the chair.\n\n" + TASK),
        ("k.md", "---\nurl: https://example.org\n---\n" + TASK),
        ("How templates work in Jinja and why.md", TASK),
    ],
)
def test_what_only_looks_like_others_is_the_owners(path: str, text: str) -> None:
    found = provenance(text, path)
    assert found.is_own, found
    for number, line in enumerate(text.split("\n"), 1):
        if "[ ]" in line or "don't know" in line:
            assert found.own_at(number) >= 0.5, (line, found)


@pytest.mark.parametrize(
    ("text", "line", "voice"),
    [
        ("From: Ann <a@example.org>\nTo: me\nSubject: boat\n\nCould you send the plan?\n", 5, "pasted"),
        ("Von: Ann\nGesendet: heute\nBetreff: Boot\n\nKönntest du den Plan schicken?\n", 5, "pasted"),
        ("On Mon, 2 Nov 2026, Ann wrote:\n\nCould you send the plan?\n", 3, "pasted"),
        ("[10:31] Ann: are you there?\n[10:32] Bo: yes\n[10:33] Ann: can you send it?\n", 3, "pasted"),
        ("12/05/2026, 10:31 - Ann: hi\n12/05/2026, 10:32 - Bo: hi\n12/05/2026, 10:33 - Ann: send it?\n", 3, "pasted"),
        ("**Rina:** How many hives were there?\n**Otto:** About forty.\n", 1, "pasted"),
        ("You said:\n\nHow do I tile?\n\nChatGPT said:\n\n- **Plan**: you need to measure.\n", 7, "pasted"),
        ("Sure! Here's a plan for the tiles:\n\n1. Measure the floor.\n2. Buy the tiles.\n", 4, "pasted"),
        ("It is built.\n\nWould you like me to continue with phase two?\n", 3, "pasted"),
        ("> Who owns a river?\n", 1, "clipped"),
        ('p. 12 "Who owns a river?"\n', 1, "clipped"),
        ("“What does the water remember?” (p. 40)\n", 1, "clipped"),
        ("As a user, I want to reset my password\n", 1, "reference"),
        ("What is a cell? :: The smallest unit of life\n", 1, "reference"),
        ("- [ ] \n", 1, "template"),
        ("- TODO\n", 1, "template"),
        ("You need to enable lingering for the user first.\n", 1, "reference"),
    ],
)
def test_lines_inside_a_note_are_told(text: str, line: int, voice: Voice) -> None:
    found = provenance(f"{text}\n\n## Mine\n\n- [ ] call the harbour office\n")
    assert found.voice_at(line) == voice, found
    last = text.count("\n") + 5
    assert found.own_at(last) == 1.0, found


@pytest.mark.parametrize(
    "text",
    [
        "**Date:** 2026-11-02\n**Context:** why does the slider jump?\n**Status:** open\n",
        "- 10:30 call with Ann about the boat\n- 11:15 wrote the plan\n",
        "From the harbour: is the berth free?\n",
        "> [!todo]\n> Call the harbour\n",
        "Note to self: `iced::widget` or SimulationSpace::Global?\n",
        "Ann: bring the key\n",
        "Let me know the price, I wrote to Bo.\n",
        "- proposed solution:: wait for the new structure of the index\n",
        "- [ ] TODO:: compare the events of the two searches\n",
    ],
)
def test_own_lines_that_look_alike_stay_own(text: str) -> None:
    found = provenance(text)
    assert [found.own_at(number) for number in range(1, text.count("\n") + 1) if found.own_at(number) < 0.5] == []


def test_steps_and_exercises_are_reference_but_for_the_owners_own_boxes() -> None:
    steps = "## Troubleshooting\n\n- Which tile is loose?\n- TODO call the tiler\n\n"
    text = f"# Tiles\n\n{steps}## Next steps\n\n- Grout the floor\n"
    found = provenance(text)
    assert found.voice_at(5) == "reference"
    assert found.own_at(10) == 1.0


def test_an_older_copy_follows_the_newer_one() -> None:
    lines = "".join(f"- [ ] errand number {n} for the house\n" for n in range(6))
    old, new = note(lines, "plan.md", 9), note(lines + "- one more\n", "plan of may.md", 1)
    found = library(old, new).provenances
    assert (found["plan.md"].whole.voice, found["plan of may.md"].is_own) == ("archived", True)


@pytest.mark.parametrize(
    "name",
    [
        "plan (conflicted copy 2026-11-02 103000).md",
        "plan (Ann's conflicted copy 2026-11-02).md",
        "plan.sync-conflict-20261102-103000-ABCDEFG.md",
        "plan (Case Conflict).md",
        "plan - Copy.md",
        "plan 2.md",
        "plan (1).md",
        "Copy of plan.md",
        "plan - Kopie.md",
    ],
)
def test_conflict_copies_are_archived_and_the_note_is_not(name: str) -> None:
    lines = "".join(f"- [ ] errand number {n} for the house\n" for n in range(3))
    found = library(note(lines, "plan.md", 3), note(lines, name, 1)).provenances
    assert found[name].whole.voice == "archived"
    assert found["plan.md"].is_own
    alone = library(note(lines, name, 1)).provenances
    assert alone[name].is_own, "without the note beside it, it is one"


def test_notes_that_only_share_a_form_are_no_copies() -> None:
    form = "## Tasks for the day\n\n## Notes of the day\n\n## What went well today?\n\n"
    days = [note(f"{form}- wrote about subject {n}\n", f"2026-11-0{n}.md") for n in range(1, 8)]
    assert all(found.is_own for found in library(*days).provenances.values())


def test_prompts_and_habits_that_the_days_repeat_are_no_tasks() -> None:
    boxes = "x  x x "
    days = [
        note(
            f"- [{box}] take the vitamins\n\n## Evening\n\nWhat went well today?\n- mended chair {n}\n",
            f"2026-11-0{n}.md",
        )
        for n, box in enumerate(boxes, 1)
    ]
    context = library(*days)
    assert 1 in context.habits.lines["2026-11-07.md"]
    assert not [topic for topic in build_pool(context, NOW) if topic.kind != "goal" and "vitamins" in topic.title]
    found = context.provenances["2026-11-07.md"]
    assert found.voice_at(1) == "template"
    assert found.voice_at(5) == "template"
    assert found.own_at(6) == 1.0


def test_a_task_that_was_carried_over_and_done_is_done_everywhere() -> None:
    days = [note(f"- [{box}] renew the passport\n", f"2026-11-0{n}.md") for n, box in enumerate("  x", 1)]
    context = library(*days)
    assert context.provenances["2026-11-01.md"].voice_at(1) == "archived"
    assert build_pool(context, NOW) == ()
    still = [note("- [ ] renew the passport\n", f"2026-11-0{n}.md") for n in (1, 2)]
    assert len(build_pool(library(*still), NOW)) == 1


def test_what_is_not_raised_is_listed_with_the_reason() -> None:
    cache = PoolCache()
    run_miners(library(note(TASK, "Archive/a.md"), note(TASK, "b.md")), NOW, cache=cache)
    assert [(file.path, file.reason) for file in cache.unraised] == [
        ("Archive/a.md", "archived: its folder is called Archive")
    ]


@pytest.mark.parametrize("mark", ["FILE: {name}", "==== {name} ===="])
def test_files_that_a_program_joined_are_nobodys_notes(mark: str) -> None:
    begins = [mark.format(name=f"garden {number}.md") for number in range(5)]
    joined = "\n".join(line for begin in begins for line in ("", begin, "", *(["- [ ] order the green paint"] * 40)))
    assert provenance(joined, "joined.txt").whole.voice == "generated"


def test_a_log_that_names_files_is_its_owners() -> None:
    log = "\n".join(f"- looked into garden {number}.md" for number in range(200))
    assert provenance(log, "log.md").whole.voice == "own"


def test_the_index_of_lines_follows_changes() -> None:
    cache = PoolCache()
    days = [note(f"- [{box}] renew the passport\n", f"2026-11-0{n}.md") for n, box in enumerate("  x", 1)]
    assert run_miners(library(*days), NOW, TASKS, cache) == ()
    assert len(run_miners(library(*days[:2]), NOW, TASKS, cache)) == 2
    reopened = note("- [ ] renew the passport\n", "2026-11-03.md")
    assert len(run_miners(library(*days[:2], reopened), NOW, TASKS, cache)) == 3
