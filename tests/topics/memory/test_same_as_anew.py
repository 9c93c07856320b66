"""After any changes of the notes, what the memory knows is what a new one makes of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import example, given, settings
from hypothesis import strategies as st

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.named_lines import ModelReading
from proactive_tui.topics.pool import merge_topics, run_miners
from tests.topics.builders import DAY, NOW, OFFSET, vector

PATHS = (
    "2026-11-16.md",
    "2026-11-17.md",
    "2026-11-18.md",
    "journal/2026-11-19.md",
    "plan.md",
    "plan (conflicted copy).md",
    "plan 2.md",
    "other/plan.md",
    "people/Mara.md",
    "templates/day.md",
    "archive/old.md",
    "reading.md",
)
LINES = (
    "## Habits",
    "## Plan",
    "- [ ] meditate for ten minutes",
    "- [x] meditate for ten minutes",
    "- [ ] send Mara the figures by 3/4/2026",
    "- [x] send Mara the figures by 3/4/2026",
    "What went well today?",
    "Why do the pumps fail at night?",
    "Idea: a lamp that follows the sun",
    "I want to sleep eight hours every night.",
    "sleep:: 7",
    "Seen on 25/12/2025 and again on 12/25/2025, said Mara.",
    "Seen on 12/26/2025 by Tom, who sleeps too little.",
    "A heat pump moves heat from the cold air outside into the water of the house, which costs less than it brings.",
    "The pump of the house takes heat out of the ground below it, which stays as warm in winter as it is in summer.",
    "Because the garden lies low, the water of the whole hill runs through it whenever it rains for a day.",
    "See [[plan]] and [[reading]].",
    "{{title}}",
    "#evergreen",
)
FRONTS = ("", "---\npeople: Tom Weber\n---\n", "---\nsleep: 6\n---\n", "---\nstatus: evergreen\n---\n")
AGES = (0.5, 1.0, 1.00001, 20.0, 90.0)

written = st.builds(
    lambda front, lines, age: (front + "# Note\n\n" + "\n".join(lines) + "\n", age),
    st.sampled_from(FRONTS),
    st.lists(st.sampled_from(LINES), max_size=7),
    st.sampled_from(AGES),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(PATHS), written),
        st.tuples(st.just("delete"), st.sampled_from(PATHS), st.none()),
        st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
        st.tuples(st.just("tell"), st.sampled_from(PATHS), st.none()),
        st.tuples(st.just("sync"), st.sampled_from(PATHS), st.none()),
        st.tuples(st.just("wait"), st.sampled_from(PATHS), st.sampled_from((0.001, 0.5))),
    ),
    min_size=1,
    max_size=4,
)


class Vault:
    """Notes as text with their age in days, and what a language model read in them."""

    def __init__(self, texts: Mapping[str, tuple[str, float]]) -> None:
        self.texts = dict(texts)
        self.told: dict[tuple[str, str], ModelReading] = {}
        self.at = NOW

    def apply(self, verb: str, path: str, value: object) -> None:
        if verb == "write":
            assert isinstance(value, tuple)
            self.texts[path] = value
        elif verb == "delete":
            self.texts.pop(path, None)
        elif verb == "move" and path in self.texts:
            self.texts[str(value)] = self.texts.pop(path)
        elif verb == "tell" and path in self.texts:
            everything = ModelReading(asked=frozenset(range(1, 20)), named={})
            self.told[path, self.notes()[path].digest] = everything
        elif verb == "sync":
            self.texts = {path: (text, 2.0) for path, (text, _) in self.texts.items()}
        elif verb == "wait":
            assert isinstance(value, float)
            self.at += value * DAY

    def notes(self) -> dict[str, Note]:
        return {path: parse_note(path, text.encode(), NOW - age * DAY) for path, (text, age) in self.texts.items()}

    def context(self) -> MiningContext:
        notes = self.notes()
        passages = [passage for note in notes.values() for passage in note.passages]
        return MiningContext(
            notes=notes,
            vectors={passage.id: vector(passage.prose) for passage in passages},
            links=resolve_links(notes),
            utc_offset=OFFSET,
            model_readings=dict(self.told),
        )


def known(context: MiningContext, cache: PoolCache, at: float) -> tuple[object, ...]:
    """All that a round of mining finds out."""
    mined = run_miners(context, at, cache=cache)
    # what the round knew is read from a context of the same memory
    seen = MiningContext(
        notes=context.notes, memory=cache.memory, failures=cache.failures, model_readings=context.model_readings
    )
    return (
        mined,
        merge_topics(mined, cache=cache),
        merge_topics(mined, lambda titles: {title: vector(title) for title in titles}, cache),
        dict(seen.provenances),
        seen.people_names,
        seen.day_order,
        seen.habits,
        seen.trackers,
        cache.unraised,
        cache.held_back,
        cache.failures.listed(),
        {path: seen.read_open_ends(note) for path, note in seen.notes.items()},
        {path: seen.last_mention_at(["sleep"], path) for path in seen.notes},
    )


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), written, max_size=len(PATHS)), st.lists(steps, max_size=4))
@example(
    dict.fromkeys(PATHS[:4], ("# Note\n\n- [ ] meditate for ten minutes\n- [ ] oil the hinges of the gate\n", 1.0)),
    [[("write", PATHS[3], ("# Note\n\n- [x] oil the hinges of the gate\n", 0.5))], [("delete", PATHS[3], None)]],
)
@example(
    dict.fromkeys(PATHS[:7], ("# Note\n\n- [ ] oil the hinges of the gate\n", 1.0)),
    [[("write", PATHS[7], ("# Note\n\nNothing.\n", 1.0))]],  # the eighth at once: now it was a sync
)
@example(
    {PATHS[5]: ("# Note\n\n- [ ] oil the hinges of the gate\n", 1.0)},
    [[("write", PATHS[4], ("# Note\n\nNothing.\n", 1.0))]],  # now the other one is a conflict copy
)
@example(
    dict.fromkeys(PATHS[:4], ("# Note\n\nsleep:: 7\n", 1.0)),
    [
        [("write", PATHS[1], ("# Note\n\nsleep:: 5\n", 0.5))],  # another value
        [("write", PATHS[2], ("# Note\n\nNothing.\n", 0.5))],  # the field is gone, the note is not
        [("write", PATHS[2], ("# Note\n\nsleep:: 8\nmood:: 3\n", 0.5))],
        [("write", PATHS[2], ("# Note\n\nmood:: 3\n", 0.5))],  # the field is gone, another one is not
        [("move", PATHS[0], "2026-11-14.md")],  # another day
        [("delete", PATHS[1], None), ("delete", PATHS[3], None)],  # too few days
    ],
)
def test_after_changes_all_is_as_if_it_were_mined_anew(
    texts: dict[str, tuple[str, float]], rounds: list[list[tuple[str, str, object]]]
) -> None:
    vault, cache = Vault(texts), PoolCache()
    assert known(vault.context(), cache, vault.at) == known(vault.context(), PoolCache(), vault.at)
    for changes in rounds:
        for change in changes:
            vault.apply(*change)
        assert known(vault.context(), cache, vault.at) == known(vault.context(), PoolCache(), vault.at)
