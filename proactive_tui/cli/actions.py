"""The actions of the commands, as functions that return values; they use the services without the brain's loop."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from typing import Any

import msgspec
from msgspec import structs

from proactive_tui import allowed_hosts
from proactive_tui.brain.collecting.own_activity import journaled_activity
from proactive_tui.brain.collecting.polling import ask_source, list_source_status, take_in
from proactive_tui.brain.forgetting import ForgetSelection, forget_expired, forget_records
from proactive_tui.brain.indexing.indexer_loop import VECTORS_PER_COMPACTION_STEP
from proactive_tui.brain.indexing.retention import RetentionEnforcer
from proactive_tui.brain.insight.explanation import find_decision
from proactive_tui.brain.insight.inventory import list_outbound, list_stores
from proactive_tui.brain.insight.offpolicy.estimate import OffPolicyReport, evaluate_settings
from proactive_tui.brain.insight.stats import compute_statistics
from proactive_tui.brain.learned_models import replay_journal
from proactive_tui.brain.offers.listed_suggestions import list_ranked, word_suggestions
from proactive_tui.brain.services import Services
from proactive_tui.brain.status_file import add_last_mining, last_status
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.config_reading import list_signal_switches, setting_value, signal_name, with_settings
from proactive_tui.data_folders import list_other_folders, read_notes_record
from proactive_tui.errors import SourceError
from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.journal.forget import ForgottenCounts
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay_events
from proactive_tui.model.note_values import Note
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.status_values import (
    BrainStatus,
    OfferStatistics,
    SourceStatus,
    SpeakerStatus,
    WordedSuggestion,
)
from proactive_tui.moment.clock import utc_offset
from proactive_tui.paths import DataPaths
from proactive_tui.sources.contract import SourceSpec
from proactive_tui.sources.item_store import ItemStore
from proactive_tui.talk.llm.select import select_model

ProgressCallback = Callable[[str, int, int], None]
"""Progress: what is being done, how much is done, of how much."""

MAX_CATCH_UP_PASSAGES = 256
"""Maximum missing passages that `search` and `suggest` embed first; where more are missing, they wait for `index`."""


def run_index_pass(services: Services, report: ProgressCallback, *, rebuild: bool = False) -> None:
    """Bring words and vectors in step with the notes."""
    if rebuild:
        services.index.rebuild()
    _report_refused_hosts(services, report)
    report("reading", 0, 1)
    _read_notes(services, report)
    report("reading", 1, 1)
    _embed_pending(services, report)


def catch_up_index(services: Services, report: ProgressCallback) -> None:
    """Bring words in step with the notes, and vectors where few are missing."""
    _report_refused_hosts(services, report)
    _read_notes(services, report)
    if services.index.vectors.pending_count <= MAX_CATCH_UP_PASSAGES:
        _embed_pending(services, report)
    else:
        report(f"{services.index.vectors.pending_count} passages have no vectors yet: run 'proactive-tui index'", 0, 0)


def _read_notes(services: Services, report: ProgressCallback) -> None:
    """Take in the changes of the folder, and forget the data that may not be kept any more."""
    changes = services.index.refresh()

    async def forget_expired_notes(paths: Collection[str], before: float | None) -> int:
        gone = forget_expired(services, paths, before)
        services.adopt_replay(*services.replay_journal())
        return gone

    retention = RetentionEnforcer(
        services, time.time, forget_expired_notes, lambda title, text: report(f"{title}: {text}", 0, 0)
    )
    asyncio.run(retention.enforce(changes))


def _report_refused_hosts(services: Services, report: ProgressCallback) -> None:
    for host in allowed_hosts.refused_hosts(services.config):
        report(host.refusal, 0, 0)


def _embed_pending(services: Services, report: ProgressCallback) -> None:
    total = services.index.vectors.pending_count
    while left := services.index.vectors.pending_count:
        report("embedding", total - left, total)
        services.index.vectors.embed_batch(services.config.index.batch)
    report("embedding", total, total)


def suggest_topics(
    services: Services, n: int, at: float, rng: random.Random | None = None, *, with_weak: bool = False
) -> list[WordedSuggestion]:
    """The topics that would be raised at `at` (unix seconds), best first, each with its opener: at most `n` that are
    worth it, or the `n` best `with_weak` ones.
    """
    made = list_ranked(services, n, at, rng or random.Random(0), with_weak=with_weak)

    async def word_with_model() -> list[WordedSuggestion]:
        model = (await select_model(services.config.llm)).model
        try:
            return await word_suggestions(services, made, at, model)
        finally:
            if model:
                await model.close()

    return asyncio.run(word_with_model())


def load_decision(paths: DataPaths, offer: str = "") -> tuple[Offer | Silence, tuple[str, ...]]:
    """An offer, or the newest decision, with its reasons in words, which name an appointment that the calendar still
    has. Raises ProactiveError when there is none.
    """

    def read_items() -> dict[str, Note]:
        with closing(ItemStore(paths.items_file)) as store:
            return {item.path: note_of_item(item) for item in store.read_items("calendar")}

    with Journal.open_readonly(paths.journal_file) as journal:
        return find_decision(journal, paths.journal_file, offer, read_items)


def load_statistics(config: Config, paths: DataPaths) -> OfferStatistics:
    """Statistics of the offers so far, from the journal alone."""
    with Journal.open_readonly(paths.journal_file) as journal:
        history, learned = replay_journal(journal, config)
    at = time.time()
    return compute_statistics(history, learned, utc_offset(at), at)


def evaluate_journal(config: Config, paths: DataPaths, settings: Mapping[str, str], since: float) -> OffPolicyReport:
    """The decisions since `since` (unix seconds), made again under other settings. Raises ProactiveError."""
    new = with_settings(config, settings)
    with Journal.open_readonly(paths.journal_file) as journal:
        recorded = list(journal.read_events())
    return evaluate_settings(recorded, replay_events(recorded), config, new, since)


def load_status(services: Services) -> BrainStatus:
    """The status, after catching up with the notes. Topics are counted as the last instance found them: to look for
    them takes long.
    """
    services.index.refresh()
    now = services.build_status(services.read_index_progress(), (), asyncio.run(_speaker_status(services.config.llm)))
    sources = list_source_status(services.config, services.items)
    now = structs.replace(now, sources=tuple(source for source in sources if source.enabled or source.items))
    return add_last_mining(now, last_status(services.paths), services.index.notes)


async def _speaker_status(settings: LanguageModelConfig) -> SpeakerStatus:
    speaker = await select_model(settings)
    if speaker.model:
        await speaker.model.close()
    return speaker.status


def forget_and_compact(services: Services, selection: ForgetSelection) -> tuple[ForgottenCounts, int]:
    """Forget what was learned and indexed, and purge it from the files; the models of `services` are stale then.

    Returns the counts of events and of indexed notes.
    """
    gone = forget_records(services, selection)
    while services.index.vectors.needs_compaction(now := time.time()) and services.index.vectors.compact_step(
        VECTORS_PER_COMPACTION_STEP, now
    ):
        pass
    return gone


def poll_source(services: Services, spec: SourceSpec) -> tuple[list[str], Sequence[str], str]:
    """Ask a source and keep what is new; returns the paths that changed and that are gone, and what could not be read.
    Raises ProactiveError where nothing could.
    """
    now, config = time.time(), services.config
    noticed = journaled_activity(services.history, config, now) if spec.hears_activity else None
    outcome = ask_source(spec, config, services.items.read_cursor(spec.name).state, now, noticed)
    changes = take_in(services, spec, outcome, now, random.Random())
    if outcome.failure is not None:
        raise outcome.failure
    return [item.path for item in changes.changed], changes.gone, outcome.poll.trouble if outcome.poll else ""


def load_source_status(config: Config, paths: DataPaths) -> tuple[SourceStatus, ...]:
    """Every source with what it holds and how it goes, also while an instance runs. Raises SourceError."""
    with closing(ItemStore(paths.items_file)) as store:
        return tuple(list_source_status(config, store))


def export_feeds(config: Config, paths: DataPaths) -> str:
    """An OPML file of all feeds that the config names, with the titles that polls have found. Raises SourceError."""
    from proactive_tui.sources.feeds.feed_list import export_opml, list_feeds
    from proactive_tui.sources.feeds.feed_schedule import read_state

    named, trouble = list_feeds(config.news)
    if trouble:
        raise SourceError("Not all feeds can be read", trouble, "See news.opml in the config.")
    if not named:
        raise SourceError("No feeds are named", "", "Name some with 'proactive-tui sources add news ADDRESS'.")
    with closing(ItemStore(paths.items_file)) as store:
        return export_opml(config.news, read_state(store.read_cursor("news").state).feeds)


def describe_kept_data(config: Config, paths: DataPaths) -> dict[str, Any]:
    """The kept data, the use of each signal, and what leaves this machine, for JSON. An instance may be running."""
    counts: dict[str, int] = {}
    if paths.journal_file.exists():
        with Journal.open_readonly(paths.journal_file) as journal:
            counts = journal.count_by_kind()
    owner, others = read_notes_record(paths.data), list_other_folders(paths)
    return {
        "folder": str(paths.data),
        "notes": str(owner or ""),
        "others": [{"folder": str(kept.data), "notes": str(kept.notes)} for kept in others],
        "stores": [{"name": store.name, "holds": store.holds, "bytes": store.size} for store in list_stores(paths)],
        "events": counts,
        "signals": [
            {"name": signal_name(switch), "what": switch.what, "on": setting_value(config, switch.key)}
            for switch in list_signal_switches()
        ],
        "leaving": [msgspec.to_builtins(recipient) for recipient in list_outbound(config)],
        "keep_days": config.journal.keep_days,
        "keep_deleted_days": config.journal.keep_deleted_days,
    }
