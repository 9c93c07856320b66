"""Unfinished work in repositories: what rests is raised, what is going on is not, and what is dead fades."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.contract import SourceItem
from proactive_tui.sources.repositories.branch_reading import Aim, BranchCommit, OwnBranch
from proactive_tui.sources.repositories.repository_finder import Checkout
from proactive_tui.sources.repositories.repository_items import ItemMaker
from proactive_tui.sources.repositories.todo_reading import StandingTodo
from proactive_tui.sources.repositories.work_status import BrokenOff, ChangedFile, Stash, UncommittedWork, WorkPart
from proactive_tui.talk.framings import suitable_framings
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.unfinished_work import mine_unfinished_work
from proactive_tui.topics.pool import run_miners
from tests.sources.repositories.workshop import DAY, NOW, commit_file, make_repository, poll, run_git
from tests.talk.opener_checking import check_opener
from tests.topics.builders import library, note

API = ItemMaker(Checkout(Path("/code/api"), Path("/code/api/.git"), Path("/code/api/.git")), "Nadia", 3.0)


def branch(
    days: float = 8.0, *, name: str = "retry-backoff", commits: int = 3, subject: str = "Try again later",
    unpushed: int | None = None, aim: Aim = "merge",
) -> SourceItem:  # fmt: skip
    made = tuple(BranchCommit(f"{number:040x}", "n@x", NOW - days * DAY, subject) for number in range(commits))
    return API.branch(OwnBranch(name, aim, "main", made, commits, commits if unpushed is None else unpushed))


def work(days: float = 6.0, files: int = 2, part: WorkPart = "unstaged") -> SourceItem:
    changed = tuple(ChangedFile(f"src/file{number}.py", (part,), NOW - days * DAY) for number in range(files))
    return API.work(UncommittedWork(changed, True))


def stash(days: float = 9.0, name: str = "b") -> SourceItem:
    return API.stash(Stash(name * 40, NOW - days * DAY, "main", "try without a lock"))


def operation(days: float = 1.0) -> SourceItem:
    return API.broken_off(BrokenOff("rebase", NOW - days * DAY, "retry-backoff", "2/5"))


def remark(days: float = 7.0, words: str = "bound the queue", mark: str = "TODO") -> SourceItem:
    return API.todo(StandingTodo(mark, words, "src/queue.py", 14, NOW - days * DAY))


def mine(*items: SourceItem, at: float = NOW) -> list[Topic]:
    context = MiningContext(notes={}, items={item.path: note_of_item(item) for item in items})
    return mine_unfinished_work(context, at)


@pytest.mark.parametrize(
    ("item", "title", "told"),
    [
        (branch(), "retry-backoff in api: 3 commits to merge", "to merge"),
        (branch(commits=1, aim="push", name="main"), "main in api: 1 commit to push", "to push"),
        (work(), "api: 2 files to commit", "uncommitted"),
        (stash(), "Stash in api: try without a lock", "stash"),
        (operation(), "Rebase in api in the middle", "operation"),
        (remark(), "bound the queue", "remark"),
        (branch(2, subject="WIP", unpushed=0), "retry-backoff in api: WIP, pushed", "draft"),
    ],
)  # fmt: skip
def test_each_form_is_a_topic_of_its_own(item: SourceItem, title: str, told: str) -> None:
    (topic,) = mine(item)
    assert (topic.title, topic.detail.told, topic.detail.repository) == (title, told, "api")
    assert topic.at == item.at
    (quoted,) = topic.evidence
    assert quoted.path == item.path
    assert not quoted.is_others
    for framing in suitable_framings(topic):
        for language in ("en", "de", "fr", "es"):
            text = build_template_opener(topic, framing.name, now=NOW, language=language)
            assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text


@pytest.mark.parametrize(
    "item", [branch(2), work(1), stash(0.5), operation(0.05), remark(2), branch(0.5, subject="WIP")]
)
def test_what_is_going_on_is_no_topic(item: SourceItem) -> None:
    assert mine(item) == []


@pytest.mark.parametrize("make", [branch, work, stash, operation])
def test_what_is_dead_fades(make: object) -> None:
    assert callable(make)
    worth = [mine(make(days))[0].salience for days in (6, 20, 30)]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > worth[-1]
    assert mine(make(200)) == []


def test_more_commits_and_work_that_is_only_here_weigh_more() -> None:
    weights = [
        mine(item)[0].salience
        for item in (branch(commits=1, unpushed=0), branch(commits=5, unpushed=0), branch(commits=5))
    ]
    assert weights == sorted(set(weights))
    assert mine(work(part="untracked"))[0].salience < mine(work())[0].salience < mine(work(part="staged"))[0].salience


def test_an_operation_in_the_middle_comes_first_and_stands_for_its_files() -> None:
    found = mine(operation(), work(), branch(), remark(), stash())
    first = max(found, key=lambda topic: topic.salience)
    assert first.detail.told == "operation"
    assert "uncommitted" not in {topic.detail.told for topic in found}


def test_few_topics_of_one_repository() -> None:
    items = [branch(5 + number, name=f"topic-{number}") for number in range(9)]
    items += [remark(words=f"bound queue number {number}") for number in range(9)]
    items += [stash(name=letter) for letter in "abcdef"]
    assert len(mine(*items)) == 3 + 3 + 1


def test_news_changes_the_cause_and_not_the_topic() -> None:
    (before,), (after,) = mine(branch()), mine(branch(commits=4, days=4))
    assert before.id == after.id
    assert mine(branch(), at=NOW + DAY)[0].cause == before.cause
    moved = API.branch(
        OwnBranch("retry-backoff", "merge", "main", (BranchCommit("f" * 40, "n@x", NOW - 4 * DAY, "x"),), 1, 1)
    )
    assert mine(moved)[0].cause != before.cause


def test_others_are_none_of_it() -> None:
    theirs = branch()
    theirs = type(theirs)(
        id=theirs.id, title=theirs.title, text=theirs.text, at=theirs.at, facts=theirs.facts,
        origin=type(theirs.origin)(source="git", form="branch", author="Mara"),
    )  # fmt: skip
    assert mine(theirs) == []


def test_facts_that_are_amiss_cost_nothing() -> None:
    broken = branch()
    for facts in ({}, {"rests from": "soon", "commits": "x"}, {"rests from": "1"}):
        made = type(broken)(
            id=broken.id, title=broken.title, text="", at=broken.at, facts=facts, origin=broken.origin
        )  # fmt: skip
        assert len(mine(made)) <= 1


def test_a_real_repository_from_its_files_to_the_pool(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "checkout", "-q", "-b", "retry-backoff")
    commit_file(folder, "retry.py", "pause = 1  # TODO: bound the pause between two tries\n", "Pause", days=6)
    brought = poll(folder)
    context = MiningContext(notes={}, items={item.path: note_of_item(item) for item in brought.items})
    topics = run_miners(context, NOW)
    assert {topic.title for topic in topics} == {
        "retry-backoff in api: 1 commit to merge", "bound the pause between two tries"
    }  # fmt: skip
    run_git(folder, "checkout", "-q", "main")
    run_git(folder, "merge", "-q", "retry-backoff")
    after = poll(folder, state=brought.state, now=NOW + 60)
    left = {item.path: item for item in brought.items if item.id not in after.gone} | {
        item.path: item for item in after.items
    }
    context = MiningContext(notes={}, items={path: note_of_item(item) for path, item in left.items()})
    assert {topic.detail.told for topic in run_miners(context, NOW)} == {"remark"}


def test_the_notes_that_work_is_about_stand_beside_it() -> None:
    items = [
        branch(subject="Swallow no exception of the courier"),
        work(),
        remark(words="a courier must not swallow it"),
    ]
    about = note(
        "# Courier service\n\nThe courier must fail loudly: never swallow an exception, or the ledger drifts.\n",
        "serving.md",
    )
    bread = note("# Bread\n\nThe rye starter wants a feeding each morning.\n", "bread.md")
    context = replace(library(about, bread), items={item.path: note_of_item(item) for item in items})
    found = {topic.detail.told: topic for topic in mine_unfinished_work(context, NOW)}
    assert [lines.path for lines in found["to merge"].evidence][1:] == ["serving.md"]
    assert found["to merge"].salience > mine(items[0])[0].salience
    assert len(found["uncommitted"].evidence) == 1
    text = build_template_opener(found["to merge"], "question", now=NOW, language="en")
    assert "Serving" in text
    assert check_opener(text, found["to merge"].evidence, found["to merge"], language="en", now=NOW) == []
