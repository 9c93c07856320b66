"""No program that a repository names is run, and nothing is written in it."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from proactive_tui.errors import SourceError
from proactive_tui.sources.repositories import git_command
from proactive_tui.sources.repositories.git_command import GitProgram, overrule_programs
from tests.sources.repositories.workshop import (
    DAY,
    NOW,
    OTHER,
    age_file,
    commit_file,
    digest_folder,
    make_repository,
    of_form,
    poll,
    run_git,
)

TRAPS = (
    "core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor", "core.gitProxy",
    "core.alternateRefsCommand", "credential.helper", "diff.external", "diff.evil.command", "diff.evil.textconv",
    "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "filter.ev=il.x.clean", "gpg.program",
    "gpg.ssh.program", "gpg.x509.program", "merge.evil.driver", "sequence.editor", "remote.origin.uploadpack",
    "remote.origin.vcs", "interactive.diffFilter", "pager.log", "pager.status", "pager.diff",
    "uploadpack.packObjectsHook", "trailer.x.command", "init.templateDir", "man.viewer",
)  # fmt: skip
"""Settings that name a program, or lead to one."""
ALIASES = ("status", "log", "config", "for-each-ref", "rev-list", "diff-tree", "cherry", "patch-id", "rev-parse")
HOOKS = (
    "post-index-change", "pre-commit", "post-checkout", "reference-transaction", "post-rewrite", "fsmonitor-watchman",
    "pre-auto-gc", "post-merge", "pre-push", "sendemail-validate",
)  # fmt: skip


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """A program that leaves a file where it was run; the file must not be there at the end."""
    sprung = tmp_path / "sprung"
    program = tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{sprung}"\ncat\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    yield program
    assert not sprung.exists(), sprung.read_text()


def plant_everything(folder: Path, trap: Path) -> None:
    """Have every setting and hook of a repository name the trap, and every file pass through it."""
    for key in TRAPS:
        run_git(folder, "config", key, str(trap), check=False)
    for name in ALIASES:
        run_git(folder, "config", f"alias.{name}", f"!{trap}")
    for key, value in {
        "log.showSignature": "true", "diff.renames": "copies", "status.submoduleSummary": "true",
        "submodule.recurse": "true", "diff.orderFile": "/nonexistent", "filter.evil.required": "true",
        "core.untrackedCache": "true", "feature.manyFiles": "true",
    }.items():  # fmt: skip
        run_git(folder, "config", key, value)
    (folder / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n*.c filter=ev=il.x\n")
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text("*.py filter=evil diff=evil\n")
    for name in HOOKS:
        hook = folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(trap, hook)


def unfinished_repository(folder: Path) -> Path:
    """A repository with something of everything that is read."""
    make_repository(folder)
    commit_file(folder, "retry.py", "x = 1\n", "Retry", days=20)
    run_git(folder, "checkout", "-q", "-b", "retry-backoff")
    commit_file(folder, "retry.py", "x = 2  # TODO: bound the pause\n", "WIP pause", days=8)
    commit_file(folder, "racy.c", "int x;\n", "Add it in C", days=7)
    (folder / "retry.py").write_text("x = 3  # TODO: bound the pause\n")
    run_git(folder, "stash")
    (folder / "retry.py").write_text("x = 4  # TODO: bound the pause\n")
    (folder / "racy.c").write_text("int y;\n")  # of the same size, as a clean file that is looked into
    (folder / "new.py").write_text("")
    return folder


def test_no_program_of_a_repository_is_run(tmp_path: Path, trap: Path) -> None:
    folder = unfinished_repository(tmp_path / "api")
    plant_everything(folder, trap)
    brought = poll(folder)
    forms = {item.origin.form for item in brought.items}
    assert {"branch", "commit", "stash", "work", "todo"} <= forms, brought.trouble


@pytest.mark.parametrize("key", TRAPS)
def test_no_setting_alone_runs_a_program(key: str, tmp_path: Path, trap: Path) -> None:
    folder = unfinished_repository(tmp_path / "api")
    run_git(folder, "config", key, str(trap), check=False)
    (folder / ".gitattributes").write_text("* filter=evil diff=evil\n")
    assert of_form(poll(folder), "branch")


def test_the_traps_do_spring_where_git_is_run_as_it_is(tmp_path: Path) -> None:
    sprung, program = tmp_path / "sprung", tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$*" >> "{sprung}"\ncat\n')
    program.chmod(0o755)
    folder = unfinished_repository(tmp_path / "api")
    plant_everything(folder, program)
    run_git(folder, "status", check=False)
    run_git(folder, "log", "-p", "-1", check=False)
    assert sprung.exists()


@pytest.mark.parametrize("protocol", ["ssh://evil.example/x", "ext::{trap} %S", "evil::x", "file://{other}", "{other}"])
def test_a_partial_clone_fetches_nothing(protocol: str, tmp_path: Path, trap: Path) -> None:
    source = unfinished_repository(tmp_path / "source")
    run_git(source, "config", "uploadpack.allowFilter", "true")
    run_git(source, "checkout", "-q", "-f", "main")
    run_git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{source}", "part")
    folder = tmp_path / "part"
    run_git(folder, "config", "remote.origin.url", protocol.format(trap=trap, other=source))
    run_git(folder, "config", "remote.origin.uploadpack", str(trap))
    run_git(folder, "config", "core.sshCommand", str(trap))
    run_git(folder, "config", "protocol.ext.allow", "always")
    run_git(folder, "config", "user.email", "nadia@example.org")
    before = digest_folder(folder / ".git")
    poll(folder)
    assert digest_folder(folder / ".git") == before


@pytest.mark.parametrize("scheme", ["git", "http", "ssh"])
def test_no_connection_is_made(scheme: str, tmp_path: Path) -> None:
    folder = unfinished_repository(tmp_path / "api")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"{scheme}://127.0.0.1:{server.getsockname()[1]}/x"
        for key, value in {
            "remote.origin.url": address, "remote.origin.promisor": "true", "extensions.partialClone": "origin",
            "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*", "core.repositoryFormatVersion": "1",
            "http.proxy": address, "fetch.parallel": "2", "maintenance.auto": "true",
        }.items():  # fmt: skip
            run_git(folder, "config", key, value)
        lost = run_git(folder, "rev-parse", "main:README.md").strip()
        (folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
        poll(folder)
        with pytest.raises(TimeoutError):
            server.accept()


def test_nothing_is_written(tmp_path: Path) -> None:
    folder = unfinished_repository(tmp_path / "api")
    age_file(folder / "new.py", 5)
    os.utime(folder / "README.md", (NOW, NOW))  # git would like to note in its index that only the time is new
    before = digest_folder(folder)
    first = poll(folder)
    poll(folder, state=first.state, now=NOW + DAY)
    assert digest_folder(folder) == before


def test_a_working_tree_named_elsewhere_is_not_read(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "letter-to-mara.txt").write_text("x")
    folder = make_repository(tmp_path / "code" / "api")
    run_git(folder, "config", "core.worktree", str(private))
    assert not any("letter" in item.text for item in poll(tmp_path / "code").items)


def test_replaced_objects_do_not_count(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "checkout", "-q", "-b", "topic")
    true = commit_file(folder, "a.py", "1\n", "The true subject", days=8)
    run_git(folder, "commit", "--amend", "-q", "-m", "A false subject", days=8)
    false = run_git(folder, "rev-parse", "HEAD").strip()
    run_git(folder, "reset", "-q", "--hard", true)
    run_git(folder, "replace", true, false)
    (branch,) = of_form(poll(folder), "branch")
    assert "The true subject" in branch.text


def test_settings_of_the_environment_do_not_reach_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: Path
) -> None:
    folder = unfinished_repository(tmp_path / "api")
    other = make_repository(tmp_path / "other")
    for name, value in {
        "GIT_DIR": str(other / ".git"), "GIT_EXTERNAL_DIFF": str(trap), "GIT_PAGER": str(trap), "PAGER": str(trap),
        "GIT_SSH_COMMAND": str(trap), "GIT_TRACE": str(tmp_path / "sprung"), "GIT_ASKPASS": str(trap),
        "GIT_INDEX_FILE": str(tmp_path / "index"), "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{trap}'",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert of_form(poll(folder), "branch")


def test_without_git_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError) as raised:
        poll(tmp_path)
    assert raised.value.title == "Git was not found"
    assert "Install git" in raised.value.hint


def test_an_old_git_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\necho git version 2.17.1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="too old"):
        poll(tmp_path)


def test_a_git_of_the_folder_itself_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: Path) -> None:
    folder = unfinished_repository(tmp_path / "api")
    shutil.copy(trap, folder / "git")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    assert of_form(poll(folder), "branch")


def test_git_is_ended_when_it_takes_too_long_or_says_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *--version*) echo git version 2.40.0;; *endless*) exec yes;; *) exec sleep 60;; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(git_command, "MAX_GIT_SECONDS", 0.2)
    git = GitProgram()
    assert not git.run(tmp_path, "status").is_whole
    answer = git.run(tmp_path, "endless", max_bytes=1000)
    assert (len(answer.data), answer.is_whole) == (1000, False)


def test_every_filter_and_driver_of_a_config_is_switched_off() -> None:
    config = {"filter.lfs.clean": "x", "filter.a.b=c.process": "y", "diff.pdf.textconv": "z", "diff.external": "w"}
    overruled = overrule_programs(config)
    assert overruled["filter.lfs.clean"] == overruled["filter.a.b=c.process"] == overruled["diff.pdf.textconv"] == ""
    assert overruled["filter.lfs.required"] == "false"


def test_work_of_others_is_not_the_owners(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "api")
    run_git(folder, "checkout", "-q", "-b", "hers")
    commit_file(folder, "a.py", "# TODO: ask the owner to pay\n", "Hers", days=8, who=OTHER)
    brought = poll(folder)
    assert {item.origin.form for item in brought.items} == {"commit"}
    assert [item.title for item in brought.items] == ["Begin"]
