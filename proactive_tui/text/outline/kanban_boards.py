"""Finds what is finished on a Kanban board of Obsidian: lanes that complete their cards, and the archive."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

KANBAN_PROPERTY = "kanban-plugin"

_LANE = re.compile(r"## +(?P<name>.+)")
_COMPLETE_MARK = "**Complete**"
_ARCHIVE_RULE = "***"
_DONE_LANE = re.compile(
    r"\W*(?:done|complete[d]?|finished|archived?|closed|cancell?ed|shipped|released|erledigt|fertig|archiv|fait|terminé"
    r"|hecho|terminado|fatto|feito|concluído|gedaan|klaar|zrobione|完了|完成)\b",
    re.IGNORECASE,
)


def is_kanban_board(properties: Mapping[str, Any]) -> bool:
    """Whether a note with these properties is a board of the Kanban plugin."""
    return any(key.lower() == KANBAN_PROPERTY for key in properties)


def find_closed_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines (from 1) of a board whose cards are finished: of lanes that complete, of such a name, and archived."""
    closed: set[int] = set()
    lane: list[int] = []
    finished = archived = False
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare == _ARCHIVE_RULE:
            archived = True
        elif found := _LANE.match(line):
            finished, lane = _DONE_LANE.match(found["name"]) is not None, []
        elif bare == _COMPLETE_MARK:
            finished = True
            closed.update(lane)
        lane.append(number)
        if finished or archived:
            closed.add(number)
    return frozenset(closed)
