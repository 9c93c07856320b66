"""The source of items that reads repositories of this machine. A poll looks at the times of a few files; git runs only
where one of them changed, and now and then to see what was edited.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import structs

from proactive_tui.bug_log import log_bug
from proactive_tui.config import Config, GitConfig
from proactive_tui.errors import SourceError
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.repositories.branch_reading import BranchCommit, keep_existing, list_refs, read_branches
from proactive_tui.sources.repositories.git_command import GitAnswer, GitProgram
from proactive_tui.sources.repositories.repository_finder import Checkout, find_checkouts, open_checkout, take_stamp
from proactive_tui.sources.repositories.repository_items import ItemMaker
from proactive_tui.sources.repositories.repository_reader import RepositoryReader, is_own_folder
from proactive_tui.sources.repositories.repository_state import (
    KnownRepository,
    PollMemory,
    read_memory,
    settings_digest,
    write_memory,
)
from proactive_tui.sources.repositories.todo_reading import AddedTodo, find_standing, read_added
from proactive_tui.sources.repositories.work_status import (
    MAX_STATUS_BYTES,
    ask_status,
    find_broken_off,
    head_branch,
    read_stashes,
    read_work,
)
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

log = logging.getLogger(__name__)

FIND_SECONDS: Final = SECONDS_PER_HOUR
"""How often new repositories are looked for."""
COMPARE_SECONDS: Final = 900.0
"""How often files are compared in a repository in which git's own files did not change."""
REREAD_SECONDS: Final = 12 * SECONDS_PER_HOUR
"""How often everything is read again, although nothing seems to have changed."""
MAX_POLL_SECONDS: Final = 20.0
"""Time for reading repositories in one poll; those that are left over are read in the next."""
TODO_DAYS: Final = 21.0
"""For how long a remark in code may be news."""
MAX_COMMITS: Final = 50
MAX_STANDING: Final = 20
MAX_TROUBLES: Final = 3


class ReadRepository(NamedTuple):
    """A working tree that was read: its items, and what to remember of it."""

    items: tuple[SourceItem, ...]
    known: KnownRepository


class RepositorySource:
    """Brings what the owner left unfinished in the repositories that the config names."""

    def __init__(
        self, config: GitConfig, notes: Path | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`notes` is the notes folder, whose files are none of this source's."""
        self._config, self._notes, self._clock = config, notes, clock

    def poll(self, state: str, now: float) -> SourcePoll:
        """Read the repositories in which something has happened. Raises SourceError where there is no usable git."""
        git = GitProgram()
        before = read_memory(state)
        settings = settings_digest(self._config)
        memory = before if before.settings == settings else PollMemory(settings=settings)
        checkouts, memory = self._find_checkouts(memory, now)
        until = self._clock() + MAX_POLL_SECONDS
        items: list[SourceItem] = []
        known: dict[str, KnownRepository] = {}
        nothing = KnownRepository()
        waiting = sorted(
            checkouts, key=lambda checkout: memory.repositories.get(str(checkout.folder), nothing).looked_at
        )
        first_of = {checkout.shared: checkout.folder for checkout in reversed(checkouts)}
        for checkout in waiting:
            last = memory.repositories.get(str(checkout.folder), nothing)
            if self._clock() >= until and last.looked_at < now:
                known[str(checkout.folder)] = last
                continue
            is_first = first_of[checkout.shared] == checkout.folder
            read = self._read_safely(git, checkout, last, now, is_first=is_first)
            items += read.items
            known[str(checkout.folder)] = read.known
        after = PollMemory(settings=settings, found_at=memory.found_at, troubles=memory.troubles, repositories=known)
        return SourcePoll(
            items=tuple(items),
            gone=tuple(sorted(before.ids - after.ids)),
            state=write_memory(after),
            trouble=_describe_troubles(after),
        )

    def _find_checkouts(self, memory: PollMemory, now: float) -> tuple[tuple[Checkout, ...], PollMemory]:
        """The working trees, looked for again where that was long ago or one of them is gone."""
        if 0 <= now - memory.found_at < FIND_SECONDS:
            opened = [open_checkout(Path(folder), is_named=True) for folder in memory.repositories]
            still = [checkout for checkout in opened if checkout is not None]
            if len(still) == len(memory.repositories) and not memory.troubles:
                return tuple(sorted(still)), memory
        found = find_checkouts(self._config.folders)
        return found.checkouts, structs.replace(memory, found_at=now, troubles=found.troubles)

    def _read_safely(
        self, git: GitProgram, checkout: Checkout, last: KnownRepository, now: float, *, is_first: bool
    ) -> ReadRepository:
        """Read a working tree; one that cannot be read costs no other, and is tried again when it has changed."""
        try:
            return self._read_if_changed(git, checkout, last, now, is_first=is_first)
        except SourceError:
            reason = "cannot be read by this git" if is_own_folder(checkout) else "belongs to somebody else"
        except Exception as error:  # noqa: BLE001 - a bug that one repository brings out costs no other
            log_bug(log, "a repository cannot be read", error)
            reason = "cannot be read"
        trouble = f"{checkout.name} {reason}"
        return ReadRepository(
            (), KnownRepository(stamp=take_stamp(checkout), read_at=now, looked_at=now, trouble=trouble)
        )

    def _read_if_changed(
        self, git: GitProgram, checkout: Checkout, last: KnownRepository, now: float, *, is_first: bool
    ) -> ReadRepository:
        stamp = take_stamp(checkout)
        is_same = last.stamp == stamp and 0 <= now - last.read_at < REREAD_SECONDS
        if is_same and 0 <= now - last.looked_at < COMPARE_SECONDS:
            return ReadRepository((), last)
        reader = RepositoryReader(git, checkout, self._config.authors, self._notes)
        reader.check_readable()
        status = GitAnswer(b"", True) if reader.is_bare else ask_status(reader)
        if not status.is_whole and len(status.data) < MAX_STATUS_BYTES:  # what it said before still holds
            trouble = f"{checkout.name} takes git too long"
            return ReadRepository((), structs.replace(last, stamp=stamp, looked_at=now, trouble=trouble))
        work = hashlib.blake2b(status.data, digest_size=8).hexdigest()
        if is_same and work == last.work and not last.todos and not status.data:
            return ReadRepository((), structs.replace(last, looked_at=now))
        return self._read_whole(
            reader, status, structs.replace(last, stamp=stamp, read_at=now, looked_at=now, work=work, trouble=""), now,
            is_first=is_first,
        )  # fmt: skip

    def _read_whole(
        self, reader: RepositoryReader, status: GitAnswer, last: KnownRepository, now: float, *, is_first: bool
    ) -> ReadRepository:
        maker = ItemMaker(reader.checkout, reader.owner, self._config.stale_days)
        todos, scanned = _find_todos(reader, last, now)
        items = [*self._list_items(reader, maker, status, now, is_first=is_first)]
        items += [maker.todo(todo) for todo in (*find_standing(reader.checkout.folder, todos),)[:MAX_STANDING]]
        unique = {item.id: item for item in items}
        known = structs.replace(
            last,
            ids=tuple(sorted(unique)),
            scanned=scanned,
            todos=(*todos,),
        )
        return ReadRepository(tuple(unique.values()), known)

    def _list_items(
        self, reader: RepositoryReader, maker: ItemMaker, status: GitAnswer, now: float, *, is_first: bool
    ) -> Iterator[SourceItem]:
        """Everything but remarks. What working trees share is listed for the first of them only."""
        if broken := find_broken_off(reader.checkout):
            yield maker.broken_off(broken)
        work = read_work(reader, status)
        if work.newest_at:
            yield maker.work(work)
        if not is_first:
            return
        oldest = now - self._config.keep_days * SECONDS_PER_DAY
        here = head_branch(reader.checkout)
        for branch in read_branches(reader, oldest):
            yield maker.branch(branch, touched=work.newest_at if branch.name == here else 0.0)
        yield from (maker.stash(stash) for stash in read_stashes(reader) if stash.at >= oldest)
        yield from map(maker.commit, read_own_commits(reader, oldest))


def open_source(config: Config) -> RepositorySource:
    """The source of a config in which it is switched on."""
    return RepositorySource(config.git, Path(config.notes.folder).expanduser() if config.notes.folder else None)


def read_own_commits(reader: RepositoryReader, oldest: float) -> list[BranchCommit]:
    """The owner's commits of all branches since a time (unix seconds), newest first, without merges."""
    names = [word for address in sorted(reader.own_addresses) for word in ("--author", f"<{address}>")]
    if not names:
        return []
    answer = reader.ask(
        "log", "-z", "--no-show-signature", "--no-merges", "--fixed-strings", "--regexp-ignore-case", *names,
        f"--max-count={MAX_COMMITS}", f"--max-age={int(oldest)}", "--format=%H%x00%ae%x00%at%x00%s", "--branches", "--",
    )  # fmt: skip
    return [
        BranchCommit(commit.strip(), author, float(at), subject)
        for commit, author, at, subject in answer.rows(4)
        if at.isdigit() and author.lower() in reader.own_addresses
    ]


def _find_todos(reader: RepositoryReader, last: KnownRepository, now: float) -> tuple[list[AddedTodo], tuple[str, ...]]:
    """The remarks of the last weeks, and the commits up to which they were looked for."""
    since = now - TODO_DAYS * SECONDS_PER_DAY
    if not reader.own_addresses:
        return [], ()
    tips = tuple(sorted({ref.commit for ref in list_refs(reader).values() if ref.name.startswith("refs/heads/")}))
    kept = [AddedTodo(*row) for row in last.todos if row[1] >= since]
    if tips == last.scanned:
        return kept, tips
    known = keep_existing(reader, last.scanned)
    added = [todo for todo in read_added(reader, since, known) if todo.at >= since and not reader.is_note(todo.path)]
    return list(dict.fromkeys((*added, *kept))), tips


def _describe_troubles(memory: PollMemory) -> str:
    """What could not be read, in a sentence; empty where everything was."""
    said = [*memory.troubles, *(known.trouble for known in memory.repositories.values() if known.trouble)]
    more = f", and {len(said) - MAX_TROUBLES} more" if len(said) > MAX_TROUBLES else ""
    return f"{'; '.join(said[:MAX_TROUBLES])}{more}." if said else ""
