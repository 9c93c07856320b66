"""Branches with work of the owner's that is in no other place yet: what is to be merged, and what is to be pushed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from proactive_tui.sources.repositories.git_command import MAX_GIT_BYTES
from proactive_tui.sources.repositories.repository_reader import RepositoryReader

MAX_BRANCHES: Final = 300
MAX_OWN_BRANCHES: Final = 30
MAX_BRANCH_COMMITS: Final = 50
MAX_SQUASH_COMMITS: Final = 200
"""Commits of the default branch among which a branch is looked for that was merged as one commit."""
_USUAL_DEFAULTS = ("main", "master", "trunk", "develop", "default", "dev")
_LONG_LIVED = re.compile(
    r"(?:main|master|trunk|develop|default|dev|next|staging|production|gh-pages)|(?:releases?|stable|maint|support)[/._-].*|"
    r"v?\d+(?:\.(?:\d+|x))+"
)
"""Names of branches that live beside the default branch: they are not there to be merged and done with."""
_LOCAL, _REMOTE = "refs/heads/", "refs/remotes/"
_DRAFT = re.compile(r"(?i:\[?wip\b|(?:draft|tmp|temp)\s*(?::|$))|(?:fixup|squash|amend)! ")

Aim = Literal["merge", "push"]
"""What a branch waits for."""


class BranchRef(NamedTuple):
    """A ref: its full name, its commit, that one's author address and time (unix seconds), and its upstream's name."""

    name: str
    commit: str
    author: str
    at: float
    upstream: str
    points_to: str


class BranchCommit(NamedTuple):
    """A commit: its id, the address of its author, when it was written (unix seconds), and its first line."""

    id: str
    author: str
    at: float
    subject: str

    @property
    def is_draft(self) -> bool:
        """Whether it says of itself that it is to be changed: WIP, fixup!, squash!, amend!."""
        return _DRAFT.match(self.subject.strip()) is not None


class OwnBranch(NamedTuple):
    """A branch that the owner worked on last: its short name, what it waits for and where, and the commits that are
    only there, newest first (`ahead` counts all of them). `unpushed` is how many of them no remote has.
    """

    name: str
    aim: Aim
    into: str
    commits: tuple[BranchCommit, ...]
    ahead: int
    unpushed: int


def read_branches(reader: RepositoryReader, oldest: float) -> Iterator[OwnBranch]:
    """The branches whose last commit is the owner's and newer than `oldest`, and that wait for something.

    A branch that another of them contains is a part of that one.
    """
    inside: set[str] = set()
    for branch in _read_waiting(reader, oldest):
        if branch.commits[0].id not in inside:
            yield branch
        inside |= {commit.id for commit in branch.commits}


def _read_waiting(reader: RepositoryReader, oldest: float) -> Iterator[OwnBranch]:
    """The branches of the owner that wait for something; of those of one time, the one with most commits first."""
    refs = list_refs(reader)
    default = default_branches(refs, reader.config)
    beside = (name for name in refs if _plain_name(name) in _USUAL_DEFAULTS) if default else ()
    bases = tuple(dict.fromkeys((*default, *beside)))
    main = {_plain_name(name) for name in bases}
    local = [
        ref
        for ref in refs.values()
        if ref.name.startswith(_LOCAL) and ref.at >= oldest and ref.author.lower() in reader.own_addresses
    ]
    newest = sorted(local, key=lambda ref: (-ref.at, ref.name))[:MAX_OWN_BRANCHES]
    found = (
        _to_push(reader, ref)
        if not bases or _plain_name(ref.name) in main or _LONG_LIVED.fullmatch(_plain_name(ref.name))
        else _to_merge(reader, ref, bases)
        for ref in newest
    )
    yield from sorted(
        (branch for branch in found if branch is not None), key=lambda branch: (-branch.commits[0].at, -branch.ahead)
    )


def list_refs(reader: RepositoryReader) -> dict[str, BranchRef]:
    """The branches of a repository, newest first, and those of its remotes that may be the default, by name."""
    form = "%00".join(
        ("%(refname)", "%(objectname)", "%(authoremail)", "%(authordate:unix)", "%(upstream)", "%(symref)", "")
    )
    ends = ("HEAD", *_USUAL_DEFAULTS)
    local = reader.ask(
        "for-each-ref", f"--format={form}", f"--count={MAX_BRANCHES}", "--sort=-committerdate", _LOCAL.rstrip("/")
    )
    remote = reader.ask("for-each-ref", f"--format={form}", *(f"{_REMOTE}*/{name}" for name in ends))
    found: dict[str, BranchRef] = {}
    for data in (local.data, remote.data):
        for row in data.decode("utf-8", "surrogateescape").split("\0\n"):
            fields = row.split("\0")
            if len(fields) == 6 and fields[3].isdigit():
                name, commit, author, at, upstream, points_to = fields
                found[name] = BranchRef(name, commit, author.strip("<>"), float(at), upstream, points_to)
    return found


def default_branches(refs: Mapping[str, BranchRef], config: Mapping[str, str]) -> tuple[str, ...]:
    """The branch into which all others are merged, as the remote and as this machine has it; empty where unknown."""
    heads = (ref.points_to for name, ref in sorted(refs.items()) if name.endswith("/HEAD") and ref.points_to)
    usual = (config.get("init.defaultbranch", ""), *_USUAL_DEFAULTS)
    remote = next(heads, None)
    if remote is None:
        local = next((f"{_LOCAL}{name}" for name in usual if name and f"{_LOCAL}{name}" in refs), "")
        tracked = refs[local].upstream if local else ""
        far = next((f"{_REMOTE}origin/{name}" for name in usual if f"{_REMOTE}origin/{name}" in refs), "")
        return tuple(name for name in (tracked if tracked in refs else far, local) if name)
    short = remote.removeprefix(_REMOTE).partition("/")[2]
    own = f"{_LOCAL}{short}"
    return (remote, own) if own in refs else (remote,)


def _to_push(reader: RepositoryReader, ref: BranchRef) -> OwnBranch | None:
    """What of the default branch its upstream does not have."""
    if not ref.upstream:
        return None
    commits = read_commits(reader, ref.commit, (ref.upstream,), MAX_BRANCH_COMMITS)
    if not commits:
        return None
    count = count_commits(reader, ref.commit, (ref.upstream,))
    return OwnBranch(ref.name.removeprefix(_LOCAL), "push", _short_name(ref.upstream), commits, count, count)


def _to_merge(reader: RepositoryReader, ref: BranchRef, bases: Collection[str]) -> OwnBranch | None:
    """What of a branch is in none of `bases`, neither as it is nor as one commit."""
    commits = read_commits(reader, ref.commit, bases, MAX_BRANCH_COMMITS)
    if not commits or _was_removed_there(reader, ref) or _is_merged_otherwise(reader, ref, tuple(bases)):
        return None
    count = count_commits(reader, ref.commit, bases)
    unpushed = count_commits(reader, ref.commit, (*bases, "--remotes"))
    into = _short_name(next(iter(bases)))
    return OwnBranch(ref.name.removeprefix(_LOCAL), "merge", into.rpartition("/")[2], commits, count, unpushed)


def read_commits(reader: RepositoryReader, tip: str, without: Collection[str], most: int) -> tuple[BranchCommit, ...]:
    """The commits of `tip` that are in none of `without`, newest first."""
    answer = reader.ask(
        "log", "-z", "--no-show-signature", f"--max-count={most}", "--format=%H%x00%ae%x00%at%x00%s", tip, "--not",
        *without, "--",
    )  # fmt: skip
    if not answer.is_whole:
        return ()
    return tuple(
        BranchCommit(commit, author, float(at), subject)
        for commit, author, at, subject in answer.rows(4)
        if at.isdigit()
    )


def count_commits(reader: RepositoryReader, tip: str, without: Collection[str]) -> int:
    """How many commits of `tip` are in none of `without`."""
    said = reader.ask("rev-list", "--count", tip, "--not", *without, "--").data.strip()
    return int(said) if said.isdigit() else 0


def keep_existing(reader: RepositoryReader, commits: Collection[str]) -> list[str]:
    """Those of some commits that are still there: what nothing leads to is removed by git in time."""
    if not commits:
        return []
    answer = reader.ask("cat-file", "--batch-check", given="".join(f"{commit}\n" for commit in commits).encode())
    return [line.split()[0].decode() for line in answer.data.splitlines() if line.split()[1:2] == [b"commit"]]


def _was_removed_there(reader: RepositoryReader, ref: BranchRef) -> bool:
    """Whether a branch was pushed and then removed from its remote, as it is done after a merge."""
    return bool(ref.upstream) and not reader.ask("rev-parse", "--verify", "--quiet", f"{ref.upstream}^{{commit}}").data


def _is_merged_otherwise(reader: RepositoryReader, ref: BranchRef, bases: tuple[str, ...]) -> bool:
    """Whether all that a branch changes is in the default branch: commit by commit, or as one commit.

    So is a branch that has nothing in common with it.
    """
    base = bases[0]
    cherry = reader.ask("cherry", base, ref.commit)
    marks = [line[:1] for line in cherry.data.splitlines()]
    if cherry.is_whole and marks and set(marks) == {b"-"}:
        return True
    fork = reader.ask("merge-base", base, ref.commit).data.strip().decode("ascii", "replace")
    if not fork:
        return True  # a history of its own, as that of a website's pages, is never merged
    whole = reader.ask("diff-tree", "-p", *PLAIN_PATCH, fork, ref.commit, "--")
    if not whole.is_whole or not whole.data:
        return whole.is_whole  # it changes nothing
    wanted = _patch_ids(reader, whole.data)
    later = reader.ask(
        "log", "-p", *PLAIN_PATCH, "--no-show-signature", "--no-merges", f"--max-count={MAX_SQUASH_COMMITS}",
        "--format=commit %H", f"{fork}..{base}", "--", max_bytes=MAX_GIT_BYTES,
    )  # fmt: skip
    return bool(wanted & _patch_ids(reader, later.data))


def _patch_ids(reader: RepositoryReader, patches: bytes) -> set[bytes]:
    """The ids of patches: the same change has the same id, in whatever commit."""
    answer = reader.ask("patch-id", "--stable", given=patches)
    return {line.split()[0] for line in answer.data.splitlines() if line.strip()}


def _plain_name(ref: str) -> str:
    """The name of a branch, without the name of its remote."""
    return ref.removeprefix(_LOCAL) if ref.startswith(_LOCAL) else ref.removeprefix(_REMOTE).partition("/")[2]


def _short_name(ref: str) -> str:
    return ref.removeprefix(_LOCAL).removeprefix(_REMOTE)


PLAIN_PATCH: Final = (
    "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--ignore-submodules=all", "--src-prefix=a/",
    "--dst-prefix=b/",
)  # fmt: skip
"""Options of a patch by which no program is run, and which looks the same by every config."""
