"""One poll of a source: asks it, stores what it brings together with its cursor, and says when to ask again.

For the loop and for the command `sources poll`. Only this code writes to the store of items while a source is polled.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.errors import ProactiveError, SourcePausedError
from proactive_tui.model.status_values import SourceStatus
from proactive_tui.sources.contract import ActivityListener, OwnActivity, SourcePoll, SourceSpec
from proactive_tui.sources.item_store import ItemChanges, ItemStore, SourceCursor
from proactive_tui.sources.source_registry import all_sources
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services
    from proactive_tui.config import Config

log = logging.getLogger(__name__)

MAX_BACKOFF_SECONDS: Final = 6 * SECONDS_PER_HOUR
"""The longest pause after polls that failed, unless the source itself asks for a longer one."""
JITTER: Final = 0.1
"""The share by which the time between two polls is varied, so that many programs do not ask at once."""


class PollOutcome(NamedTuple):
    """What came of asking a source: what it brought, or `failure`, with when it wants to be asked again (0: unsaid)."""

    poll: SourcePoll | None = None
    failure: ProactiveError | None = None
    until: float = 0.0


def ask_source(
    spec: SourceSpec, config: Config, state: str, now: float, activity: OwnActivity | None = None
) -> PollOutcome:
    """Poll a source once. Blocks for as long as the source takes; touches no store, and raises nothing.

    `activity` is what was noticed of the owner, for a source that hears of it.
    """
    try:
        source = spec.open_source(config)
        if activity is not None and isinstance(source, ActivityListener):
            source.hear_activity(activity)
        return PollOutcome(poll=source.poll(state, now))
    except SourcePausedError as error:
        return PollOutcome(failure=error, until=error.until)
    except ProactiveError as error:
        return PollOutcome(failure=error)
    except Exception as error:  # noqa: BLE001 - a source that fails by a bug costs itself
        log_bug(log, f"the source {spec.name} cannot be polled", error)
        return PollOutcome(failure=ProactiveError("It cannot be read", bug_place(error), "The log says more."))


def take_in(services: Services, spec: SourceSpec, outcome: PollOutcome, now: float, rng: Random) -> ItemChanges:
    """Store and index what a poll brought, or that it failed; returns what has changed.

    Items that are older than the source keeps them go. Blocks; call it on the index's worker. Raises ProactiveError.
    """
    store, index = services.items, services.index
    before = store.read_cursor(spec.name)
    next_at = next_poll_at(spec, outcome, before.failures, now, rng)
    if outcome.poll is None:
        assert outcome.failure is not None
        store.record_failure(spec.name, describe_failure(outcome.failure), now, next_at)
        log.info("the source %s was not read: %s", spec.name, outcome.failure.title)
        return ItemChanges()
    oldest = now - spec.keep_days(services.config) * SECONDS_PER_DAY
    stored = store.store_poll(spec.name, _without_old(outcome.poll, oldest), now, next_at)
    expired = store.remove_before(spec.name, oldest)
    changes = ItemChanges(stored.changed, (*stored.gone, *expired))
    index.apply_item_changes(changes)
    return changes


def next_poll_at(spec: SourceSpec, outcome: PollOutcome, failures: int, now: float, rng: Random) -> float:
    """When (unix seconds) a source is to be polled again; `failures` counts those in a row before this poll.

    The pause doubles with each failure, and is never shorter than what the source asked for.
    """
    if outcome.poll is not None:
        pause = max(spec.poll_seconds, outcome.poll.wait_seconds)
    else:
        doubled = spec.poll_seconds * 2.0 ** min(failures + 1, 12)
        pause = max(min(doubled, MAX_BACKOFF_SECONDS), outcome.until - now)
    return now + pause * (1.0 + JITTER * rng.random())


def is_poll_due(cursor: SourceCursor, now: float) -> bool:
    """Whether a source is to be polled now; also where the clock was set back since its last poll."""
    return now >= cursor.next_at or now < cursor.polled_at


def describe_failure(error: ProactiveError) -> str:
    """A failure of a source in words, for the status."""
    return ": ".join(part for part in (error.title, error.message) if part)


def list_source_status(config: Config, store: ItemStore) -> Iterator[SourceStatus]:
    """Every source with its switch, what it holds, and how its last poll went. Raises SourceError."""
    counts = store.count_items()
    for spec in all_sources():
        cursor = store.read_cursor(spec.name)
        yield SourceStatus(
            name=spec.name,
            enabled=spec.is_enabled(config),
            items=counts.get(spec.name, 0),
            polled_at=cursor.polled_at or None,
            next_at=cursor.next_at or None,
            failures=cursor.failures,
            trouble=cursor.trouble,
        )


def _without_old(poll: SourcePoll, oldest: float) -> SourcePoll:
    """A poll without the items that would be removed at once."""
    kept = tuple(item for item in poll.items if item.at >= oldest)
    if len(kept) == len(poll.items):
        return poll
    return structs.replace(poll, items=kept)
