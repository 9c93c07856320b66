"""The miners on real notes: what they find, what they leave, and that they quote the lines as they stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.model.topic_values import Topic
from proactive_tui.text.inline import strip_inline
from proactive_tui.text.words import MAX_TOPIC_TITLE_CHARACTERS
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext
from tests.cost import count_calls
from tests.topics.builders import NOW, build_pool, library, note, read, vector

VAULTS = ("simonw-til", "jbranchaud-til", "kepano-kepano-obsidian")


@pytest.fixture(scope="module")
def real(vaults: Path) -> dict[str, tuple[MiningContext, tuple[Topic, ...]]]:
    out = {}
    for name in VAULTS:
        every = read(vaults / name)
        out[name] = (every, build_pool(every, NOW))
    return out


def at(topics: tuple[Topic, ...], kind: str) -> set[tuple[str, int]]:
    return {(each.evidence[0].path, each.evidence[0].line_start) for each in topics if each.kind == kind}


def check(topics: tuple[Topic, ...], folder: Path) -> None:
    """Short plain titles; evidence that is, letter by letter, what stands in the note."""
    texts: dict[str, list[str]] = {}
    for topic in topics:
        assert 0 < len(topic.title) <= MAX_TOPIC_TITLE_CHARACTERS
        assert not {"`", "**", "[[", "]]", "](", "\n"} & {
            mark for mark in ("`", "**", "[[", "]]", "](", "\n") if mark in topic.title
        }
        assert 0 <= topic.salience <= 1
        assert topic.cause
        assert 1 <= len(topic.evidence) <= 4
        for quoted in topic.evidence:
            here = texts.setdefault(
                quoted.path, (folder / quoted.path).read_bytes().decode().replace("\r\n", "\n").split("\n")
            )
            stands = "\n".join(here[quoted.line_start - 1 : quoted.line_end])
            assert quoted.text == stands or (quoted.line_start == quoted.line_end and quoted.text in stands)
            assert quoted.text.strip()
            assert quoted.passage


@pytest.mark.vaults
@pytest.mark.parametrize("name", VAULTS)
@pytest.mark.slow
def test_titles_and_evidence_on_real_notes(
    real: dict[str, tuple[MiningContext, tuple[Topic, ...]]], vaults: Path, name: str
) -> None:
    check(real[name][1], vaults / name)


@pytest.mark.slow
@pytest.mark.vaults
def test_true_questions_of_a_write_up_are_found_and_rhetorical_ones_are_not(
    real: dict[str, tuple[MiningContext, tuple[Topic, ...]]],
) -> None:
    found = at(real["simonw-til"][1], "open question")
    assert {("hugo/basic.md", 48), ("misc/hexdump.md", 60), ("sqlite/counting-vm-ops.md", 110)} <= found
    rhetorical = {
        ("bash/escaping-a-string.md", 11),
        ("llms/colbert-ragatouille.md", 7),
        ("bash/multiple-servers.md", 17),
    }
    answered = {("python/rye.md", 25)}
    quoted = {("cloudflare/workers-github-oauth.md", 287), ("jq/combined-github-release-notes.md", 5)}
    assert not found & (rhetorical | answered | quoted)
    assert 8 <= len(found) <= 30


@pytest.mark.slow
@pytest.mark.vaults
def test_write_ups_templates_and_indexes_give_no_tasks_or_goals(
    real: dict[str, tuple[MiningContext, tuple[Topic, ...]]],
) -> None:
    for name in VAULTS:
        topics = real[name][1]
        kinds = Counter(topic.kind for topic in topics)
        assert kinds["task"] + kinds["goal"] <= 7  # of 529 and 1,869 write-ups: steps of recipes, wishes of examples
        assert kinds["thread"] <= 4
        paths = {evidence.path for topic in topics for evidence in topic.evidence}
        assert not {
            path for path in paths if path.startswith("Templates/") or path.lower() in ("readme.md", "license.md")
        }
    assert ("workflow/create-todo-items-in-logseq.md", 8) not in at(real["jbranchaud-til"][1], "task")
    assert len(real["kepano-kepano-obsidian"][1]) <= 12
    assert len(real["jbranchaud-til"][1]) <= 60


@pytest.mark.slow
@pytest.mark.vaults
def test_a_look_at_a_large_vault_in_which_nothing_changed_is_a_fraction_of_the_first(
    real: dict[str, tuple[MiningContext, tuple[Topic, ...]]],
) -> None:
    every, topics = real["jbranchaud-til"]
    cache = PoolCache()
    first = count_calls(lambda: build_pool(every, NOW, cache=cache))
    assert count_calls(lambda: build_pool(every, NOW, cache=cache)) < first / 5
    assert build_pool(every, NOW, cache=cache) == topics


@pytest.mark.vaults
@pytest.mark.slow
def test_connections_of_a_large_vault_are_of_different_unlinked_notes(
    real: dict[str, tuple[MiningContext, tuple[Topic, ...]]],
) -> None:
    every, _ = real["jbranchaud-til"]
    vectors = {each.id: vector(each.prose, 64) for one in list(every.own_notes.values())[:600] for each in one.passages}
    topics = build_pool(
        MiningContext(notes=every.notes, vectors=vectors, links=every.links), NOW, ("connection", "theme")
    )
    assert topics
    for topic in topics:
        if topic.kind == "connection":
            paths = list(dict.fromkeys(evidence.path for evidence in topic.evidence))
            assert len(paths) >= 2
            assert not every.are_linked(paths[0], paths[1])


def test_the_example_notes_show_every_kind(example_notes: Path) -> None:
    every = read(example_notes)
    vectors = {each.id: vector(each.prose) for one in every.own_notes.values() for each in one.passages}
    topics = build_pool(MiningContext(notes=every.notes, vectors=vectors, links=every.links), NOW)
    check(topics, example_notes)
    kinds = Counter(topic.kind for topic in topics)
    assert kinds["open question"] >= 15
    assert kinds["task"] >= 20
    assert kinds["goal"] >= 2
    assert kinds["thread"] >= 1
    assert kinds["fading"] >= 2
    assert ("course/2026-10-27-leases.md", 27) in at(topics, "open question")
    answered = ("course/2026-10-13-raft.md", 25)
    assert answered not in at(topics, "open question")


PIECES = st.sampled_from(
    [
        "# Head",
        "## Open questions",
        "- [ ] buy x, due 2026-11-30",
        "- [x] done",
        "- item?",
        "  - yes",
        "Why is it so?",
        "I don't know why.",
        "Update: yes",
        "> quote?",
        "```",
        "~~~",
        "    code?",
        "| a | b |",
        "| - | - |",
        "",
        "TODO: mend it by Friday",
        "I want to run every day.",
        "Next: go on",
        "text and",
        "1. step?",
        "[link](a.md) `x?`",
        "Promised Tom the list by Friday.",
        "---",
        "<b>?</b>",
        "* * *",
        "\t- deep?",
        "Goal:",
        "Open:",
        "?",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES | st.text(max_size=40), max_size=25), st.sampled_from(["a.md", "2026-11-20.md", "a.txt"]))
def test_no_text_makes_a_miner_fail_and_all_evidence_stands(pieces: list[str], path: str) -> None:
    text = "\n".join(pieces)
    one = note(text, path)
    topics = build_pool(library(one, note("# Other\n\nI don't know why.\n", "b.md"), vectors=True), NOW)
    here = text.encode(errors="replace").decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for topic in topics:
        assert len(topic.title) <= MAX_TOPIC_TITLE_CHARACTERS
        for quoted in topic.evidence:
            if quoted.path == path:
                lines = here[quoted.line_start - 1 : quoted.line_end]
                # A heading whose text is in a passage of its own is quoted by its words.
                assert quoted.text == "\n".join(lines) or (
                    one.line_roles[quoted.line_start - 1] == "h" and quoted.text in strip_inline(lines[0])
                )
