"""What the commands answer: asked of the brain that runs on this data folder, else found here, with the stores locked.

Both ways give the same values. A command beside a running brain imports nothing heavy: what finds answers here is
imported where it is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from proactive_tui.cli.command_context import CommandContext, locked_services
from proactive_tui.config_reading import load_config
from proactive_tui.errors import DataFolderBusyError
from proactive_tui.ipc import requests
from proactive_tui.ipc.command_client import CommandClient, connected_client
from proactive_tui.ipc.events import IndexingProgress, WireEvent
from proactive_tui.ipc.local_door import has_local_door
from proactive_tui.model.note_values import RelatedNote, SearchHit
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.shared_words import Kind, SourceName
from proactive_tui.model.status_values import BrainProcess, BrainStatus, NotesStatus, OfferStatistics, WordedSuggestion
from proactive_tui.model.topic_values import Topic
from proactive_tui.paths import clear_data_folder, is_data_folder_held, lock_data_folder

if TYPE_CHECKING:
    from proactive_tui.journal.forget import ForgottenCounts
    from proactive_tui.sources.contract import SourceSpec

DOOR_WAIT_SECONDS = 0.5
"""Seconds for which a data folder that is held is looked at for the door of a brain that is just starting."""


@contextmanager
def running_brain(where: CommandContext) -> Iterator[CommandClient | None]:
    """A connection to the brain that runs on this data folder; None where none does.

    Raises DataFolderBusyError where it watches another folder of notes, BrainError where it does not answer.
    """
    hello = requests.ClientHello(
        notes=where.named_folder, data=str(where.paths.data), config=where.config, role="command"
    )
    paths, deadline = where.paths, time.monotonic() + DOOR_WAIT_SECONDS
    is_ours = where.kept is not None and where.kept.is_open
    while not has_local_door(paths) and not is_ours and is_data_folder_held(paths) and time.monotonic() < deadline:
        time.sleep(0.02)
    with connected_client(paths, hello) as brain:
        if brain and hello.notes and brain.notes != hello.notes:
            raise DataFolderBusyError(
                "The running assistant watches another folder",
                f"{brain.notes}, not {hello.notes}",
                "Close it, or name another data folder with --data-dir.",
            )
        yield brain


@contextmanager
def _shown_progress(where: CommandContext) -> Iterator[Callable[[str, int, int], None]]:
    """See `tables.show_progress`, which a face that only asks for the brain need not load."""
    if where.on_progress is not None:
        yield where.on_progress
        return
    from proactive_tui.cli.tables import show_progress

    with show_progress() as report:
        yield report


def refresh_index(where: CommandContext, *, rebuild: bool) -> tuple[NotesStatus, int, int]:
    """One pass over the notes, with progress; returns their status, and how many passages and vectors there are."""
    with running_brain(where) as brain:
        if brain:
            with _shown_progress(where) as report:

                def show_event(event: WireEvent) -> None:
                    if isinstance(event, IndexingProgress):
                        report("embedding", event.done, event.total)

                done = brain.request(requests.RefreshIndex(rebuild=rebuild), show_event)
            return done.notes, done.passages, done.vectors
    with locked_services(where) as services:
        from proactive_tui.cli import actions

        with _shown_progress(where) as report:
            actions.run_index_pass(services, report, rebuild=rebuild)
        now = services.read_index_progress()
        return now.notes, now.passages, now.vectors


def search_notes(where: CommandContext, query: str, k: int, source: str) -> Sequence[SearchHit]:
    """At most `k` passages that answer a query, best first. Notes that changed are taken in before."""
    with running_brain(where) as brain:
        if brain:
            return brain.request(requests.SearchNotes(query=query, k=k, source=source, fresh=True)).hits
    with locked_services(where) as services:
        from proactive_tui.cli import actions
        from proactive_tui.sources.source_registry import searched_source

        with _shown_progress(where) as report:
            actions.catch_up_index(services, report)
        return services.find_answers(query, k, searched_source(source))


def list_suggestions(where: CommandContext, n: int, at: float | None, *, with_weak: bool) -> Sequence[WordedSuggestion]:
    """The topics that would be raised at `at` (unix seconds; None for now), each with its opener."""
    with running_brain(where) as brain:
        if brain:
            return brain.request(requests.ListSuggestions(n=n, at=at, weak=with_weak)).suggestions
    with locked_services(where) as services:
        from proactive_tui.cli import actions

        with _shown_progress(where) as report:
            actions.catch_up_index(services, report)
        return actions.suggest_topics(services, n, time.time() if at is None else at, with_weak=with_weak)


def list_open_ends(where: CommandContext, n: int, kinds: Sequence[Kind], path: str) -> Sequence[Topic]:
    """At most `n` things that the notes leave open, best first: of these kinds (or all), in this folder or note."""
    with running_brain(where) as brain:
        if brain:
            return brain.request(requests.ListOpenEnds(n=n, kinds=tuple(kinds), path=path)).topics
    with locked_services(where) as services:
        import random

        from proactive_tui.brain.offers import listed_suggestions
        from proactive_tui.cli import actions

        with _shown_progress(where) as report:
            actions.catch_up_index(services, report)
        return listed_suggestions.list_open_ends(services, n, time.time(), random.Random(0), kinds=kinds, path=path)


def find_related_notes(where: CommandContext, note: str, k: int) -> tuple[str, Sequence[RelatedNote]]:
    """The path of a note named by path, file name or title, and the notes that have to do with it."""
    with running_brain(where) as brain:
        if brain:
            found = brain.request(requests.FindRelatedNotes(note=note, k=k))
            return found.path, found.notes
    with locked_services(where) as services:
        from proactive_tui.brain.insight import related_notes
        from proactive_tui.cli import actions

        with _shown_progress(where) as report:
            actions.catch_up_index(services, report)
        return related_notes.find_related_notes(services.index, services.links, note, k)


def explain_decision(where: CommandContext, offer: str) -> tuple[Offer | Silence, tuple[str, ...], tuple[str, ...]]:
    """An offer or the newest decision, its reasons in words, and what would have changed it."""
    with running_brain(where) as brain:
        if brain:
            found = brain.request(requests.DescribeDecision(offer=offer))
            if (decision := found.offer or found.silence) is not None:
                return decision, found.reasons, found.otherwise
    from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
    from proactive_tui.cli import actions

    decision, reasons = actions.load_decision(where.paths, offer)
    return decision, reasons, describe_counterfactuals(decision)


def read_status(where: CommandContext) -> tuple[BrainStatus, BrainProcess | None]:
    """How things stand, and the brain that says so, if one runs."""
    with running_brain(where) as brain:
        if brain:
            current = brain.request(requests.GetStatus())
            return current.status, current.process
    from proactive_tui.brain import status_file
    from proactive_tui.cli import actions

    try:
        with locked_services(where) as services:
            return actions.load_status(services), None
    except DataFolderBusyError:
        return status_file.read_status_file(where.paths), None


def poll_source(where: CommandContext, spec: SourceSpec) -> tuple[Sequence[str], Sequence[str], str]:
    """Ask a source now and keep what is new; returns the paths of items that changed and that are gone, and what could
    not be read. Raises ProactiveError where nothing could.
    """
    with running_brain(where) as brain:
        if brain:
            polled = brain.request(requests.PollSource(source=spec.name))
            return polled.changed, polled.gone, polled.trouble
    from proactive_tui.cli import actions

    with locked_services(where) as services:
        return actions.poll_source(services, spec)


def tell_config(where: CommandContext) -> None:
    """Have the brain that runs here, if one does, take the config as its file is now. Raises ProactiveError."""
    with running_brain(where) as brain:
        if brain:
            brain.tell(requests.UpdateConfig(config=load_config(where.file)))


def compute_statistics(where: CommandContext) -> OfferStatistics:
    """All figures about the offers."""
    with running_brain(where) as brain:
        if brain:
            return brain.request(requests.ComputeStatistics()).statistics
    from proactive_tui.cli import actions

    return actions.load_statistics(where.config, where.paths)


def forget_selected(
    where: CommandContext,
    *,
    path: str = "",
    topic: str = "",
    since: float | None = None,
    source: SourceName | None = None,
    everything: bool = False,
) -> tuple[ForgottenCounts, int]:
    """Forget a note, a topic, all since a time (unix seconds), what a source brought, or everything.

    Returns how much of the journal is forgotten, and how many notes left the index until they are read again.
    """
    from proactive_tui.journal.forget import ForgottenCounts

    with running_brain(where) as brain:
        if brain:
            ask = requests.ForgetData(path=path, topic=topic, since=since, source=source, everything=everything)
            done = brain.request(ask)
            counts = ForgottenCounts(events=done.events, offers=done.offers, conversations=done.conversations)
            return counts, done.notes
    from proactive_tui.brain.forgetting import ForgetSelection
    from proactive_tui.cli import actions

    with locked_services(where) as services:
        selection = ForgetSelection(path=path, topic=topic, since=since, source=source, everything=everything)
        gone = actions.forget_and_compact(services, selection)
    if everything:
        with lock_data_folder(where.paths):
            clear_data_folder(where.paths)
    return gone
