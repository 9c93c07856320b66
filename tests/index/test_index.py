from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from proactive_tui.config import Config, NotesConfig, SensorsConfig
from proactive_tui.errors import IndexingError
from proactive_tui.index import index as index_module
from proactive_tui.index.catalogs import boilerplate_lines, note_catalog
from proactive_tui.index.catalogs.boilerplate_lines import (
    count_notes_by_key,
    find_recurring_keys,
    least_notes,
    note_line_keys,
)
from proactive_tui.index.embedder import Vectors
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.markdown import parse_note
from proactive_tui.index.vectors import passage_vectors
from proactive_tui.model.note_values import LineRun, Note
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

Open = Callable[..., NoteIndex]

LEADER = "# Leader election\n\n## Leases\n\n{leases}\n\n## Timeouts\n\n{timeouts}\n"
LEASES = "A lease expires when the clock of its holder runs ahead of the others. " * 4
TIMEOUTS = "Randomised timeouts keep two candidates from splitting the vote forever. " * 4


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "2026-11-03.md").write_text("# Tuesday\n\nBaked bread with the new starter.\n")
    (folder / "raft").mkdir()
    (folder / "raft" / "2026-11-09 election.md").write_text(LEADER.format(leases=LEASES, timeouts=TIMEOUTS))
    return folder


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def reopen(tmp_path: Path, notes: Path, embedder: WordEmbedder) -> Iterator[Open]:
    opened: list[NoteIndex] = []
    (tmp_path / "data").mkdir()

    def again(use: WordEmbedder = embedder, config: Config | None = None) -> NoteIndex:
        for each in opened:
            each.close()
        opened[:] = [NoteIndex(DataPaths(tmp_path / "data"), notes, config or Config(), use)]
        return opened[0]

    yield again
    for each in opened:
        each.close()


@pytest.fixture
def index(reopen: Open) -> NoteIndex:
    index = reopen()
    index.refresh()
    return index


def embed_all(index: NoteIndex) -> None:
    while index.vectors.embed_batch(10):
        pass


def found(index: NoteIndex, query: str, **how: bool) -> list[str]:
    return [hit.passage.path for hit in index.search(query, 10, **how)]


ELECTION = "raft/2026-11-09 election.md"


def test_words_come_first(index: NoteIndex, embedder: WordEmbedder) -> None:
    assert found(index, "starter") == ["2026-11-03.md"]
    assert found(index, "lease holder") == [ELECTION]
    assert embedder.calls == 0
    status = index.status()
    assert (status.watched, status.indexed, status.embedded) == (2, 2, 0)
    assert (index.passage_count, index.vectors.pending_count, index.vectors.count) == (3, 3, 0)
    assert index.vectors.find_nearest(np.ones(32, dtype=np.float32), 5) == {}
    assert index.vectors.of_passages(["unknown"]) == {}


def test_vectors_follow_newest_notes_first(index: NoteIndex, embedder: WordEmbedder) -> None:
    assert index.vectors.embed_batch(2) == 1
    assert all("Leader election" in text for text in embedder.texts)
    assert index.status().embedded == 1
    assert index.vectors.embed_batch(2) == 0
    assert index.status().embedded == 2
    assert index.vectors.embed_batch(2) == 0
    assert embedder.calls == 2


def test_search_fuses_words_and_meaning(index: NoteIndex, embedder: WordEmbedder) -> None:
    embed_all(index)
    (hit, *_) = index.search("randomised vote", 5)
    assert hit.passage.heading == ("Leader election", "Timeouts")
    assert hit.score == 1.0
    assert set(hit.channels) == {"words", "meaning"}
    assert len(found(index, "randomised vote")) == 3
    assert found(index, "randomised vote", meaning=False) == [ELECTION]
    calls = embedder.calls
    assert index.search("  ", 5) == []
    assert embedder.calls == calls
    assert index.search("vote", 0) == []


def test_near_matching_and_vectors_speak_of_passages(index: NoteIndex, embedder: WordEmbedder) -> None:
    embed_all(index)
    leases, timeouts = index.notes[ELECTION].passages
    near = index.vectors.find_nearest(embedder.embed(["randomised timeouts split the vote"])[0], 2)
    assert next(iter(near)) == timeouts.id
    assert len(near) == 2
    assert all(0 <= each <= 1 for each in near.values())
    matching = index.search_words("the clock of a lease, and a vote", 5)
    assert matching[leases.id] == 1.0
    assert 0 < matching[timeouts.id] < 1
    vectors = index.vectors.of_passages([leases.id, timeouts.id, "unknown"])
    assert vectors.keys() == {leases.id, timeouts.id}
    assert np.linalg.norm(vectors[leases.id]) == pytest.approx(1, abs=1e-5)


def test_vectors_are_read_back_after_a_restart(index: NoteIndex, reopen: Open, embedder: WordEmbedder) -> None:
    embed_all(index)
    leases = index.notes[ELECTION].passages[0].id
    kept = index.vectors.of_passages([leases])[leases]
    index = reopen()
    np.testing.assert_allclose(index.vectors.of_passages([leases])[leases], kept, atol=1e-6)


def test_editing_one_section_embeds_that_section(index: NoteIndex, notes: Path, embedder: WordEmbedder) -> None:
    embed_all(index)
    embedder.texts.clear()
    (notes / ELECTION).write_text(LEADER.format(leases="Another thought. " + LEASES, timeouts=TIMEOUTS))
    changes = index.apply_changes([ELECTION])
    assert (changes.changed, changes.removed, changes.moved) == (frozenset({ELECTION}), frozenset(), {})
    embed_all(index)
    assert len(embedder.texts) == 1
    assert "Another thought" in embedder.texts[0]


@pytest.mark.parametrize("by", ["take", "refresh"])
def test_moving_notes_and_folders_embeds_nothing(
    index: NoteIndex, notes: Path, embedder: WordEmbedder, by: str
) -> None:
    embed_all(index)
    embedder.texts.clear()
    (notes / "2026-11-03.md").rename(notes / "raft" / "bread.md")
    (notes / "raft").rename(notes / "deep")
    changes = index.apply_changes(["2026-11-03.md", "raft", "deep"]) if by == "take" else index.refresh()
    assert changes.moved == {"2026-11-03.md": "deep/bread.md", ELECTION: "deep/2026-11-09 election.md"}
    assert changes.changed == set(changes.moved.values())
    assert changes.removed == set(changes.moved)
    embed_all(index)
    assert embedder.texts == []
    assert found(index, "starter", meaning=False) == ["deep/bread.md"]


def test_a_restart_with_nothing_changed_reads_and_embeds_nothing(
    index: NoteIndex, reopen: Open, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed_all(index)
    before = dict(index.notes)
    calls = embedder.calls
    monkeypatch.setattr(note_catalog, "read_note", lambda *_: pytest.fail("read a file that did not change"))
    index = reopen()
    assert not index.refresh()
    assert dict(index.notes) == before
    assert index.vectors.pending_count == 0
    assert index.vectors.embed_batch(5) == 0
    assert embedder.calls == calls


def test_what_changed_while_nobody_ran_is_caught_up_with(index: NoteIndex, reopen: Open, notes: Path) -> None:
    embed_all(index)
    index.close()
    (notes / "2026-11-03.md").unlink()
    (notes / "new.txt").write_text("A plain thought about kites.")
    index = reopen()
    changes = index.refresh()
    assert (changes.changed, changes.removed) == (frozenset({"new.txt"}), frozenset({"2026-11-03.md"}))
    assert found(index, "starter", meaning=False) == []
    assert found(index, "kites")[0] == "new.txt"


def test_a_stopped_index_goes_on_where_it_was(reopen: Open, notes: Path, embedder: WordEmbedder) -> None:
    for number in range(10):
        (notes / f"{number}.md").write_text(f"Thought number {number} about thing {chr(97 + number) * 3}.")
    index = reopen()
    assert index.refresh(4).left == 8
    assert index.status().watched == 12
    assert index.status().indexed == 4
    index = reopen()
    assert index.refresh(5).left == 3
    assert index.refresh(5).left == 0
    assert index.vectors.embed_batch(3) == 10
    index = reopen()
    assert index.vectors.pending_count == 10
    embed_all(index)
    assert len(embedder.texts) == len(set(embedder.texts)) == 13


def test_a_batch_may_come_in_the_middle_of_a_sweep(index: NoteIndex, notes: Path) -> None:
    for number in range(4):
        (notes / f"{number}.md").write_text(f"Thought {number}.")
    (notes / "2026-11-03.md").rename(notes / "later.md")
    assert index.refresh(1).left
    (notes / "2026-11-03.md").write_text("Back again.")
    (notes / "3.md").unlink()
    index.apply_changes(["2026-11-03.md", "3.md"])
    while index.refresh(1).left:
        pass
    assert set(index.notes) == {"0.md", "1.md", "2.md", "later.md", "2026-11-03.md", ELECTION}


def test_another_model_embeds_again(index: NoteIndex, reopen: Open) -> None:
    embed_all(index)
    other = WordEmbedder("words-2", 16)
    index = reopen(other)
    assert index.status().embedded == 0
    embed_all(index)
    assert len(other.texts) == 3
    assert index.vectors.find_nearest(other.embed(["bread"])[0], 5)


def other_form(identity: str = "words-2", older: str = "words-1") -> WordEmbedder:
    embedder = WordEmbedder(identity)
    embedder.older_forms = (older,)
    return embedder


def test_vectors_of_an_older_form_serve_until_they_are_made_again(index: NoteIndex, reopen: Open, notes: Path) -> None:
    embed_all(index)
    index.vectors.titles.find(["Leases"])
    newer = other_form()
    index = reopen(newer)
    assert (index.status().embedded, index.vectors.pending_count) == (2, 3)
    assert found(index, "lease of the holder")[0] == ELECTION
    assert index.search("lease of the holder", 1)[0].channels.keys() == {"words", "meaning"}
    assert len(index.vectors.of_passages(passage.id for note in index.notes.values() for passage in note.passages)) == 3
    newer.texts.clear()
    assert index.vectors.embed_batch(1) == 2
    index = reopen(newer)
    assert index.vectors.pending_count == 2
    (notes / "2026-11-03.md").write_text("# Tuesday\n\nCalled the miller.\n")
    index.apply_changes(["2026-11-03.md"])
    embed_all(index)
    assert len(newer.texts) == len(set(newer.texts)) == 3 + (newer.texts[0].startswith("Tuesday"))
    assert index.vectors.titles.find(["Leases"], limit=0) == {}, "titles are few, and made anew"
    index = reopen(newer)
    assert index.vectors.pending_count == 0
    assert index.vectors.count == len(index.vectors._open_passages().list_ids()) == 3
    assert found(index, "miller")[0] == "2026-11-03.md"


def test_a_second_change_of_form_and_a_compaction_in_the_middle_lose_nothing(index: NoteIndex, reopen: Open) -> None:
    embed_all(index)
    index = reopen(other_form())
    index.vectors.embed_batch(1)
    index.vectors.schedule_compaction()
    while index.vectors.compact_step(1, 1e9):
        pass
    assert (index.vectors.count, index.vectors.pending_count) == (3, 2)
    last = other_form("words-3", "words-2")
    index = reopen(last)
    assert (index.vectors.count, index.vectors.pending_count) == (3, 3)
    embed_all(index)
    assert len(last.texts) == 3


def test_an_index_that_is_lost_with_vectors_of_an_older_form_makes_all_again(
    index: NoteIndex, reopen: Open, tmp_path: Path
) -> None:
    embed_all(index)
    index.close()
    for file in (tmp_path / "data").glob("index.db*"):
        file.unlink()
    newer = other_form()
    index = reopen(newer)
    index.refresh()
    assert found(index, "lease of the holder")[0] == ELECTION
    embed_all(index)
    assert len({*newer.texts}) == 3
    assert index.vectors.count == 3


def test_what_is_wrong_with_the_model_is_said_once(index: NoteIndex, embedder: WordEmbedder) -> None:
    assert index.take_notices() == ()
    embedder.trouble = "The fast form cannot be used."
    assert index.take_notices() == ("The fast form cannot be used.",)
    assert index.take_notices() == ()


def test_only_vectors_that_are_compared_are_held(index: NoteIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_vectors, "MIN_HELD_VECTORS", 0)
    embed_all(index)
    first, *others = index.notes.values()
    ids = [passage.id for passage in first.passages]
    assert index.vectors.hold([first]).keys() == set(ids)
    assert len(index.vectors._embedded.cache) == len(ids) < index.vectors.count
    assert len(index.vectors.hold([first, *others])) == index.vectors.count, "others are read again"


def test_boilerplate_is_embedded_no_more_once_it_is_known(reopen: Open, notes: Path, embedder: WordEmbedder) -> None:
    index = reopen()
    template = "Intentions for the day\n\n{own}\n"
    for number in range(4):
        (notes / f"{number}.md").write_text(template.format(own=f"Met {chr(97 + number) * 4} for lunch."))
    index.refresh()
    embed_all(index)
    assert any("Intentions" in text for text in embedder.texts)
    embedder.texts.clear()
    (notes / "4.md").write_text(template.format(own="Met nobody at all."))
    index.apply_changes(["4.md"])
    embed_all(index)
    assert sorted(embedder.texts) == sorted(
        [*(f"Met {chr(97 + number) * 4} for lunch." for number in range(4)), "Met nobody at all."]
    )
    assert len(found(index, "intentions", meaning=False)) == 5
    index = reopen()
    assert index.vectors.pending_count == 0
    (notes / "4.md").unlink()
    index.refresh()
    embed_all(index)
    assert sum("Intentions" in text for text in embedder.texts) == 4


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("restarts", [False, True])
def test_after_any_edits_the_same_lines_are_boilerplate_as_anew(
    reopen: Open, notes: Path, seed: int, restarts: bool
) -> None:
    index, chance = reopen(), random.Random(seed)
    lines = ["What went well today?", "Intentions for the day", "Gratitude and so on", "Weather", "今日の予定", "2 h"]
    for number in range(30):
        file = notes / f"{chance.randrange(9)}.md"
        if number > 6 and chance.random() < 0.2:
            file.unlink(missing_ok=True)
        else:
            file.write_text("\n\n".join([*chance.sample(lines, 3), f"Only here {number}"]) + "\n")
        index.apply_changes([file.name])
        index = reopen() if restarts else index
        counts = count_notes_by_key(map(note_line_keys, index.notes.values()))
        assert index._catalogue._boilerplate_keys == find_recurring_keys(counts, least_notes(len(index.notes)))


def test_what_was_only_touched_is_no_change(index: NoteIndex, notes: Path) -> None:
    embed_all(index)
    os.utime(notes / "2026-11-03.md", (1, 1))
    assert not index.refresh()
    assert index.notes["2026-11-03.md"].modified == 1
    assert index.vectors.pending_count == 0


def test_an_edit_that_keeps_size_and_time_is_seen_by_its_event(index: NoteIndex, notes: Path) -> None:
    file = notes / "2026-11-03.md"
    before = file.stat()
    file.write_text(file.read_text().replace("bread", "cakes"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert index.apply_changes(["2026-11-03.md"]).changed == {"2026-11-03.md"}
    assert found(index, "cakes") == ["2026-11-03.md"]


def test_what_is_not_read_is_said(index: NoteIndex, notes: Path, tmp_path: Path) -> None:
    (notes / "binary.md").write_bytes(b"\x00\x01\x02")
    (notes / "huge.md").write_text("x" * 1100 * 1024)
    (notes / ".hidden").mkdir()
    (tmp_path / "outside.md").write_text("secret")
    (notes / "link.md").symlink_to(tmp_path / "outside.md")
    (notes / "private").mkdir()
    (notes / "private" / "diary.md").write_text("secret")
    (notes / ".proactiveignore").write_text("private/\n")
    (notes / "picture.png").write_bytes(b"\x89PNG")
    index.refresh()
    reasons = {each.path: each.reason for each in index.status().skipped}
    assert reasons == {
        ".hidden": "hidden",
        "binary.md": "binary",
        "huge.md": "1100 kB is over the limit of 1024 kB",
        "link.md": "a link that leads out of the folder",
        "private": "excluded by .proactiveignore",
    }
    assert len(index.notes) == 2
    index.apply_changes([*reasons, "picture.png", "private/diary.md"])
    assert {each.path for each in index.status().skipped} >= set(reasons)
    assert len(index.notes) == 2
    (notes / ".proactiveignore").unlink()
    assert index.apply_changes([""]).changed == {"private/diary.md"}


def test_what_becomes_excluded_is_forgotten(index: NoteIndex, notes: Path) -> None:
    embed_all(index)
    (notes / ".proactiveignore").write_text("raft\n")
    assert index.apply_changes([ELECTION]).removed == {ELECTION}
    embed_all(index)
    assert index.vectors.count == 1
    assert found(index, "lease", meaning=False) == []
    assert index.vectors.of_passages([each.id for note in index.notes.values() for each in note.passages]).keys()


def test_rules_that_cannot_be_understood_stop_all_reading(index: NoteIndex, notes: Path) -> None:
    (notes / ".proactiveignore").write_text("!\n")
    (notes / "new.md").write_text("new")
    assert not index.refresh()
    assert not index.apply_changes(["new.md"])
    (failure,) = index.status().failed
    assert failure.path == "."
    assert ".proactiveignore" in failure.reason
    (notes / ".proactiveignore").write_text("")
    assert index.refresh().changed == {"new.md"}
    assert index.status().failed == ()


@pytest.mark.parametrize(("number", "kept"), [(errno.EACCES, False), (errno.EIO, True)])
def test_a_file_that_cannot_be_read_is_said(
    index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch, number: int, kept: bool
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(note_catalog, "read_note", fail)
        (notes / "2026-11-03.md").write_text("changed")
        index.refresh()
        assert [(each.path, each.reason) for each in index.status().failed] == [("2026-11-03.md", os.strerror(number))]
        assert ("2026-11-03.md" in index.notes) is kept
    assert index.refresh().changed == {"2026-11-03.md"}
    assert index.status().failed == ()


def test_a_folder_that_vanishes_and_comes_back_loses_nothing(
    index: NoteIndex, notes: Path, embedder: WordEmbedder
) -> None:
    embed_all(index)
    away = notes.with_name("away")
    notes.rename(away)
    assert not index.apply_changes(["2026-11-03.md", "raft"])
    assert not index.refresh()
    (failure,) = index.status().failed
    assert failure.path == "."
    assert found(index, "starter", meaning=False) == ["2026-11-03.md"]
    notes.mkdir()  # what is left of a share that is not mounted
    assert not index.refresh()
    assert "empty" in index.status().failed[0].reason
    notes.rmdir()
    away.rename(notes)
    assert not index.refresh()
    assert index.status().failed == ()
    assert index.vectors.pending_count == 0


def test_a_folder_that_was_emptied_is_empty(index: NoteIndex, notes: Path) -> None:
    embed_all(index)
    shutil.rmtree(notes / "raft")
    (notes / "2026-11-03.md").unlink()
    assert len(index.refresh().removed) == 2
    embed_all(index)
    assert (index.passage_count, index.vectors.count, index.search("starter", 5)) == (0, 0, [])


def test_vectors_that_are_deleted_are_made_again(index: NoteIndex, reopen: Open, tmp_path: Path) -> None:
    embed_all(index)
    index.close()
    shutil.rmtree(tmp_path / "data" / "chroma")
    index = reopen()
    assert index.status().embedded == 0
    embed_all(index)
    assert index.status().embedded == 2


def test_everything_that_is_deleted_is_made_again(index: NoteIndex, reopen: Open, tmp_path: Path) -> None:
    embed_all(index)
    before = dict(index.notes)
    index.close()
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data").mkdir()
    index = reopen()
    index.refresh()
    assert dict(index.notes) == before
    embed_all(index)
    assert index.status().embedded == 2
    assert index.take_notices() == ()


def test_only_words_deleted_embeds_nothing_again(
    index: NoteIndex, reopen: Open, tmp_path: Path, embedder: WordEmbedder
) -> None:
    embed_all(index)
    index.close()
    (tmp_path / "data" / "index.db").unlink()
    index = reopen()
    index.refresh()
    embed_all(index)
    assert len(embedder.texts) == 3
    assert index.status().embedded == 2


@pytest.mark.parametrize("content", [b"no database " * 999, b""])
def test_a_damaged_index_is_made_anew(index: NoteIndex, reopen: Open, tmp_path: Path, content: bytes) -> None:
    embed_all(index)
    index.close()
    (tmp_path / "data" / "index.db").write_bytes(content)
    index = reopen()
    assert bool(index.take_notices()) is bool(content)
    assert len(index.refresh().changed) == 2
    assert found(index, "starter")


def test_a_note_that_cannot_be_decoded_makes_the_index_anew(index: NoteIndex, reopen: Open) -> None:
    index._database._sql.execute("UPDATE files SET note = x'c1'")
    index = reopen()
    assert index.take_notices()
    assert len(index.refresh().changed) == 2


def test_damaged_vectors_are_made_anew_and_search_goes_on(index: NoteIndex, reopen: Open, tmp_path: Path) -> None:
    embed_all(index)
    index.vectors.titles.find(["a title"])
    index.close()
    (tmp_path / "data" / "chroma" / "chroma.sqlite3").write_bytes(b"no database " * 999)
    index = reopen()
    assert found(index, "starter")
    assert index.take_notices()
    assert index.vectors.pending_count == 3
    embed_all(index)
    assert index.status().embedded == 2
    assert len(found(index, "starter")) == 3
    assert index.take_notices() == ()


@pytest.mark.parametrize("method", ["query", "get", "upsert"])
def test_vectors_that_fail_on_the_way_are_made_anew(
    index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("segment is damaged")

    embed_all(index)
    with monkeypatch.context() as patch:
        patch.setattr(index.vectors._open_passages()._collection, method, fail)
        if method == "query":
            assert found(index, "starter") == ["2026-11-03.md"]
        elif method == "get":
            index.vectors._embedded.cache.clear()
            with pytest.raises(IndexingError):
                index.vectors.of_passages([each.id for each in index.notes[ELECTION].passages])
        else:
            (notes / "new.md").write_text("new")
            index.refresh()
            with pytest.raises(IndexingError):
                index.vectors.embed_batch(1)
    assert any("segment is damaged" in each for each in index.take_notices())
    assert index.vectors.pending_count == index.passage_count
    embed_all(index)
    assert index.status().embedded == len(index.notes)
    assert len(found(index, "starter")) == index.passage_count


def test_an_embedder_that_fails_leaves_words(index: NoteIndex, embedder: WordEmbedder) -> None:
    index.vectors.embed_batch(1)
    embedder.broken = True
    with pytest.raises(IndexingError):
        index.vectors.embed_batch(1)
    assert index.vectors.pending_count == 2
    assert found(index, "starter") == ["2026-11-03.md"]
    assert any("broken for a test" in each for each in index.take_notices())
    embedder.broken = False
    embed_all(index)
    assert index.status().embedded == 2


def test_forgetting_a_note_or_a_folder(index: NoteIndex, embedder: WordEmbedder) -> None:
    embed_all(index)
    assert index.forget_notes("raft") == 1
    assert set(index.notes) == {"2026-11-03.md"}
    assert index.vectors._open_passages().list_ids() == {
        index.vectors.table.passages[index.notes["2026-11-03.md"].passages[0].id][1]
    }
    assert index.forget_notes("2026-11-03.md") == 1
    assert index.forget_notes("2026-11-03.md") == 0
    assert index.vectors._open_passages().list_ids() == set()


def test_rebuilding_begins_anew(index: NoteIndex, embedder: WordEmbedder) -> None:
    embed_all(index)
    index.vectors.titles.find(["a title"])
    index.rebuild()
    assert (index.passage_count, index.vectors.count, index.status().indexed) == (0, 0, 0)
    assert len(index.refresh().changed) == 2
    embed_all(index)
    assert len(embedder.texts) == 7
    index.vectors.titles.find(["a title"])
    assert len(embedder.texts) == 8


def test_rebuilding_before_there_are_vectors(index: NoteIndex) -> None:
    index.rebuild()
    assert len(index.refresh().changed) == 2


def test_titles_are_embedded_once_ever(index: NoteIndex, reopen: Open, embedder: WordEmbedder) -> None:
    assert index.vectors.titles.find([]) == {}
    assert set(index.vectors.titles.find(["one", "two", "three"], limit=2)) == {"one", "two"}
    first = index.vectors.titles.find(["one"])["one"]
    index = reopen()
    assert set(index.vectors.titles.find(["one", "two", "three"])) == {"one", "two", "three"}
    assert sorted(embedder.texts) == ["one", "three", "two"]
    np.testing.assert_allclose(index.vectors.titles.find(["one"])["one"], first, atol=1e-6)
    np.testing.assert_allclose(embedder.embed(["one"])[0], first, atol=1e-6)


def test_the_same_words_in_two_notes_share_a_vector(index: NoteIndex, notes: Path, embedder: WordEmbedder) -> None:
    shutil.copy(notes / ELECTION, notes / "copy.md")
    changes = index.refresh()
    assert (changes.changed, changes.moved) == (frozenset({"copy.md"}), {})
    embed_all(index)
    assert index.status().embedded == 3
    assert len(set(embedder.texts)) == len(embedder.texts)
    (notes / "copy.md").unlink()
    index.apply_changes(["copy.md"])
    embed_all(index)
    assert len(index.vectors.of_passages([each.id for each in index.notes[ELECTION].passages])) == 2


def test_other_rules_in_the_config(reopen: Open) -> None:
    index = reopen(config=Config(notes=NotesConfig(include=("*.md",), exclude=("raft/**",))))
    index.refresh()
    assert set(index.notes) == {"2026-11-03.md"}
    assert index.status().skipped[0].reason == "excluded by notes.exclude"


def test_notes_are_replaced_never_changed(index: NoteIndex, notes: Path) -> None:
    before = index.notes
    (notes / "new.md").write_text("new")
    index.refresh()
    assert "new.md" not in before
    assert "new.md" in index.notes


def test_a_disk_that_is_full_changes_nothing(index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(index.notes)
    index._database._sql.execute(f"PRAGMA max_page_count = {1}")
    (notes / "new.md").write_text("many words " * 50_000)
    with pytest.raises(IndexingError):
        index.refresh()
    assert dict(index.notes) == before
    index._database._sql.execute("PRAGMA max_page_count = 1000000")
    assert index.apply_changes(["new.md"]).changed == {"new.md"}


def test_a_note_that_cannot_be_parsed_costs_itself(
    index: NoteIndex, notes: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:

    def parse_or_fail(path: str, data: bytes, modified: float) -> Note:
        if path == "odd.md":
            raise RecursionError("words " * 2)
        return parse_note(path, data, modified)

    monkeypatch.setattr(note_catalog, "parse_note", parse_or_fail)
    (notes / "odd.md").write_text("# Odd\n\nquince\n")
    (notes / "sound.md").write_text("# Sound\n\nmedlar\n")
    index.refresh()
    assert found(index, "medlar") == ["sound.md"]
    (failed,) = index.status().failed
    assert failed.path == "odd.md"
    assert "RecursionError" in failed.reason
    assert "odd.md" in caplog.text
    assert "words words" not in caplog.text + failed.reason
    monkeypatch.setattr(note_catalog, "parse_note", parse_note)
    index.refresh()
    assert found(index, "quince") == ["odd.md"]
    assert index.status().failed == ()


@pytest.mark.parametrize("how", ["raises", "gives no numbers"])
def test_a_passage_that_cannot_be_embedded_costs_itself(reopen: Open, how: str) -> None:
    class Picky(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if any("starter" in text for text in texts):
                if how == "raises":
                    raise OverflowError
                return np.full((len(texts), self.dimensions), np.nan, dtype=np.float32)
            return super().embed(texts)

    index = reopen(Picky())
    index.refresh()
    embed_all(index)
    assert index.vectors.pending_count == 0
    assert found(index, "lease holder")[0] == ELECTION
    assert found(index, "bread", meaning=False) == ["2026-11-03.md"]
    status = index.status()
    assert [file.path for file in status.troubled] == ["2026-11-03.md"]
    assert "from line 1 on" in status.troubled[0].reason or "from line 3 on" in status.troubled[0].reason
    assert status.embedded == status.indexed, "nothing is waited for"


def test_a_model_that_fails_altogether_is_reported(reopen: Open) -> None:
    class Dead(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            raise KeyError(texts[0])

    index = reopen(Dead())
    index.refresh()
    with pytest.raises(IndexingError):
        index.vectors.embed_batch(10)
    assert index.status().troubled == ()
    assert index.vectors.pending_count == index.passage_count


def test_a_touch_a_copy_and_a_move_are_not_writing(index: NoteIndex, notes: Path, tmp_path: Path) -> None:
    os.utime(notes / ELECTION, (1000, 1000))
    index.refresh()
    assert index.notes[ELECTION].modified == 1000
    os.utime(notes / ELECTION, (9000, 9000))
    shutil.copyfile(notes / ELECTION, notes / "copy.md")
    index.refresh()
    assert index.notes[ELECTION].modified == index.notes["copy.md"].modified == 1000
    (notes / ELECTION).rename(notes / "moved.md")
    os.utime(notes / "moved.md", (9000, 9000))
    assert index.refresh().moved == {ELECTION: "moved.md"}
    assert index.notes["moved.md"].modified == 1000


def test_a_line_that_is_saved_is_newer_than_the_others_also_after_a_restart(reopen: Open, notes: Path) -> None:
    index, file = reopen(), notes / "errands.md"
    file.write_text("- [ ] call Tom\n")
    os.utime(file, (1000, 1000))
    index.refresh()
    file.write_text("- [ ] call Tom\n- [ ] pay the rent\n")
    os.utime(file, (9000, 9000))
    index.refresh()
    again = reopen()
    assert again.notes["errands.md"].line_times == index.notes["errands.md"].line_times == (LineRun(2, 2, 9000),)
    assert again.notes["errands.md"].first_seen == (1000, 1000)


@pytest.mark.skipif(shutil.which("git") is None, reason="git makes the repository of this test")
@pytest.mark.parametrize("commits", [True, False])
def test_a_checkout_is_not_writing_where_the_history_may_be_read(reopen: Open, notes: Path, commits: bool) -> None:
    date = "1000000000 +0000"
    who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    here = {**os.environ, **who, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    for words in (["init"], ["add", "-A"], ["commit", "-m", "x"]):
        subprocess.run(["git", *words], cwd=notes, env=here, check=True, capture_output=True)
    index = reopen(config=Config(sensors=SensorsConfig(commits=commits)))
    index.refresh()
    assert (index.notes[ELECTION].modified == 1_000_000_000) == commits


def test_the_first_edit_after_a_start_counts_no_lines_of_other_notes(
    reopen: Open, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (notes / f"{number}.md").write_text(f"Intentions for the day\n\nOnly {chr(97 + number) * 3}\n")
    reopen().refresh()
    index = reopen()
    read: list[str] = []
    keys_of = boilerplate_lines.note_line_keys

    def noting_keys_of(note: Note) -> frozenset[str]:
        read.append(note.path)
        return keys_of(note)

    monkeypatch.setattr(boilerplate_lines, "note_line_keys", noting_keys_of)
    (notes / "3.md").write_text("Gratitude and so on\n\nOnly there\n")
    index.apply_changes(["3.md"])
    assert set(read) == {"3.md"}
    assert index._catalogue._boilerplate_keys == {"intentions for the day"}


def test_a_folder_that_is_read_in_parts_is_read_whole(
    notes: Path, reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MAX_FILES_AT_ONCE", 2)
    for number in range(5):
        (notes / f"{number}.md").write_text(f"# Note {number}\n\nText of note {number}.\n")
    index = reopen()
    changes = index.refresh()
    assert len(changes.changed) == len(index.notes) == 7
    assert changes.left == 0
    (notes / "0.md").rename(notes / "z.md")
    (notes / "1.md").unlink()
    for number in (2, 3, 4):
        (notes / f"{number}.md").write_text("# Another\n\nOther text.\n")
    changes = index.refresh()
    assert changes.changed == {"z.md", "2.md", "3.md", "4.md"}
    assert changes.removed == {"0.md", "1.md"}
    assert changes.moved == {"0.md": "z.md"}
