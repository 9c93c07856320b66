"""What the commands do, as values; they run the same services as the loop, without it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from proactive_tui import allowed_hosts
from proactive_tui.brain.conversations.markdown_export import remove_exports
from proactive_tui.brain.indexing.indexer_loop import COPIED_AT_ONCE
from proactive_tui.brain.indexing.retention import Retention, let_go
from proactive_tui.brain.insight.explanation import reasons
from proactive_tui.brain.insight.inventory import leaving, stores
from proactive_tui.brain.insight.offpolicy.estimate import Hindsight, hindsight
from proactive_tui.brain.insight.stats import Stats, stats
from proactive_tui.brain.offers.ranking import look_up, rank
from proactive_tui.brain.services import Learned, Services
from proactive_tui.config import Config, LanguageModel, Sensors, describe, with_settings
from proactive_tui.errors import ProactiveError
from proactive_tui.journal import forget as forgetting
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay
from proactive_tui.model import Offer, Opener, Silence, SpeakerStatus, Status, Suggestion, Value
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.tracker import Sensed
from proactive_tui.paths import Paths
from proactive_tui.recommend import explain
from proactive_tui.talk.llm.select import pick
from proactive_tui.talk.opener import open_with

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how much is done, of how much."""

SOON = 256
"""So many passages are embedded on the way when a search or suggestion is asked for; more wait for `index`."""


class Suggested(Value, frozen=True, kw_only=True):
    """A suggestion with the words it would open with and its reasons."""

    suggestion: Suggestion
    opener: Opener
    reasons: tuple[str, ...]


def index_pass(services: Services, report: Report, *, rebuild: bool = False) -> None:
    """Bring words and vectors in step with the notes."""
    if rebuild:
        services.index.rebuild()
    _say_who_is_refused(services, report)
    report("reading", 0, 1)
    _read(services, report)
    report("reading", 1, 1)
    _embed(services, report)


def catch_up(services: Services, report: Report) -> None:
    """Bring words in step with the notes, and vectors where few are missing."""
    _say_who_is_refused(services, report)
    _read(services, report)
    if services.index.pending <= SOON:
        _embed(services, report)
    else:
        report(f"{services.index.pending} passages have no vectors yet: run 'proactive-tui index'", 0, 0)


def _read(services: Services, report: Report) -> None:
    """Take in what has changed in the folder, and forget what may not be kept any more."""
    changes = services.index.refresh()

    async def forget_now(paths: Collection[str], before: float | None) -> int:
        gone = let_go(services, paths, before)
        services.take_over(*services.replayed())
        return gone

    retention = Retention(services, time.time, forget_now, lambda title, text: report(f"{title}: {text}", 0, 0))
    asyncio.run(retention.look(changes))


def _say_who_is_refused(services: Services, report: Report) -> None:
    for each in allowed_hosts.refused(services.config):
        report(each.refusal, 0, 0)


def _embed(services: Services, report: Report) -> None:
    total = services.index.pending
    while left := services.index.pending:
        report("embedding", total - left, total)
        services.index.embed_some(services.config.index.batch)
    report("embedding", total, total)


def suggest(services: Services, n: int, at: float, rng: random.Random | None = None) -> list[Suggested]:
    """The `n` topics it would raise at `at`, best first, each with its opener."""
    standing = services.mine(at)
    edits = tuple(edit for edit in services.history.edits if edit.at <= at)
    moment = Sensed(services.config.sensors, at, edits).moment(at, services.history.history)
    made = rank(services, standing, moment, look_up(services, moment), rng or random.Random(0), n)
    return asyncio.run(_worded(services, made, at))


async def _worded(services: Services, made: list[Suggestion], at: float) -> list[Suggested]:
    model = (await pick(services.config.llm)).model
    rng = random.Random(0)
    try:
        worded = []
        for suggestion in made:
            framing, _ = services.learned.framing(suggestion.topic, services.history.history, at, rng)
            opener = await open_with(suggestion.topic, framing, model, now=at, utc_offset=utc_offset(at))
            worded.append(Suggested(suggestion=suggestion, opener=opener, reasons=explain.reasons(suggestion)))
        return worded
    finally:
        if model:
            await model.close()


def why(paths: Paths, offer: str = "") -> tuple[Offer | Silence, tuple[str, ...]]:
    """An offer, or the newest decision, with its reasons in words. Raises ProactiveError when there is none."""
    with Journal.read(paths.journal) as journal:
        decision = journal.offer(offer) if offer else journal.newest_decision()
        good = journal.good_moment(decision.id) if isinstance(decision, Offer) else None
    if decision is None:
        raise ProactiveError(
            f"There is no offer {offer}" if offer else "Nothing has been decided yet",
            str(paths.journal),
            "See 'proactive-tui journal'." if offer else "Let 'proactive-tui run' watch for a while.",
        )
    return decision, reasons(decision, good)


def look_back(config: Config, paths: Paths) -> Stats:
    """What came of the offers so far, from the journal alone."""
    learned = Learned(config)
    with Journal.read(paths.journal) as journal:
        history = replay(journal.events(), learned.pupils)
    return stats(history, learned, utc_offset(time.time()))


def again(config: Config, paths: Paths, settings: Mapping[str, str], since: float) -> Hindsight:
    """The journal from `since` on, decided again under other settings. Raises ProactiveError."""
    new = with_settings(config, settings)
    with Journal.read(paths.journal) as journal:
        recorded = list(journal.events())
    return hindsight(recorded, replay(recorded), config, new, since)


def status(services: Services) -> Status:
    """How things stand, with the notes caught up first."""
    services.index.refresh()
    topics = services.mine(time.time(), titles=0).topics
    return services.status(services.progress(), topics, asyncio.run(_speaker(services.config.llm)))


async def _speaker(settings: LanguageModel) -> SpeakerStatus:
    speaker = await pick(settings)
    if speaker.model:
        await speaker.model.close()
    return speaker.status


def forget(
    services: Services,
    *,
    path: str | None = None,
    topic: str | None = None,
    since: float | None = None,
    everything: bool = False,
) -> forgetting.Forgotten:
    """Remove what was learned and indexed; the models of `services` are of the past afterwards."""
    gone = forgetting.forget(
        services.journal, paths=(path,) if path else (), topic=topic, since=since, everything=everything
    )
    of = forgetting.Places((path,) if path else (), services.history.moved.items())
    remove_exports(services.paths.exports, None if everything else of)
    if path:
        services.index.forget(path)
        while services.index.outworn(now := time.time()) and services.index.remake(COPIED_AT_ONCE, now):
            pass
    if everything:
        services.index.rebuild()
    return gone


def kept(config: Config, paths: Paths) -> dict[str, Any]:
    """What is kept, what each signal is for, and what leaves this machine, as JSON. An instance may be running."""
    counts: dict[str, int] = {}
    if paths.journal.exists():
        with Journal.read(paths.journal) as journal:
            counts = journal.counts()
    flags = [each for each in describe(Sensors) if isinstance(each[2], bool)]
    return {
        "folder": str(paths.data),
        "stores": [{"name": each.name, "holds": each.holds, "bytes": each.size} for each in stores(paths)],
        "events": counts,
        "signals": [{"name": name, "what": what, "on": getattr(config.sensors, name)} for name, what, _ in flags],
        "leaving": [msgspec.to_builtins(each) for each in leaving(config)],
        "keep_days": config.journal.keep_days,
        "keep_deleted_days": config.journal.keep_deleted_days,
    }
