"""Forgetting: removes what is kept of notes, topics or times from every store, for the loop and for the commands.

The order is the same everywhere, and safe to be interrupted at any step, after which the same call finishes the work:

1. Exports. Which files cite a note under one of its former names is known from the journal's moves, so they have to go
   while the journal still has these.
2. Events of the journal, in one transaction: the truth. From here on every model that is built anew has forgotten.
3. Words and vectors of the index. They are derived and found by path alone, so the journal need not know the note.
4. Compaction, scheduled in the index itself: Chroma only marks what is removed, new files leave it out.

Models in memory still know what was forgotten; the caller builds them anew (`Services.replay_journal`).
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from typing import TYPE_CHECKING, Any

from proactive_tui.brain.conversations.markdown_export import remove_exports
from proactive_tui.journal.forget import ForgottenCounts, PathSet, forget_events
from proactive_tui.model.shared_words import FrozenValue, SourceName
from proactive_tui.sources.contract import is_item_path, item_folder
from proactive_tui.sources.item_store import ItemChanges

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services


class ForgetSelection(FrozenValue, frozen=True, kw_only=True):
    """A selection to forget: the union of its fields, which mean the same as the parameters of `forget_events`.

    `source` is all that a source brought, with what the journal has of it.
    """

    path: str = ""
    topic: str = ""
    since: float | None = None
    reactions: tuple[str, ...] = ()
    touches: bool = False
    everything: bool = False
    source: SourceName | None = None


def forget_records(services: Services, selection: ForgetSelection) -> tuple[ForgottenCounts, int]:
    """Forget a selection; returns the counts of events and of indexed notes. Blocks; call it on the index's worker.

    Raises ProactiveError.
    """
    paths, index = _selected_paths(selection), services.index
    _remove_exports(services, None if selection.everything else paths)
    counts = forget_events(services.journal, **_event_filter(selection))
    notes = 0
    if selection.everything:
        notes = len(index.paths)
        services.items.remove_everything()
        index.rebuild()
    elif selection.source:
        notes = _forget_items(services, services.items.remove_source(selection.source))
    elif is_item_path(selection.path):
        notes = _forget_items(services, services.items.remove_item(selection.path))
    elif selection.path:
        notes = index.forget_notes(selection.path)
    index.vectors.schedule_compaction()
    return counts, notes


def forget_expired(services: Services, paths: Collection[str], before: float | None) -> int:
    """Forget notes that the index no longer has, and all events until a time; returns how many events.

    `before` is unix seconds. Blocks; call it on the index's worker. Raises ProactiveError.
    """
    _remove_exports(services, paths)
    counts = forget_events(services.journal, paths=paths, before=before)
    services.index.vectors.schedule_compaction()
    return counts.events


def count_selected(services: Services, selection: ForgetSelection) -> tuple[ForgottenCounts, int]:
    """How many events and indexed notes `forget_records` would forget. Blocks. Raises JournalError."""
    counts = forget_events(services.journal, dry=True, **_event_filter(selection))
    index, selected = services.index, PathSet(_selected_paths(selection))
    if selection.everything:
        return counts, len(index.paths)
    return counts, sum(path in selected for path in chain(index.paths, index.items))


def _forget_items(services: Services, paths: Collection[str]) -> int:
    """Remove items that their store no longer has from the index; returns how many."""
    return services.index.apply_item_changes(ItemChanges(gone=tuple(paths)))


def _remove_exports(services: Services, paths: Collection[str] | None) -> None:
    """Remove exports that cite these notes under any of their names; None removes all."""
    cited = None if paths is None else PathSet(paths, services.history.moved_paths.items())
    remove_exports(services.paths.exports_folder, cited)


def _selected_paths(selection: ForgetSelection) -> tuple[str, ...]:
    return tuple(filter(None, (selection.path, item_folder(selection.source) if selection.source else "")))


def _event_filter(selection: ForgetSelection) -> dict[str, Any]:
    return {
        "paths": _selected_paths(selection),
        "topic": selection.topic or None,
        "since": selection.since,
        "reactions": frozenset(selection.reactions),
        "touches": selection.touches,
        "everything": selection.everything,
    }
