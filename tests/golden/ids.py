"""The ids of all passages and topics of the vault, with what they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from proactive_tui.brain.services import Services, open_services
from proactive_tui.config import Config
from proactive_tui.paths import open_data_folder
from tests.golden.pinned import AT, HashedWords, vault


def opened(folder: Path) -> Services:
    """Services over a copy of the vault, read and embedded."""
    services = open_services(Config(), open_data_folder(folder / "data"), vault(folder), HashedWords())
    services.index.refresh()
    while services.index.vectors.embed_batch(64):
        pass
    return services


def golden(services: Services) -> dict[str, Any]:
    """Ids, by note in the order of its lines, and by topic in the order of their ids."""
    notes = services.index.notes
    return {
        "passages": {
            path: [[each.id, each.line_start, each.line_end, list(each.heading)] for each in notes[path].passages]
            for path in sorted(notes)
        },
        "topics": [
            {
                "id": each.id,
                "kind": each.kind,
                "title": each.title,
                "cause": each.cause,
                "due": each.due,
                "aliases": sorted(each.aliases),
                "lines": [[quoted.path, quoted.line_start, quoted.line_end] for quoted in each.evidence],
            }
            for each in sorted(services.mine_topics(AT).topics, key=lambda topic: (topic.kind, topic.id))
        ],
    }
