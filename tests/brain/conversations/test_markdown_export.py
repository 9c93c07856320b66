from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui import config
from proactive_tui.brain.conversations import markdown_export
from proactive_tui.errors import ProactiveError
from proactive_tui.journal.forget import PathSet
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.paths import PRIVATE_UMASK, private_umask
from proactive_tui.sources.rules import Rules

AT = 1_772_532_000.0
SOURCE = Evidence(path="raft/lease.md", line_start=41, line_end=43, text="A lease needs a bound.")
TALK = Conversation(
    id="c1",
    title="Leases:\nand *clocks*",
    at=AT,
    turns=(
        Turn(role="assistant", text="Did you find out?", at=AT, spoken_by="template"),
        Turn(role="user", text="No.", at=AT + 60),
        Turn(
            role="assistant", text="A lease needs a bound [1].", at=AT + 90, sources=(SOURCE,), spoken_by="ollama:q:4b"
        ),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    (notes / "old").mkdir(parents=True)
    (notes / "old" / "there.md").write_text("mine")
    (notes / ".proactiveignore").write_text("secret/\n")
    (notes / "out").symlink_to(tmp_path, target_is_directory=True)
    return notes


def rules(folder: Path) -> Rules:
    return Rules(folder, config.NotesConfig(exclude=("drafts/",)))


def test_a_conversation_as_markdown() -> None:
    text = markdown_export.conversation_markdown(TALK)
    assert text.startswith("# Leases: and *clocks*\n\n*From a conversation with proactive-tui, ")
    assert text.endswith(
        "## From your notes\n\nDid you find out?\n\n## You\n\nNo.\n\n"
        "## q:4b\n\nA lease needs a bound [1].\n\n1. raft/lease.md, line 41\n"
    )


def test_an_item_is_called_what_it_is_there() -> None:
    origin = ItemOrigin(source="forge", form="comment", author="Mara", address="https://forge.example/1")
    said = structs.replace(SOURCE, path="forge://github.com/IC_1", origin=origin)
    talk = structs.replace(TALK, turns=(structs.replace(TALK.turns[-1], sources=(said, SOURCE)),))
    text = markdown_export.conversation_markdown(talk)
    assert text.endswith("1. comment · by Mara · https://forge.example/1\n2. raft/lease.md, line 41\n")


def test_the_last_reply_alone() -> None:
    text = markdown_export.conversation_markdown(TALK, last=True)
    assert text.endswith(".*\n\nA lease needs a bound [1].\n\n1. raft/lease.md, line 41\n")
    assert "Did you" not in text


def test_nothing_said_is_nothing_to_write() -> None:
    with pytest.raises(ProactiveError, match="nothing to write"):
        markdown_export.conversation_markdown(Conversation(id="c", title="", at=AT, turns=()))


@pytest.mark.parametrize(
    ("name", "path"),
    [("a note", "a note.md"), (" new/deep/x ", "new/deep/x.md"), ("x.MD", "x.MD"), ("v1.2", "v1.2.md")],
)
def test_a_name_becomes_a_path_in_the_folder(folder: Path, name: str, path: str) -> None:
    assert markdown_export.resolve_new_note(folder, rules(folder), name) == path


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "no name"),
        ("/etc/x", "no name"),
        ("../x", "no name"),
        ("a/../../x", "no name"),
        ("~/x", "no name"),
        ("a//b", "no name"),
        ("a\\b", "no name"),
        ("a\x00b", "no name"),
        (".hidden", "hidden"),
        ("a/.b/c", "hidden"),
        ("secret/x", "excluded by .proactiveignore"),
        ("drafts/x", "excluded by notes.exclude"),
        ("out/x", "leads out of the folder"),
        ("old/there", "a file by that name"),
    ],
)
def test_what_is_refused_says_why_and_writes_nothing(folder: Path, name: str, why: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(ProactiveError, match=why):
        markdown_export.resolve_new_note(folder, rules(folder), name)
    assert sorted(folder.rglob("*")) == before


def test_a_name_that_is_no_note_is_refused(folder: Path) -> None:
    with pytest.raises(ProactiveError, match=r"notes\.include"):
        markdown_export.resolve_new_note(folder, Rules(folder, config.NotesConfig(include=("*.txt",))), "x")


def test_writing_makes_folders_and_never_overwrites(folder: Path) -> None:
    markdown_export.write_new_file(folder / "new" / "x.md", b"text", 0o022)
    assert (folder / "new" / "x.md").read_bytes() == b"text"
    with pytest.raises(ProactiveError, match="a file by that name"):
        markdown_export.write_new_file(folder / "old" / "there.md", b"other", 0o022)
    assert (folder / "old" / "there.md").read_text() == "mine"
    with pytest.raises(ProactiveError, match="cannot be written"):
        markdown_export.write_new_file(folder / "old" / "there.md" / "x.md", b"other", 0o022)


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o027, 0o077])
def test_a_note_has_the_modes_that_its_owners_umask_gives_although_the_brain_is_private(
    folder: Path, umask: int
) -> None:
    with private_umask():
        markdown_export.write_new_file(folder / "a" / "b" / "x.md", b"text", umask)
    modes = [
        stat.S_IMODE(each.stat().st_mode) for each in (folder / "a", folder / "a" / "b", folder / "a" / "b" / "x.md")
    ]
    assert modes == [0o777 & ~umask, 0o777 & ~umask, 0o666 & ~umask]


def test_an_export_is_named_by_day_and_title_and_counted(tmp_path: Path, folder: Path) -> None:
    exports = tmp_path / "exports"
    first = markdown_export.resolve_export_file(exports, folder, TALK, "")
    assert first.name == "2026-03-03 Leases and clocks.md"
    markdown_export.write_new_file(first, b"1", PRIVATE_UMASK)
    assert first.stat().st_mode & 0o077 == 0
    assert markdown_export.resolve_export_file(exports, folder, TALK, " ").name == "2026-03-03 Leases and clocks 2.md"


def test_an_export_may_be_named(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    exports = tmp_path / "exports"
    assert markdown_export.resolve_export_file(exports, folder, TALK, "mine") == exports / "mine.md"
    assert markdown_export.resolve_export_file(exports, folder, TALK, f"{tmp_path}/x.md") == tmp_path / "x.md"
    assert markdown_export.resolve_export_file(exports, folder, TALK, "~/x") == tmp_path / "home" / "x.md"
    for name, why in (
        (str(folder / "x"), "in the notes folder"),
        (str(folder / "old" / "there.md"), "in the notes folder"),
        ("../x", "no name"),
    ):
        with pytest.raises(ProactiveError, match=why):
            markdown_export.resolve_export_file(exports, folder, TALK, name)
    (tmp_path / "x.md").write_text("mine")
    with pytest.raises(ProactiveError, match="a file by that name"):
        markdown_export.resolve_export_file(exports, folder, TALK, f"{tmp_path}/x")


def test_exports_go_that_cite_a_note_by_any_of_its_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(markdown_export.conversation_markdown(TALK))
    markdown_export.remove_exports(tmp_path, PathSet(["raft/lease"]))
    assert len(list(tmp_path.iterdir())) == 2
    markdown_export.remove_exports(tmp_path, PathSet(["new/lease.md"], [("raft/lease.md", "new/lease.md")]))
    assert not list(tmp_path.iterdir())
    markdown_export.remove_exports(tmp_path / "none", None)


@pytest.mark.skipif(os.name == "nt", reason="names of files there may not hold these")
def test_a_title_of_signs_alone_still_names_a_file() -> None:
    hostile = Conversation(id="c", title="../..\x1b<>|?*" + "é" * 300, at=AT, turns=())
    name = markdown_export.title_file_name(hostile)
    assert "/" not in name
    assert "\x1b" not in name
    assert len(name.encode()) < 140
    assert (
        markdown_export.title_file_name(Conversation(id="c", title="???", at=AT, turns=())) == "2026-03-03 conversation"
    )
