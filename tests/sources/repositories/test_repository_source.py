"""What is read from real repositories of many forms, and what a poll remembers."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.config import GitConfig
from proactive_tui.sources.repositories import repository_source, repository_state
from proactive_tui.sources.repositories.git_command import GitAnswer, GitProgram
from proactive_tui.sources.repositories.repository_finder import Checkout
from proactive_tui.sources.repositories.repository_source import RepositorySource
from proactive_tui.sources.repositories.work_status import BrokenOff, find_broken_off
from tests.sources.repositories.workshop import (
    DAY,
    NOW,
    OTHER,
    OWNER,
    age_file,
    commit_file,
    make_repository,
    of_form,
    poll,
    run_git,
)


def branch_of(folder: Path, name: str = "topic", *, days: float = 8.0) -> None:
    """A branch of the owner's with two commits."""
    run_git(folder, "checkout", "-q", "-b", name)
    commit_file(folder, "one.py", f"{name} 1\n", "First of two", days=days + 1)
    commit_file(folder, "two.py", f"{name} 2\n", "Second of two", days=days)


def test_a_branch_that_waits(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder, "retry-backoff")
    (item,) = of_form(poll(folder), "branch")
    facts = item.facts
    assert (facts["branch"], facts["commits"], facts["aim"], facts["into"]) == ("retry-backoff", "2", "merge", "main")
    assert item.at == NOW - 8 * DAY
    assert int(facts["rests from"]) == int(NOW - 5 * DAY)
    assert item.origin.own
    assert item.origin.author == OWNER[0]
    assert not item.origin.address
    head, said, *listed = item.text.split("\n\n")
    assert head == "# retry-backoff in api"
    assert said == "`retry-backoff` in api: 2 commits to merge into `main`."
    assert listed == ["- Second of two\n- First of two"]


def merge_as_it_is(folder: Path) -> None:
    run_git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "topic")


def merge_as_one(folder: Path) -> None:
    commit_file(folder, "README.md", "# Api\n\nMore.\n", "Meanwhile", days=1)
    run_git(folder, "merge", "-q", "--squash", "topic")
    run_git(folder, "commit", "-q", "-m", "Both of two (#12)", days=1, who=OTHER)
    commit_file(folder, "one.py", "later\n", "Changed since", who=OTHER)


def merge_one_by_one(folder: Path) -> None:
    commit_file(folder, "README.md", "# Api\n\nMore.\n", "Meanwhile", days=1)
    run_git(folder, "cherry-pick", "main..topic")


def go_on_elsewhere(folder: Path) -> None:
    run_git(folder, "branch", "-D", "topic")


@pytest.mark.parametrize("end", [merge_as_it_is, merge_as_one, merge_one_by_one, go_on_elsewhere])
def test_a_branch_that_is_merged_or_gone_waits_no_more(end: object, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    first = poll(folder)
    (item,) = of_form(first, "branch")
    run_git(folder, "checkout", "-q", "main")
    assert callable(end)
    end(folder)
    after = poll(folder, state=first.state, now=NOW + 60)
    assert not of_form(after, "branch")
    assert item.id in after.gone


def test_a_branch_removed_from_its_remote_waits_no_more(tmp_path: Path) -> None:
    origin = tmp_path / "origin.git"
    run_git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    folder = make_repository(tmp_path / "api")
    run_git(folder, "remote", "add", "origin", str(origin))
    branch_of(folder)
    run_git(folder, "push", "-q", "-u", "origin", "main", "topic")
    (item,) = of_form(poll(folder), "branch")
    assert item.facts.get("unpushed") == "0"
    run_git(origin, "update-ref", "-d", "refs/heads/topic")
    run_git(folder, "fetch", "-q", "--prune")
    assert not of_form(poll(folder), "branch")


def test_a_new_commit_is_news_of_the_same_item(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    (before,) = of_form(poll(folder), "branch")
    commit_file(folder, "three.py", "3\n", "Third", days=1)
    (after,) = of_form(poll(folder), "branch")
    assert before.id == after.id
    assert (before.facts["commits"], after.facts["commits"]) == ("2", "3")
    assert before.facts["tip"] != after.facts["tip"]


@pytest.mark.parametrize("default", ["trunk", "work/main", "développement"])
def test_the_default_branch_may_have_any_name(default: str, tmp_path: Path) -> None:
    source = make_repository(tmp_path / "source", branch=default)
    run_git(tmp_path, "clone", "-q", str(source), "code/api")
    folder = tmp_path / "code" / "api"
    run_git(folder, "config", "user.email", OWNER[1])
    branch_of(folder)
    (item,) = of_form(poll(tmp_path / "code"), "branch")
    assert item.facts["branch"] == "topic"
    assert item.facts["commits"] == "2"


def test_a_default_branch_that_was_renamed(tmp_path: Path) -> None:
    source = make_repository(tmp_path / "source", branch="master")
    run_git(tmp_path, "clone", "-q", str(source), "api")
    folder = tmp_path / "api"
    run_git(folder, "config", "user.email", OWNER[1])
    run_git(source, "branch", "-m", "master", "main")
    run_git(folder, "fetch", "-q", "--prune")  # origin/HEAD leads nowhere now
    run_git(folder, "branch", "-m", "master", "main")
    branch_of(folder)
    assert [item.facts["branch"] for item in of_form(poll(folder), "branch")] == ["topic"]


def test_commits_of_the_default_branch_that_are_not_pushed(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    folder = make_repository(tmp_path / "api")
    run_git(folder, "remote", "add", "origin", "../origin.git")
    run_git(folder, "push", "-q", "-u", "origin", "main")
    commit_file(folder, "a.py", "1\n", "Forgotten", days=6)
    (item,) = of_form(poll(folder), "branch")
    assert (item.facts["aim"], item.facts["commits"], item.facts["into"]) == ("push", "1", "origin/main")
    run_git(folder, "push", "-q")
    assert not of_form(poll(folder), "branch")


@pytest.mark.parametrize("name", ["develop", "release/1.2", "v2.x", "1.4", "gh-pages", "stable-3"])
def test_branches_that_live_beside_the_default_branch_are_not_to_be_merged(name: str, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder, name)
    assert not of_form(poll(folder), "branch")


def test_a_branch_that_went_into_the_branch_of_development_waits_no_more(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "branch", "develop")
    branch_of(folder)
    assert of_form(poll(folder), "branch")
    run_git(folder, "checkout", "-q", "develop")
    run_git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "topic")
    assert not of_form(poll(folder), "branch")


def test_a_history_of_its_own_is_never_merged(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "checkout", "-q", "--orphan", "pages")
    commit_file(folder, "index.html", "1\n", "Pages", days=6)
    assert not of_form(poll(folder), "branch")


@pytest.mark.parametrize("form", ["split index", "packed refs", "git folder elsewhere", "a tag of the same name"])
def test_unusual_forms_are_read(form: str, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    (folder / "README.md").write_text("aside\n")
    run_git(folder, "stash")
    (folder / "new.py").write_text("1\n")
    match form:
        case "split index":
            run_git(folder, "update-index", "--split-index")
        case "packed refs":
            run_git(folder, "pack-refs", "--all")
        case "git folder elsewhere":
            run_git(folder, "init", "-q", "--separate-git-dir", str(tmp_path / "elsewhere"))
        case _:
            run_git(folder, "tag", "topic", "main")
    assert {item.origin.form for item in poll(folder).items} == {"branch", "commit", "stash", "work"}


def test_stacked_branches_are_one_piece_of_work(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder, "lower")
    run_git(folder, "branch", "same")
    run_git(folder, "checkout", "-q", "-b", "upper")
    commit_file(folder, "three.py", "3\n", "Third", days=5)
    assert [item.facts["branch"] for item in of_form(poll(folder), "branch")] == ["upper"]


def test_drafts_that_were_pushed(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    folder = make_repository(tmp_path / "api")
    run_git(folder, "remote", "add", "origin", "../origin.git")
    run_git(folder, "checkout", "-q", "-b", "topic")
    commit_file(folder, "a.py", "1\n", "WIP bound the queue", days=5)
    commit_file(folder, "b.py", "1\n", "fixup! Begin", days=4)
    run_git(folder, "push", "-q", "-u", "origin", "topic")
    commit_file(folder, "c.py", "1\n", "squash! Begin", days=3)
    (item,) = of_form(poll(folder), "branch")
    assert (item.facts["drafts"], item.facts["pushed drafts"], item.facts["unpushed"]) == ("3", "2", "1")


@pytest.mark.parametrize(
    ("subject", "is_draft"),
    [
        ("WIP", True), ("wip: queue", True), ("[WIP] queue", True), ("fixup! Begin", True), ("amend! Begin", True),
        ("Draft: queue", True), ("tmp", True), ("Wipe the queue", False), ("Temp files are removed", False),
        ("Draft the letter", False), ("Fix up the queue!", False),
    ],
)  # fmt: skip
def test_which_subjects_are_drafts(subject: str, is_draft: bool, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "checkout", "-q", "-b", "topic")
    commit_file(folder, "a.py", "1\n", subject, days=5)
    (item,) = of_form(poll(folder), "branch")
    assert (item.facts["drafts"] == "1") == is_draft


def test_uncommitted_work_by_its_parts(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    commit_file(folder, "a.py", "1\n", "A", days=9)
    (folder / "a.py").write_text("22\n")
    (folder / "b.py").write_text("1\n")
    run_git(folder, "add", "b.py")
    (folder / "c.py").write_text("1\n")
    for number, name in enumerate("abc"):
        age_file(folder / f"{name}.py", 4 + number)
    (item,) = of_form(poll(folder), "work")
    facts = item.facts
    assert (facts["staged"], facts["unstaged"], facts["untracked"], facts["files"]) == ("1", "1", "1", "3")
    assert item.at == NOW - 4 * DAY
    assert int(facts["oldest"]) == int(NOW - 6 * DAY)
    assert facts["file"] == "a.py"
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-q", "-m", "All")
    assert not of_form(poll(folder), "work")


def test_a_file_that_passes_a_filter_is_no_work_until_it_is_staged(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "config", "filter.upper.clean", "tr a-z A-Z")
    (folder / ".gitattributes").write_text("*.bin filter=upper\n")
    (folder / "x.bin").write_text("abc")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-q", "-m", "Binary")
    os.utime(folder / "x.bin", (NOW, NOW))  # touched, not changed: only the filter could tell
    assert not of_form(poll(folder), "work")


def test_a_huge_status_is_bounded(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    for number in range(1300):
        (folder / f"file-{number}.py").write_text("")
    (item,) = of_form(poll(folder), "work")
    assert item.facts["files"] == "1000"
    assert "\nMore than 1,000 files" in item.text
    assert len(item.text) < 2000


def test_stashes(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    for message in ("try without a lock", "try: with a lock"):
        (folder / "README.md").write_text(message)
        run_git(folder, "stash", "push", "-m", message, days=9)
    (folder / "README.md").write_text("third")
    run_git(folder, "stash", days=5)
    found = of_form(poll(folder), "stash")
    assert [item.facts["message"] for item in found] == ["Begin", "try: with a lock", "try without a lock"]
    assert {item.facts["branch"] for item in found} == {"main"}
    assert found[0].at == NOW - 5 * DAY


def conflict(folder: Path) -> None:
    """Two branches that change the same line."""
    run_git(folder, "checkout", "-q", "-b", "topic")
    commit_file(folder, "a.py", "ours\n", "Ours", days=6)
    run_git(folder, "checkout", "-q", "main")
    commit_file(folder, "a.py", "theirs\n", "Theirs", days=6)
    run_git(folder, "checkout", "-q", "topic")


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        (("merge", "main"), "merge"), (("rebase", "main"), "rebase"), (("rebase", "--apply", "main"), "rebase"),
        (("cherry-pick", "main"), "cherry-pick"), (("revert", "main"), "revert"), (("bisect", "start"), "bisect"),
    ],
)  # fmt: skip
def test_an_operation_that_is_left_in_the_middle(words: tuple[str, ...], operation: str, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    conflict(folder)
    first = poll(folder)
    assert not of_form(first, "operation")
    run_git(folder, *words, check=False)
    (item,) = of_form(poll(folder, state=first.state, now=NOW + 1), "operation")
    assert item.facts["operation"] == operation
    assert item.facts.get("branch") == "topic"


def test_remarks_that_the_owner_added_and_that_still_stand(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    code = "a = 1  # TODO: bound the queue\nb = 2\n// FIXME(nadia): close the socket */\nc = '# TODO a string'\n"
    commit_file(folder, "old.py", "# TODO: too old to be news\n", "Old", days=29)
    commit_file(folder, "src/queue.py", code, "Queue", days=7)
    commit_file(folder, "hers.py", "# XXX this is not the owner's\n", "Hers", days=7, who=OTHER)
    commit_file(folder, "notes.md", "TODO: a note, which is read elsewhere\n", "Notes", days=7)
    commit_file(folder, "gone.py", "# TODO: it is done already\n", "Soon gone", days=7)
    commit_file(folder, "gone.py", "\n", "Gone", days=6)
    first = poll(folder)
    found = {item.facts["words"]: item for item in of_form(first, "todo")}
    assert found.keys() == {"bound the queue", "close the socket"}
    assert (found["bound the queue"].facts["file"], found["bound the queue"].facts["line"]) == ("src/queue.py", "1")
    (folder / "src" / "queue.py").write_text("\n\nx = 3  # TODO: bound the queue\n")
    second = poll(folder, state=first.state, now=NOW + 2000)
    (left,) = of_form(second, "todo")
    assert (left.facts["line"], left.id) == ("3", found["bound the queue"].id)
    assert found["close the socket"].id in second.gone


def test_an_empty_repository_and_one_without_a_commit(tmp_path: Path) -> None:
    for name in ("empty", "unborn"):
        (tmp_path / name).mkdir()
        run_git(tmp_path / name, "init", "-q")
    (tmp_path / "unborn" / "a.py").write_text("1\n")
    run_git(tmp_path / "unborn", "add", ".")
    brought = poll(tmp_path)
    assert [item.facts["repository"] for item in brought.items] == ["unborn"]
    assert not brought.trouble


def test_a_detached_head(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    run_git(folder, "checkout", "-q", "--detach")
    (folder / "a.py").write_text("1\n")
    assert {item.origin.form for item in poll(folder).items} == {"branch", "commit", "work"}


def test_a_shallow_clone(tmp_path: Path) -> None:
    source = make_repository(tmp_path / "source")
    commit_file(source, "a.py", "1\n", "A", days=9)
    run_git(tmp_path, "clone", "-q", "--depth=1", f"file://{source}", "api")
    folder = tmp_path / "api"
    run_git(folder, "config", "user.email", OWNER[1])
    branch_of(folder)
    (item,) = of_form(poll(folder), "branch")
    assert item.facts["commits"] == "2"


def test_working_trees_of_one_repository_share_its_branches(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "code" / "api")
    branch_of(folder)
    run_git(folder, "worktree", "add", "-q", "-b", "second", "../api-second", "main")
    (tmp_path / "code" / "api-second" / "new.py").write_text("1\n")
    brought = poll(tmp_path / "code")
    assert [item.facts["branch"] for item in of_form(brought, "branch")] == ["topic"]
    assert [item.facts["repository"] for item in of_form(brought, "work")] == ["api-second"]
    alone = poll(tmp_path / "code" / "api-second")
    assert len(of_form(alone, "branch")) == 1


def test_submodules_and_bare_repositories_are_passed_over(tmp_path: Path) -> None:
    library = make_repository(tmp_path / "library")
    folder = make_repository(tmp_path / "code" / "api")
    run_git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "vendored")
    run_git(folder, "commit", "-q", "-m", "With a library")
    run_git(tmp_path, "clone", "-q", "--bare", str(library), "code/library.git")
    (folder / "vendored" / "new.py").write_text("1\n")
    brought = poll(tmp_path / "code")
    assert {item.facts["repository"] for item in brought.items} == {"api"}
    assert not of_form(brought, "work")
    assert "bare" in poll(tmp_path / "code" / "library.git").trouble


@pytest.mark.parametrize(
    "name",
    [
        "with blanks", 'with "quotes"', "with\nlines", "with\ttabs", "-dash", "ünïcödé", "日本語", "back`tick", "a'b",
        "$(x)", "with\\back", "\x1b[2Jcleared",
    ],
)  # fmt: skip
def test_names_of_every_kind(name: str, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / name)
    run_git(folder, "checkout", "-q", "-b", "topic")
    commit_file(folder, f"{name}.py", "# TODO: bound the queue\n", name, days=8)
    (folder / f"{name}-2.py").write_text("1\n")
    brought = poll(tmp_path)
    assert {item.origin.form for item in brought.items} == {"branch", "commit", "todo", "work"}, brought.trouble
    for item in brought.items:
        assert "\x1b" not in item.text + item.title + str(item.facts)
        assert " " not in item.id
        assert "\n" not in item.title
    assert not poll(tmp_path, state=brought.state, now=NOW + 5).items


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
def test_names_that_are_no_utf_8(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / os.fsdecode(b"caf\xe9"))
    run_git(folder, "checkout", "-q", "-b", os.fsdecode(b"br\xe9"))
    commit_file(folder, os.fsdecode(b"caf\xe9.py"), "# TODO: bound the queue\n", "Coffee", days=8)
    (folder / os.fsdecode(b"\xff\xfe")).write_text("1\n")
    brought = poll(tmp_path)
    assert {item.origin.form for item in brought.items} == {"branch", "commit", "todo", "work"}
    for item in brought.items:
        assert item.digest
    assert not poll(tmp_path, state=brought.state, now=NOW + 5).items


def test_a_repository_that_git_cannot_read_is_told_and_costs_no_other(tmp_path: Path) -> None:
    make_repository(tmp_path / "good")
    broken = make_repository(tmp_path / "broken")
    run_git(broken, "config", "core.repositoryFormatVersion", "1")
    run_git(broken, "config", "extensions.refStorage", "cuneiform")
    brought = poll(tmp_path)
    assert {item.facts["repository"] for item in brought.items} == {"good"}
    assert brought.trouble == "broken cannot be read by this git."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_a_repository_of_another_user_is_left_alone(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "theirs")
    branch_of(folder)
    for file in (folder, *folder.rglob("*")):
        os.chown(file, 12_345, 12_345)
    brought = poll(folder)
    assert not brought.items
    assert brought.trouble == "theirs belongs to somebody else."


def test_what_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    trouble = poll(tmp_path / "absent", tmp_path / "nothing").trouble
    assert "absent is not there" in trouble
    assert f"no repository in {tmp_path / 'nothing'}" in trouble


def test_folders_of_other_peoples_code_are_not_entered(tmp_path: Path) -> None:
    for place in ("node_modules/left", "venv/src/right", ".cache/x", "a/b/c/d/e/too-deep", "a/b/c/found"):
        make_repository(tmp_path / place)
    (tmp_path / "link").symlink_to(tmp_path / "node_modules")
    assert {item.facts["repository"] for item in poll(tmp_path).items} == {"found"}


def test_nothing_is_asked_while_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    first = poll(folder)
    asked: list[tuple[str, ...]] = []
    run = GitProgram.run

    def count_and_run(git: GitProgram, folder: Path, *words: str, **options: Any) -> GitAnswer:
        asked.append(words)
        return run(git, folder, *words, **options)

    monkeypatch.setattr(GitProgram, "run", count_and_run)
    second = poll(folder, state=first.state, now=NOW + 120)
    assert asked == [("--version",)]
    assert second.state == first.state
    assert not second.items
    assert not second.gone
    poll(folder, state=second.state, now=NOW + 1000)
    assert "status" in {words[0] for words in asked}
    assert "log" not in {words[0] for words in asked}, "no file was changed"
    asked.clear()
    commit_file(folder, "three.py", "3\n", "Third")
    assert of_form(poll(folder, state=second.state, now=NOW + 1200), "branch")


def test_a_repository_that_is_gone_takes_its_items_with_it(tmp_path: Path) -> None:
    for name in ("api", "web"):
        branch_of(make_repository(tmp_path / name))
    first = poll(tmp_path)
    shutil.rmtree(tmp_path / "web")
    second = poll(tmp_path, state=first.state, now=NOW + 60)
    assert set(second.gone) == {item.id for item in first.items if item.facts["repository"] == "web"}
    third = poll(state=second.state, now=NOW + 120)
    assert set(third.gone) == {item.id for item in first.items if item.facts["repository"] == "api"}


def test_the_owner_is_whom_the_config_names_else_whoever_committed_here(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    run_git(folder, "config", "--unset", "user.email")
    assert of_form(poll(folder), "branch")
    assert not of_form(poll(folder, authors=("mara@example.org",)), "branch")
    assert of_form(poll(folder, authors=("NADIA@example.org", "n@example.org")), "branch")


def test_time_runs_out_and_the_rest_is_read_next_time(tmp_path: Path) -> None:
    for name in ("api", "web"):
        make_repository(tmp_path / name)
    ticks = iter([0.0, 0.0, 99.0, 0.0, 0.0, 0.0])
    config = GitConfig(enabled=True, folders=(str(tmp_path),))
    source = RepositorySource(config, clock=lambda: next(ticks))
    first = source.poll("", NOW)
    assert {item.facts["repository"] for item in first.items} == {"api"}
    second = source.poll(first.state, NOW + 60)
    assert {item.facts["repository"] for item in second.items} == {"web"}


@pytest.mark.parametrize("state", ["{", "[]", '{"repositories": 3}', json.dumps({"settings": "x"})])
def test_a_state_that_cannot_be_read_starts_anew(state: str, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    assert poll(folder, state=state).items


@pytest.mark.parametrize(
    ("notes", "left"), [("api", set()), ("", set()), ("api/notes", {"a.py"}), ("other", {"a.py", "b"})]
)
def test_files_of_the_notes_folder_are_left_to_the_rules_for_notes(notes: str, left: set[str], tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    commit_file(folder, "a.py", "# TODO: bound the queue\n", "A", days=6)
    commit_file(folder, "notes/b.py", "# TODO: send Mara the letter\n", "B", days=5)
    for name in ("a.py", "notes/b.py"):
        with (folder / name).open("a") as file:
            file.write("\n")
    brought = poll(folder, notes=tmp_path / notes)
    said = " ".join(item.text for item in brought.items if item.origin.form in ("work", "todo"))
    assert ("bound the queue" in said, "letter" in said) == ("a.py" in left, "b" in left)
    assert ("`a.py`" in said, "b.py" in said) == ("a.py" in left, "b" in left)


def test_a_branch_with_fresh_changes_does_not_rest(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    (folder / "one.py").write_text("going on\n")
    age_file(folder / "one.py", 1)
    (item,) = of_form(poll(folder), "branch")
    assert item.at == NOW - DAY
    run_git(folder, "stash")
    run_git(folder, "checkout", "-q", "main")
    run_git(folder, "stash", "pop", check=False)
    (folder / "README.md").write_text("of main\n")
    (item,) = of_form(poll(folder), "branch")
    assert item.at == NOW - 8 * DAY


@pytest.mark.parametrize("kind", ["huge", "broken", "many filters"])
def test_a_config_that_cannot_be_read_whole_costs_its_repository_alone(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path / "good")
    folder = make_repository(tmp_path / "evil")
    branch_of(folder)
    more = {
        "huge": "[x]\n" + "".join(f"y{number} = {'z' * 1000}\n" for number in range(4200)),
        "broken": "[core\n",
        "many filters": "".join(f'[filter "{"f" * 200}{number}"]\nclean = x\n' for number in range(9000)),
    }[kind]
    with (folder / ".git" / "config").open("a") as config:
        config.write(more)
    brought = poll(tmp_path)
    assert {item.facts["repository"] for item in brought.items} == {"good"}
    assert brought.trouble == "evil cannot be read by this git."


def test_a_status_that_takes_too_long_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_repository(tmp_path / "api")
    (folder / "new.py").write_text("1\n")
    first = poll(folder)
    run = GitProgram.run

    def run_slowly(git: GitProgram, folder: Path, *words: str, **options: Any) -> GitAnswer:
        return GitAnswer(b"", False) if words[0] == "status" else run(git, folder, *words, **options)

    monkeypatch.setattr(GitProgram, "run", run_slowly)
    second = poll(folder, state=first.state, now=NOW + 2000)
    assert (second.items, second.gone, second.trouble) == ((), (), "api takes git too long.")
    monkeypatch.undo()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (folder / "more.py").write_text("1\n")
    (item,) = of_form(poll(folder, state=second.state, now=NOW + 4000), "work")
    assert item.facts["files"] == "2"


def test_a_bug_in_one_repository_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("good", "strange"):
        branch_of(make_repository(tmp_path / name))

    def fail_once(checkout: Checkout) -> BrokenOff | None:
        if checkout.folder.name == "strange":
            raise RuntimeError
        return find_broken_off(checkout)

    monkeypatch.setattr(repository_source, "find_broken_off", fail_once)
    brought = poll(tmp_path)
    assert {item.facts["repository"] for item in brought.items} == {"good"}
    assert brought.trouble == "strange cannot be read."


def test_items_of_another_form_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_repository(tmp_path / "api")
    branch_of(folder)
    first = poll(folder)
    assert not poll(folder, state=first.state, now=NOW + 5).items
    monkeypatch.setattr(repository_state, "ITEM_FORM", 99)
    again = poll(folder, state=first.state, now=NOW + 5)
    assert {item.id for item in again.items} == {item.id for item in first.items}
    assert not again.gone
