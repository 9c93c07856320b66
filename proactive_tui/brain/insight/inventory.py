"""What is kept, how large, and what leaves this machine: what the room about data shows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from proactive_tui import allowed_hosts
from proactive_tui.config import Config
from proactive_tui.ipc.events import Stock
from proactive_tui.model import Leaving, Store
from proactive_tui.paths import Paths

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

NAMED = 500
"""So many notes and topics are named, the newest first: enough to complete what somebody types."""


def stock(services: Services, request: int) -> Stock:
    """What is kept. Reads sizes from the disk, so call it on a thread."""
    history, paths = services.history, services.paths
    offers = list(reversed(history.offers.values()))
    touched = sorted(history.touches, key=lambda path: -history.touches[path][-1])
    notes = [*touched, *(path for offer in offers for path in offer.topic.paths)]
    return Stock(
        request=request,
        folder=str(paths.data),
        events=services.journal.counts(),
        stores=stores(paths),
        leaving=leaving(services.config),
        paths=_first(notes),
        topics=_first(offer.topic.title for offer in offers),
    )


def stores(paths: Paths) -> tuple[Store, ...]:
    """What lies in the data folder. Reads sizes from the disk."""
    return (
        _store("journal", "offers, reactions, silences, conversations, touches", paths.journal),
        _store("words", "a copy of the words of your notes, to search them", paths.index),
        _store("vectors", "what your notes mean, as numbers", paths.chroma),
        _store("exports", "conversations that you exported, and gave no other place", paths.exports),
        _store("drafts", "what you typed and did not send", paths.drafts),
        _store("log", "errors and notices, without text of notes", paths.log),
        _store("status", "how things stand", paths.status),
    )


def leaving(config: Config) -> tuple[Leaving, ...]:
    """Who is told something, and what. Nothing else is contacted; `local` says that it stays on this machine."""
    return tuple(
        Leaving(name=each.name, what=each.what, to=each.origin, local=each.local, allowed=each.allowed)
        for each in allowed_hosts.told(config)
    )


def _store(name: str, holds: str, path: Path) -> Store:
    """A file with those beside it that SQLite makes, or a folder."""
    files = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")
    return Store(name=name, holds=holds, size=sum(map(_size, files)))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # it went meanwhile
        return 0


def _first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:NAMED]
