"""What the guide says of a folder before anything is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.errors import NotesError
from proactive_tui.setup import steps
from proactive_tui.setup.first_look import FirstLook
from proactive_tui.setup.note_styles import describe_styles, recognise_styles
from proactive_tui.setup.notes_look import count_people, look_at_notes


def write(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return [name for name in names if name.endswith((".md", ".txt"))]


@pytest.mark.parametrize(
    ("names", "styles"),
    [
        ((".obsidian/app.json", "a.md"), ("Obsidian",)),
        (("logseq/config.edn", "pages/a.md"), ("Logseq",)),
        (("journals/2026_11_30.md", "pages/a.md"), ("Logseq",)),
        (("dendron.yml", "root.md"), ("Dendron",)),
        (tuple(f"proj.plan.{number}.md" for number in range(12)), ("Dendron",)),
        ((".foam/x", "a.md"), ("Foam",)),
        (("todo.txt",), ("todo.txt",)),
        ((".obsidian/app.json", "lists/todo.txt"), ("Obsidian", "todo.txt")),
        (("a.md", "b.md", "c.txt"), ("Markdown",)),
        (("a.txt",), ("plain text",)),
        (("v1.2.md", "notes 3.5.md", "2026.11.30.md"), ("Markdown",)),
        ((), ()),
    ],
)
def test_how_notes_are_kept(tmp_path: Path, names: tuple[str, ...], styles: tuple[str, ...]) -> None:
    assert recognise_styles(tmp_path, write(tmp_path, *names)) == styles


def test_foam_by_what_its_editor_recommends(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "extensions.json").write_text('{"recommendations": ["foam.foam-vscode"]}')
    assert recognise_styles(tmp_path, write(tmp_path, "a.md")) == ("Foam",)


def test_styles_in_words() -> None:
    assert describe_styles(("Logseq",)) == "Logseq: blocks, properties, TODO and DONE, journals"


def test_what_the_example_notes_hold(example_notes: Path) -> None:
    steps: list[FirstLook] = []
    found = look_at_notes(example_notes, steps.append)
    assert found.done
    assert found.read == found.total > 50
    assert found.open_ends["task"] > 10
    assert found.open_ends["open question"] > 5
    assert found.people >= 3
    assert found.days > 20
    assert steps[-1].describe() == f"Looking for what is open in {found.total} notes …"


def test_in_words() -> None:
    assert FirstLook(read=1, total=1, done=True).describe() == "Found in 1 note: nothing open yet."
    look = FirstLook(read=2000, total=7000, open_ends={"task": 1, "thread": 2}, people=1, days=3, done=True)
    assert look.describe() == (
        "Found in the 2,000 newest of 7,000 notes: 1 task, 2 loose threads, 1 person, 3 daily notes."
    )


def test_one_person_has_a_first_name_and_a_name() -> None:
    assert count_people({"Mara", "Mara Lind", "Jonas"}) == 2


FOREIGN = {
    "bahn.md": "Die Fahrkarten nach Leipzig sind gebucht, das Hotel fehlt noch.",
    "pain.md": "Le pain a levé toute la nuit, et la croûte est enfin bien dorée.",
    "врач.md": "Записаться к врачу на следующей неделе и забрать анализы.",
    "会議.md": "明日の会議の資料を準備して、田中さんに送ること。",
}
ENGLISH = {
    "bread.md": "The dough rests overnight and is folded every half hour.",
    "trip.md": "The tickets are booked, but the hotel is still missing.",
    "git.md": "How to undo the last commit without losing what was changed.",
}


@pytest.mark.parametrize(
    ("notes", "foreign"),
    [
        (FOREIGN, True),
        (ENGLISH, False),
        (FOREIGN | ENGLISH, True),
        (ENGLISH | {"bahn.md": FOREIGN["bahn.md"]}, False),
        ({"code.md": "```\nx = 1\n```"}, False),
        ({}, False),
    ],
    ids=["foreign", "English", "more foreign", "more English", "no words", "no notes"],
)
def test_notes_that_are_mostly_not_english_get_the_model_for_many_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: dict[str, str], foreign: bool
) -> None:
    for name, text in notes.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    look = look_at_notes(tmp_path)
    assert look.is_foreign is foreign
    monkeypatch.setattr(steps, "find_spec", lambda _: object())
    model, why = steps.choose_index_model(look)
    assert (model, bool(why)) == (("multilingual", True) if foreign else ("", False))
    assert steps.SetupAnswers(index_model=model).config_values.get("index.model", "") == model
    monkeypatch.setattr(steps, "find_spec", lambda _: None)
    model, why = steps.choose_index_model(look)
    assert (model, "proactive-tui[multilingual]" in why) == ("", foreign)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(NotesError):
        look_at_notes(tmp_path / "none")
