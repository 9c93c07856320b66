"""Lists what is kept, how large it is, and what leaves this machine, for the screen about data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from proactive_tui import allowed_hosts
from proactive_tui.allowed_hosts import is_local_address
from proactive_tui.config import Config
from proactive_tui.ipc.events import DataInventory
from proactive_tui.model.kept_values import DataRecipient, DataStore
from proactive_tui.paths import DataPaths
from proactive_tui.sources.source_registry import enabled_sources

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

MAX_INVENTORY_NAMES = 500
"""At most this many notes and topics are listed, the newest first: enough to complete what somebody types."""


def build_inventory(services: Services, request: int) -> DataInventory:
    """The inventory of kept data. Reads sizes from the disk, so call it on a thread."""
    history, paths = services.history, services.paths
    offers = list(reversed(history.offers.values()))
    touched = sorted(history.edit_times, key=lambda path: -history.edit_times[path][-1])
    notes = [*touched, *(path for offer in offers for path in offer.topic.paths)]
    return DataInventory(
        request=request,
        folder=str(paths.data),
        events=services.journal.count_by_kind(),
        stores=list_stores(paths),
        leaving=list_outbound(services.config),
        paths=_unique_names(notes),
        topics=_unique_names(offer.topic.title for offer in offers),
    )


def list_stores(paths: DataPaths) -> tuple[DataStore, ...]:
    """The stores in the data folder, with their sizes on disk."""
    return (
        _measure_store("journal", "offers, reactions, silences, conversations, touches", paths.journal_file),
        _measure_store(
            "words", "the words of your notes, to search them, and which lines a model found open", paths.index_file
        ),
        _measure_store("items", "what your other sources brought, and how far each was read", paths.items_file),
        _measure_store("vectors", "what your notes mean, as numbers", paths.chroma_folder),
        _measure_store("exports", "conversations that you exported, and gave no other place", paths.exports_folder),
        _measure_store("drafts", "what you typed and did not send", paths.drafts_file),
        _measure_store("log", "errors and notices, without text of notes", paths.log_file),
        _measure_store("status", "how things stand", paths.status_file),
    )


def list_outbound(config: Config) -> tuple[DataRecipient, ...]:
    """The hosts that data is sent to, and which data; no other is contacted. `local`: the host is this machine."""
    hosts = (
        DataRecipient(name=host.name, what=host.what, to=host.origin, local=host.local, allowed=host.allowed)
        for host in allowed_hosts.contacted_hosts(config)
    )
    asked = (
        DataRecipient(name=spec.name, what=f"asked for {spec.reads}", to=origin, local=is_local_address(origin))
        for spec in enabled_sources(config)
        for origin in spec.origins(config)
    )
    return (*hosts, *asked)


def _measure_store(name: str, holds: str, path: Path) -> DataStore:
    """The size of a folder, or of a file with those that SQLite makes beside it."""
    files = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")
    return DataStore(name=name, holds=holds, size=sum(map(_file_size, files)))


def _file_size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # it went meanwhile
        return 0


def _unique_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:MAX_INVENTORY_NAMES]
