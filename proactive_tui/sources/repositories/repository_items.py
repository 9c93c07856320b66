"""The items that a repository gives: a branch, uncommitted work, a stash, an operation in the middle, a commit, a TODO.

Their text is Markdown with the words of the owner's commits and files; what miners need are codes in their facts.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.sources.contract import SourceItem
from proactive_tui.sources.repositories.branch_reading import BranchCommit, OwnBranch
from proactive_tui.sources.repositories.repository_finder import Checkout
from proactive_tui.sources.repositories.shown_text import show_code, show_text, show_words
from proactive_tui.sources.repositories.todo_reading import StandingTodo
from proactive_tui.sources.repositories.work_status import BrokenOff, Stash, UncommittedWork, WorkPart
from proactive_tui.text.quantities import format_count
from proactive_tui.units import SECONDS_PER_DAY

MAX_LISTED: Final = 8
"""Commits or files that the text of an item lists."""
_PARTS: tuple[tuple[WorkPart, str], ...] = (
    ("conflict", "In conflict"), ("staged", "Staged"), ("unstaged", "Changed"), ("untracked", "New"),
)  # fmt: skip
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")


class ItemMaker(NamedTuple):
    """Makes the items of one working tree, whose owner is `owner`; work rests after `stale_days` without a touch."""

    checkout: Checkout
    owner: str
    stale_days: float

    def branch(self, branch: OwnBranch, touched: float = 0.0) -> SourceItem:
        """A branch that waits to be merged or pushed. `touched` is when files of it were last changed (unix seconds):
        it rests only since then.
        """
        newest = branch.commits[0]
        drafts = [commit for commit in branch.commits if commit.is_draft]
        head = (
            f"{show_code(branch.name)} in {self.checkout.name}: {format_count(branch.ahead, 'commit')} to {branch.aim}"
        )
        where = f"{'into' if branch.aim == 'merge' else 'to'} {show_code(branch.into)}"
        return self._build_item(
            "branch",
            _id_name(branch.name),
            title=f"{show_text(branch.name, 80)} in {self.checkout.name}",
            text="\n".join((f"{head} {where}.", "", *_list_subjects(branch.commits, branch.ahead))),
            at=max(newest.at, touched),
            facts={
                "branch": show_text(branch.name, 120),
                "aim": branch.aim,
                "into": show_text(branch.into, 80),
                "commits": str(branch.ahead),
                "unpushed": str(branch.unpushed),
                "tip": newest.id[:16],
                "drafts": str(len(drafts)),
                "pushed drafts": str(_count_pushed(branch)),
                "draft": show_text(drafts[0].subject, 100) if drafts else "",
            },
        )

    def work(self, work: UncommittedWork) -> SourceItem:
        """Changes that are not committed."""
        files = len(work.files)
        more = "" if work.is_whole else "More than "
        lines = [f"{more}{format_count(files, 'file')} to commit in {self.checkout.name}."]
        for part, word in _PARTS:
            named = [file for file in sorted(work.files, key=lambda file: -file.at) if part in file.parts]
            if named:
                lines += ["", f"{word}: {len(named)}", ""]
                lines += [f"- {show_code(file.path)}" for file in named[:MAX_LISTED]]
        named_files = "\n".join(sorted(f"{file.path} {file.at} {' '.join(file.parts)}" for file in work.files))
        return self._build_item(
            "work",
            "",
            title=f"Uncommitted work in {self.checkout.name}",
            text="\n".join(lines),
            at=work.newest_at,
            facts={
                "files": str(files),
                **{part: str(work.count(part)) for part, _ in _PARTS},
                "oldest": str(int(work.oldest_at)),
                "file": show_text(max(work.files, key=lambda file: file.at).path, 100),
                "state": hashlib.blake2b(named_files.encode("utf-8", "replace"), digest_size=8).hexdigest(),
            },
        )

    def stash(self, stash: Stash) -> SourceItem:
        """Work that was put aside."""
        message = stash.message or stash.branch
        on = f" on {show_code(stash.branch)}" if stash.branch else ""
        return self._build_item(
            "stash",
            stash.commit[:12],
            title=f"Stash in {self.checkout.name}: {show_text(message, 80)}",
            text=f"A stash in {self.checkout.name}{on}: {show_words(message)}",
            at=stash.at,
            facts={"branch": show_text(stash.branch, 120), "message": show_text(message, 100)},
        )

    def broken_off(self, found: BrokenOff) -> SourceItem:
        """A merge, rebase or the like that was not finished."""
        on = f" on {show_code(found.branch)}" if found.branch else ""
        step = f", at step {found.step}" if found.step else ""
        return self._build_item(
            "operation",
            found.operation,
            title=f"{found.operation.capitalize()} in the middle in {self.checkout.name}",
            text=f"The {found.operation} in {self.checkout.name}{on} is in the middle{show_text(step, 40)}.",
            at=found.at,
            facts={
                "operation": found.operation,
                "branch": show_text(found.branch, 120),
                "step": show_text(found.step, 20),
            },
        )

    def commit(self, commit: BranchCommit, branch: str = "") -> SourceItem:
        """A commit that the owner made."""
        return self._build_item(
            "commit",
            commit.id[:12],
            title=show_text(commit.subject, 120) or commit.id[:12],
            text=f"A commit in {self.checkout.name}{f' on {show_code(branch)}' if branch else ''}.",
            at=commit.at,
            facts={"commit": commit.id, "draft": "yes" if commit.is_draft else "", "branch": show_text(branch, 120)},
        )

    def todo(self, todo: StandingTodo) -> SourceItem:
        """A remark in a file that something is to be done."""
        digest = hashlib.blake2b(f"{todo.path}\0{todo.words}".encode("utf-8", "replace"), digest_size=6).hexdigest()
        return self._build_item(
            "todo",
            digest,
            title=show_text(todo.words, 120),
            text=f"{todo.mark}: {show_words(todo.words)}\n\nIn {show_code(todo.path)}, line {todo.line}, of "
            f"{self.checkout.name}.",
            at=todo.at,
            facts={
                "mark": todo.mark,
                "words": show_text(todo.words),
                "file": show_text(todo.path, 200),
                "line": str(todo.line),
            },
        )

    def _build_item(
        self, form: str, name: str, *, title: str, text: str, at: float, facts: dict[str, str]
    ) -> SourceItem:
        return SourceItem(
            id="/".join(filter(None, (self.checkout.key, form, name))),
            title=title,
            text=f"# {show_words(title)}\n\n{text}",
            at=at,
            origin=ItemOrigin(source="git", form=form, author=self.owner, own=True, part=self.checkout.name),
            facts={
                "repository": self.checkout.name,
                "folder": show_text(str(self.checkout.folder), 400),
                "rests from": str(int(at + self.stale_days * SECONDS_PER_DAY)),
                **{name: value for name, value in facts.items() if value},
            },
        )


def _list_subjects(commits: tuple[BranchCommit, ...], count: int) -> list[str]:
    listed = [f"- {show_words(commit.subject)}" for commit in commits[:MAX_LISTED]]
    return [*listed, f"- {count - len(listed)} more"] if count > len(listed) else listed


def _count_pushed(branch: OwnBranch) -> int:
    """How many drafts of a branch are on a remote: the newest commits are those that are not."""
    return sum(commit.is_draft for commit in branch.commits[branch.unpushed :]) if branch.aim == "merge" else 0


def _id_name(name: str) -> str:
    """A branch name as a segment of an id, told apart from others by a digest where it loses something."""
    plain = _NOT_IN_ID.sub("-", name)[:60].strip("-.")
    if plain == name:
        return plain
    digest = hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    return f"{plain or 'branch'}-{digest}"
