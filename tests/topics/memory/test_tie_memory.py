"""What of the notes bears on items is found once, and again only where something of it has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from proactive_tui.model.note_values import Note
from proactive_tui.topics.memory.mining_memory import MiningMemory
from proactive_tui.topics.memory.note_memo import BoundedMemo
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside import tie_index
from proactive_tui.topics.outside.note_ties import find_note_ties
from tests.topics.builders import library, note

SERVING = note("# Serving\n\nThe gateway relies on Kestrel and its paged cache for idle sessions.\n", "work/serving.md")
BREAD = note("# Bread\n\nRye needs less kneading than wheat.\n", "home/bread.md")


def context_of(*notes: Note, memory: MiningMemory | None = None) -> MiningContext:
    made = library(*notes)
    return replace(made, memory=memory) if memory else made


def story(words: str = "Kestrel 3 drops the paged cache of the gateway.") -> Note:
    return note(f"# Kestrel\n\n{words}\n", "news://s1")


def test_the_same_notes_are_read_once_and_a_changed_note_is_read_again() -> None:
    first = context_of(SERVING, BREAD)
    version = first.tie_index.words.version
    assert context_of(SERVING, BREAD, memory=first.memory).tie_index.words.version == version
    more = note("# Bread\n\nRye needs less kneading, and Kestrel none.\n", "home/bread.md")
    again = context_of(SERVING, more, memory=first.memory)
    assert again.tie_index.words.version != version
    assert again.tie_index.note_counts["kestrel"] == 2


def test_ties_are_kept_until_the_item_or_the_notes_change(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = tie_index.TieIndex.find_ties

    def counted(index: tie_index.TieIndex, title: str, *rest: object) -> object:
        looked.append(title)
        return real(index, title, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(tie_index.TieIndex, "find_ties", counted)
    first = context_of(SERVING, BREAD)
    found = find_note_ties(story(), first)
    assert [tie.passage.path for tie in found] == ["work/serving.md"]
    second = context_of(SERVING, BREAD, memory=first.memory)
    assert find_note_ties(story(), second) == found
    assert len(looked) == 1
    changed = structs.replace(story("Bread and rye."), digest="another")
    find_note_ties(changed, second)
    assert len(looked) == 2
    gone = context_of(BREAD, memory=first.memory)
    assert find_note_ties(story(), gone) == []
    assert len(looked) == 3


def test_nothing_of_a_note_that_is_gone_is_kept() -> None:
    first = context_of(SERVING, BREAD)
    find_note_ties(story(), first)
    after = context_of(BREAD, memory=first.memory)
    assert {passage.path for passage in after.tie_index.words.passages.values()} == {"home/bread.md"}
    assert not first.memory.item_ties._known


def test_tenderness_of_a_passage_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def judge(text: str) -> bool:
        asked.append(text)
        return False

    monkeypatch.setattr("proactive_tui.topics.mining_context.is_tender_text", judge)
    first = context_of(SERVING)
    passage = SERVING.passages[0]
    assert not first.is_tender_passage(passage)
    assert not context_of(SERVING, BREAD, memory=first.memory).is_tender_passage(passage)
    assert len(asked) == 1


def test_a_bounded_memo_drops_the_oldest_and_what_was_made_of_other_things() -> None:
    memo: BoundedMemo[int] = BoundedMemo(2)
    made = [memo.recall("a", (1,), lambda: 0), memo.recall("a", (1,), lambda: 1), memo.recall("a", (2,), lambda: 2)]
    assert made == [0, 0, 2]
    memo.recall("b", (), lambda: 1)
    memo.recall("c", (), lambda: 1)
    assert memo.recall("a", (2,), lambda: 9) == 9, "it was the oldest"
    assert memo.recall("", (), lambda: 5) == 5


def test_items_are_sorted_by_their_sources_once_for_a_mapping() -> None:
    memory = MiningMemory()
    held = {"news://s1": story()}
    assert memory.sort_items(held) is memory.sort_items(held)
    assert memory.sort_items({}) == {}


LINES = (
    "The gateway relies on Kestrel.",
    "Rye needs kneading.",
    "Tom Weber keeps the paged cache.",
    "Kestrel, `pg_dump`.",
)
tied_notes = st.dictionaries(
    st.sampled_from(("a.md", "b.md", "people/Tom Weber.md", "archive/c.md")),
    st.tuples(st.sampled_from(("Serving", "Tom Weber")), st.lists(st.sampled_from(LINES), max_size=4)),
)


@settings(deadline=None)
@given(st.lists(tied_notes, min_size=2, max_size=4))
def test_after_changes_the_ties_are_those_of_notes_read_anew(rounds: list[dict[str, tuple[str, list[str]]]]) -> None:
    memory = MiningMemory()
    asked = story("Kestrel 3 keeps the paged cache of the gateway, says Tom Weber, who ran `pg_dump` on rye.")
    for texts in rounds:
        notes = [
            note(f"# {title}\n\n" + "\n\n## More\n\n".join(lines) + "\n", path)
            for path, (title, lines) in texts.items()
        ]
        known, anew = context_of(*notes, memory=memory), context_of(*notes)
        assert known.tie_index.note_counts == anew.tie_index.note_counts
        assert known.tie_index.words.holders.keys() == anew.tie_index.words.holders.keys()
        assert find_note_ties(asked, known) == find_note_ties(asked, anew)
