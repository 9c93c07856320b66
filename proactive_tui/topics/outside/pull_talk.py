"""What was said on a pull request, gathered from its items: what is new, what blocks, which checks failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from proactive_tui.model.note_values import Note

REASON_RANKS = {"said to block": 0, "changes requested": 1, "issue": 2, "open thread": 3}
"""The reasons for which a comment blocks, the surest first, as the source has them."""


class PullTalk(NamedTuple):
    """A pull request of the owner's.

    `acted_at` is when the owner last said something there or pushed (unix seconds); `remarks` are those of others that
    came since and are not settled, oldest first; `blocking` is what blocks, the surest first; `failed` the checks.
    """

    pull: Note
    acted_at: float
    remarks: tuple[Note, ...]
    blocking: tuple[Note, ...]
    failed: tuple[Note, ...]

    @property
    def newest_at(self) -> float:
        """When the newest of it was written (unix seconds)."""
        return max(item.date for item in (*self.remarks, *self.blocking, *self.failed))

    @property
    def walked(self) -> tuple[Note, ...]:
        """Everything to be walked through: what blocks first, then the other remarks, then the checks."""
        return tuple({item.path: item for item in (*self.blocking, *self.remarks, *self.failed)}.values())


def gather_talk(items: Mapping[str, Note]) -> Iterator[PullTalk]:
    """The owner's pull requests on which something waits."""
    below: dict[str, list[Note]] = {}
    for item in items.values():
        if item.origin and item.origin.thread:
            below.setdefault(item.origin.thread, []).append(item)
    for path, pull in sorted(items.items()):
        if pull.properties.get("form") == "pull request":
            talk = _read_talk(pull, sorted(below.get(path, ()), key=lambda item: (item.date, item.path)))
            if talk.remarks or talk.blocking or talk.failed:
                yield talk


def _read_talk(pull: Note, below: Iterable[Note]) -> PullTalk:
    acted_at = read_iso(pull.properties.get("acted", "")) or pull.date
    said = [item for item in below if item.properties.get("form") != "check" and not _is_aside(item)]
    blocking = [item for item in said if item.properties.get("blocking")]
    return PullTalk(
        pull=pull,
        acted_at=acted_at,
        remarks=tuple(item for item in said if item.date > acted_at),
        blocking=tuple(sorted(blocking, key=lambda item: REASON_RANKS.get(item.properties["blocking"], 9))),
        failed=tuple(item for item in below if item.properties.get("form") == "check"),
    )


def _is_aside(item: Note) -> bool:
    """Whether the owner need not hear of an item: their own, a program's, hidden, settled, or mere consent."""
    facts = item.properties
    consent = facts.get("form") == "review" and facts.get("state") == "approved"
    settled = facts.get("resolved") or facts.get("outdated")
    own = item.origin is None or item.origin.own
    return bool(own or facts.get("bot") or facts.get("hidden") or settled or consent)


def read_iso(stamp: str) -> float:
    """An ISO time of a fact as unix seconds; 0 where there is none."""
    try:
        return dt.datetime.fromisoformat(stamp).timestamp() if stamp else 0.0
    except ValueError:
        return 0.0
